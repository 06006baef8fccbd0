const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');

const dynamodb = new DynamoDBClient({ region: process.env.REGION });

/** Gives a new customer the first loyalty points. */
exports.handler = async (event) => {
  if (event.triggerSource !== 'PostConfirmation_ConfirmSignUp') {
    return event;
  }
  await dynamodb.send(
    new PutItemCommand({
      TableName: process.env.STORAGE_LOYALTY_NAME,
      Item: {
        customerId: { S: event.request.userAttributes.sub },
        month: { S: new Date().toISOString().slice(0, 7) },
        points: { N: '10' },
      },
    }),
  );
  return event;
};
