import {
  Table,
  AttributeType,
  BillingMode,
  StreamViewType,
  type CfnTable,
} from 'aws-cdk-lib/aws-dynamodb';
import { RemovalPolicy } from 'aws-cdk-lib';
import type { Backend } from '../features';

/** What the storage feature sets beyond its definitions. */
export function wireStorage(backend: Backend) {
  const { cfnBucket } = backend.storage.resources.cfnResources;

  const mooringsTable = new Table(
    backend.createStack('storage-moorings'),
    'moorings',
    {
      partitionKey: { name: 'quay', type: AttributeType.STRING },
      sortKey: { name: 'number', type: AttributeType.NUMBER },
      billingMode: BillingMode.PROVISIONED,
      readCapacity: 5,
      writeCapacity: 5,
      stream: StreamViewType.NEW_IMAGE,
      removalPolicy: RemovalPolicy.RETAIN,
    }
  );

  cfnBucket.versioningConfiguration = { status: 'Enabled' };
  cfnBucket.lifecycleConfiguration = {
    rules: [
      {
        id: 'old-charts',
        status: 'Enabled',
        noncurrentVersionExpirationInDays: 90,
      },
    ],
  };
  cfnBucket.addOverride('UpdateReplacePolicy', 'Retain');

  (
    mooringsTable.node.defaultChild as CfnTable
  ).pointInTimeRecoverySpecification = { pointInTimeRecoveryEnabled: true };
  (mooringsTable.node.defaultChild as CfnTable).addDeletionOverride(
    'Properties.ProvisionedThroughput'
  );
  (mooringsTable.node.defaultChild as CfnTable).billingMode = 'PAY_PER_REQUEST';

  return { mooringsTable };
}

export type StorageWiring = ReturnType<typeof wireStorage>;
