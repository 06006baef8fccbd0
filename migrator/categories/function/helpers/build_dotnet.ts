
/** .NET: what `dotnet publish` puts together for Lambda's Linux. */
export function dotnet(folder: string, machine: 'x64' | 'arm64'): Code {
  return built(folder, (source, output) => {
    const target = ['--configuration', 'Release', '--runtime', `linux-${machine}`, '--self-contained', 'false'];
    run(join(source, 'src'), 'dotnet', ['publish', ...target, '--output', output]);
  });
}
