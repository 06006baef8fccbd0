
/** Python: the source beside the packages of requirements.txt. */
export function pip(folder: string, version: string, machine: 'x86_64' | 'aarch64'): Code {
  return built(folder, (source, output) => {
    installPackages(source, output, version, machine);
    cpSync(join(source, 'src'), output, { recursive: true });
  });
}

/** Fetches the packages as they are for Lambda's Linux, whatever machine this is. */
function installPackages(folder: string, target: string, version: string, machine: string): void {
  const lambda = ['--platform', `manylinux2014_${machine}`, '--python-version', version, '--only-binary', ':all:'];
  const packages = ['--requirement', 'requirements.txt', '--target', target];
  run(folder, 'python3', ['-m', 'pip', 'install', '--quiet', '--no-compile', ...packages, ...lambda]);
}
