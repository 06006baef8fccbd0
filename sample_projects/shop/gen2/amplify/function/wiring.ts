import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Backend } from '../features';
import type { StorageWiring } from '../storage/wiring';
import { writeOwnLogs } from './logs';

/** What the function feature sets beyond its definitions. */
export function wireFunction(backend: Backend, storage: StorageWiring): void {
  const { tables } = backend.data.resources;
  const { cfnGraphqlApi } = backend.data.resources.cfnResources;

  for (const target of [
    backend.shippingquote,
    backend.nightlyreport,
    backend.paymentnotice,
    backend.orderstream,
    backend.s3Trigger3fa91c20,
    backend.papershopAuthPostConfirmation,
  ]) {
    target.addEnvironment('REGION', backend.stack.region);
    writeOwnLogs(target.resources.lambda);
  }

  backend.nightlyreport.addEnvironment(
    'API_PAPERSHOP_ORDERTABLE_NAME',
    tables['Order'].tableName
  );
  backend.nightlyreport.addEnvironment(
    'API_PAPERSHOP_ORDERTABLE_ARN',
    tables['Order'].tableArn
  );
  backend.nightlyreport.addEnvironment(
    'API_PAPERSHOP_GRAPHQLAPIIDOUTPUT',
    cfnGraphqlApi.attrApiId
  );
  backend.nightlyreport.addEnvironment(
    'STORAGE_MEDIA_BUCKETNAME',
    backend.storage.resources.bucket.bucketName
  );
  backend.nightlyreport.addEnvironment(
    'FUNCTION_PAYMENTNOTICE_NAME',
    backend.paymentnotice.resources.lambda.functionName
  );
  const nightlyreportLambda = backend.nightlyreport.resources.lambda;
  nightlyreportLambda.addToRolePolicy(
    new PolicyStatement({
      actions: [
        'dynamodb:Get*',
        'dynamodb:BatchGetItem',
        'dynamodb:List*',
        'dynamodb:Describe*',
        'dynamodb:Scan',
        'dynamodb:Query',
        'dynamodb:PartiQLSelect',
      ],
      resources: [
        tables['Order'].tableArn,
        `${tables['Order'].tableArn}/index/*`,
      ],
    })
  );
  nightlyreportLambda.addToRolePolicy(
    new PolicyStatement({
      actions: ['s3:PutObject'],
      resources: [`${backend.storage.resources.bucket.bucketArn}/*`],
    })
  );
  nightlyreportLambda.addToRolePolicy(
    new PolicyStatement({
      actions: ['lambda:Get*', 'lambda:List*', 'lambda:Invoke*'],
      resources: [backend.paymentnotice.resources.lambda.functionArn],
    })
  );
  new Rule(backend.nightlyreport.stack, 'nightlyreport-CloudWatchEvent', {
    description: 'Schedule rule for Lambda',
    schedule: Schedule.expression('cron(30 1 * * ? *)'),
    targets: [new LambdaFunction(nightlyreportLambda)],
  });

  backend.orderstream.addEnvironment(
    'STORAGE_LOYALTY_NAME',
    storage.loyaltyTable.tableName
  );
  backend.orderstream.addEnvironment(
    'STORAGE_LOYALTY_ARN',
    storage.loyaltyTable.tableArn
  );
  backend.orderstream.addEnvironment(
    'STORAGE_LOYALTY_STREAMARN',
    storage.loyaltyTable.tableStreamArn!
  );
  backend.orderstream.addEnvironment(
    'FUNCTION_PAYMENTNOTICE_NAME',
    backend.paymentnotice.resources.lambda.functionName
  );
  const orderstreamLambda = backend.orderstream.resources.lambda;
  orderstreamLambda.addToRolePolicy(
    new PolicyStatement({
      actions: [
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
        'dynamodb:ListStreams',
      ],
      resources: [tables['Order'].tableStreamArn!],
    })
  );
  orderstreamLambda.addToRolePolicy(
    new PolicyStatement({
      actions: [
        'dynamodb:Put*',
        'dynamodb:Create*',
        'dynamodb:BatchWriteItem',
        'dynamodb:PartiQLInsert',
        'dynamodb:Update*',
        'dynamodb:RestoreTable*',
        'dynamodb:PartiQLUpdate',
      ],
      resources: [
        storage.loyaltyTable.tableArn,
        `${storage.loyaltyTable.tableArn}/index/*`,
      ],
    })
  );
  orderstreamLambda.addToRolePolicy(
    new PolicyStatement({
      actions: ['lambda:Get*', 'lambda:List*', 'lambda:Invoke*'],
      resources: [backend.paymentnotice.resources.lambda.functionArn],
    })
  );
  orderstreamLambda.addEventSourceMapping('LambdaEventSourceMappingOrder', {
    eventSourceArn: tables['Order'].tableStreamArn!,
    startingPosition: StartingPosition.LATEST,
    batchSize: 100,
  });

  backend.papershopAuthPostConfirmation.addEnvironment(
    'STORAGE_LOYALTY_NAME',
    storage.loyaltyTable.tableName
  );
  backend.papershopAuthPostConfirmation.addEnvironment(
    'STORAGE_LOYALTY_ARN',
    storage.loyaltyTable.tableArn
  );
  backend.papershopAuthPostConfirmation.addEnvironment(
    'STORAGE_LOYALTY_STREAMARN',
    storage.loyaltyTable.tableStreamArn!
  );
  backend.papershopAuthPostConfirmation.resources.lambda.addToRolePolicy(
    new PolicyStatement({
      actions: [
        'dynamodb:Put*',
        'dynamodb:Create*',
        'dynamodb:BatchWriteItem',
        'dynamodb:PartiQLInsert',
      ],
      resources: [
        storage.loyaltyTable.tableArn,
        `${storage.loyaltyTable.tableArn}/index/*`,
      ],
    })
  );

  backend.paymentnotice.addEnvironment(
    'AUTH_PAPERSHOPAUTH_USERPOOLID',
    backend.auth.resources.userPool.userPoolId
  );
  const paymentnoticeLambda = backend.paymentnotice.resources.lambda;
  paymentnoticeLambda.addToRolePolicy(
    new PolicyStatement({
      actions: [
        'cognito-identity:Describe*',
        'cognito-identity:Get*',
        'cognito-identity:List*',
        'cognito-idp:Describe*',
        'cognito-idp:AdminGetDevice',
        'cognito-idp:AdminGetUser',
        'cognito-idp:AdminList*',
        'cognito-idp:List*',
        'cognito-sync:Describe*',
        'cognito-sync:Get*',
        'cognito-sync:List*',
        'iam:ListOpenIdConnectProviders',
        'iam:ListRoles',
        'sns:ListPlatformApplications',
      ],
      resources: [backend.auth.resources.userPool.userPoolArn],
    })
  );
  paymentnoticeLambda.addToRolePolicy(
    new PolicyStatement({
      actions: ['ses:SendEmail'],
      resources: ['arn:aws:ses:eu-west-1:123456789012:identity/example.com'],
    })
  );
  paymentnoticeLambda.addToRolePolicy(
    new PolicyStatement({
      actions: ['events:PutEvents'],
      resources: [
        `arn:aws:events:eu-west-1:123456789012:event-bus/payments-${process.env.AWS_BRANCH ?? 'sandbox'}`,
      ],
    })
  );
}
