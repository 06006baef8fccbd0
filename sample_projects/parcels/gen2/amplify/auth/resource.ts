import { defineAuth } from '@aws-amplify/backend';

export const auth = defineAuth({
  loginWith: {
    email: {
      verificationEmailSubject: 'Welcome to Parcel Post',
      verificationEmailStyle: 'CODE',
      verificationEmailBody: (createCode) =>
        `Your Parcel Post code is ${createCode()}`,
    },
  },
  accountRecovery: 'PHONE_AND_EMAIL',
  groups: ['Couriers', 'Dispatchers'],
});
