// node synthesize.mjs REQUEST RESULTS: runs schemas through Amplify's own transformer (`@aws-amplify/graphql-api-construct`).
//
// REQUEST is JSON: { modules, jobs: [{ name, sdl, flags, modes, iam }] }; `flags` are the construct's translationBehavior,
// `modes` AppSync's authorization modes, the default one first. RESULTS gets a line of JSON for each job: { name, error }
// or { name, api, tables, resolvers }. Each resolver holds its functions, so that nothing depends on how they are shared.
import { appendFileSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

const [request, results] = process.argv.slice(2);
const { modules, jobs } = JSON.parse(readFileSync(request, 'utf8'));
const require = createRequire(path.join(modules, 'any.js'));
const cdk = require('aws-cdk-lib');
const { UserPool } = require('aws-cdk-lib/aws-cognito');
const { Role } = require('aws-cdk-lib/aws-iam');
const { Function: Lambda } = require('aws-cdk-lib/aws-lambda');
const { AmplifyGraphqlApi, AmplifyGraphqlDefinition } = require('@aws-amplify/graphql-api-construct');
for (const channel of ['log', 'warn', 'error', 'info']) console[channel] = () => {};
process.stderr.write = () => true;

const TABLES = { dbType: 'DYNAMODB', provisionStrategy: 'AMPLIFY_TABLE' };
const AUTHORIZER = { functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:authorizer', sameEnvironment: true };
const scratch = mkdtempSync(path.join(tmpdir(), 'gen1-transformer-'));
process.env.TMPDIR = scratch;

const configured = (stack, modes, iam) => {
  const minutes = cdk.Duration.minutes(5);
  const made = { defaultAuthorizationMode: modes[0] };
  if (modes.includes('AMAZON_COGNITO_USER_POOLS')) made.userPoolConfig = { userPool: UserPool.fromUserPoolId(stack, 'pool', 'us-east-1_abc') };
  if (modes.includes('API_KEY')) made.apiKeyConfig = { expires: cdk.Duration.days(7) };
  if (modes.includes('AWS_IAM'))
    made.identityPoolConfig = {
      identityPoolId: 'us-east-1:11111111-1111-1111-1111-111111111111',
      authenticatedUserRole: Role.fromRoleName(stack, 'authenticated', 'authenticated'),
      unauthenticatedUserRole: Role.fromRoleName(stack, 'unauthenticated', 'unauthenticated'),
    };
  if (modes.includes('OPENID_CONNECT'))
    made.oidcConfig = { oidcProviderName: 'oidc', oidcIssuerUrl: 'https://oidc.example.com', clientId: 'client', tokenExpiryFromAuth: minutes, tokenExpiryFromIssue: minutes };
  if (modes.includes('AWS_LAMBDA'))
    made.lambdaConfig = { function: Lambda.fromFunctionAttributes(stack, 'authorizer', AUTHORIZER), ttl: minutes };
  if (iam) made.iamConfig = { enableIamAuthorizationMode: true };
  return made;
};

const assetsOf = (app) => new Map(app.node.findAll().filter((one) => one.assetHash && one.assetPath).map((one) => [one.assetHash, one.assetPath]));
const written = (text) => {
  if (typeof text === 'string') return text;
  const parts = text['Fn::Join']?.[1];
  return parts ? parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join('') : JSON.stringify(text);
};
const templateOf = (assets, folder) => (location, inline) => {
  const hash = /([0-9a-f]{64})/.exec(JSON.stringify(location ?? ''))?.[1];
  if (!hash) return inline === undefined ? null : written(inline);
  const place = assets.get(hash) ?? hash;
  return readFileSync(path.resolve(folder, place), 'utf8');
};

const keys = (schema) => (schema ?? []).map((key) => `${key.attributeName} ${key.keyType}`);
const tableOf = (table) => ({
  keys: keys(table.keySchema),
  attributes: Object.fromEntries((table.attributeDefinitions ?? []).map((one) => [one.attributeName, one.attributeType]).sort()),
  indexes: Object.fromEntries((table.globalSecondaryIndexes ?? []).map((one) => [one.indexName, { keys: keys(one.keySchema), projection: JSON.stringify(one.projection) }]).sort()),
  local: (table.localSecondaryIndexes ?? []).map((one) => one.indexName).sort(),
});

const read = (app, assembly) => {
  const folder = assembly.directory;
  const text = templateOf(assetsOf(app), folder);
  const found = { api: '', tables: {}, resolvers: {} };
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.template.json'))) {
    const { Resources: resources = {} } = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    const step = (reference) => {
      const made = resources[reference?.['Fn::GetAtt']?.[0]]?.Properties;
      if (!made) return { reference: JSON.stringify(reference) };
      return {
        name: made.Name,
        source: JSON.stringify(made.DataSourceName),
        request: text(made.RequestMappingTemplateS3Location, made.RequestMappingTemplate),
        response: text(made.ResponseMappingTemplateS3Location, made.ResponseMappingTemplate),
      };
    };
    for (const { Type: type, Properties: own } of Object.values(resources)) {
      if (type === 'Custom::AmplifyDynamoDBTable') found.tables[own.tableName['Fn::Join'][1][0].replace(/-$/, '')] = tableOf(own);
      if (type === 'AWS::AppSync::GraphQLSchema') found.api = text(own.DefinitionS3Location, own.Definition);
      if (type === 'AWS::AppSync::Resolver')
        found.resolvers[`${own.TypeName}.${own.FieldName}`] = {
          source: JSON.stringify(own.DataSourceName ?? null),
          request: text(own.RequestMappingTemplateS3Location, own.RequestMappingTemplate),
          response: text(own.ResponseMappingTemplateS3Location, own.ResponseMappingTemplate),
          functions: (own.PipelineConfig?.Functions ?? []).map(step),
        };
    }
  }
  return found;
};

const synthesize = ({ sdl, flags, modes, iam }) => {
  const outdir = mkdtempSync(path.join(scratch, 'out-'));
  const app = new cdk.App({ outdir, context: { 'aws:cdk:disable-asset-staging': true }, analyticsReporting: false });
  const stack = new cdk.Stack(app, 'Stack');
  new AmplifyGraphqlApi(stack, 'Api', {
    definition: AmplifyGraphqlDefinition.fromString(sdl, TABLES),
    authorizationModes: configured(stack, modes, iam),
    translationBehavior: { allowDestructiveGraphqlSchemaUpdates: true, disableResolverDeduping: true, ...flags },
  });
  return read(app, app.synth());
};

for (const job of jobs) {
  let found;
  try {
    found = synthesize(job);
  } catch (error) {
    found = { error: String(error?.message ?? error) || 'it failed without a message' };
  }
  appendFileSync(results, `${JSON.stringify({ name: job.name, ...found })}\n`);
  for (const name of readdirSync(scratch)) rmSync(path.join(scratch, name), { recursive: true, force: true });
}
rmSync(scratch, { recursive: true, force: true });
process.exit(0);
