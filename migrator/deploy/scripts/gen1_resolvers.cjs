/*
 * The mapping templates that the Gen 1 CLI builds from a schema, made with the transformer that the CLI uses, which
 * Amplify's CDK constructs bring along. Usage: node gen1_resolvers.cjs <question.json> <answer.json>. The answer:
 * file names below the resource's build folder to their texts.
 */
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { createRequire } = require('node:module');

const question = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const load = createRequire(path.join(question.modules, 'index.js'));
const inside = createRequire(load.resolve('@aws-amplify/graphql-api-construct'));
const { App, NestedStack, Stack } = load('aws-cdk-lib');
const { executeTransform } = inside('@aws-amplify/graphql-transformer');

const found = {};
const stack = new Stack(new App({ outdir: question.out }), 'root');
const strategy = { dbType: 'DYNAMODB', provisionStrategy: 'DEFAULT' };

executeTransform({
  scope: stack,
  schema: question.schema,
  nestedStackProvider: { provide: (scope, name) => new NestedStack(scope, name) },
  assetProvider: {
    provide: (scope, id, { fileName, fileContent }) => {
      found[fileName] = fileContent;
      const place = `s3://bucket/${fileName}`;
      return { assetHash: fileName, httpUrl: place, s3BucketName: 'bucket', s3ObjectKey: fileName, s3ObjectUrl: place };
    },
  },
  synthParameters: { amplifyEnvironmentName: question.env, apiName: question.name, userPoolId: 'pool' },
  transformersFactoryArgs: {},
  authConfig: question.auth,
  transformParameters: question.parameters,
  stackMapping: {},
  dataSourceStrategies: Object.fromEntries(question.models.map((model) => [model, strategy])),
  sqlDirectiveDataSourceStrategies: [],
  printTransformerLog: () => undefined,
});

const texts = Object.entries(found).filter(([name]) => name.startsWith('resolvers/'));
fs.writeFileSync(process.argv[3], JSON.stringify(Object.fromEntries(texts)));
process.exit(0);
