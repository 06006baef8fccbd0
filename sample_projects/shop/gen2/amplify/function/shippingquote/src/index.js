const { nanoid } = require('nanoid');

const { servicesFor } = require('./lib/services');
const { surcharge } = require('./lib/surcharge');

/**
 * Answers Query.quoteShipping: one quote for every carrier service that delivers to the country.
 * @type {import('@types/aws-lambda').AppSyncResolverHandler}
 */
exports.handler = async (event) => {
  const { country, weightGrams } = event.arguments;
  if (weightGrams <= 0) {
    throw new Error('The weight must be more than 0 g.');
  }
  return servicesFor(country).map((service) => ({
    quoteId: nanoid(12),
    service: service.name,
    days: service.days,
    cost: {
      amount: service.base + Math.ceil(weightGrams / 500) * service.perHalfKilo + surcharge(country),
      currency: 'EUR',
    },
  }));
};
