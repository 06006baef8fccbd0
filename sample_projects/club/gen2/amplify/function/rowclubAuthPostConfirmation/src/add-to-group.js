const {
  AdminAddUserToGroupCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  GetGroupCommand,
} = require('@aws-sdk/client-cognito-identity-provider');

const cognito = new CognitoIdentityProviderClient({});

async function ensureGroup(group) {
  try {
    await cognito.send(new GetGroupCommand(group));
  } catch (error) {
    await cognito.send(new CreateGroupCommand(group));
  }
}

/** Puts every confirmed user into the group that GROUP names. */
exports.handler = async (event) => {
  const group = { GroupName: process.env.GROUP, UserPoolId: event.userPoolId };
  await ensureGroup(group);
  await cognito.send(new AdminAddUserToGroupCommand({ ...group, Username: event.userName }));
  return event;
};
