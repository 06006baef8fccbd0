import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Backend } from '../features';
import { writeOwnLogs } from './logs';

/** What the function feature sets beyond its definitions. */
export function wireFunction(backend: Backend): void {
  const { cfnGraphqlApi } = backend.data.resources.cfnResources;
  const { graphqlApi } = backend.data.resources;

  for (const target of [
    backend.rowclubAuthPreSignup,
    backend.rowclubAuthPostConfirmation,
    backend.rowclubAuthCreateAuthChallenge,
    backend.rowclubAuthDefineAuthChallenge,
    backend.rowclubAuthVerifyAuthChallengeResponse,
    backend.outingreminder,
  ]) {
    target.addEnvironment('REGION', backend.stack.region);
    writeOwnLogs(target.resources.lambda);
  }

  backend.outingreminder.addEnvironment(
    'API_ROWCLUB_GRAPHQLAPIIDOUTPUT',
    cfnGraphqlApi.attrApiId
  );
  backend.outingreminder.addEnvironment(
    'API_ROWCLUB_GRAPHQLAPIENDPOINTOUTPUT',
    cfnGraphqlApi.attrGraphQlUrl
  );
  const outingreminderLambda = backend.outingreminder.resources.lambda;
  outingreminderLambda.addToRolePolicy(
    new PolicyStatement({
      actions: ['appsync:GraphQL'],
      resources: [
        `${graphqlApi.arn}/types/Query/*`,
        `${graphqlApi.arn}/types/Mutation/*`,
      ],
    })
  );
  new Rule(backend.outingreminder.stack, 'outingreminder-CloudWatchEvent', {
    description: 'Schedule rule for Lambda',
    schedule: Schedule.expression('rate(1 day)'),
    targets: [new LambdaFunction(outingreminderLambda)],
  });
}
