import { RemovalPolicy } from 'aws-cdk-lib';
import type { Backend } from '../features';

/** What the data feature sets beyond its definitions. */
export function wireData(backend: Backend): void {
  const { amplifyDynamoDbTables } = backend.data.resources.cfnResources;

  for (const table of Object.values(amplifyDynamoDbTables)) {
    table.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}
