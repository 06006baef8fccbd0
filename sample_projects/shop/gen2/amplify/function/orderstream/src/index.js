/* Amplify Params - DO NOT EDIT
	ENV
	FUNCTION_PAYMENTNOTICE_NAME
	REGION
	STORAGE_LOYALTY_ARN
	STORAGE_LOYALTY_NAME
	STORAGE_LOYALTY_STREAMARN
Amplify Params - DO NOT EDIT */
const { DynamoDBClient, UpdateItemCommand } = require('@aws-sdk/client-dynamodb');
const { LambdaClient, InvokeCommand } = require('@aws-sdk/client-lambda');

const dynamodb = new DynamoDBClient({ region: process.env.REGION });
const lambda = new LambdaClient({ region: process.env.REGION });

/** An owner is stored as `<sub>::<username>`. */
const ownerOf = (order) => order.owner.S.split('::');

async function addPoints(order) {
  const [sub] = ownerOf(order);
  const points = Math.floor(Number(order.total.M.amount.N) / 100);
  await dynamodb.send(
    new UpdateItemCommand({
      TableName: process.env.STORAGE_LOYALTY_NAME,
      Key: { customerId: { S: sub }, month: { S: order.placedOn.S.slice(0, 7) } },
      UpdateExpression: 'ADD points :points',
      ExpressionAttributeValues: { ':points': { N: String(points) } },
    }),
  );
}

async function announce(order) {
  const [sub, username = sub] = ownerOf(order);
  const payload = { arguments: { orderId: order.id.S }, identity: { username } };
  await lambda.send(
    new InvokeCommand({
      FunctionName: process.env.FUNCTION_PAYMENTNOTICE_NAME,
      InvocationType: 'Event',
      Payload: Buffer.from(JSON.stringify(payload)),
    }),
  );
}

/** Reads the stream of the Order table: paid orders earn points. */
exports.handler = async (event) => {
  for (const record of event.Records) {
    const after = record.dynamodb.NewImage;
    const before = record.dynamodb.OldImage;
    const paid = after && after.status.S === 'PAID' && !(before && before.status.S === 'PAID');
    if (paid) {
      await addPoints(after);
      await announce(after);
    }
  }
  return `read ${event.Records.length} records`;
};
