import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import type { Backend } from '../features';

/** What the auth feature sets beyond its definitions. */
export function wireAuth(backend: Backend) {
  const { cfnUserPool, cfnUserPoolClient, cfnIdentityPool } =
    backend.auth.resources.cfnResources;
  const { userPool } = backend.auth.resources;
  cfnUserPool.usernameConfiguration = { caseSensitive: true };
  cfnUserPool.autoVerifiedAttributes = ['email'];
  cfnUserPool.userAttributeUpdateSettings = undefined;
  cfnUserPool.policies = {
    passwordPolicy: {
      minimumLength: 8,
      requireLowercase: false,
      requireUppercase: false,
      requireNumbers: true,
      requireSymbols: false,
    },
  };
  cfnUserPool.adminCreateUserConfig = { allowAdminCreateUserOnly: true };
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

  return { nativeClient };
}

export type AuthWiring = ReturnType<typeof wireAuth>;
