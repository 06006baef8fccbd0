import { AmplifyS3ResourceTemplate } from '@aws-amplify/cli-extensibility-helper';

const DAYS = 90;

export function override(resources: AmplifyS3ResourceTemplate) {
  resources.s3Bucket.versioningConfiguration = { status: 'Enabled' };
  resources.s3Bucket.lifecycleConfiguration = {
    rules: [{ id: 'old-charts', status: 'Enabled', noncurrentVersionExpirationInDays: DAYS }],
  };
  resources.s3Bucket.addOverride('UpdateReplacePolicy', 'Retain');
  resources.addCfnResource(
    { type: 'AWS::SNS::Topic', properties: { TopicName: 'harbour-charts', DisplayName: 'New charts' } },
    'ChartBells',
  );
  resources.addCfnResource(
    {
      type: 'AWS::CloudWatch::Alarm',
      properties: {
        Namespace: 'AWS/S3',
        MetricName: 'NumberOfObjects',
        Dimensions: [
          { Name: 'BucketName', Value: { Ref: 'S3Bucket' } },
          { Name: 'StorageType', Value: 'AllStorageTypes' },
        ],
        Statistic: 'Average',
        Period: 86400,
        EvaluationPeriods: 1,
        Threshold: 5000,
        ComparisonOperator: 'GreaterThanThreshold',
      },
    },
    'ManyCharts',
  );
  resources.addCfnOutput({ value: `charts-${DAYS}`, description: 'How long old charts are kept' }, 'ChartsKept');
  resources.addCfnCondition({ expression: { 'Fn::Equals': ['a', { Ref: 'env' }] } }, 'IsQuiet');
}
