import * as cdk from 'aws-cdk-lib';
import * as AmplifyHelpers from '@aws-amplify/cli-extensibility-helper';
import { AmplifyDependentResourcesAttributes } from '../../types/amplify-dependent-resources-ref';
import { Construct } from 'constructs';
import * as events from 'aws-cdk-lib/aws-events';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as targets from 'aws-cdk-lib/aws-events-targets';

export class cdkStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props?: cdk.StackProps, amplifyResourceProps?: AmplifyHelpers.AmplifyResourceProps) {
    super(scope, id, props);
    /* Do not remove - Amplify CLI automatically injects the current deployment environment in this input parameter */
    new cdk.CfnParameter(this, 'env', {
      type: 'String',
      description: 'Current Amplify CLI env name',
    });

    const dependencies: AmplifyDependentResourcesAttributes = AmplifyHelpers.addResourceDependency(
      this,
      amplifyResourceProps.category,
      amplifyResourceProps.resourceName,
      [{ category: 'function', resourceName: 'tidewatch' }]
    );
    const project = AmplifyHelpers.getProjectInfo();
    const tidewatch = lambda.Function.fromFunctionAttributes(this, 'tidewatch', {
      functionArn: cdk.Fn.ref(dependencies.function.tidewatch.Arn),
      sameEnvironment: true,
    });

    // what pilots did not answer
    const unanswered = new sqs.Queue(this, 'unanswered', { retentionPeriod: cdk.Duration.days(14) });
    const requests = new sqs.Queue(this, 'requests', {
      queueName: `pilotage-${cdk.Fn.ref('env')}`,
      visibilityTimeout: cdk.Duration.minutes(2),
      deadLetterQueue: { queue: unanswered, maxReceiveCount: 3 },
    });
    new events.Rule(this, 'tide', {
      description: `Looks at the tide of ${project.projectName}`,
      schedule: events.Schedule.rate(cdk.Duration.hours(1)),
      targets: [new targets.LambdaFunction(tidewatch)],
    });

    new cdk.CfnOutput(this, 'RequestsUrl', { value: requests.queueUrl });
    new cdk.CfnOutput(this, 'RequestsArn', { value: requests.queueArn });
  }
}
