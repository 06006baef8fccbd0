const allowed = (process.env.DOMAINALLOWLIST || '')
  .split(',')
  .map((domain) => domain.trim().toLowerCase())
  .filter(Boolean);

/** Only addresses of the listed domains may register. */
exports.handler = async (event) => {
  const { email = '' } = event.request.userAttributes;
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  if (!allowed.includes(domain)) {
    throw new Error(`Addresses of ${domain} cannot be used here.`);
  }
  return event;
};
