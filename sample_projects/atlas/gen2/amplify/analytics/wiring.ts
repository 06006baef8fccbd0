import { Stream, StreamEncryption } from 'aws-cdk-lib/aws-kinesis';
import { Duration } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Backend } from '../features';

/** What the analytics feature sets beyond its definitions. */
export function wireAnalytics(backend: Backend) {
  const stack = backend.createStack('analytics');

  const tracksStream = new Stream(stack, 'tracks', {
    shardCount: 2,
    retentionPeriod: Duration.hours(72),
    encryption: StreamEncryption.UNENCRYPTED,
  });

  new Policy(stack, 'tracks-CognitoUnauthPolicy', {
    roles: [backend.auth.resources.unauthenticatedUserIamRole],
    statements: [
      new PolicyStatement({
        actions: ['kinesis:PutRecord', 'kinesis:PutRecords'],
        resources: [tracksStream.streamArn],
      }),
    ],
  });

  new Policy(stack, 'tracks-CognitoAuthPolicy', {
    roles: [backend.auth.resources.authenticatedUserIamRole],
    statements: [
      new PolicyStatement({
        actions: ['kinesis:PutRecord', 'kinesis:PutRecords'],
        resources: [tracksStream.streamArn],
      }),
    ],
  });

  backend.addOutput({
    custom: {
      Analytics: {
        Kinesis: {
          region: stack.region,
          streams: { tracks: tracksStream.streamName },
        },
      },
    },
  });

  return { tracksStream };
}

export type AnalyticsWiring = ReturnType<typeof wireAnalytics>;
