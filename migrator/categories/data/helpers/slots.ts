import { Stack } from 'aws-cdk-lib';
import { CfnFunctionConfiguration, type CfnResolver } from 'aws-cdk-lib/aws-appsync';
import type { Backend } from '../features';

/** The slots of all kinds of resolvers in the order in which they run; `data` is the call of the data source. */
const slots = [
  'init', 'preAuth', 'auth', 'postAuth', 'validate', 'preUpdate', 'preDataLoad', 'preSubscribe',
  'data', 'postUpdate', 'postDataLoad', 'finish',
] as const;

interface Templates {
  request?: string;
  response?: string;
}

/**
 * Sets function `number` (from 1, 0 for one without) of a slot of a generated resolver. Where the transformer has put a function of its
 * own, the templates replace that function's; otherwise a function is added to the slot, and is found as
 * `cfnFunctionConfigurations['Mutation.createTodo.preUpdate.1']`.
 */
export const setSlot = (
  data: Backend['data'],
  resolverName: `${string}.${string}`,
  slot: (typeof slots)[number],
  number: number,
  templates: Templates,
): void => {
  const { cfnGraphqlApi, cfnDataSources, cfnResolvers, cfnFunctionConfigurations } = data.resources.cfnResources;
  const resolver = cfnResolvers[resolverName];
  if (!resolver) {
    throw new Error(`The schema makes no resolver for ${resolverName}.`);
  }
  const prefix = resolverName.replace('.', '');
  const generated = cfnFunctionConfigurations[`${prefix}${slot}${number - 1}Function`];
  if (generated) {
    replaceTemplates(generated, templates);
    return;
  }
  const stack = Stack.of(resolver);
  let place = number; // the transformer counts its own functions from 0
  while (stack.node.tryFindChild(`${prefix}${slot}${place}Function`)) place += 1;
  const name = `${prefix}${slot}${place}Function`;
  const added = new CfnFunctionConfiguration(stack, name, {
    apiId: cfnGraphqlApi.attrApiId,
    name,
    dataSourceName: cfnDataSources['NONE_DS'].attrName,
    functionVersion: '2018-05-29',
    requestMappingTemplate: templates.request ?? '$util.toJson({})',
    responseMappingTemplate: templates.response ?? '$util.toJson({})',
  });
  cfnFunctionConfigurations[`${resolverName}.${slot}.${number}`] = added;
  const { functions = [] } = resolver.pipelineConfig as CfnResolver.PipelineConfigProperty;
  const later = new Set(laterFunctions(data, resolverName, slot).map((one) => JSON.stringify(stack.resolve(one.attrFunctionId))));
  const index = functions.findIndex((id) => later.has(JSON.stringify(stack.resolve(id))));
  const end = index < 0 ? functions.length : index;
  resolver.pipelineConfig = { functions: [...functions.slice(0, end), added.attrFunctionId, ...functions.slice(end)] };
};

/** Replaces templates of a generated function, or of a resolver itself. */
export const replaceTemplates = (
  fn: CfnFunctionConfiguration | CfnResolver | undefined,
  { request, response }: Templates,
): void => {
  if (!fn) {
    throw new Error('The schema makes no resolver for a template in amplify/data/resolvers.');
  }
  if (request !== undefined) {
    fn.requestMappingTemplate = request;
    fn.requestMappingTemplateS3Location = undefined;
  }
  if (response !== undefined) {
    fn.responseMappingTemplate = response;
    fn.responseMappingTemplateS3Location = undefined;
  }
};

/** The generated functions that run after a slot. */
const laterFunctions = (data: Backend['data'], resolverName: string, slot: string): CfnFunctionConfiguration[] => {
  const [type = '', field = ''] = resolverName.split('.');
  const dataSource = `${type}${field.charAt(0).toUpperCase()}${field.slice(1)}DataResolverFn`;
  const later: readonly string[] = slots.slice(slots.findIndex((one) => one === slot) + 1);
  return Object.entries(data.resources.cfnResources.cfnFunctionConfigurations)
    .filter(([name]) =>
      later.some((one) =>
        one === 'data' ? name === dataSource : new RegExp(`^${type}${field}${one}\\d+Function$`).test(name),
      ),
    )
    .map(([, fn]) => fn);
};
