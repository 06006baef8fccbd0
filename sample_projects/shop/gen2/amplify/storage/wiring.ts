import {
  Table,
  AttributeType,
  BillingMode,
  StreamViewType,
  ProjectionType,
} from 'aws-cdk-lib/aws-dynamodb';
import { RemovalPolicy } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Backend } from '../features';

/** What the storage feature sets beyond its definitions. */
export function wireStorage(backend: Backend) {
  const loyaltyTable = new Table(
    backend.createStack('storage-loyalty'),
    'loyalty',
    {
      partitionKey: { name: 'customerId', type: AttributeType.STRING },
      sortKey: { name: 'month', type: AttributeType.STRING },
      billingMode: BillingMode.PROVISIONED,
      readCapacity: 5,
      writeCapacity: 5,
      stream: StreamViewType.NEW_IMAGE,
      removalPolicy: RemovalPolicy.RETAIN,
    }
  );
  loyaltyTable.addGlobalSecondaryIndex({
    indexName: 'byMonth',
    partitionKey: { name: 'month', type: AttributeType.STRING },
    sortKey: { name: 'points', type: AttributeType.NUMBER },
    projectionType: ProjectionType.ALL,
    readCapacity: 5,
    writeCapacity: 5,
  });

  new Policy(backend.storage.stack, 'S3TriggerBucketPolicy', {
    roles: [backend.s3Trigger3fa91c20.resources.lambda.role!],
    statements: [
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [backend.storage.resources.bucket.bucketArn],
      }),
      new PolicyStatement({
        actions: [
          's3:PutObject',
          's3:GetObject',
          's3:ListBucket',
          's3:DeleteObject',
        ],
        resources: [backend.storage.resources.bucket.arnForObjects('*')],
      }),
    ],
  });

  return { loyaltyTable };
}

export type StorageWiring = ReturnType<typeof wireStorage>;
