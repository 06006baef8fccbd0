import {
  AmplifyData,
  AmplifyDataDefinition,
  type AmplifyDataProps,
  type ConflictResolutionStrategy,
  type DataStoreConfiguration,
  FieldLogLevel,
  RetentionDays,
} from '@aws-amplify/data-construct';
import type { defineData } from '@aws-amplify/backend';
import type { AuthResources, ConstructFactory, ConstructFactoryGetInstanceProps, ResourceProvider } from '@aws-amplify/plugin-types';
import { ArnFormat, Duration, Stack, Tags } from 'aws-cdk-lib';
import { CfnPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';

type DataProps = Parameters<typeof defineData>[0];
type AuthorizationModes = NonNullable<DataProps['authorizationModes']>;
type Handler = NonNullable<AuthorizationModes['lambdaAuthorizationMode']>['function'];
type Scope = ConstructorParameters<typeof AmplifyData>[0];
/** A name, or the function that decides: one of the backend, or a live one by its name. */
type Strategy = 'AUTOMERGE' | 'OPTIMISTIC_CONCURRENCY' | Handler | { functionName: string; region?: string };
type SyncedDataProps = Omit<DataProps, 'migratedAmplifyGen1DynamoDbTableMappings'> & {
  /** How conflicts of DataStore are resolved: for all models, and for single ones. */
  conflictResolution: { project?: Strategy; models?: Record<string, Strategy> };
};

const MODES = {
  apiKey: 'API_KEY',
  iam: 'AWS_IAM',
  identityPool: 'AWS_IAM',
  lambda: 'AWS_LAMBDA',
  oidc: 'OPENID_CONNECT',
  userPool: 'AMAZON_COGNITO_USER_POOLS',
} as const;

/** `defineData` for an API of DataStore: the construct behind it resolves conflicts, but `defineData` cannot say how. */
export function defineSyncedData(props: SyncedDataProps): ConstructFactory<AmplifyData> {
  let given: ConstructFactoryGetInstanceProps;
  const name = props.name ?? 'amplifyData';
  const generator = {
    resourceGroupName: 'data',
    generateContainerEntry: ({ scope }: { scope: Scope }) => {
      const { definition, functions } = definitionOf(props.schema);
      const strategies = strategiesOf(props.conflictResolution, scope, given);
      const named = { ...props.functions, ...functions };
      const api = new AmplifyData(scope, name, {
        apiName: name,
        definition,
        authorizationModes: modesOf(props.authorizationModes ?? {}, given),
        functionNameMap: Object.fromEntries(Object.entries(named).map(([key, one]) => [key, lambdaOf(one, given)])),
        outputStorageStrategy: given.outputStorageStrategy,
        translationBehavior: { allowDestructiveGraphqlSchemaUpdates: true },
        stackMappings: props.stackMappings,
        logging: loggingOf(props.logging),
        dataStoreConfiguration: strategies,
      });
      allowToDecide(api, strategies);
      Tags.of(api).add('amplify:friendly-name', name);
      return api;
    },
  };
  return {
    getInstance: (props) => {
      given ??= props;
      return props.constructContainer.getOrCompute(generator) as AmplifyData;
    },
  };
}

function loggingOf(logging: DataProps['logging']) {
  if (!logging) return undefined;
  const said = logging === true ? {} : logging;
  if (said.retention !== 'infinite') throw new Error("defineSyncedData keeps logs for ever: say retention: 'infinite'.");
  const level = (said.fieldLogLevel ?? 'none').toUpperCase() as keyof typeof FieldLogLevel;
  return {
    excludeVerboseContent: said.excludeVerboseContent ?? true,
    fieldLogLevel: FieldLogLevel[level],
    retention: RetentionDays.INFINITE,
  };
}

function definitionOf(schema: DataProps['schema']) {
  const tables = { dbType: 'DYNAMODB', provisionStrategy: 'AMPLIFY_TABLE' } as const;
  if (typeof schema === 'string') {
    return { definition: AmplifyDataDefinition.fromString(schema, tables), functions: {} };
  }
  if ('schemas' in schema) throw new Error('Combine the schemas before they reach defineSyncedData.');
  const made = schema.transform();
  if (made.jsFunctions.length) throw new Error('defineSyncedData knows no a.handler.custom.');
  const definition = AmplifyDataDefinition.fromString(made.schema, tables);
  return { definition: { ...definition, functionSlots: made.functionSlots }, functions: made.lambdaFunctions };
}

function lambdaOf(factory: unknown, given: ConstructFactoryGetInstanceProps) {
  return (factory as Handler).getInstance(given).resources.lambda;
}

function strategiesOf(
  { project, models = {} }: SyncedDataProps['conflictResolution'],
  scope: Scope,
  given: ConstructFactoryGetInstanceProps,
): DataStoreConfiguration {
  const each = Object.entries(models).map(([model, one]) => [model, strategyOf(one, `${model}Decides`, scope, given)]);
  return { project: project && strategyOf(project, 'Decides', scope, given), models: Object.fromEntries(each) };
}

function strategyOf(
  said: Strategy,
  id: string,
  scope: Scope,
  given: ConstructFactoryGetInstanceProps,
): ConflictResolutionStrategy {
  if (typeof said === 'string') return { detectionType: 'VERSION', handlerType: said };
  const conflictHandler = 'getInstance' in said ? lambdaOf(said, given) : liveLambda(said, id, scope);
  return { detectionType: 'VERSION', handlerType: 'LAMBDA', conflictHandler };
}

function liveLambda({ functionName, region }: { functionName: string; region?: string }, id: string, scope: Scope) {
  const place = { service: 'lambda', resource: 'function', resourceName: functionName, region };
  const arn = Stack.of(scope).formatArn({ ...place, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  return LambdaFunction.fromFunctionArn(scope, id, arn);
}

/** The transformer spells the ARN of a function that decides in a way that CloudFormation refuses: the ARN itself. */
function allowToDecide(api: AmplifyData, { project, models = {} }: DataStoreConfiguration): void {
  for (const policy of api.node.findAll()) {
    if (!(policy instanceof CfnPolicy) || policy.node.scope?.node.id !== 'InvokeLambdaFunction') continue;
    const beside = policy.node.scope.node.scope?.node;
    const own = Object.keys(models).find((model) => beside?.tryFindChild(`${model}IAMRole`));
    const strategy = own ? models[own] : project;
    if (strategy?.handlerType !== 'LAMBDA') continue;
    const actions = ['lambda:InvokeFunction'];
    const statements = [new PolicyStatement({ actions, resources: [strategy.conflictHandler.functionArn] })];
    policy.policyDocument = new PolicyDocument({ statements });
  }
}

function modesOf(modes: AuthorizationModes, given: ConstructFactoryGetInstanceProps): AmplifyDataProps['authorizationModes'] {
  const auth = given.constructContainer.getConstructFactory<ResourceProvider<AuthResources>>('AuthResources')?.getInstance(given);
  const { apiKeyAuthorizationMode: key, lambdaAuthorizationMode: lambda, oidcAuthorizationMode: oidc } = modes;
  return {
    defaultAuthorizationMode: modes.defaultAuthorizationMode && MODES[modes.defaultAuthorizationMode],
    userPoolConfig: auth && { userPool: auth.resources.userPool },
    identityPoolConfig: auth && {
      identityPoolId: auth.resources.identityPoolId,
      authenticatedUserRole: auth.resources.authenticatedUserIamRole,
      unauthenticatedUserRole: auth.resources.unauthenticatedUserIamRole,
    },
    apiKeyConfig: key && { description: key.description, expires: Duration.days(key.expiresInDays ?? 7) },
    lambdaConfig: lambda && { function: lambdaOf(lambda.function, given), ttl: Duration.seconds(lambda.timeToLiveInSeconds ?? 60) },
    oidcConfig: oidc && {
      oidcProviderName: oidc.oidcProviderName,
      oidcIssuerUrl: oidc.oidcIssuerUrl,
      clientId: oidc.clientId,
      tokenExpiryFromAuth: Duration.seconds(oidc.tokenExpiryFromAuthInSeconds),
      tokenExpiryFromIssue: Duration.seconds(oidc.tokenExpireFromIssueInSeconds),
    },
    iamConfig: { enableIamAuthorizationMode: true },
  };
}
