import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Backend } from '../features';

/** What the auth feature sets beyond its definitions. */
export function wireAuth(backend: Backend) {
  const { cfnUserPool, cfnUserPoolClient, cfnIdentityPool } =
    backend.auth.resources.cfnResources;
  const { userPool } = backend.auth.resources;
  cfnUserPool.policies = {
    passwordPolicy: {
      minimumLength: 8,
      requireLowercase: false,
      requireUppercase: false,
      requireNumbers: false,
      requireSymbols: false,
    },
  };
  cfnUserPoolClient.preventUserExistenceErrors = undefined;
  cfnIdentityPool.allowUnauthenticatedIdentities = false;

  cfnUserPool.applyRemovalPolicy(RemovalPolicy.RETAIN);
  cfnIdentityPool.applyRemovalPolicy(RemovalPolicy.RETAIN);

  // There is no hosted UI, so the client has no OAuth.
  for (const property of [
    'AllowedOAuthFlows',
    'AllowedOAuthFlowsUserPoolClient',
    'AllowedOAuthScopes',
    'CallbackURLs',
    'SupportedIdentityProviders',
  ]) {
    cfnUserPoolClient.addPropertyDeletionOverride(property);
  }

  const nativeClient = new CfnUserPoolClient(
    backend.auth.stack,
    'NativeClient',
    {
      userPoolId: userPool.userPoolId,
      generateSecret: true,
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

  new Policy(backend.auth.stack, 'AddToGroupCognito', {
    roles: [backend.pressAuthPostConfirmation.resources.lambda.role!],
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
