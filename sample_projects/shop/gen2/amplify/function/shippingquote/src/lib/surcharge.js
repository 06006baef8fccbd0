const { zoneOf } = require('./services');

/** Customs papers, in euro cents. */
exports.surcharge = (country) => (zoneOf(country) === 'world' ? 250 : 0);
