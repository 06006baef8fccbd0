const modules = process.env.MODULES.split(',').map((name) => require(`./${name}`));

/** Calls the trigger's modules one after the other; each may change the event. */
exports.handler = async (event, context) => {
  for (const module of modules) {
    await module.handler(event, context);
  }
  return event;
};
