const { DynamoDBClient, GetItemCommand } = require('@aws-sdk/client-dynamodb');

const database = new DynamoDBClient({});

exports.handler = async (event) => {
  if (!event.imo) return { known: false };
  const found = await database.send(
    new GetItemCommand({ TableName: process.env.CUSTOM_REGISTRY_TABLENAME, Key: { imo: { S: event.imo } } })
  );
  return { known: Boolean(found.Item), pilots: process.env.CUSTOM_PILOTAGE_REQUESTSURL };
};
