
/** Java: the archive that build.gradle leaves, as the Gen 1 CLI's templates do by their task `buildZip`. */
export function gradle(folder: string): Code {
  return built(folder, (source, output) => {
    run(source, 'gradle', ['build']);
    cpSync(join(source, 'build/distributions/latest_build.zip'), join(output, 'latest_build.zip'));
  });
}
