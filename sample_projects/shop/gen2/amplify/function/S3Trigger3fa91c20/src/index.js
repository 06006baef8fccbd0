const { S3Client, HeadObjectCommand, DeleteObjectCommand } = require('@aws-sdk/client-s3');

const LARGEST = 8 * 1024 * 1024;
const s3 = new S3Client({ region: process.env.REGION });

/** Removes pictures that are too large from the media bucket. */
exports.handler = async (event) => {
  for (const { eventName, s3: place } of event.Records) {
    const key = decodeURIComponent(place.object.key.replace(/\+/g, ' '));
    if (!eventName.startsWith('ObjectCreated') || !key.startsWith('public/')) {
      continue;
    }
    const target = { Bucket: place.bucket.name, Key: key };
    const { ContentLength } = await s3.send(new HeadObjectCommand(target));
    if (ContentLength > LARGEST) {
      await s3.send(new DeleteObjectCommand(target));
      console.log(`removed ${key}: ${ContentLength} bytes`);
    }
  }
};
