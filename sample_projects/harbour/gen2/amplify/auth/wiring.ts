import { RemovalPolicy, CfnResource } from 'aws-cdk-lib';
import { CfnUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Backend } from '../features';

/** What the auth feature sets beyond its definitions. */
export function wireAuth(backend: Backend) {
  const {
    cfnUserPoolClient,
    cfnUserPool,
    cfnIdentityPool,
    cfnIdentityPoolRoleAttachment,
  } = backend.auth.resources.cfnResources;
  const { userPool } = backend.auth.resources;
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

  cfnUserPool.policies = {
    passwordPolicy: {
      minimumLength: 14,
      requireNumbers: true,
      temporaryPasswordValidityDays: 3,
    },
  };
  cfnUserPool.userPoolAddOns = { advancedSecurityMode: 'AUDIT' };
  const branch = process.env.AWS_BRANCH ?? 'sandbox';
  cfnUserPool.addPropertyOverride(
    'EmailConfiguration.ReplyToEmailAddress',
    `quay-${branch}@harbour.example`
  );
  cfnUserPoolClient.accessTokenValidity = 20;
  cfnUserPoolClient.addPropertyOverride('TokenValidityUnits', {
    AccessToken: 'minutes',
  });
  cfnIdentityPool.allowClassicFlow = true;
  new CfnResource(backend.auth.stack, 'PoolParameter', {
    type: 'AWS::SSM::Parameter',
    properties: {
      Type: 'String',
      Name: `/harbour/${branch}/users-gen2`,
      Value: backend.auth.resources.userPool.userPoolArn,
    },
  });
  // OVR900: amplify/backend/auth/harbourAuth/override.ts, line 25, is not carried over (the code is not understood):
  // for (const name of ['tug', 'barge']) {
  //     resources.userPool.schema = [...(resources.userPool.schema as any[]), { name, attributeDataType: 'String', mutable: true }];
  //   }

  backend.auth.resources.groups['Masters'].cfnUserGroup.description =
    'Harbour masters';
  (
    backend.auth.resources.groups['Pilots'].role.node.defaultChild as CfnRole
  ).addPropertyOverride('MaxSessionDuration', 7200);

  (
    backend.auth.resources.authenticatedUserIamRole.node.defaultChild as CfnRole
  ).addOverride('Properties.MaxSessionDuration', 7200);
  (
    backend.auth.resources.unauthenticatedUserIamRole.node
      .defaultChild as CfnRole
  ).addPropertyOverride('Description', 'Guests of harbour');
  (
    backend.auth.resources.authenticatedUserIamRole.node.defaultChild as CfnRole
  ).policies = [
    {
      policyName: 'tides',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'iot:Subscribe',
            Resource: 'arn:aws:iot:*:*:topicfilter/tides/*',
          },
        ],
      },
    },
  ];

  return { nativeClient };
}

export type AuthWiring = ReturnType<typeof wireAuth>;
