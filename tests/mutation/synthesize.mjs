// Synthesizes many variants of one project in one process: the packages, which take most of the time, are loaded once.
// `request` holds {modules, branch, variants: [{app, out}]}; of each variant a line {error} is added to `results`.
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [request, results] = process.argv.slice(2);
const { modules, branch, variants } = JSON.parse(readFileSync(request, 'utf8'));
const load = (file) => import(pathToFileURL(join(modules, file)).href);
const { AmplifyAuthFactory } = await load('@aws-amplify/backend-auth/lib/factory.js');
const { DataFactory } = await load('@aws-amplify/backend-data/lib/factory.js');

const settings = (out) => ({
  CDK_OUTDIR: out,
  CDK_CONTEXT_JSON: JSON.stringify({
    'amplify-backend-namespace': 'd0000000000000',
    'amplify-backend-name': branch,
    'amplify-backend-type': 'branch',
    'aws:cdk:enable-path-metadata': true,
    'aws:cdk:enable-asset-metadata': true,
    'aws:cdk:bundling-stacks': [], // what functions do is not compared here
  }),
  AWS_REGION: 'us-east-1',
  CDK_DEFAULT_REGION: 'us-east-1',
  AWS_BRANCH: branch,
});

const synthesized = async ({ app, out }) => {
  AmplifyAuthFactory.factoryCount = 0; // one per process, says Amplify
  DataFactory.factoryCount = 0;
  Object.assign(process.env, settings(out));
  process.chdir(app);
  process.removeAllListeners('beforeExit');
  await import(pathToFileURL(join(app, 'amplify', 'backend.ts')).href);
  for (const end of process.listeners('beforeExit')) end(); // CDK synthesizes when the program has nothing left to do
};

for (const variant of variants) {
  let error = '';
  try {
    await synthesized(variant);
  } catch (problem) {
    error = String(problem?.message || problem);
  }
  process.removeAllListeners('beforeExit');
  appendFileSync(results, `${JSON.stringify({ error })}\n`);
}
process.exit(0);
