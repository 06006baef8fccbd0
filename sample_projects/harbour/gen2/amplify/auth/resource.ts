import { defineAuth } from '@aws-amplify/backend';

export const auth = defineAuth({
  loginWith: {
    email: {
      verificationEmailSubject: 'Your verification code',
      verificationEmailStyle: 'CODE',
      verificationEmailBody: (createCode) =>
        `Your verification code is ${createCode()}`,
    },
  },
  accountRecovery: 'PHONE_AND_EMAIL',
  groups: ['Masters', 'Pilots'],
});
