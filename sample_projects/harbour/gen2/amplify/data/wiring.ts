import { RemovalPolicy } from 'aws-cdk-lib';
import { BillingMode } from 'aws-cdk-lib/aws-dynamodb';
import type { Backend } from '../features';

/** What the data feature sets beyond its definitions. */
export function wireData(backend: Backend): void {
  const {
    amplifyDynamoDbTables,
    cfnGraphqlApi,
    cfnResolvers,
    cfnFunctionConfigurations,
  } = backend.data.resources.cfnResources;

  for (const table of Object.values(amplifyDynamoDbTables)) {
    table.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }

  cfnGraphqlApi.xrayEnabled = true;
  amplifyDynamoDbTables['Berth'].pointInTimeRecoveryEnabled = true;
  amplifyDynamoDbTables['Berth'].billingMode = BillingMode.PAY_PER_REQUEST;
  cfnResolvers['Query.getBerth'].requestMappingTemplate = '## quay by quay\n{}';
  cfnFunctionConfigurations['QueryListBerthsDataResolverFn'].maxBatchSize = 5;
  cfnResolvers['Mutation.createBerth'].addPropertyOverride(
    'CachingConfig.Ttl',
    60
  );
  // OVR900: amplify/backend/api/harbour/override.ts, line 6, is not carried over (the code is not understood):
  // resources.models.Berth.modelIamRole.path = '/harbour/';
}
