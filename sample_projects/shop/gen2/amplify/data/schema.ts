import { a } from '@aws-amplify/backend';
import { shippingquote } from '../function/shippingquote/resource';
import { paymentnotice } from '../function/paymentnotice/resource';

export const schema = a.schema({
  OrderStatus: a.enum(['PLACED', 'PAID', 'SHIPPED', 'CANCELLED']),
  Money: a.customType({
    amount: a.integer().required(),
    currency: a.string().required(),
  }),
  Category: a
    .model({
      id: a.id().required(),
      slug: a.string().required(),
      title: a.string().required(),
      products: a.hasMany('Product', 'categoryId'),
    })
    .secondaryIndexes((index) => [
      index('slug').name('categoriesBySlug').queryField('categoriesBySlug'),
    ])
    .disableOperations(['subscriptions'])
    .authorization((allow) => [
      allow.publicApiKey().to(['read']),
      allow.authenticated(),
    ]),
  Product: a
    .model({
      id: a.id().required(),
      name: a.string().required(),
      summary: a.string(),
      price: a.ref('Money').required(),
      tags: a.string().required().array(),
      stock: a.integer().required().default(0),
      imageKey: a.string(),
      maker: a.string(),
      categoryId: a.id().required(),
      category: a.belongsTo('Category', 'categoryId'),
      reviews: a.hasMany('Review', 'productId'),
    })
    .secondaryIndexes((index) => [
      index('categoryId')
        .name('productsByCategory')
        .sortKeys(['name'])
        .queryField('productsByCategoryIdAndName'),
    ])
    .authorization((allow) => [
      allow.publicApiKey().to(['read']),
      allow.authenticated().to(['read']),
      allow.ownerDefinedIn('maker'),
    ]),
  Review: a
    .model({
      stars: a.integer().required(),
      text: a.string(),
      productId: a.id().required(),
      product: a.belongsTo('Product', 'productId'),
      createdAt: a.datetime().required(),
    })
    .secondaryIndexes((index) => [
      index('productId')
        .name('reviewsByProduct')
        .sortKeys(['createdAt'])
        .queryField('reviewsByProduct'),
    ])
    .authorization((allow) => [
      allow.publicApiKey().to(['get', 'list']),
      allow.owner().to(['create', 'update', 'delete', 'read']),
    ]),
  Order: a
    .model({
      id: a.id().required(),
      status: a.ref('OrderStatus').required(),
      total: a.ref('Money').required(),
      placedOn: a.date().required(),
      owner: a.string(),
      couriers: a.string().array(),
      giftNote: a
        .string()
        .authorization((allow) => [allow.owner().to(['create', 'read'])]),
      lines: a.hasMany('OrderLine', 'orderId'),
    })
    .secondaryIndexes((index) => [
      index('owner')
        .name('ordersByOwner')
        .sortKeys(['placedOn'])
        .queryField('ordersByOwner'),
    ])
    .authorization((allow) => [
      allow.owner().to(['create', 'read']),
      allow.ownersDefinedIn('couriers').to(['read', 'update']),
    ]),
  OrderLine: a
    .model({
      orderId: a.id().required(),
      position: a.integer().required(),
      productId: a.id().required(),
      quantity: a.integer().required(),
      unitPrice: a.ref('Money').required(),
      order: a.belongsTo('Order', 'orderId'),
    })
    .identifier(['orderId', 'position'])
    .authorization((allow) => [allow.owner()]),
  ShippingQuote: a.customType({
    quoteId: a.id().required(),
    service: a.string().required(),
    cost: a.ref('Money').required(),
    days: a.integer().required(),
  }),
  quoteShipping: a
    .query()
    .arguments({
      country: a.string().required(),
      weightGrams: a.integer().required(),
    })
    .returns(a.ref('ShippingQuote').required().array())
    .authorization((allow) => [allow.publicApiKey(), allow.authenticated()])
    .handler(a.handler.function(shippingquote)),
  announcePayment: a
    .mutation()
    .arguments({ orderId: a.id().required() })
    .returns(a.boolean())
    .authorization((allow) => [allow.authenticated()])
    .handler(a.handler.function(paymentnotice)),
});
