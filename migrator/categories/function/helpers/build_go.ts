
/** Go: the program that Lambda's Linux starts. */
export function go(folder: string, machine: 'amd64' | 'arm64'): Code {
  return built(folder, (source, output) => {
    const target = { GOOS: 'linux', GOARCH: machine, CGO_ENABLED: '0' };
    run(join(source, 'src'), 'go', ['mod', 'tidy']);
    run(join(source, 'src'), 'go', ['build', '-o', join(output, 'bootstrap'), '.'], target);
  });
}
