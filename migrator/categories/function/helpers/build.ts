import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
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
