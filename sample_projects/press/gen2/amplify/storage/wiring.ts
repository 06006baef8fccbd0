import {
  Table,
  AttributeType,
  BillingMode,
  StreamViewType,
} from 'aws-cdk-lib/aws-dynamodb';
import { RemovalPolicy } from 'aws-cdk-lib';
import type { Backend } from '../features';

/** What the storage feature sets beyond its definitions. */
export function wireStorage(backend: Backend) {
  const jobsTable = new Table(backend.createStack('storage-jobs'), 'jobs', {
    partitionKey: { name: 'jobId', type: AttributeType.STRING },
    billingMode: BillingMode.PROVISIONED,
    readCapacity: 5,
    writeCapacity: 5,
    stream: StreamViewType.NEW_IMAGE,
    removalPolicy: RemovalPolicy.RETAIN,
  });

  return { jobsTable };
}

export type StorageWiring = ReturnType<typeof wireStorage>;
