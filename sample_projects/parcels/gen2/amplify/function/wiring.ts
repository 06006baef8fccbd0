import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Backend } from '../features';
import type { RestApiWiring } from '../rest-api/wiring';
import { LateLinks } from './late';
import { writeOwnLogs } from './logs';

/** What the function feature sets beyond its definitions. */
export function wireFunction(backend: Backend, restApi: RestApiWiring): void {
  const links = new LateLinks(
    backend.createStack('functionLinks'),
    backend.stack.stackName
  );

  for (const target of [
    backend.tracking,
    backend.parcels,
    backend.depots,
    backend.nightcheck,
  ]) {
    target.addEnvironment('REGION', backend.stack.region);
  }

  for (const target of [
    backend.tracking,
    backend.parcels,
    backend.depots,
    backend.nightcheck,
    backend.adminQueries7c41d2e9,
  ]) {
    writeOwnLogs(target.resources.lambda);
  }

  backend.adminQueries7c41d2e9.addEnvironment(
    'USERPOOL',
    backend.auth.resources.userPool.userPoolId
  );
  backend.adminQueries7c41d2e9.resources.lambda.addToRolePolicy(
    new PolicyStatement({
      actions: [
        'cognito-idp:ListUsersInGroup',
        'cognito-idp:AdminUserGlobalSignOut',
        'cognito-idp:AdminEnableUser',
        'cognito-idp:AdminDisableUser',
        'cognito-idp:AdminRemoveUserFromGroup',
        'cognito-idp:AdminAddUserToGroup',
        'cognito-idp:AdminListGroupsForUser',
        'cognito-idp:AdminGetUser',
        'cognito-idp:AdminConfirmSignUp',
        'cognito-idp:ListUsers',
        'cognito-idp:ListGroups',
      ],
      resources: [backend.auth.resources.userPool.userPoolArn],
    })
  );

  links.environment(
    backend.nightcheck,
    'nightcheck',
    'API_PARCELPOST_APINAME',
    restApi.parcelpostApi.restApiName
  );
  links.environment(
    backend.nightcheck,
    'nightcheck',
    'API_PARCELPOST_APIID',
    restApi.parcelpostApi.restApiId
  );
  links.policy(backend.nightcheck, 'nightcheck-AmplifyResourcesPolicy-1', [
    new PolicyStatement({
      actions: ['apigateway:GET', 'apigateway:HEAD', 'apigateway:OPTIONS'],
      resources: [
        `arn:aws:apigateway:${backend.stack.region}::/restapis/${restApi.parcelpostApi.restApiName}/*`,
      ],
    }),
  ]);
  links.policy(backend.nightcheck, 'nightcheck-AmplifyResourcesPolicy-2', [
    new PolicyStatement({
      actions: ['execute-api:Invoke'],
      resources: [
        `arn:aws:execute-api:${backend.stack.region}:${backend.stack.account}:${restApi.parcelpostApi.restApiId}/${(process.env.AWS_BRANCH ?? 'sandbox').replaceAll(new RegExp('[^A-Za-z0-9_-]', 'g'), '-')}/GET/parcels/*`,
      ],
    }),
  ]);
}
