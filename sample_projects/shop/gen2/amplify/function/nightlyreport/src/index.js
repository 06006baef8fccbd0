/* Amplify Params - DO NOT EDIT
	API_PAPERSHOP_GRAPHQLAPIIDOUTPUT
	API_PAPERSHOP_ORDERTABLE_ARN
	API_PAPERSHOP_ORDERTABLE_NAME
	ENV
	FUNCTION_PAYMENTNOTICE_NAME
	REGION
	STORAGE_MEDIA_BUCKETNAME
Amplify Params - DO NOT EDIT */
const { DynamoDBClient, paginateScan } = require('@aws-sdk/client-dynamodb');
const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');

const { toCsv } = require('./csv');

const dynamodb = new DynamoDBClient({ region: process.env.REGION });
const s3 = new S3Client({ region: process.env.REGION });

async function ordersOf(day) {
  const orders = [];
  const pages = paginateScan(
    { client: dynamodb },
    {
      TableName: process.env.API_PAPERSHOP_ORDERTABLE_NAME,
      FilterExpression: 'placedOn = :day',
      ExpressionAttributeValues: { ':day': { S: day } },
    },
  );
  for await (const page of pages) {
    orders.push(...page.Items);
  }
  return orders;
}

/** Writes yesterday's orders as a CSV file to the media bucket, every night. */
exports.handler = async (event) => {
  const day = new Date(new Date(event.time).getTime() - 86400000).toISOString().slice(0, 10);
  const orders = await ordersOf(day);
  await s3.send(
    new PutObjectCommand({
      Bucket: process.env.STORAGE_MEDIA_BUCKETNAME,
      Key: `reports/${day}.csv`,
      Body: toCsv(orders),
      ContentType: 'text/csv',
    }),
  );
  return { day, orders: orders.length };
};
