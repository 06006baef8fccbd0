const COLUMNS = ['id', 'status', 'placedOn', 'owner'];

const cell = (attribute) => JSON.stringify((attribute && attribute.S) || '');

module.exports.toCsv = (orders) =>
  [COLUMNS.join(','), ...orders.map((order) => COLUMNS.map((name) => cell(order[name])).join(','))].join('\n');
