
/** A layer of Python: its files, and the packages of requirements.txt where Python looks for them. */
export function pipLayer(folder: string, version: string, machine: 'x86_64' | 'aarch64', packages: Packages): Code {
  return built(folder, (source, output) => {
    installPackages(source, join(output, 'python'), version, machine, packages);
    cpSync(join(source, 'opt'), output, { recursive: true });
  });
}
