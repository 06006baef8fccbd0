// The module `cfn-response`, which Lambda gives to functions whose code stands in the template.
// https://docs.aws.amazon.com/lambda/latest/dg/services-cloudformation.html
'use strict';

const http = require('node:http');
const https = require('node:https');

exports.SUCCESS = 'SUCCESS';
exports.FAILED = 'FAILED';

exports.send = (event, context, status, data, physicalResourceId, noEcho) =>
  new Promise((resolve, reject) => {
    const body = JSON.stringify({
      Status: status,
      Reason: `See the log stream ${context.logStreamName}`,
      PhysicalResourceId: physicalResourceId || context.logStreamName,
      StackId: event.StackId,
      RequestId: event.RequestId,
      LogicalResourceId: event.LogicalResourceId,
      NoEcho: noEcho || false,
      Data: data,
    });
    const finish = (error) => {
      if (typeof context.done === 'function') context.done(error);
      if (error) reject(error);
      else resolve();
    };
    const url = new URL(event.ResponseURL);
    const request = (url.protocol === 'https:' ? https : http).request(
      url,
      { method: 'PUT', headers: { 'content-type': '', 'content-length': Buffer.byteLength(body) } },
      (response) => {
        response.resume();
        finish();
      },
    );
    request.on('error', finish);
    request.end(body);
  });
