// Anybody may ask where a parcel is.
exports.handler = async (event) => ({
  statusCode: 200,
  headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' },
  body: JSON.stringify({ parcel: event.queryStringParameters?.number ?? null, place: 'depot' }),
});
