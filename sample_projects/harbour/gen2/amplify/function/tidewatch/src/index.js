exports.handler = async (event) => ({ quay: event.quay ?? 'north', at: new Date().toISOString() });
