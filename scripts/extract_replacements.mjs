// Writes migrator/deploy/replacements.json: what CloudFormation does when a property of a resource changes.
//
//   NODE_PATH=<node_modules with @aws-cdk/aws-service-spec> node scripts/extract_replacements.mjs
//
// The facts are AWS's own ("Update requires" on the pages of the resource types), as `cdk diff` reads them.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.env.NODE_PATH ?? process.cwd(), 'x.js'));
const { loadAwsServiceSpecSync } = require('@aws-cdk/aws-service-spec');
const { version } = require('@aws-cdk/aws-service-spec/package.json');

/** Services that Amplify backends are made of, and those that people add to them. */
const SERVICES = [
  'AmplifyUIBuilder', 'ApiGateway', 'ApiGatewayV2', 'AppSync', 'Bedrock', 'CertificateManager', 'CloudFront', 'CloudWatch', 'Cognito',
  'DynamoDB', 'EC2', 'EFS', 'Events', 'IAM', 'IVS', 'KMS', 'Kinesis', 'KinesisFirehose', 'Lambda', 'Lex', 'Location', 'Logs',
  'OpenSearchService', 'Elasticsearch', 'Pinpoint', 'Pipes', 'RDS', 'Route53', 'S3', 'SES', 'SNS', 'SQS', 'SSM', 'Scheduler',
  'SecretsManager', 'StepFunctions', 'WAFv2',
  'Amplify', 'Athena', 'Backup', 'Budgets', 'CloudTrail', 'CodeBuild', 'CodeCommit', 'CodePipeline', 'DocDB', 'ECR', 'ECS', 'ElastiCache',
  'ElasticLoadBalancingV2', 'Glue', 'IoT', 'Neptune', 'OpenSearchServerless', 'Rekognition', 'ResourceGroups', 'ServiceDiscovery',
  'Timestream', 'XRay',
];

const db = loadAwsServiceSpecSync();
const types = {};
for (const resource of db.all('resource')) {
  if (!SERVICES.includes(resource.cloudFormationType.split('::')[1])) continue;
  const by = { yes: [], maybe: [], no: [] };
  for (const [name, property] of Object.entries(resource.properties)) by[property.causesReplacement ?? 'no'].push(name);
  types[resource.cloudFormationType] = Object.fromEntries(
    Object.entries(by).filter(([, names]) => names.length).map(([answer, names]) => [answer, names.sort().join(' ')]),
  );
}
const sorted = Object.fromEntries(Object.entries(types).sort(([a], [b]) => (a < b ? -1 : 1)));
const file = new URL('../migrator/deploy/replacements.json', import.meta.url);
writeFileSync(file, `${JSON.stringify({ source: `@aws-cdk/aws-service-spec ${version}`, types: sorted }, null, 1)}\n`);
