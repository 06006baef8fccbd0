import { Fn, RemovalPolicy } from 'aws-cdk-lib';
import {
  CfnPlaceIndex,
  CfnMap,
  CfnGeofenceCollection,
} from 'aws-cdk-lib/aws-location';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Backend } from '../features';

/** What the geo feature sets beyond its definitions. */
export function wireGeo(backend: Backend) {
  const stack = backend.createStack('geo');
  // Names in Amazon Location are chosen, and unique in an account: the stack's own id tells them apart.
  const unique = Fn.select(2, Fn.split('/', stack.stackId));

  const hutsIndex = new CfnPlaceIndex(stack, 'huts', {
    indexName: `huts-${unique}`,
    dataSource: 'Here',
    dataSourceConfiguration: { intendedUse: 'Storage' },
  });

  const trailmapMap = new CfnMap(stack, 'trailmap', {
    mapName: `trailmap-${unique}`,
    configuration: { style: 'VectorEsriTopographic' },
  });

  const wildparksCollection = new CfnGeofenceCollection(stack, 'wildparks', {
    collectionName: `wildparks-${unique}`,
  });
  wildparksCollection.applyRemovalPolicy(RemovalPolicy.RETAIN);

  new Policy(stack, 'huts-PlaceIndexPolicy', {
    roles: [backend.auth.resources.authenticatedUserIamRole],
    statements: [
      new PolicyStatement({
        actions: [
          'geo:SearchPlaceIndexForPosition',
          'geo:SearchPlaceIndexForText',
          'geo:SearchPlaceIndexForSuggestions',
          'geo:GetPlace',
        ],
        resources: [hutsIndex.attrArn],
      }),
    ],
  });

  new Policy(stack, 'trailmap-MapPolicy', {
    roles: [
      backend.auth.resources.authenticatedUserIamRole,
      backend.auth.resources.unauthenticatedUserIamRole,
      backend.auth.resources.groups['Rangers'].role,
    ],
    statements: [
      new PolicyStatement({
        actions: [
          'geo:GetMapStyleDescriptor',
          'geo:GetMapGlyphs',
          'geo:GetMapSprites',
          'geo:GetMapTile',
        ],
        resources: [trailmapMap.attrArn],
      }),
    ],
  });

  new Policy(stack, 'wildparks-RangersGeofenceCollectionPolicy', {
    roles: [backend.auth.resources.groups['Rangers'].role],
    statements: [
      new PolicyStatement({
        actions: [
          'geo:GetGeofence',
          'geo:PutGeofence',
          'geo:BatchPutGeofence',
          'geo:BatchDeleteGeofence',
          'geo:ListGeofences',
        ],
        resources: [wildparksCollection.attrArn],
      }),
    ],
  });

  new Policy(stack, 'wildparks-GuidesGeofenceCollectionPolicy', {
    roles: [backend.auth.resources.groups['Guides'].role],
    statements: [
      new PolicyStatement({
        actions: ['geo:GetGeofence', 'geo:ListGeofences'],
        resources: [wildparksCollection.attrArn],
      }),
    ],
  });

  backend.addOutput({
    geo: {
      aws_region: stack.region,
      maps: {
        items: { [trailmapMap.ref]: { style: 'VectorEsriTopographic' } },
        default: trailmapMap.ref,
      },
      search_indices: { items: [hutsIndex.ref], default: hutsIndex.ref },
      geofence_collections: {
        items: [wildparksCollection.ref],
        default: wildparksCollection.ref,
      },
    },
  });

  return { wildparksCollection };
}

export type GeoWiring = ReturnType<typeof wireGeo>;
