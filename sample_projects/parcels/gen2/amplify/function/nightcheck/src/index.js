// Says which API it would look at.
exports.handler = async () => ({
  api: process.env.API_PARCELPOST_APINAME,
  host: `${process.env.API_PARCELPOST_APIID}.execute-api.${process.env.REGION}.amazonaws.com`,
});
