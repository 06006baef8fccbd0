// node client_outputs.mjs REQUEST RESULT: writes what `ampx generate outputs` would write for a stack, without an account.
//
// REQUEST is JSON: { modules, metadata, outputs, modelSchema, schemas }: the metadata of the root stack's template, the
// values of its outputs, the schema that code generation finds in S3, and other schemas to make models of, each with its flag. RESULT is
// JSON: { config, error, models: [{ model, error }] }; without metadata only the models are made. Amplify's own packages do the work; only AWS answers from here.
import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [request, result] = process.argv.slice(2);
const { modules, metadata, outputs, modelSchema, schemas } = JSON.parse(readFileSync(request, 'utf8'));
const beside = (place) => createRequire(realpathSync(place));
const backend = beside(path.join(modules, '@aws-amplify/backend/package.json'));
const load = (from, name) => import(pathToFileURL(from.resolve(name)).href);

const SCHEMA = 's3://codegen/model-schema.graphql';
const said = Object.entries({ ...outputs, ...(modelSchema === null ? {} : { amplifyApiModelSchemaS3Uri: SCHEMA }) });
const answers = {
  GetTemplateSummaryCommand: () => ({ Metadata: JSON.stringify(metadata) }),
  DescribeStacksCommand: () => ({
    Stacks: [{ StackStatus: 'CREATE_COMPLETE', Outputs: said.map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })) }],
  }),
  GetObjectCommand: () => ({ Body: { transformToString: async () => modelSchema } }),
};
const client = { send: async (command) => answers[command.constructor.name](command) };
const aws = { getS3Client: () => client, getAmplifyClient: () => client, getCloudFormationClient: () => client };
const told = (error) => String(error?.message ?? error) || 'it failed without a message';

const found = { config: null, error: '', models: [] };
const place = backend.resolve('@aws-amplify/client-config');
if (metadata) try {
  const { generateClientConfig, DEFAULT_CLIENT_CONFIG_VERSION } = await import(pathToFileURL(place).href);
  found.config = await generateClientConfig({ stackName: 'backend' }, DEFAULT_CLIENT_CONFIG_VERSION, aws);
} catch (error) {
  found.error = told(error);
}
for (const { schema, keyFields } of schemas) {
  try {
    const { createGraphqlModelsGenerator } = await load(beside(place), '@aws-amplify/model-generator');
    const s3 = { ...client, send: async () => ({ Body: { transformToString: async () => schema } }) };
    const maker = createGraphqlModelsGenerator({ modelSchemaS3Uri: SCHEMA, awsClientProvider: { ...aws, getS3Client: () => s3 } });
    const asked = { target: 'introspection', respectPrimaryKeyAttributesOnConnectionField: keyFields };
    const [model] = Object.values(await (await maker.generateModels(asked)).getResults());
    found.models.push({ model: JSON.parse(model), error: '' });
  } catch (error) {
    found.models.push({ model: null, error: told(error) });
  }
}
writeFileSync(result, JSON.stringify(found));
process.exit(0);
