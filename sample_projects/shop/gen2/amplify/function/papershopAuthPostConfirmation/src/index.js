/**
 * Runs the modules that MODULES names, in the order of the list.
 */
const names = process.env.MODULES.split(',');
const modules = [];
for (const name of names) {
  modules.push(require(`./${name}`));
}

exports.handler = async (event, context) => {
  await Promise.all(modules.map((module) => module.handler(event, context)));
  return event;
};
