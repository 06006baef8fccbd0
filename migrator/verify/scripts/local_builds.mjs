// Preloaded before a backend is synthesized: what builds of the project's own (Python, Java, Go, .NET) may do.
// $MIGRATE_LOCAL_BUILDS says whether they are tried; one that fails, or is not tried, leaves its source as the asset,
// and is told to $MIGRATE_UNBUILT_FILE. Bundles of JavaScript, which CDK makes itself, are left alone.
import { appendFileSync, cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { MIGRATE_LOCAL_BUILDS: mode, MIGRATE_UNBUILT_FILE: file } = process.env;
delete process.env.MIGRATE_LOCAL_BUILDS;
delete process.env.MIGRATE_UNBUILT_FILE;

const load = () => {
  try {
    return createRequire(join(process.cwd(), 'amplify', 'backend.ts'))('aws-cdk-lib/aws-lambda').Code;
  } catch {
    return undefined; // the synth itself says that CDK is missing
  }
};

const tell = (folder, reason) => appendFileSync(file, JSON.stringify({ folder, reason }) + '\n');

const attempt = (build, output, options) => {
  if (mode !== 'try') {
    return 'not tried';
  }
  try {
    return build.tryBundle(output, options) ? '' : 'it was refused';
  } catch (error) {
    return String(error?.message ?? error).split('\n')[0];
  }
};

const unbuilt = (folder, output, reason) => {
  tell(folder, reason);
  for (const name of readdirSync(output)) {
    rmSync(join(output, name), { recursive: true, force: true });
  }
  const inner = ['src', 'opt'].map((name) => join(folder, name)).find((place) => existsSync(place));
  cpSync(inner ?? folder, output, { recursive: true });
};

const Code = load();
if (Code && file) {
  const fromAsset = Code.fromAsset;
  Code.fromAsset = function (folder, options) {
    const { bundling } = options ?? {};
    if (!bundling?.local || Object.getPrototypeOf(bundling) !== Object.prototype) {
      return fromAsset.call(this, folder, options);
    }
    const tryBundle = (output, given) => {
      const reason = attempt(bundling.local, output, given);
      if (reason) {
        unbuilt(folder, output, reason);
      }
      return true;
    };
    return fromAsset.call(this, folder, { ...options, bundling: { ...bundling, local: { tryBundle } } });
  };
}
