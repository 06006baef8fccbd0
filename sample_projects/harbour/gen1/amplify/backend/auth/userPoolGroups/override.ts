import { AmplifyUserPoolGroupStackTemplate } from '@aws-amplify/cli-extensibility-helper';

export function override(resources: AmplifyUserPoolGroupStackTemplate) {
  resources.userPoolGroup['Masters'].description = 'Harbour masters';
  resources.userPoolGroupRole.Pilots.addPropertyOverride('MaxSessionDuration', 7200);
}
