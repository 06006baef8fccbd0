import * as cdk from 'aws-cdk-lib';
import { Construct } from 'constructs';
import * as events from 'aws-cdk-lib/aws-events';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as targets from 'aws-cdk-lib/aws-events-targets';

/** What the backend hands to the stack. */
export type PilotageStackProps = {
  branch: string;
  dependencies: {
    function: { tidewatch: { Arn: string } };
  };
};

export class PilotageStack extends cdk.NestedStack {
  constructor(scope: Construct, id: string, props: PilotageStackProps) {
    super(scope, id);

    const dependencies = props.dependencies;
    const project = { envName: props.branch, projectName: 'harbour' };
    const tidewatch = lambda.Function.fromFunctionAttributes(this, 'tidewatch', {
      functionArn: dependencies.function.tidewatch.Arn,
      sameEnvironment: true,
    });

    // what pilots did not answer
    const unanswered = new sqs.Queue(this, 'unanswered', { retentionPeriod: cdk.Duration.days(14) });
    const requests = new sqs.Queue(this, 'requests', {
      queueName: `pilotage-${props.branch}-gen2`,
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
