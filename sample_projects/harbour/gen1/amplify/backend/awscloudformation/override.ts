import { AmplifyProjectInfo, AmplifyRootStackTemplate } from '@aws-amplify/cli-extensibility-helper';

export function override(resources: AmplifyRootStackTemplate, amplifyProjectInfo: AmplifyProjectInfo) {
  resources.authRole.addOverride('Properties.MaxSessionDuration', 7200);
  resources.unauthRole.addPropertyOverride('Description', `Guests of ${amplifyProjectInfo.projectName}`);
  resources.authRole.policies = [
    {
      policyName: 'tides',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'iot:Subscribe', Resource: 'arn:aws:iot:*:*:topicfilter/tides/*' }],
      },
    },
  ];
  resources.deploymentBucket.versioningConfiguration = { status: 'Enabled' };
}
