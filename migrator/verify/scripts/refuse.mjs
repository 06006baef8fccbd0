// Refuses network and child processes to whatever is loaded afterwards, and remembers each attempt.
// It finds code that does such things while it loads; it is no wall against code that means harm.
import childProcess from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import workers from 'node:worker_threads';

export const attempts = [];
export const REFUSED = 'ERR_MIGRATE_REFUSED';

const refusal = (what) => {
  if (!attempts.includes(what)) attempts.push(what);
  return Object.assign(new Error(`refused while loading: ${what}`), { code: REFUSED });
};

const target = (args) => {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (first !== null && typeof first === 'object') return first.path ?? `${first.host ?? 'localhost'}:${first.port}`;
  return typeof first === 'number' ? `${typeof second === 'string' ? second : 'localhost'}:${first}` : String(first);
};

// A connection fails a moment later, as it would without a network.
net.Socket.prototype.connect = function connect(...args) {
  this.destroy(refusal(`a connection to ${target(args)}`));
  return this;
};
net.Server.prototype.listen = function listen(...args) {
  const error = refusal(`listening on ${target(args)}`);
  process.nextTick(() => this.emit('error', error));
  return this;
};
dgram.Socket.prototype.bind = dgram.Socket.prototype.connect = dgram.Socket.prototype.send = function send() {
  throw refusal('a datagram socket');
};

const lookup = (name, ...rest) => {
  const error = refusal(`looking up ${name}`);
  const callback = rest.at(-1);
  if (typeof callback === 'function') process.nextTick(callback, error);
  else throw error;
};
const lookupPromise = async (name) => {
  throw refusal(`looking up ${name}`);
};
for (const [owner, replacement] of [
  [dns, lookup], [dns.Resolver.prototype, lookup], [dns.promises, lookupPromise], [dns.promises.Resolver.prototype, lookupPromise],
]) {
  for (const name of Object.getOwnPropertyNames(owner)) {
    if (/^(lookup|resolve|reverse)/.test(name) && typeof owner[name] === 'function') owner[name] = replacement;
  }
}

for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']) {
  childProcess[name] = (command) => {
    throw refusal(`starting ${String(command).slice(0, 200)}`);
  };
}
childProcess.ChildProcess.prototype.spawn = (options) => {
  throw refusal(`starting ${options?.file}`);
};
workers.Worker = class Worker {
  constructor() {
    throw refusal('starting a worker thread');
  }
};

syncBuiltinESMExports();
