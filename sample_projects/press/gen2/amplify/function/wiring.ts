import { LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { fileURLToPath } from 'node:url';
import { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Backend } from '../features';
import type { StorageWiring } from '../storage/wiring';
import { LateLinks } from './late';
import { pipLayer } from './build';
import { writeOwnLogs } from './logs';
import { setSecretPath } from './secrets';

/** What the function feature sets beyond its definitions. */
export function wireFunction(backend: Backend, storage: StorageWiring) {
  const links = new LateLinks(
    backend.createStack('functionLinks'),
    backend.stack.stackName
  );
  const { cfnGraphqlApi } = backend.data.resources.cfnResources;
  const { tables } = backend.data.resources;

  const typesettingLayer = new LayerVersion(
    backend.createStack('layer-typesetting'),
    'typesetting',
    {
      code: pipLayer(
        fileURLToPath(new URL('./typesetting', import.meta.url)),
        '3.12',
        'x86_64',
        '--only-binary=:all:'
      ),
      description: 'What the press knows of paper',
      compatibleRuntimes: [Runtime.PYTHON_3_12],
      removalPolicy: RemovalPolicy.RETAIN,
    }
  );

  for (const target of [
    backend.quote,
    backend.ledger,
    backend.binder,
    backend.archive,
    backend.stamp,
    backend.dispatch,
    backend.pressAuthPostConfirmation,
  ]) {
    target.addEnvironment('REGION', backend.stack.region);
    writeOwnLogs(target.resources.lambda);
  }

  backend.dispatch.addEnvironment(
    'FUNCTION_QUOTE_NAME',
    backend.quote.resources.lambda.functionName
  );
  backend.dispatch.addEnvironment(
    'FUNCTION_BINDER_NAME',
    backend.binder.resources.lambda.functionName
  );
  const dispatchLambda = backend.dispatch.resources.lambda;
  dispatchLambda.addToRolePolicy(
    new PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: [backend.quote.resources.lambda.functionArn],
    })
  );
  dispatchLambda.addToRolePolicy(
    new PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: [backend.binder.resources.lambda.functionArn],
    })
  );

  backend.ledger.addEnvironment(
    'STORAGE_JOBS_NAME',
    storage.jobsTable.tableName
  );
  backend.ledger.addEnvironment('STORAGE_JOBS_ARN', storage.jobsTable.tableArn);
  const ledgerLambda = backend.ledger.resources.lambda;
  ledgerLambda.addToRolePolicy(
    new PolicyStatement({
      actions: ['dynamodb:Put*', 'dynamodb:Update*'],
      resources: [storage.jobsTable.tableArn],
    })
  );
  new Rule(backend.ledger.stack, 'ledger-CloudWatchEvent', {
    description: 'Schedule rule for Lambda',
    schedule: Schedule.expression('rate(1 day)'),
    targets: [new LambdaFunction(ledgerLambda)],
  });

  links.environment(
    backend.pressAuthPostConfirmation,
    'pressAuthPostConfirmation',
    'FUNCTION_LEDGER_NAME',
    backend.ledger.resources.lambda.functionName
  );
  links.environment(
    backend.pressAuthPostConfirmation,
    'pressAuthPostConfirmation',
    'API_PRESS_GRAPHQLAPIIDOUTPUT',
    cfnGraphqlApi.attrApiId
  );
  links.environment(
    backend.pressAuthPostConfirmation,
    'pressAuthPostConfirmation',
    'API_PRESS_CUSTOMERTABLE_NAME',
    tables['Customer'].tableName
  );
  links.policy(
    backend.pressAuthPostConfirmation,
    'pressAuthPostConfirmation-AmplifyResourcesPolicy-1',
    [
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [backend.ledger.resources.lambda.functionArn],
      }),
    ]
  );
  links.policy(
    backend.pressAuthPostConfirmation,
    'pressAuthPostConfirmation-AmplifyResourcesPolicy-2',
    [
      new PolicyStatement({
        actions: ['dynamodb:PutItem'],
        resources: [tables['Customer'].tableArn],
      }),
    ]
  );

  links.environment(
    backend.quote,
    'quote',
    'FUNCTION_LEDGER_NAME',
    backend.ledger.resources.lambda.functionName
  );
  backend.quote.addEnvironment(
    'STORAGE_JOBS_NAME',
    storage.jobsTable.tableName
  );
  backend.quote.addEnvironment('STORAGE_JOBS_ARN', storage.jobsTable.tableArn);
  backend.quote.addEnvironment(
    'STORAGE_JOBS_STREAMARN',
    storage.jobsTable.tableStreamArn!
  );
  setSecretPath(backend.quote, 'SUPPLIER_KEY', 'SUPPLIER_KEY');
  links.policy(backend.quote, 'quote-AmplifyResourcesPolicy-1', [
    new PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: [backend.ledger.resources.lambda.functionArn],
    }),
  ]);
  backend.quote.resources.lambda.addToRolePolicy(
    new PolicyStatement({
      actions: ['dynamodb:Put*', 'dynamodb:Get*', 'dynamodb:Query'],
      resources: [
        storage.jobsTable.tableArn,
        `${storage.jobsTable.tableArn}/index/*`,
      ],
    })
  );
  backend.quote.resources.cfnResources.cfnFunction.layers = [
    typesettingLayer.layerVersionArn,
    'arn:aws:lambda:eu-central-1:987654321098:layer:Fonts:7',
  ];

  return { typesettingLayer };
}

export type FunctionWiring = ReturnType<typeof wireFunction>;
