import { AmplifyDDBResourceTemplate } from '@aws-amplify/cli-extensibility-helper';

export function override(resources: AmplifyDDBResourceTemplate) {
  resources.dynamoDBTable.pointInTimeRecoverySpecification = { pointInTimeRecoveryEnabled: true };
  resources.dynamoDBTable.addDeletionOverride('Properties.ProvisionedThroughput');
  resources.dynamoDBTable.billingMode = 'PAY_PER_REQUEST';
  resources.addCfnMapping({ mapping: { depths: { low: 4, high: 9 } } }, 'Depths');
}
