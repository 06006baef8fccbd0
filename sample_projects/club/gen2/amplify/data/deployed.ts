import { type Patch, patched } from './patch';
import { schema } from './schema';

/** What `a.schema` has no words for, put into the SDL that it makes. */
const patches: Patch[] = [
  // Relations over the foreign keys and indexes that the tables have
  {
    place: 'Boat.outings',
    found: '@hasMany(references: ["boatId"])',
    wanted: '@hasMany(indexName: "outingsByBoat", fields: ["id"])',
  },
  {
    place: 'Outing.boat',
    found: '@belongsTo(references: ["boatId"])',
    wanted: '@belongsTo(fields: ["boatId"])',
  },
  // Ids that are declared, but no keys of their own
  { place: 'Boat.id', found: 'ID! @primaryKey', wanted: 'ID!' },
];

/** The schema as it is deployed. */
export const deployed = {
  ...schema,
  transform: () => {
    const made = schema.transform();
    return { ...made, schema: patched(made.schema, patches) };
  },
};
