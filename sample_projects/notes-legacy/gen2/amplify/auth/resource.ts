import { defineAuth } from '@aws-amplify/backend';

export const auth = defineAuth({
  loginWith: {
    email: {
      verificationEmailSubject: 'Confirm your address',
      verificationEmailStyle: 'CODE',
      verificationEmailBody: (createCode) =>
        `Your verification code is ${createCode()}`,
    },
    phone: {
      verificationMessage: (createCode) =>
        `Your verification code is ${createCode()}`,
    },
  },
  userAttributes: {
    'custom:theme': {
      dataType: 'String',
      mutable: true,
      minLen: 0,
      maxLen: 16,
    },
    phoneNumber: { required: false, mutable: true },
  },
  multifactor: {
    mode: 'OPTIONAL',
    sms: { smsMessage: (createCode) => `${createCode()} opens your notes` },
    totp: true,
  },
  accountRecovery: 'PHONE_AND_EMAIL',
});
