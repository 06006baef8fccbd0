import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Backend } from '../features';

/** What the storage feature sets beyond its definitions. */
export function wireStorage(backend: Backend): void {
  new Policy(backend.storage.stack, 'CommitteeGroupPolicy', {
    roles: [backend.auth.resources.groups['Committee'].role],
    statements: [
      new PolicyStatement({
        actions: [
          's3:PutObject',
          's3:GetObject',
          's3:ListBucket',
          's3:DeleteObject',
        ],
        resources: [backend.storage.resources.bucket.arnForObjects('*')],
      }),
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [backend.storage.resources.bucket.bucketArn],
      }),
    ],
  });

  new Policy(backend.storage.stack, 'CoachesGroupPolicy', {
    roles: [backend.auth.resources.groups['Coaches'].role],
    statements: [
      new PolicyStatement({
        actions: ['s3:PutObject', 's3:GetObject', 's3:ListBucket'],
        resources: [backend.storage.resources.bucket.arnForObjects('*')],
      }),
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [backend.storage.resources.bucket.bucketArn],
      }),
    ],
  });
}
