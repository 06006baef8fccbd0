import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Backend } from '../features';

/** What the auth feature sets beyond its definitions. */
export function wireAuth(backend: Backend) {
  const {
    cfnUserPool,
    cfnUserPoolClient,
    cfnIdentityPool,
    cfnIdentityPoolRoleAttachment,
  } = backend.auth.resources.cfnResources;
  const { userPool } = backend.auth.resources;
  cfnUserPool.usernameAttributes = undefined;
  cfnUserPool.aliasAttributes = ['email', 'preferred_username'];
  cfnUserPool.policies = {
    passwordPolicy: {
      minimumLength: 12,
      requireLowercase: true,
      requireUppercase: false,
      requireNumbers: true,
      requireSymbols: false,
    },
  };
  cfnUserPoolClient.refreshTokenValidity = 90;
  cfnUserPoolClient.tokenValidityUnits = { refreshToken: 'days' };
  cfnUserPoolClient.preventUserExistenceErrors = undefined;
  cfnIdentityPool.allowUnauthenticatedIdentities = false;
  cfnIdentityPool.supportedLoginProviders = undefined;

  cfnUserPool.applyRemovalPolicy(RemovalPolicy.RETAIN);
  cfnIdentityPool.applyRemovalPolicy(RemovalPolicy.RETAIN);

  // Gen 1 counts from 1.
  for (const [index, group] of Object.values(
    backend.auth.resources.groups
  ).entries()) {
    group.cfnUserGroup.precedence = index + 1;
  }

  const nativeClient = new CfnUserPoolClient(
    backend.auth.stack,
    'NativeClient',
    {
      userPoolId: userPool.userPoolId,
      generateSecret: true,
      refreshTokenValidity: 90,
      tokenValidityUnits: { refreshToken: 'days' },
      allowedOAuthFlowsUserPoolClient: true,
      allowedOAuthFlows: cfnUserPoolClient.allowedOAuthFlows,
      allowedOAuthScopes: cfnUserPoolClient.allowedOAuthScopes,
      callbackUrLs: cfnUserPoolClient.callbackUrLs,
      logoutUrLs: cfnUserPoolClient.logoutUrLs,
      supportedIdentityProviders: cfnUserPoolClient.supportedIdentityProviders,
    }
  );
  backend.addOutput({ custom: { nativeClientId: nativeClient.ref } });

  cfnIdentityPool.cognitoIdentityProviders = [
    { clientId: nativeClient.ref, providerName: cfnUserPool.attrProviderName },
    {
      clientId: cfnUserPoolClient.ref,
      providerName: cfnUserPool.attrProviderName,
    },
  ];

  cfnIdentityPoolRoleAttachment.roleMappings = {
    UserPoolWebClientRoleMapping: {
      type: 'Token',
      ambiguousRoleResolution: 'AuthenticatedRole',
      identityProvider: `${cfnUserPool.attrProviderName}:${cfnUserPoolClient.ref}`,
    },
    UserPoolClientRoleMapping: {
      type: 'Token',
      ambiguousRoleResolution: 'AuthenticatedRole',
      identityProvider: `${cfnUserPool.attrProviderName}:${nativeClient.ref}`,
    },
  };

  new Policy(backend.auth.stack, 'Committee-committee-mail', {
    roles: [backend.auth.resources.groups['Committee'].role],
    statements: [
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [
          'arn:aws:ses:eu-central-1:123456789012:identity/rowclub.example.org',
        ],
      }),
    ],
  });

  new Policy(backend.auth.stack, 'AddToGroupCognito', {
    roles: [backend.rowclubAuthPostConfirmation.resources.lambda.role!],
    statements: [
      new PolicyStatement({
        actions: [
          'cognito-idp:AdminAddUserToGroup',
          'cognito-idp:GetGroup',
          'cognito-idp:CreateGroup',
        ],
        resources: [userPool.userPoolArn],
      }),
    ],
  });

  return { nativeClient };
}

export type AuthWiring = ReturnType<typeof wireAuth>;
