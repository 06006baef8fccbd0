import { defineAuth } from '@aws-amplify/backend';
import { pressAuthPostConfirmation } from '../function/pressAuthPostConfirmation/resource';

export const auth = defineAuth({
  loginWith: {
    email: {
      verificationEmailSubject: 'Your press account',
      verificationEmailStyle: 'CODE',
      verificationEmailBody: (createCode) =>
        `Enter ${createCode()} to confirm your address.`,
    },
  },
  accountRecovery: 'PHONE_AND_EMAIL',
  triggers: { postConfirmation: pressAuthPostConfirmation },
});
