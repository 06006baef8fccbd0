import {
  RestApi,
  LambdaIntegration,
  CognitoUserPoolsAuthorizer,
  AuthorizationType,
  Cors,
  ResponseType,
} from 'aws-cdk-lib/aws-apigateway';
import { Policy, PolicyStatement, ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { Backend } from '../features';

/** What the rest-api feature sets beyond its definitions. */
export function wireRestApi(backend: Backend) {
  const adminQueriesApiStack = backend.createStack('rest-api-AdminQueries');
  const stage = (process.env.AWS_BRANCH ?? 'sandbox').replaceAll(
    new RegExp('[^A-Za-z0-9_-]', 'g'),
    '-'
  );
  const adminQueriesApi = new RestApi(adminQueriesApiStack, 'AdminQueries', {
    restApiName: 'AdminQueries',
    cloudWatchRole: false,
    deployOptions: { stageName: stage },
  });

  const adminQueries7c41d2e9Integration = new LambdaIntegration(
    backend.adminQueries7c41d2e9.resources.lambda,
    { scopePermissionToMethod: false }
  );
  const adminQueriesApiCognitoAuthorizer = new CognitoUserPoolsAuthorizer(
    adminQueriesApiStack,
    'Cognito',
    { cognitoUserPools: [backend.auth.resources.userPool] }
  );
  for (const path of ['/{proxy+}']) {
    const resource = adminQueriesApi.root.resourceForPath(path);
    resource.addMethod('ANY', adminQueries7c41d2e9Integration, {
      authorizationType: AuthorizationType.COGNITO,
      authorizer: adminQueriesApiCognitoAuthorizer,
      authorizationScopes: ['aws.cognito.signin.user.admin'],
    });
    resource.addCorsPreflight({
      allowOrigins: Cors.ALL_ORIGINS,
      allowHeaders: [
        'Content-Type',
        'X-Amz-Date',
        'Authorization',
        'X-Api-Key',
        'X-Amz-Security-Token',
      ],
      statusCode: 200,
    });
  }

  backend.addOutput({
    custom: {
      API: {
        AdminQueries: {
          endpoint: `https://${adminQueriesApi.restApiId}.execute-api.${backend.stack.region}.amazonaws.com/${stage}`,
          region: adminQueriesApiStack.region,
          apiName: 'AdminQueries',
        },
      },
    },
  });

  const parcelpostApiStack = backend.createStack('rest-api-parcelpost');
  const parcelpostApi = new RestApi(parcelpostApiStack, 'parcelpost', {
    restApiName: 'parcelpost',
    cloudWatchRole: false,
    deployOptions: { stageName: stage },
  });

  const trackingIntegration = new LambdaIntegration(
    backend.tracking.resources.lambda,
    { scopePermissionToMethod: false }
  );
  const preflight = { allowOrigins: Cors.ALL_ORIGINS, statusCode: 200 };
  for (const path of ['/track', '/track/{proxy+}']) {
    const resource = parcelpostApi.root.resourceForPath(path);
    resource.addMethod('ANY', trackingIntegration);
    resource.addCorsPreflight(preflight);
  }
  const parcelsIntegration = new LambdaIntegration(
    backend.parcels.resources.lambda,
    { scopePermissionToMethod: false }
  );
  for (const path of ['/parcels', '/parcels/{proxy+}']) {
    const resource = parcelpostApi.root.resourceForPath(path);
    resource.addMethod('ANY', parcelsIntegration, {
      authorizationType: AuthorizationType.IAM,
    });
    resource.addCorsPreflight(preflight);
  }
  const depotsIntegration = new LambdaIntegration(
    backend.depots.resources.lambda,
    { scopePermissionToMethod: false }
  );
  for (const path of [
    '/depots',
    '/depots/{proxy+}',
    '/depots/routes/{day}',
    '/depots/routes/{day}/{proxy+}',
  ]) {
    const resource = parcelpostApi.root.resourceForPath(path);
    resource.addMethod('ANY', depotsIntegration, {
      authorizationType: AuthorizationType.IAM,
    });
    resource.addCorsPreflight(preflight);
  }

  for (const type of [ResponseType.DEFAULT_4XX, ResponseType.DEFAULT_5XX]) {
    parcelpostApi.addGatewayResponse(type.responseType, {
      type,
      responseHeaders: {
        'Access-Control-Allow-Origin': "'*'",
        'Access-Control-Allow-Headers':
          "'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token'",
        'Access-Control-Allow-Methods':
          "'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'",
        'Access-Control-Expose-Headers': "'Date,X-Amzn-ErrorType'",
      },
    });
  }

  new Policy(parcelpostApiStack, 'CouriersGroupdepotsPolicy', {
    roles: [backend.auth.resources.groups['Couriers'].role],
    statements: [
      new PolicyStatement({
        actions: ['execute-api:Invoke'],
        resources: [
          parcelpostApi.arnForExecuteApi('GET', '/depots', stage),
          parcelpostApi.arnForExecuteApi('GET', '/depots/*', stage),
        ],
      }),
    ],
  });
  new Policy(parcelpostApiStack, 'DispatchersGroupdepotsPolicy', {
    roles: [backend.auth.resources.groups['Dispatchers'].role],
    statements: [
      new PolicyStatement({
        actions: ['execute-api:Invoke'],
        resources: [
          parcelpostApi.arnForExecuteApi('POST', '/depots', stage),
          parcelpostApi.arnForExecuteApi('GET', '/depots', stage),
          parcelpostApi.arnForExecuteApi('PUT', '/depots', stage),
          parcelpostApi.arnForExecuteApi('PATCH', '/depots', stage),
          parcelpostApi.arnForExecuteApi('DELETE', '/depots', stage),
          parcelpostApi.arnForExecuteApi('POST', '/depots/*', stage),
          parcelpostApi.arnForExecuteApi('GET', '/depots/*', stage),
          parcelpostApi.arnForExecuteApi('PUT', '/depots/*', stage),
          parcelpostApi.arnForExecuteApi('PATCH', '/depots/*', stage),
          parcelpostApi.arnForExecuteApi('DELETE', '/depots/*', stage),
        ],
      }),
    ],
  });
  new Policy(parcelpostApiStack, 'DispatchersGroupdepotsroutesdayPolicy', {
    roles: [backend.auth.resources.groups['Dispatchers'].role],
    statements: [
      new PolicyStatement({
        actions: ['execute-api:Invoke'],
        resources: [
          parcelpostApi.arnForExecuteApi('PUT', '/depots/routes/*', stage),
          parcelpostApi.arnForExecuteApi('PATCH', '/depots/routes/*', stage),
          parcelpostApi.arnForExecuteApi('PUT', '/depots/routes/*/*', stage),
          parcelpostApi.arnForExecuteApi('PATCH', '/depots/routes/*/*', stage),
        ],
      }),
    ],
  });
  new ManagedPolicy(parcelpostApiStack, 'PolicyAPIGWAuth1', {
    roles: [backend.auth.resources.authenticatedUserIamRole],
    statements: [
      new PolicyStatement({
        actions: ['execute-api:Invoke'],
        resources: [
          parcelpostApi.arnForExecuteApi('*', '/parcels/*', stage),
          parcelpostApi.arnForExecuteApi('*', '/parcels', stage),
          parcelpostApi.arnForExecuteApi('GET', '/depots/routes/*/*', stage),
          parcelpostApi.arnForExecuteApi('GET', '/depots/routes/*', stage),
        ],
      }),
    ],
  });
  new ManagedPolicy(parcelpostApiStack, 'PolicyAPIGWUnauth1', {
    roles: [backend.auth.resources.unauthenticatedUserIamRole],
    statements: [
      new PolicyStatement({
        actions: ['execute-api:Invoke'],
        resources: [
          parcelpostApi.arnForExecuteApi('GET', '/parcels/*', stage),
          parcelpostApi.arnForExecuteApi('GET', '/parcels', stage),
        ],
      }),
    ],
  });

  backend.addOutput({
    custom: {
      API: {
        parcelpost: {
          endpoint: `https://${parcelpostApi.restApiId}.execute-api.${backend.stack.region}.amazonaws.com/${stage}`,
          region: parcelpostApiStack.region,
          apiName: 'parcelpost',
        },
      },
    },
  });

  return { adminQueriesApi, parcelpostApi };
}

export type RestApiWiring = ReturnType<typeof wireRestApi>;
