import { a } from '@aws-amplify/backend';

export const schema = a.schema({
  BoatClass: a.enum(['SINGLE', 'DOUBLE', 'QUAD', 'EIGHT']),
  Boat: a
    .model({
      id: a.id().required(),
      name: a.string().required(),
      boatClass: a.ref('BoatClass').required(),
      serviceNotes: a
        .string()
        .authorization((allow) => [allow.groups(['Committee', 'Coaches'])]),
      outings: a.hasMany('Outing', 'boatId'),
    })
    .authorization((allow) => [
      allow.group('Committee'),
      allow.group('Coaches').to(['read', 'update']),
      allow.authenticated().to(['read']),
    ]),
  Outing: a
    .model({
      boatId: a.id().required(),
      boat: a.belongsTo('Boat', 'boatId'),
      day: a.date().required(),
      startsAt: a.datetime().required(),
      bookedBy: a.string(),
      crewGroup: a.string(),
    })
    .secondaryIndexes((index) => [
      index('boatId')
        .name('outingsByBoat')
        .sortKeys(['startsAt'])
        .queryField('outingsByBoatIdAndStartsAt'),
      index('day').name('outingsByDay').queryField('outingsByDay'),
    ])
    .authorization((allow) => [
      allow.ownerDefinedIn('bookedBy'),
      allow.group('Coaches'),
      allow.groupDefinedIn('crewGroup').to(['read']),
      allow.authenticated('identityPool').to(['read']),
    ]),
  Notice: a
    .model({
      title: a.string().required(),
      text: a.string().required(),
      pinned: a.boolean().default(false),
    })
    .authorization((allow) => [
      allow.group('Committee'),
      allow.authenticated('identityPool').to(['create', 'read']),
      allow.authenticated().to(['read']),
    ]),
});
