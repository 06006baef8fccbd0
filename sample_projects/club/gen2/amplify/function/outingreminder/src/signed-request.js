const { Sha256 } = require('@aws-crypto/sha256-js');
const { defaultProvider } = require('@aws-sdk/credential-provider-node');
const { HttpRequest } = require('@smithy/protocol-http');
const { SignatureV4 } = require('@smithy/signature-v4');

/** Sends a GraphQL request to the API, signed with the function's own credentials. */
module.exports.signedRequest = async (query, variables) => {
  const endpoint = new URL(process.env.API_ROWCLUB_GRAPHQLAPIENDPOINTOUTPUT);
  const signer = new SignatureV4({
    credentials: defaultProvider(),
    region: process.env.REGION,
    service: 'appsync',
    sha256: Sha256,
  });
  const request = await signer.sign(
    new HttpRequest({
      method: 'POST',
      hostname: endpoint.host,
      path: endpoint.pathname,
      headers: { 'Content-Type': 'application/json', host: endpoint.host },
      body: JSON.stringify({ query, variables }),
    }),
  );
  const response = await fetch(endpoint, request);
  const { data, errors } = await response.json();
  if (errors) {
    throw new Error(errors[0].message);
  }
  return data;
};
