import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Backend } from '../features';
import type { AnalyticsWiring } from '../analytics/wiring';
import type { GeoWiring } from '../geo/wiring';
import { writeOwnLogs } from './logs';

/** What the function feature sets beyond its definitions. */
export function wireFunction(
  backend: Backend,
  analytics: AnalyticsWiring,
  geo: GeoWiring
): void {
  backend.trackreader.addEnvironment(
    'ANALYTICS_TRACKS_KINESISSTREAMARN',
    analytics.tracksStream.streamArn
  );
  backend.trackreader.addEnvironment(
    'GEO_WILDPARKS_NAME',
    geo.wildparksCollection.ref
  );
  backend.trackreader.addEnvironment('REGION', backend.stack.region);
  const trackreaderLambda = backend.trackreader.resources.lambda;
  writeOwnLogs(trackreaderLambda);
  trackreaderLambda.addToRolePolicy(
    new PolicyStatement({
      actions: [
        'kinesis:ListShards',
        'kinesis:ListStreams',
        'kinesis:ListStreamConsumers',
        'kinesis:DescribeStream',
        'kinesis:DescribeStreamSummary',
        'kinesis:DescribeStreamConsumer',
        'kinesis:GetRecords',
        'kinesis:GetShardIterator',
        'kinesis:SubscribeToShard',
        'kinesis:DescribeLimits',
        'kinesis:ListTagsForStream',
      ],
      resources: [analytics.tracksStream.streamArn],
    })
  );
  trackreaderLambda.addToRolePolicy(
    new PolicyStatement({
      actions: ['geo:DescribeGeofenceCollection'],
      resources: [
        `arn:aws:geo:${backend.stack.region}:${backend.stack.account}:geofence-collection/${geo.wildparksCollection.ref}`,
      ],
    })
  );
  new CfnEventSourceMapping(
    backend.trackreader.stack,
    'trackreader-LambdaEventSourceMapping',
    {
      eventSourceArn: analytics.tracksStream.streamArn,
      functionName: trackreaderLambda.functionArn,
      batchSize: 100,
      startingPosition: 'LATEST',
    }
  );
}
