const zones = require('./zones.json');

const SERVICES = {
  home: [
    { name: 'letter', days: 2, base: 180, perHalfKilo: 120 },
    { name: 'parcel', days: 1, base: 390, perHalfKilo: 60 },
  ],
  europe: [{ name: 'parcel', days: 4, base: 890, perHalfKilo: 210 }],
  world: [{ name: 'tracked', days: 9, base: 1690, perHalfKilo: 540 }],
};

function zoneOf(country) {
  const code = country.toUpperCase();
  return Object.keys(zones).find((zone) => zones[zone].includes(code)) || 'world';
}

module.exports = {
  zoneOf,
  servicesFor: (country) => SERVICES[zoneOf(country)],
};
