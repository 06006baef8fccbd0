// node read_schemas.mjs REQUEST RESULTS: loads many `amplify/data/resource.ts` and says what each gives to `defineData`.
//
// REQUEST is JSON: { modules, limit (milliseconds for each), projects: [{ folder, file, branch }] }. RESULTS gets a line
// of JSON for each project, in that order, as soon as it is known. The packages of Amplify are not loaded but for the
// schema builder: `defineData` notes its argument, other calls do nothing, and functions are references by their file.
import { appendFileSync, existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';

const [request, results] = process.argv.slice(2);
const { modules, limit, projects } = JSON.parse(readFileSync(request, 'utf8'));
// Taken now: what is loaded may replace them.
const { parse, stringify } = JSON;
const append = appendFileSync;
const exit = process.reallyExit.bind(process);
const real = createRequire(import.meta.url);
const beside = createRequire(realpathSync(path.join(modules, '@aws-amplify/backend/package.json')));
const TAG = Symbol('tag');

// A value that does nothing, whatever is done with it; its tag says what it stands for.
const inert = (tag) =>
  new Proxy(function inert() {}, {
    get: (_, key) => {
      if (key === TAG) return tag;
      if (key === 'toJSON' || key === Symbol.toPrimitive) return () => `<${tag}>`;
      return typeof key === 'symbol' || key === 'then' || key === 'prototype' ? undefined : inert(`${tag}.${key}`);
    },
    apply: () => inert(`${tag}()`),
    construct: () => inert(`new ${tag}()`),
  });
const tagOf = (value) => (typeof value === 'function' && typeof value[TAG] === 'string' ? value[TAG] : '');
// A module with any export that is asked for: bundles take what is not an own property from the prototype.
const moduleOf = (name, own = {}) =>
  Object.assign(Object.create(new Proxy({}, { get: (_, key) => (typeof key === 'symbol' ? undefined : inert(name(key))) })), own);

// Where an API goes on resolving conflicts for DataStore, this calls the construct in the place of `defineData`.
const SYNCED = 'amplify:data/datastore';
const SOURCES = /\.(?:[mc]?ts|tsx|[mc]?js|jsx)$/;
const LOADERS = { '.ts': 'ts', '.mts': 'ts', '.cts': 'ts', '.tsx': 'tsx', '.jsx': 'jsx' };
const META = {
  'import.meta.url': '__fileUrl',
  'import.meta.filename': '__fileName',
  'import.meta.dirname': '__folderName',
};

// Other features' definitions become references, and each file keeps the address that it has in the project.
const plugin = (folder, file) => ({
  name: 'project',
  setup(build) {
    const backend = path.join(folder, 'amplify');
    const own = path.dirname(path.join(folder, file)) + path.sep;
    build.onResolve({ filter: /^\.\.?\/.*resource(?:\.[mc]?[jt]s)?$/ }, ({ path: name, resolveDir }) => {
      const target = path.resolve(resolveDir, name).replace(/\.[mc]?[jt]s$/, '');
      if (target.startsWith(own) || path.basename(target) !== 'resource') return undefined;
      return { path: `amplify:${path.relative(backend, target).split(path.sep).join('/')}`, external: true };
    });
    build.onResolve({ filter: /^\.\/datastore$/ }, () => ({ path: SYNCED, external: true }));
    build.onLoad({ filter: SOURCES }, ({ path: place }) => {
      const text = readFileSync(place, 'utf8');
      if (!text.includes('import.meta')) return undefined;
      const [url, name, dir] = [pathToFileURL(place).href, place, path.dirname(place)].map((value) => stringify(value));
      const head = `const __fileUrl = ${url}, __fileName = ${name}, __folderName = ${dir};`;
      return { contents: head + text, loader: LOADERS[path.extname(place)] ?? 'js', resolveDir: path.dirname(place) };
    });
  },
});

const bundle = async (esbuild, { folder, file }) => {
  if (!existsSync(path.join(folder, file))) return { failure: { error: `there is no ${file}` } };
  const schema = path.posix.join(path.posix.dirname(file), 'schema');
  const lines = [`export * as resource from ${stringify(`./${file}`)};`];
  if (existsSync(path.join(folder, `${schema}.ts`))) lines.push(`export * as inner from ${stringify(`./${schema}`)};`);
  try {
    const made = await esbuild.build({
      stdin: { contents: lines.join('\n'), resolveDir: folder, loader: 'ts', sourcefile: 'bundle.ts' },
      absWorkingDir: folder, bundle: true, write: false, format: 'cjs', platform: 'node', target: 'node20', charset: 'utf8',
      packages: 'external', logLevel: 'silent', define: META, plugins: [plugin(folder, file)],
      supported: { 'dynamic-import': false },
    });
    return { code: made.outputFiles[0].text };
  } catch (error) {
    if (!error?.errors?.length) throw error; // esbuild itself fails: that says nothing of the project
    const { text, location } = error.errors[0];
    const { file: place = '', line = 0, column = -1 } = location ?? {};
    return { failure: { error: text, place, line, column: column + 1 } };
  }
};

const textsOf = (schema) => {
  if (typeof schema === 'string') return [{ schema }];
  if (Array.isArray(schema?.schemas)) return schema.schemas.flatMap(textsOf);
  if (typeof schema?.transform === 'function' && !tagOf(schema)) return [schema.transform()];
  throw new Error('defineData was given no schema');
};
const joined = (made) => {
  if (made.some((one) => typeof one?.schema !== 'string')) throw new Error('what defineData was given is no schema');
  return made.map((one) => one.schema).join('\n');
};
const resolversOf = ({ jsFunctions = [], functionSlots = [] }) => [
  ...jsFunctions.map(({ typeName, fieldName }) => `${typeName}.${fieldName}`),
  ...functionSlots.map(({ typeName, fieldName, slotName, slotIndex }) => `${typeName}.${fieldName}.${slotName}.${slotIndex}`),
];
const tables = (mappings) => Object.fromEntries((mappings ?? []).map((one) => [one.branchName, one.modelNameToTableNameMapping ?? {}]));

const evaluate = (code, filename, a, schema) => {
  const given = [];
  const defineData = (argument) => given.push(argument) && inert('data');
  const defineFunction = (properties) => inert(`function ${properties?.name ?? ''}`);
  const backend = moduleOf((key) => key, { a, defineData, defineFunction, secret: (name) => inert(`secret ${name}`) });
  const load = (name) => {
    if (name === '@aws-amplify/backend') return backend;
    if (name === '@aws-amplify/data-schema') return schema;
    if (name === SYNCED) return moduleOf((key) => key, { defineSyncedData: defineData });
    if (name.startsWith('amplify:')) return moduleOf((key) => `${name.slice(8)}#${key}`);
    return isBuiltin(name) ? real(name) : moduleOf((key) => `${name}#${key}`);
  };
  const module = { exports: {} };
  const run = new vm.Script(`(function (require, module, exports) {${code}\n})`, { filename }).runInThisContext();
  globalThis.__migrate = () => {
    run(load, module, module.exports);
    if (given.length !== 1) throw new Error(given.length ? 'defineData is called more than once' : 'defineData is not called');
    const [argument] = given;
    const reached = textsOf(argument?.schema);
    const inner = module.exports.inner?.schema;
    const functions = Object.assign({}, argument.functions, ...reached.map((one) => one.lambdaFunctions ?? {}));
    return stringify({
      sdl: joined(reached),
      unpatched: inner === undefined ? null : joined(textsOf(inner)),
      functions: Object.fromEntries(Object.entries(functions).map(([name, value]) => [name, tagOf(value)])),
      resolvers: reached.flatMap(resolversOf),
      modes: argument.authorizationModes ?? {},
      form: typeof argument.schema === 'string' ? 'text' : Array.isArray(argument.schema?.schemas) ? 'several' : 'object',
      tables: tables(argument.migratedAmplifyGen1DynamoDbTableMappings),
    });
  };
  return parse(new vm.Script('globalThis.__migrate()').runInThisContext({ timeout: limit }));
};

const told = (error) => {
  if (error?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return `it did not finish within ${limit / 1000} s`;
  return error instanceof Error || typeof error?.message === 'string' ? error.message : `threw ${String(error)}`;
};
const answer = ({ folder, file, branch }, { code, failure }, a, schema) => {
  const settings = branch
    ? { 'amplify-backend-type': 'branch', 'amplify-backend-namespace': 'd0000000000000', 'amplify-backend-name': branch }
    : { 'amplify-backend-type': 'sandbox', 'amplify-backend-namespace': 'backend', 'amplify-backend-name': 'verify' };
  process.env.CDK_CONTEXT_JSON = stringify(settings);
  if (branch) process.env.AWS_BRANCH = branch;
  else delete process.env.AWS_BRANCH;
  if (failure) return failure;
  try {
    return evaluate(code, path.join(folder, file), a, schema);
  } catch (error) {
    return { error: told(error) };
  }
};

const esbuild = real(path.join(modules, 'esbuild'));
const bundles = await Promise.all(projects.map((project) => bundle(esbuild, project)));
await esbuild.stop();
const schema = beside('@aws-amplify/data-schema');
const { a } = schema;
await import('./refuse.mjs');
process.on('uncaughtException', () => {});
process.on('unhandledRejection', () => {});
process.argv.length = 1;
projects.forEach((project, at) => append(results, `${stringify(answer(project, bundles[at], a, schema))}\n`));
exit(0);
