// node build_gen1_api.mjs REQUEST RESULT: builds a GraphQL API as the Gen 1 CLI does, with Amplify's own transformer.
//
// REQUEST is JSON: { modules, schema, auth, flags, resolvers, mapping, conflicts, adminRoles, identityPool }: the schema, `authConfig` and
// the flags of `cli.json` by the transformer's names, files of `resolvers/`, and what `transform.conf.json` says of stacks
// and conflicts. RESULT is JSON: { files, version, error }; `files` are what the CLI writes below `build/`.
import { mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

const [request, result] = process.argv.slice(2);
const { modules, schema, auth, flags, resolvers, mapping, conflicts, adminRoles, identityPool } = JSON.parse(readFileSync(request, 'utf8'));
for (const channel of ['log', 'warn', 'error', 'info', 'debug']) console[channel] = () => {};
const below = (place) => createRequire(realpathSync(place));
const top = below(path.join(modules, '@aws-amplify/backend/package.json'));
const data = below(below(top.resolve('@aws-amplify/backend-data')).resolve('@aws-amplify/data-construct'));
const cdk = data('aws-cdk-lib');
const { Bucket } = data('aws-cdk-lib/aws-s3');
const { Construct } = data('constructs');
const transformer = data.resolve('@aws-amplify/graphql-transformer');
const { executeTransform } = data('@aws-amplify/graphql-transformer');
const { constructDataSourceStrategies } = below(transformer)('@aws-amplify/graphql-transformer-core');

const TABLES = { dbType: 'DYNAMODB', provisionStrategy: 'DEFAULT' };
const SLOT = /^(\w+)\.(\w+)\.(init|preAuth|auth|postAuth|preDataLoad|preUpdate|preSubscribe|postDataLoad|postUpdate|finish)(?:\.(\d+))?\.(req|res)\.vtl$/;
const PLACE = 's3://deployment/files/';
const PAGE = 'https://s3.amazonaws.com/deployment/files/stacks/';
const modes = [auth.defaultAuthentication, ...auth.additionalAuthenticationProviders].map((one) => one.authenticationType);
const KEPT = ['AWS::DynamoDB::Table', 'AWS::AppSync::GraphQLApi', 'AWS::Elasticsearch::Domain'];
const files = {};

// Files get the addresses that they have in Gen 1, below one root.
const assets = {
  provide: (scope, id, { fileName, fileContent }) => {
    files[fileName] = fileContent;
    const [bucketName, key] = ['deployment', `files/${fileName}`];
    const bucket = Bucket.fromBucketName(new Construct(scope, id), 'Bucket', bucketName);
    const places = { httpUrl: `https://s3.amazonaws.com/deployment/${key}`, s3ObjectUrl: `${PLACE}${fileName}` };
    return { ...places, bucket, s3BucketName: bucketName, s3ObjectKey: key, isFile: true, isZipArchive: false, grantRead() {} };
  },
};

// Files of `resolvers/` that say a slot become functions of the pipeline.
const slots = () => {
  const found = {};
  for (const [fileName, template] of Object.entries(resolvers)) {
    const [, resolverTypeName, resolverFieldName, slotName, order = '0', side] = SLOT.exec(fileName) ?? [];
    if (!slotName) continue;
    const of = (found[`${resolverTypeName}.${resolverFieldName}`] ??= {});
    const slot = (of[`${slotName} ${order.padStart(4, '0')}`] ??= { resolverTypeName, resolverFieldName, slotName });
    slot[side === 'req' ? 'requestResolver' : 'responseResolver'] = { fileName, template };
  }
  return Object.fromEntries(Object.entries(found).map(([name, of]) => [name, Object.keys(of).sort().map((key) => of[key])]));
};

const build = () => {
  const outdir = mkdtempSync(path.join(tmpdir(), 'gen1-api-'));
  const app = new cdk.App({ outdir, analyticsReporting: false, treeMetadata: false });
  const root = new cdk.Stack(app, 'transformer-root-stack');
  const given = (name, fallback) => new cdk.CfnParameter(root, name, { type: 'String', ...fallback }).valueAsString;
  const nested = new Map();
  const provide = (scope, name) => {
    const stack = new cdk.NestedStack(scope, name);
    stack.nestedStackResource.overrideLogicalId(name);
    nested.set(name, stack);
    return stack;
  };
  const iam = modes.includes('AWS_IAM');
  executeTransform({
    scope: root,
    nestedStackProvider: { provide },
    assetProvider: assets,
    synthParameters: {
      amplifyEnvironmentName: given('env', { default: 'NONE' }),
      apiName: given('AppSyncApiName', { default: 'AppSyncSimpleTransform' }),
      ...(iam ? { authenticatedUserRoleName: given('authRoleName'), unauthenticatedUserRoleName: given('unauthRoleName') } : {}),
      adminRoles,
      ...(identityPool ? { identityPoolId: identityPool } : {}),
      ...(modes.includes('AMAZON_COGNITO_USER_POOLS') ? { userPoolId: given('AuthCognitoUserPoolId') } : {}),
    },
    schema,
    userDefinedSlots: slots(),
    transformersFactoryArgs: { customTransformers: [] },
    authConfig: auth,
    stackMapping: mapping,
    resolverConfig: conflicts ?? undefined,
    transformParameters: { enableTransformerCfnOutputs: true, allowGen1Patterns: true, ...flags },
    dataSourceStrategies: constructDataSourceStrategies(schema, TABLES),
    sqlDirectiveDataSourceStrategies: [],
  });
  // The Gen 1 CLI keeps the plain names of what holds data.
  for (const one of app.node.findAll()) {
    const plain = cdk.CfnResource.isCfnResource(one) && KEPT.includes(one.cfnResourceType);
    const scope = plain && [...one.node.scopes].reverse().find(({ node }) => node.id !== 'Resource');
    if (scope && /^[A-Za-z0-9]+$/.test(scope.node.id)) one.overrideLogicalId(scope.node.id);
  }
  app.synth({ force: true, skipValidation: true });
  const read = (stack) => JSON.parse(readFileSync(path.join(outdir, stack.templateFile), 'utf8'));
  const templates = new Map([[root, read(root)], ...[...nested.values()].map((stack) => [stack, read(stack)])]);
  for (const [name, stack] of nested)
    templates.get(stack.nestedStackParent).Resources[name].Properties.TemplateURL = `${PAGE}${name}.json`;
  files['cloudformation-template.json'] = JSON.stringify(templates.get(root));
  for (const [name, stack] of nested) files[`stacks/${name}.json`] = JSON.stringify(templates.get(stack));
  // A file of `resolvers/` stands in the place of the one that is generated.
  for (const [name, text] of Object.entries(resolvers)) files[`resolvers/${name}`] = text;
};

let error = '';
try {
  build();
} catch (problem) {
  error = String(problem?.message ?? problem) || 'it failed without a message';
}
const { version } = data('@aws-amplify/graphql-transformer/package.json');
writeFileSync(result, JSON.stringify({ files: error ? {} : files, version, error }));
process.exit(0);
