
/** A layer of Python: its files, and the packages of requirements.txt where Python looks for them. */
export function pipLayer(folder: string, version: string, machine: 'x86_64' | 'aarch64'): Code {
  return built(folder, (source, output) => {
    installPackages(source, join(output, 'python'), version, machine);
    cpSync(join(source, 'opt'), output, { recursive: true });
  });
}
