/* Amplify Params - DO NOT EDIT
	API_MARGINALIA_GRAPHQLAPIENDPOINTOUTPUT
	API_MARGINALIA_GRAPHQLAPIIDOUTPUT
	ENV
	REGION
	STORAGE_ATTACHMENTS_BUCKETNAME
Amplify Params - DO NOT EDIT */

var AWS = require('aws-sdk');
var markdown = require('./markdown');

var s3 = new AWS.S3({ region: process.env.REGION });

// Writes all notes of an owner into one file of the bucket.
exports.handler = function (event, context, callback) {
  var body = event.notes.map(markdown.page).join('\n---\n\n');
  var target = {
    Bucket: process.env.STORAGE_ATTACHMENTS_BUCKETNAME,
    Key: 'exports/' + event.owner + '.md',
    Body: body,
    ContentType: 'text/' + process.env.EXPORT_FORMAT,
  };
  s3.putObject(target, function (error) {
    callback(error, error ? undefined : { key: target.Key, notes: event.notes.length });
  });
};
