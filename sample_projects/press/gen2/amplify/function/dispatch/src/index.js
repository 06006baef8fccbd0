const { InvokeCommand, LambdaClient } = require('@aws-sdk/client-lambda');

const client = new LambdaClient({});

exports.handler = async (event) => {
  const Payload = JSON.stringify({ arguments: event });
  await client.send(new InvokeCommand({ FunctionName: process.env.FUNCTION_QUOTE_NAME, Payload }));
  await client.send(new InvokeCommand({ FunctionName: process.env.FUNCTION_BINDER_NAME, Payload: '{"sheets": 1}' }));
  return { sent: true };
};
