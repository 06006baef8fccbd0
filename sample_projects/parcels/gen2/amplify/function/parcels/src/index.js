// Parcels of the sender; guests may look at what a parcel costs.
exports.handler = async (event) => {
  const identity = event.requestContext?.identity?.cognitoIdentityId ?? 'nobody';
  return {
    statusCode: event.httpMethod === 'POST' ? 201 : 200,
    headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' },
    body: JSON.stringify({ identity, path: event.path, verb: event.httpMethod }),
  };
};
