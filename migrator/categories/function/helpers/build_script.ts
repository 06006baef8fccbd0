
/** A runtime of one's own: build.sh leaves the program `bootstrap` in one of these folders. */
export function script(folder: string): Code {
  return built(folder, (source, output) => {
    run(source, 'sh', ['build.sh']);
    const made = ['dist', 'bin', 'build', 'src'].map((name) => join(source, name));
    const found = made.find((place) => existsSync(join(place, 'bootstrap')));
    if (!found) {
      throw new Error(`build.sh of ${folder} made no bootstrap in dist, bin, build or src`);
    }
    cpSync(found, output, { recursive: true });
  });
}
