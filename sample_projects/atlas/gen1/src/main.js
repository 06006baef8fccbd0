import { Amplify } from 'aws-amplify';
import { record } from 'aws-amplify/analytics/kinesis';
import config from './aws-exports';

Amplify.configure(config);
Amplify.configure({ ...Amplify.getConfig(), Analytics: { Kinesis: { region: 'ap-northeast-1' } } });

export function walked(point) {
  record({ streamName: 'tracks-main', partitionKey: point.hike, data: point });
}
