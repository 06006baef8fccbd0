import { defineAuth, secret } from '@aws-amplify/backend';
import { rowclubAuthPreSignup } from '../function/rowclubAuthPreSignup/resource';
import { rowclubAuthPostConfirmation } from '../function/rowclubAuthPostConfirmation/resource';
import { rowclubAuthCreateAuthChallenge } from '../function/rowclubAuthCreateAuthChallenge/resource';
import { rowclubAuthDefineAuthChallenge } from '../function/rowclubAuthDefineAuthChallenge/resource';
import { rowclubAuthVerifyAuthChallengeResponse } from '../function/rowclubAuthVerifyAuthChallengeResponse/resource';

export const auth = defineAuth({
  loginWith: {
    email: {
      verificationEmailSubject: 'Your rowing club account',
      verificationEmailStyle: 'CODE',
      verificationEmailBody: (createCode) =>
        `Enter ${createCode()} to confirm your address.`,
    },
    externalProviders: {
      scopes: ['EMAIL', 'OPENID', 'PROFILE', 'COGNITO_ADMIN'],
      callbackUrls: ['http://localhost:5173/', 'https://rowclub.example.org/'],
      logoutUrls: [
        'http://localhost:5173/bye',
        'https://rowclub.example.org/bye',
      ],
      google: {
        clientId: secret('GOOGLE_CLIENT_ID'),
        clientSecret: secret('GOOGLE_CLIENT_SECRET'),
        scopes: ['openid', 'email', 'profile'],
        attributeMapping: {
          email: 'email',
          givenName: 'given_name',
          familyName: 'family_name',
          custom: { username: 'sub' },
        },
      },
    },
  },
  userAttributes: {
    familyName: { required: true, mutable: true },
    givenName: { required: true, mutable: true },
  },
  accountRecovery: 'PHONE_AND_EMAIL',
  groups: ['Committee', 'Coaches', 'Members'],
  triggers: {
    preSignUp: rowclubAuthPreSignup,
    postConfirmation: rowclubAuthPostConfirmation,
    createAuthChallenge: rowclubAuthCreateAuthChallenge,
    defineAuthChallenge: rowclubAuthDefineAuthChallenge,
    verifyAuthChallengeResponse: rowclubAuthVerifyAuthChallengeResponse,
  },
});
