// node evaluator.cjs PACKAGES ENDPOINT: evaluates the resolvers of GraphQL APIs with Amplify's simulator.
//
// Each line on standard input is { number, do: 'load' | 'run', api, ... }; the answer is a line { number, answer } or
// { number, failure }. Who asks was found out before; the simulator's own server is not started.
'use strict';

const path = require('node:path');
const readline = require('node:readline');

const [packages, endpoint] = process.argv.slice(2);
const { createRequire } = require('node:module');
const beside = createRequire(path.join(packages, 'package.json'));

// Standard output is for answers only; what the simulator prints goes to the log.
const write = process.stdout.write.bind(process.stdout);
for (const name of ['log', 'info', 'debug', 'warn']) console[name] = (...args) => console.error(...args);

const SIMULATOR = '@aws-amplify/amplify-appsync-simulator';
const { AmplifyAppSyncSimulator, VelocityTemplate, addDataLoader } = beside(SIMULATOR);
const { map } = beside(`${SIMULATOR}/lib/velocity/value-mapper/mapper`);
const { createInfo } = beside(`${SIMULATOR}/lib/velocity/util/info`);
const { TemplateSentError, Unauthorized } = beside(`${SIMULATOR}/lib/velocity/util/errors`);
const { runQueryOrMutation } = beside(`${SIMULATOR}/lib/utils/graphql-runner/query-and-mutation`);
const { exposeGraphQLErrors } = beside(`${SIMULATOR}/lib/utils/expose-graphql-errors`);
const { DynamoDBDataLoader } = beside(`${SIMULATOR}/lib/data-loader/dynamo-db`);
const { unmarshall } = beside(`${SIMULATOR}/lib/data-loader/dynamo-db/utils`);
const dynamodb = beside('@aws-sdk/client-dynamodb');
const { LambdaClient, InvokeCommand } = beside('@aws-sdk/client-lambda');
const graphql = beside('graphql');

const AUTHORIZATION = {
  API_KEY: 'API Key Authorization',
  AWS_IAM: 'IAM Authorization',
  AMAZON_COGNITO_USER_POOLS: 'User Pool Authorization',
  OPENID_CONNECT: 'Open ID Connect Authorization',
  AWS_LAMBDA: 'Lambda Authorization',
};

// The simulator knows identities of its own only, and no Lambda authorizers.
const buildRenderContext = VelocityTemplate.prototype.buildRenderContext;
VelocityTemplate.prototype.buildRenderContext = function (values, request, info) {
  const built = buildRenderContext.call(this, values, { ...request, iamToken: request.iamToken ?? {} }, info);
  built.ctx.identity = request.identity ? map(request.identity) : null;
  built.ctx.env = map(request.environment ?? {});
  built.util.authType = () => AUTHORIZATION[request.requestAuthorizationMode];
  return built;
};

// The simulator says `in` of a filter as a `contains` that starts with a value; as alternatives it means the same.
const filters = beside(`${SIMULATOR}/lib/velocity/util/transform/dynamodb-filter`);
const { generateFilterExpression } = filters;
filters.generateFilterExpression = (filter, ...rest) => generateFilterExpression(withAlternatives(filter), ...rest);
function withAlternatives(filter) {
  if (Array.isArray(filter)) return filter.map(withAlternatives);
  if (filter === null || typeof filter !== 'object') return filter;
  const parts = Object.entries(filter).flatMap(([name, value]) => {
    if (!Array.isArray(value?.in)) return [{ [name]: withAlternatives(value) }];
    const { in: listed, ...others } = value;
    const rest = Object.keys(others).length ? [{ [name]: others }] : [];
    return [...rest, { or: listed.map((one) => ({ [name]: { eq: one } })) }];
  });
  return parts.length === 1 ? parts[0] : { and: parts };
}

// Operations on several items, which the simulator lacks.
const load = DynamoDBDataLoader.prototype.load;
const keysOf = (items) => items.map((item) => item && unmarshall(item));
const BATCHES = {
  async BatchGetItem(client, { tables }) {
    const RequestItems = Object.fromEntries(
      Object.entries(tables).map(([name, { keys, consistentRead }]) => [name, { Keys: keys, ConsistentRead: consistentRead }]),
    );
    const { Responses, UnprocessedKeys } = await client.send(new dynamodb.BatchGetItemCommand({ RequestItems }));
    const inOrder = ([name, { keys }]) => {
      const found = Responses?.[name] ?? [];
      const same = (key, item) => Object.keys(key).every((part) => JSON.stringify(key[part]) === JSON.stringify(item[part]));
      return [name, keysOf(keys.map((key) => found.find((item) => same(key, item)) ?? null))];
    };
    return { data: Object.fromEntries(Object.entries(tables).map(inOrder)), unprocessedKeys: UnprocessedKeys ?? {} };
  },
  BatchPutItem: (client, { tables }) => writeAll(client, tables, (Item) => ({ PutRequest: { Item } })),
  BatchDeleteItem: (client, { tables }) => writeAll(client, tables, (Key) => ({ DeleteRequest: { Key } })),
  async TransactGetItems(client, { transactItems }) {
    const TransactItems = transactItems.map(({ table, key }) => ({ Get: { TableName: table, Key: key } }));
    const { Responses } = await client.send(new dynamodb.TransactGetItemsCommand({ TransactItems }));
    return { items: keysOf(Responses.map(({ Item }) => Item ?? null)), cancellationReasons: null };
  },
  async TransactWriteItems(client, { transactItems }) {
    await client.send(new dynamodb.TransactWriteItemsCommand({ TransactItems: transactItems.map(transacted) }));
    return { keys: keysOf(transactItems.map(({ key }) => key)), cancellationReasons: null };
  },
};
async function writeAll(client, tables, request) {
  const RequestItems = Object.fromEntries(Object.entries(tables).map(([name, items]) => [name, items.map(request)]));
  await client.send(new dynamodb.BatchWriteItemCommand({ RequestItems }));
  return { data: Object.fromEntries(Object.entries(tables).map(([name, items]) => [name, keysOf(items)])), unprocessedKeys: {} };
}
function transacted({ table, operation, key, attributeValues, update, condition }) {
  const names = { ...condition?.expressionNames, ...update?.expressionNames };
  const values = { ...condition?.expressionValues, ...update?.expressionValues };
  const common = {
    TableName: table,
    ConditionExpression: condition?.expression,
    ExpressionAttributeNames: Object.keys(names).length ? names : undefined,
    ExpressionAttributeValues: Object.keys(values).length ? values : undefined,
  };
  if (operation === 'PutItem') return { Put: { ...common, Item: { ...key, ...attributeValues } } };
  if (operation === 'UpdateItem') return { Update: { ...common, Key: key, UpdateExpression: update.expression } };
  if (operation === 'DeleteItem') return { Delete: { ...common, Key: key } };
  return { ConditionCheck: { ...common, Key: key } };
}
DynamoDBDataLoader.prototype.load = async function (payload) {
  const several = BATCHES[payload?.operation];
  if (!several) return load.call(this, payload);
  try {
    return await several(this.client, payload);
  } catch (error) {
    throw Object.assign(error, { extensions: { errorType: `DynamoDB:${error.name}` } });
  }
};

// Kinds of data sources that are not emulated refuse with a clear message.
class NotEmulated {
  constructor({ name, type }) {
    this.message = `the data source ${name} is of the type ${type}, which the local AWS does not emulate`;
  }
  load() {
    throw Object.assign(new Error(this.message), { extensions: { errorType: 'NotEmulated', message: this.message } });
  }
}
for (const type of ['HTTP', 'RELATIONAL_DATABASE', 'AMAZON_OPENSEARCH_SERVICE', 'AMAZON_EVENTBRIDGE', 'AMAZON_BEDROCK_RUNTIME']) {
  addDataLoader(type, NotEmulated);
}

const lambda = new LambdaClient({ endpoint });
const invoke = (functionArn) => async (payload) => {
  const answer = await lambda.send(new InvokeCommand({ FunctionName: functionArn, Payload: JSON.stringify(payload) }));
  const result = JSON.parse(Buffer.from(answer.Payload).toString() || 'null');
  if (!answer.FunctionError) return result;
  const message = result?.errorMessage ?? 'the function failed';
  throw Object.assign(new Error(message), { type: 'Lambda:Unhandled', extensions: { errorType: 'Lambda:Unhandled', message } });
};

// Code of the runtime APPSYNC_JS is evaluated by the emulator; its data sources are those of the simulator.
const evaluate = async (code, name, ctx, context, info) => {
  const response = await fetch(`${endpoint}/_local/appsync/evaluate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, function: name, context: ctx }),
  });
  const said = await response.json();
  if (said.error) {
    throw new TemplateSentError(said.error.message, said.error.errorType, said.error.data, said.error.errorInfo, info);
  }
  if (said.message) throw new Error(said.message);
  context.appsyncErrors.push(...said.appended.map((one) => ({ ...one, extensions: one })));
  return said;
};
const contextOf = ({ source, args, stash, prev, result, error }, context, info) => ({
  arguments: args, args, source: source ?? {}, stash, prev: { result: prev }, identity: context.identity,
  request: { headers: context.headers }, env: context.environment, info: createInfo(info),
  ...(result === undefined ? {} : { result }), ...(error ? { error } : {}),
});
const unit = async (simulator, { code, dataSourceName }, values, context, info) => {
  const before = await evaluate(code, 'request', contextOf(values, context, info), context, info);
  if (before.status === 'earlyReturn') return before;
  let result = null;
  let error;
  try {
    if (dataSourceName) result = await simulator.getDataLoader(dataSourceName).load(before.value, { ...values, context, info });
  } catch (problem) {
    error = { message: problem.message, type: problem.extensions?.errorType ?? problem.type ?? 'UnknownError' };
  }
  const after = { ...values, stash: before.stash, result, error };
  const said = await evaluate(code, 'response', contextOf(after, context, info), context, info);
  return said.status === 'missing' ? { ...said, value: result, stash: before.stash } : said;
};
const ENDED = Symbol('the pipeline has ended');
class CodeFunction {
  constructor(config, simulator) {
    Object.assign(this, { config, simulator });
  }
  async resolve(source, args, stash, prev, context, info) {
    const said = await unit(this.simulator, this.config, { source, args, stash, prev }, context, info);
    const ended = said.status === 'earlyReturn' && said.skipTo === 'END';
    return { result: said.value, stash: said.stash, args, hadException: false, [ENDED]: ended };
  }
}
class CodeResolver {
  constructor(config, simulator) {
    Object.assign(this, { config, simulator });
  }
  async resolve(source, args, context, info) {
    const { code, kind, functions } = this.config;
    if (kind !== 'PIPELINE') {
      return (await unit(this.simulator, this.config, { source, args, stash: {} }, context, info)).value;
    }
    const before = await evaluate(code, 'request', contextOf({ source, args, stash: {} }, context, info), context, info);
    let { stash } = before;
    let prev = before.status === 'earlyReturn' ? before.value : null;
    for (const name of before.status === 'earlyReturn' ? [] : functions) {
      const done = await this.simulator.getFunction(name).resolve(source, args, stash, prev, context, info);
      ({ result: prev, stash } = done);
      if (done.hadException) return prev;
      if (done[ENDED]) break;
    }
    const values = { source, args, stash, prev, result: prev };
    const said = await evaluate(code, 'response', contextOf(values, context, info), context, info);
    return said.status === 'missing' ? prev : said.value;
  }
}

// A template that cannot be read fails where it is needed, as on AWS.
class Broken {
  constructor({ problem }) {
    this.problem = problem;
  }
  resolve(...args) {
    throw new TemplateSentError(this.problem, 'MappingTemplate', null, null, args.at(-1));
  }
}
const problemOf = ({ code, requestMappingTemplate, responseMappingTemplate }) => {
  try {
    for (const content of code ? [] : [requestMappingTemplate, responseMappingTemplate]) new VelocityTemplate({ content });
    return '';
  } catch (error) {
    return error.message;
  }
};

const apis = new Map();
const NONE = { name: '__none', type: 'NONE' };
// The simulator reads templates only: what is none gets harmless ones first, and is put in their place afterwards.
const templated = ({ code, ...config }) =>
  code || config.problem
    ? { ...config, requestMappingTemplate: '{}', responseMappingTemplate: '{}', dataSourceName: NONE.name }
    : config;

const guarded = (type, field, resolve) => (source, args, context, info) => {
  if (context.denied.includes(`${type}.${field}`)) {
    throw new Unauthorized(`Not Authorized to access ${field} on type ${type}`, info);
  }
  return (resolve ?? graphql.defaultFieldResolver)(source, args, context, info);
};

const checked = (unit) => ({ ...unit, problem: problemOf(unit) });
const special = ({ code, problem }) => code || problem;
const loadApi = ({ functions, resolvers, ...config }) => {
  const units = { functions: functions.map(checked), resolvers: resolvers.map(checked) };
  const simulator = new AmplifyAppSyncSimulator({ port: 0, wsPort: 0 });
  const dataSources = [NONE, ...config.dataSources.map((one) => (one.functionArn ? { ...one, invoke: invoke(one.functionArn) } : one))];
  simulator.init({
    ...config,
    dataSources,
    functions: units.functions.map(templated),
    resolvers: units.resolvers.map(templated),
  });
  for (const one of units.functions.filter(special)) {
    simulator.functions.set(one.name, one.code ? new CodeFunction(one, simulator) : new Broken(one));
  }
  for (const one of units.resolvers.filter(special)) {
    simulator.resolvers.set(`${one.typeName}:${one.fieldName}`, one.code ? new CodeResolver(one, simulator) : new Broken(one));
  }
  for (const type of [simulator.schema.getQueryType(), simulator.schema.getMutationType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) field.resolve = guarded(type.name, field.name, field.resolve);
  }
  return { simulator, environment: config.environment };
};

// Whether a subscription would be accepted; there is no connection on which anything could be sent.
const subscribe = async (schema, document, variables, operationName, context) => {
  const problems = graphql.validate(schema, document);
  if (problems.length) return { data: null, errors: problems };
  const made = await graphql.subscribe(schema, document, null, context, variables, operationName);
  const errors = [...(made.errors ?? []), ...context.appsyncErrors];
  if (typeof made.return === 'function') made.return();
  const operation = graphql.getOperationAST(document, operationName);
  const names = operation.selectionSet.selections.map((one) => one.alias?.value ?? one.name.value);
  const data = Object.fromEntries(names.map((name) => [name, null]));
  return errors.length ? { data: null, errors: exposeGraphQLErrors(errors) } : { data };
};

const run = async ({ api, query, variables, operationName, caller, headers }) => {
  const { simulator, environment } = apis.get(api);
  const context = {
    jwt: caller.claims ?? undefined,
    identity: caller.identity,
    denied: caller.denied,
    requestAuthorizationMode: caller.mode,
    sourceIp: '127.0.0.1',
    headers,
    environment,
    appsyncErrors: [],
  };
  const document = graphql.parse(query);
  const operation = graphql.getOperationAST(document, operationName);
  if (operation?.operation === 'subscription') {
    return subscribe(simulator.schema, document, variables, operationName, context);
  }
  return runQueryOrMutation(simulator.schema, document, variables, operationName, context);
};

const handle = async (message) => {
  if (message.do === 'load') {
    apis.set(message.api, loadApi(message.config));
    return null;
  }
  return run(message);
};
const plainError = (error) => {
  const { message, path: place, locations, errorType, data, errorInfo } = error;
  return { path: place, data, errorType: errorType ?? error.extensions?.errorType, errorInfo, locations, message };
};
const plain = (answer) => (answer?.errors ? { ...answer, errors: answer.errors.map(plainError) } : answer);

readline.createInterface({ input: process.stdin }).on('line', async (line) => {
  const message = JSON.parse(line);
  let told;
  try {
    told = { number: message.number, answer: plain(await handle(message)) };
  } catch (error) {
    console.error(error);
    told = { number: message.number, failure: error.message };
  }
  write(`${JSON.stringify(told)}\n`);
}).on('close', () => process.exit(0));
