
/** Java: the archive that the task `buildZip` of build.gradle makes. */
export function gradle(folder: string): Code {
  return built(folder, (source, output) => {
    run(source, 'gradle', ['buildZip']);
    cpSync(join(source, 'build/distributions/latest_build.zip'), join(output, 'latest_build.zip'));
  });
}
