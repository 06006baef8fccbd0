import { AmplifyS3ResourceTemplate } from '@aws-amplify/cli-extensibility-helper';

const DAYS = 90;

export function override(resources: AmplifyS3ResourceTemplate) {
  resources.s3Bucket.versioningConfiguration = { status: 'Enabled' };
  resources.s3Bucket.lifecycleConfiguration = {
    rules: [{ id: 'old-charts', status: 'Enabled', noncurrentVersionExpirationInDays: DAYS }],
  };
  resources.s3Bucket.addOverride('UpdateReplacePolicy', 'Retain');
}
