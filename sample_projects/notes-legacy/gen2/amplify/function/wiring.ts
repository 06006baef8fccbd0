import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Backend } from '../features';
import { writeOwnLogs } from './logs';

/** What the function feature sets beyond its definitions. */
export function wireFunction(backend: Backend): void {
  const { cfnGraphqlApi } = backend.data.resources.cfnResources;
  const { graphqlApi } = backend.data.resources;

  backend.notesexport.addEnvironment(
    'STORAGE_ATTACHMENTS_BUCKETNAME',
    backend.storage.resources.bucket.bucketName
  );
  backend.notesexport.addEnvironment(
    'API_MARGINALIA_GRAPHQLAPIIDOUTPUT',
    cfnGraphqlApi.attrApiId
  );
  backend.notesexport.addEnvironment(
    'API_MARGINALIA_GRAPHQLAPIENDPOINTOUTPUT',
    cfnGraphqlApi.attrGraphQlUrl
  );
  backend.notesexport.addEnvironment('REGION', backend.stack.region);
  const notesexportLambda = backend.notesexport.resources.lambda;
  writeOwnLogs(notesexportLambda);
  notesexportLambda.addToRolePolicy(
    new PolicyStatement({
      actions: ['s3:PutObject', 's3:GetObject', 's3:ListBucket'],
      resources: [`${backend.storage.resources.bucket.bucketArn}/*`],
    })
  );
  notesexportLambda.addToRolePolicy(
    new PolicyStatement({
      actions: ['appsync:Get*', 'appsync:List*'],
      resources: [graphqlApi.arn, `${graphqlApi.arn}/*`],
    })
  );
}
