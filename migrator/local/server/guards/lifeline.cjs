// Loaded before a function: it ends when the local AWS is gone. Timers of Amplify's bundles would keep it for ever.
'use strict';

const parent = process.ppid;
const exit = process.reallyExit.bind(process);
setInterval(() => process.ppid !== parent && exit(0), 1000).unref();
