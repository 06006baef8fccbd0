import { defineAuth } from '@aws-amplify/backend';
import { papershopAuthPostConfirmation } from '../function/papershopAuthPostConfirmation/resource';

export const auth = defineAuth({
  loginWith: {
    email: {
      verificationEmailSubject: 'Welcome to Paper Shop',
      verificationEmailStyle: 'CODE',
      verificationEmailBody: (createCode) =>
        `Your Paper Shop code is ${createCode()}`,
    },
  },
  userAttributes: { fullname: { required: true, mutable: true } },
  multifactor: { mode: 'OPTIONAL', totp: true },
  accountRecovery: 'PHONE_AND_EMAIL',
  triggers: { postConfirmation: papershopAuthPostConfirmation },
});
