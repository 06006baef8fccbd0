import { defineAuth } from '@aws-amplify/backend';

export const auth = defineAuth({
  loginWith: {
    email: {
      verificationEmailSubject: 'Welcome to Atlas',
      verificationEmailStyle: 'CODE',
      verificationEmailBody: (createCode) =>
        `Your Atlas code is ${createCode()}`,
    },
  },
  userAttributes: { fullname: { required: true, mutable: true } },
  multifactor: { mode: 'OPTIONAL', totp: true },
  accountRecovery: 'PHONE_AND_EMAIL',
  groups: ['Rangers', 'Guides'],
});
