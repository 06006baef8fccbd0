// Asks Amplify's own importer about tables: node importer.mjs <folder of the importer> <file>
// The file holds, by model, the properties of the custom resource and the table as DynamoDB describes it.
// What the importer says against each table is printed as JSON; null where it takes the table.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Module from 'node:module';

const require = createRequire(import.meta.url);
let live;
class DynamoDB {
  describeTable() {
    return { Table: live };
  }
}
const load = Module._load;
Module._load = function (name, ...rest) {
  // The AWS SDK is the Lambda runtime's; nothing of it is asked but `describeTable`.
  return name.startsWith('@aws-sdk/') ? { DynamoDB, Lambda: class {}, SFN: class {} } : load.call(this, name, ...rest);
};

const [folder, file] = process.argv.slice(2);
const { toCreateTableInput } = require(`${folder}/amplify-table-manager-handler.js`);
const { importTable } = require(`${folder}/import-table.js`);
const said = {};
const { log } = console;
console.log = () => {};
for (const [model, { properties, table }] of Object.entries(JSON.parse(readFileSync(file, 'utf8')))) {
  live = table;
  said[model] = await importTable(toCreateTableInput(properties)).then(
    () => null,
    (error) => error.message,
  );
}
log(JSON.stringify(said));
