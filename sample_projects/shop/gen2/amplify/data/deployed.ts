import { type Patch, patched } from './patch';
import { schema } from './schema';

/** What `a.schema` has no words for, put into the SDL that it makes. */
const patches: Patch[] = [
  // Relations over the foreign keys and indexes that the tables have
  {
    place: 'Category.products',
    found: '@hasMany(references: ["categoryId"])',
    wanted: '@hasMany(indexName: "productsByCategory", fields: ["id"])',
  },
  {
    place: 'Product.category',
    found: '@belongsTo(references: ["categoryId"])',
    wanted: '@belongsTo(fields: ["categoryId"])',
  },
  {
    place: 'Product.reviews',
    found: '@hasMany(references: ["productId"])',
    wanted: '@hasMany(indexName: "reviewsByProduct", fields: ["id"])',
  },
  {
    place: 'Review.product',
    found: '@belongsTo(references: ["productId"])',
    wanted: '@belongsTo(fields: ["productId"])',
  },
  {
    place: 'Order.lines',
    found: '@hasMany(references: ["orderId"])',
    wanted: '@hasMany(fields: ["id"])',
  },
  {
    place: 'OrderLine.order',
    found: '@belongsTo(references: ["orderId"])',
    wanted: '@belongsTo(fields: ["orderId"])',
  },
  // Who may read types that are no models
  { place: 'Money', found: '@aws_api_key @aws_cognito_user_pools' },
  {
    place: 'ShippingQuote',
    found: '@aws_api_key @aws_cognito_user_pools',
    wanted: '@aws_cognito_user_pools',
  },
  // Ids that are declared, but no keys of their own
  { place: 'Category.id', found: 'ID! @primaryKey', wanted: 'ID!' },
  { place: 'Product.id', found: 'ID! @primaryKey', wanted: 'ID!' },
  { place: 'Order.id', found: 'ID! @primaryKey', wanted: 'ID!' },
];

/** The schema as it is deployed. */
export const deployed = {
  ...schema,
  transform: () => {
    const made = schema.transform();
    return { ...made, schema: patched(made.schema, patches) };
  },
};
