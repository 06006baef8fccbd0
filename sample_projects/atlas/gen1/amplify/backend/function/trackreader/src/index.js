exports.handler = async (event) => {
  const points = event.Records.map((record) => JSON.parse(Buffer.from(record.kinesis.data, 'base64').toString()));
  console.log(`${points.length} points for ${process.env.GEO_WILDPARKS_NAME}`);
  return { batchItemFailures: [] };
};
