import { AmplifyApiGraphQlResourceStackTemplate } from '@aws-amplify/cli-extensibility-helper';

export function override(resources: AmplifyApiGraphQlResourceStackTemplate) {
  resources.api.GraphQLAPI.xrayEnabled = true;
  resources.models['Berth'].modelDDBTable.pointInTimeRecoverySpecification = { pointInTimeRecoveryEnabled: true };
  resources.models.Berth.modelIamRole.path = '/harbour/';
  resources.models.Berth.modelDDBTable.billingMode = 'PAY_PER_REQUEST';
  resources.models.Berth.resolvers['queryGetBerthResolver'].requestMappingTemplate = '## quay by quay\n{}';
  resources.models['Berth'].appsyncFunctions[
    'QueryListBerthsDataResolverFnQueryListBerthsDataResolverFn.AppSyncFunction'
  ].maxBatchSize = 5;
  resources.models.Berth.resolvers['mutationCreateBerthResolver'].addPropertyOverride('CachingConfig.Ttl', 60);
}
