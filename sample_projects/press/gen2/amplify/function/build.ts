import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';

/** Builds code with the tools of the machine that deploys. `source` is a copy of the function's folder. */
function built(folder: string, build: (source: string, output: string) => void): Code {
  const tryBundle = (output: string): boolean => {
    const source = mkdtempSync(join(tmpdir(), 'function-'));
    try {
      cpSync(folder, source, { recursive: true });
      build(source, output);
    } finally {
      rmSync(source, { recursive: true, force: true });
    }
    return true;
  };
  return Code.fromAsset(folder, { bundling: { image: DockerImage.fromRegistry('none'), local: { tryBundle } } });
}

/** What a tool says goes to stderr: stdout belongs to the one who runs the synth. */
function run(folder: string, program: string, args: string[], variables: Record<string, string> = {}): void {
  execFileSync(program, args, { cwd: folder, env: { ...process.env, ...variables }, stdio: ['ignore', 2, 2] });
}

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

/** Java: the archive that build.gradle leaves, as the Gen 1 CLI's templates do by their task `buildZip`. */
export function gradle(folder: string): Code {
  return built(folder, (source, output) => {
    run(source, 'gradle', ['build']);
    cpSync(join(source, 'build/distributions/latest_build.zip'), join(output, 'latest_build.zip'));
  });
}

/** Go: the program that Lambda's Linux starts. */
export function go(folder: string, machine: 'amd64' | 'arm64'): Code {
  return built(folder, (source, output) => {
    const target = { GOOS: 'linux', GOARCH: machine, CGO_ENABLED: '0' };
    run(join(source, 'src'), 'go', ['mod', 'tidy']);
    run(join(source, 'src'), 'go', ['build', '-o', join(output, 'bootstrap'), '.'], target);
  });
}

/** .NET: what `dotnet publish` puts together for Lambda's Linux. */
export function dotnet(folder: string, machine: 'x64' | 'arm64'): Code {
  return built(folder, (source, output) => {
    const target = ['--configuration', 'Release', '--runtime', `linux-${machine}`, '--self-contained', 'false'];
    run(join(source, 'src'), 'dotnet', ['publish', ...target, '--output', output]);
  });
}

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

/** A layer of Python: its files, and the packages of requirements.txt where Python looks for them. */
export function pipLayer(folder: string, version: string, machine: 'x86_64' | 'aarch64', packages: Packages): Code {
  return built(folder, (source, output) => {
    installPackages(source, join(output, 'python'), version, machine, packages);
    cpSync(join(source, 'opt'), output, { recursive: true });
  });
}
