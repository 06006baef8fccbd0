// Depots and their routes, for those who work there.
exports.handler = async (event) => ({
  statusCode: 200,
  headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' },
  body: JSON.stringify({ path: event.path, day: event.pathParameters?.day ?? null }),
});
