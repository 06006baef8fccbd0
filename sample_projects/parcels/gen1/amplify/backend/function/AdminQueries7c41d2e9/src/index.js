// Lets the group that GROUP names manage users.
const { CognitoIdentityProviderClient, ListUsersCommand, ListGroupsCommand } = require('@aws-sdk/client-cognito-identity-provider');

const client = new CognitoIdentityProviderClient({});
const headers = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' };
const answer = (statusCode, body) => ({ statusCode, headers, body: JSON.stringify(body) });

exports.handler = async (event) => {
  const groups = event.requestContext?.authorizer?.claims?.['cognito:groups'] ?? '';
  if (process.env.GROUP !== 'NONE' && !groups.split(',').includes(process.env.GROUP)) {
    return answer(403, { message: 'User does not have permissions to perform administrative tasks' });
  }
  const pool = { UserPoolId: process.env.USERPOOL };
  if (event.path.endsWith('/listUsers')) {
    return answer(200, await client.send(new ListUsersCommand({ ...pool, Limit: 25 })));
  }
  if (event.path.endsWith('/listGroups')) {
    return answer(200, await client.send(new ListGroupsCommand(pool)));
  }
  return answer(404, { message: 'unknown path' });
};
