import {
  Table,
  AttributeType,
  BillingMode,
  StreamViewType,
  type CfnTable,
} from 'aws-cdk-lib/aws-dynamodb';
import {
  RemovalPolicy,
  CfnResource,
  CfnOutput,
  CfnCondition,
  Fn,
  CfnMapping,
} from 'aws-cdk-lib';
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
  new CfnResource(backend.storage.stack, 'ChartBells', {
    type: 'AWS::SNS::Topic',
    properties: { TopicName: 'harbour-charts-gen2', DisplayName: 'New charts' },
  });
  new CfnResource(backend.storage.stack, 'ManyCharts', {
    type: 'AWS::CloudWatch::Alarm',
    properties: {
      Namespace: 'AWS/S3',
      MetricName: 'NumberOfObjects',
      Dimensions: [
        {
          Name: 'BucketName',
          Value: backend.storage.resources.bucket.bucketName,
        },
        { Name: 'StorageType', Value: 'AllStorageTypes' },
      ],
      Statistic: 'Average',
      Period: 86400,
      EvaluationPeriods: 1,
      Threshold: 5000,
      ComparisonOperator: 'GreaterThanThreshold',
    },
  });
  new CfnOutput(backend.storage.stack, 'ChartsKept', {
    value: 'charts-90',
    description: 'How long old charts are kept',
  });
  new CfnCondition(backend.storage.stack, 'IsQuiet', {
    expression: Fn.conditionEquals('a', process.env.AWS_BRANCH ?? 'sandbox'),
  });

  (
    mooringsTable.node.defaultChild as CfnTable
  ).pointInTimeRecoverySpecification = { pointInTimeRecoveryEnabled: true };
  (mooringsTable.node.defaultChild as CfnTable).addDeletionOverride(
    'Properties.ProvisionedThroughput'
  );
  (mooringsTable.node.defaultChild as CfnTable).billingMode = 'PAY_PER_REQUEST';
  new CfnMapping(mooringsTable.stack, 'Depths', {
    mapping: { depths: { low: 4, high: 9 } },
  });

  return { mooringsTable };
}

export type StorageWiring = ReturnType<typeof wireStorage>;
