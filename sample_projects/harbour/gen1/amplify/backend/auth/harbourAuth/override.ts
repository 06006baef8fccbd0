import { AmplifyAuthCognitoStackTemplate, AmplifyProjectInfo } from '@aws-amplify/cli-extensibility-helper';

export function override(resources: AmplifyAuthCognitoStackTemplate, amplifyProjectInfo: AmplifyProjectInfo) {
  resources.userPool.policies = {
    passwordPolicy: { minimumLength: 14, requireNumbers: true, temporaryPasswordValidityDays: 3 },
  };
  resources.userPool.userPoolAddOns = { advancedSecurityMode: 'AUDIT' };
  resources.userPool.addPropertyOverride('EmailConfiguration.ReplyToEmailAddress', `quay-${amplifyProjectInfo.envName}@harbour.example`);
  resources.userPoolClientWeb.accessTokenValidity = 20;
  resources.userPoolClientWeb.addPropertyOverride('TokenValidityUnits', { AccessToken: 'minutes' });
  resources.identityPool.allowClassicFlow = true;
  resources.addCfnResource(
    {
      type: 'AWS::SSM::Parameter',
      properties: {
        Type: 'String',
        Name: `/harbour/${amplifyProjectInfo.envName}/users`,
        Value: { 'Fn::GetAtt': ['UserPool', 'Arn'] },
      },
    },
    'PoolParameter',
  );

  // one more attribute for each kind of vessel
  for (const name of ['tug', 'barge']) {
    resources.userPool.schema = [...(resources.userPool.schema as any[]), { name, attributeDataType: 'String', mutable: true }];
  }
}
