// Loaded before a function: it reaches this machine and nothing else. It keeps mistakes in, not code that means harm.
'use strict';

const childProcess = require('node:child_process');
const dgram = require('node:dgram');
const dns = require('node:dns');
const net = require('node:net');
const { syncBuiltinESMExports } = require('node:module');

const OWN = /^(?:localhost|[\w.-]+\.localhost|127(?:\.\d+){3}|::1|::ffff:127(?:\.\d+){3}|0\.0\.0\.0|::)$/i;
const refusal = (what) =>
  Object.assign(new Error(`the network is off for functions of the local AWS: ${what}`), { code: 'ERR_MIGRATE_NETWORK' });

const target = (args) => {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (first !== null && typeof first === 'object') return { path: first.path, host: first.host ?? 'localhost', port: first.port };
  if (typeof first === 'string' && !/^\d+$/.test(first)) return { path: first };
  return { host: typeof second === 'string' ? second : 'localhost', port: first };
};

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function guarded(...args) {
  const { path, host, port } = target(args);
  if (!path && OWN.test(host)) return connect.apply(this, args);
  const error = refusal(path ? `a connection to ${path}` : `a connection to ${host}:${port}`);
  process.nextTick(() => this.destroy(error));
  return this;
};
for (const name of ['bind', 'connect', 'send']) {
  dgram.Socket.prototype[name] = () => {
    throw refusal('a datagram socket');
  };
}

// A name of another machine is unknown, at the moment it is asked for.
const guardLookups = (owner, promised) => {
  for (const name of Object.getOwnPropertyNames(owner)) {
    const original = owner[name];
    if (!/^(?:lookup|resolve|reverse)/.test(name) || typeof original !== 'function') continue;
    owner[name] = function guarded(host, ...rest) {
      if (typeof host !== 'string' || OWN.test(host)) return original.call(this, host, ...rest);
      const error = refusal(`looking up ${host}`);
      if (promised) return Promise.reject(error);
      const callback = rest.at(-1);
      if (typeof callback !== 'function') throw error;
      process.nextTick(callback, error);
      return undefined;
    };
  }
};
guardLookups(dns, false);
guardLookups(dns.Resolver.prototype, false);
guardLookups(dns.promises, true);
guardLookups(dns.promises.Resolver.prototype, true);

for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']) {
  childProcess[name] = (command) => {
    throw refusal(`starting ${String(command).slice(0, 200)}`);
  };
}
childProcess.ChildProcess.prototype.spawn = (options) => {
  throw refusal(`starting ${options?.file}`);
};

syncBuiltinESMExports();
