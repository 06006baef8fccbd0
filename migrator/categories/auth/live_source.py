"""The file that refers to a live pool which `referenceAuth` refuses.

`referenceAuth` looks at the pool when it is deployed, and refuses pools with alias attributes and clients with a
secret. This does what it does without looking: it gives data, storage and functions the live pool and roles.
"""

from __future__ import annotations

LIVE_AUTH = """\
import type { referenceAuth } from '@aws-amplify/backend';
import { Stack } from 'aws-cdk-lib';
import { UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Role } from 'aws-cdk-lib/aws-iam';

type AuthFactory = ReturnType<typeof referenceAuth>;
type Auth = ReturnType<AuthFactory['getInstance']>;
type Container = Parameters<AuthFactory['getInstance']>[0]['constructContainer'];
type Generator = Parameters<Container['getOrCompute']>[0];

/** Refers to a live user pool that `referenceAuth` does not accept (alias attributes, a client with a secret). */
export function liveAuth(live: Parameters<typeof referenceAuth>[0]): AuthFactory {
  const generator: Generator = {
    resourceGroupName: 'auth',
    generateContainerEntry: ({ scope }): Auth => {
      const resources: Auth['resources'] = {
        userPool: UserPool.fromUserPoolId(scope, 'UserPool', live.userPoolId),
        userPoolClient: UserPoolClient.fromUserPoolClientId(scope, 'UserPoolClient', live.userPoolClientId),
        identityPoolId: live.identityPoolId,
        authenticatedUserIamRole: Role.fromRoleArn(scope, 'AuthenticatedUserRole', live.authRoleArn),
        unauthenticatedUserIamRole: Role.fromRoleArn(scope, 'UnauthenticatedUserRole', live.unauthRoleArn),
        groups: Object.fromEntries(
          Object.entries(live.groups ?? {}).map(([name, arn]) => [
            name,
            { role: Role.fromRoleArn(scope, `${name}GroupRole`, arn) },
          ]),
        ),
      };
      return {
        resources,
        stack: Stack.of(scope),
        getResourceAccessAcceptor: (name) => ({
          identifier: `${name}ResourceAccessAcceptor`,
          acceptResourceAccess: (policy) => {
            const ofUsers = name === 'authenticatedUserIamRole' || name === 'unauthenticatedUserIamRole';
            const role = ofUsers ? resources[name] : resources.groups[name]?.role;
            if (!role) throw new Error(`The live user pool has no role for "${name}".`);
            policy.attachToRole(role);
          },
        }),
      };
    },
  };
  return {
    provides: 'AuthResources',
    getInstance: ({ constructContainer }) => constructContainer.getOrCompute(generator) as Auth,
  };
}
"""
"""TypeScript, below `amplify/auth/`."""
