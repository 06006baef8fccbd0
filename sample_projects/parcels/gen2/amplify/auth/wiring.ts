import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnUserPoolClient } from 'aws-cdk-lib/aws-cognito';
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
  cfnUserPool.policies = {
    passwordPolicy: {
      minimumLength: 10,
      requireLowercase: true,
      requireUppercase: true,
      requireNumbers: true,
      requireSymbols: false,
    },
  };
  cfnUserPoolClient.refreshTokenValidity = 45;
  cfnUserPoolClient.tokenValidityUnits = { refreshToken: 'days' };
  cfnUserPoolClient.readAttributes = [
    'email',
    'email_verified',
    'name',
    'locale',
  ];
  cfnUserPoolClient.writeAttributes = ['email', 'name', 'locale'];
  cfnUserPoolClient.preventUserExistenceErrors = undefined;

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
      generateSecret: false,
      refreshTokenValidity: 45,
      tokenValidityUnits: { refreshToken: 'days' },
      readAttributes: cfnUserPoolClient.readAttributes,
      writeAttributes: cfnUserPoolClient.writeAttributes,
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

  return { nativeClient };
}

export type AuthWiring = ReturnType<typeof wireAuth>;
