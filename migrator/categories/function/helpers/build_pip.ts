
/** `--no-deps`: a lock file named everything. Without one pip finds out what is needed, from wheels only. */
type Packages = '--no-deps' | '--only-binary=:all:';

/** Python: the source beside the packages of requirements.txt. */
export function pip(folder: string, version: string, machine: 'x86_64' | 'aarch64', packages: Packages): Code {
  return built(folder, (source, output) => {
    installPackages(source, output, version, machine, packages);
    cpSync(join(source, 'src'), output, { recursive: true });
  });
}

/** Fetches the packages as they are for Lambda's Linux, whatever machine this is. */
function installPackages(folder: string, target: string, version: string, machine: string, packages: Packages): void {
  const lambda = ['--platform', `manylinux2014_${machine}`, '--python-version', version, packages];
  const listed = ['--requirement', 'requirements.txt', '--target', target];
  run(folder, 'python3', ['-m', 'pip', 'install', '--quiet', '--no-compile', ...listed, ...lambda]);
}
