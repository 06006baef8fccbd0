// Lists every property that a rule may write to, read from the types of the Gen 2 libraries.
//
//   node scripts/extract_surface.mjs --modules <node_modules> [--check]
//
// Writes migrator/gen2/surface.json; with --check it only compares, and exits 1 when the file is out of date.
// Bad arguments and missing or unreadable packages exit 2. Paths stand in the order the libraries declare them.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const FILE = fileURLToPath(new URL("../migrator/gen2/surface.json", import.meta.url));
/** Names in the longest path, not counting a last `*`; it also ends types that contain themselves. */
const DEPTH = 6;
/** Stands for any name and whatever lies below it. */
const OPEN = "*";

const DEFINITIONS = {
  defineAuth: "@aws-amplify/backend",
  defineData: "@aws-amplify/backend",
  defineStorage: "@aws-amplify/backend",
  defineFunction: "@aws-amplify/backend",
};
const CONSTRUCTS = {
  CfnUserPool: "aws-cdk-lib/aws-cognito",
  CfnUserPoolClient: "aws-cdk-lib/aws-cognito",
  CfnUserPoolGroup: "aws-cdk-lib/aws-cognito",
  CfnUserPoolDomain: "aws-cdk-lib/aws-cognito",
  CfnUserPoolIdentityProvider: "aws-cdk-lib/aws-cognito",
  CfnIdentityPool: "aws-cdk-lib/aws-cognito",
  CfnIdentityPoolRoleAttachment: "aws-cdk-lib/aws-cognito",
  CfnBucket: "aws-cdk-lib/aws-s3",
  CfnTable: "aws-cdk-lib/aws-dynamodb",
  CfnFunction: "aws-cdk-lib/aws-lambda",
  CfnGraphQLApi: "aws-cdk-lib/aws-appsync",
  CfnApiKey: "aws-cdk-lib/aws-appsync",
  CfnResolver: "aws-cdk-lib/aws-appsync",
  CfnFunctionConfiguration: "aws-cdk-lib/aws-appsync",
  CfnRestApi: "aws-cdk-lib/aws-apigateway",
  CfnRole: "aws-cdk-lib/aws-iam",
  AmplifyDynamoDbTableWrapper: "@aws-amplify/data-construct",
};
const PACKAGES = ["@aws-amplify/backend", "@aws-amplify/data-construct", "aws-cdk-lib", "typescript"];

function main() {
  const { modules, check } = readArguments();
  const text = print({ versions: versionsIn(modules), surfaces: extract(modules) });
  if (!check) {
    writeFileSync(FILE, text);
  } else if (!existsSync(FILE) || readFileSync(FILE, "utf8") !== text) {
    stop(1, `${FILE} is out of date; run this script without --check\n${differences(text)}`);
  }
}

function readArguments() {
  try {
    const { values } = parseArgs({ options: { modules: { type: "string" }, check: { type: "boolean" } } });
    if (values.modules) {
      return { modules: resolve(values.modules), check: values.check ?? false };
    }
  } catch (problem) {
    console.error(problem.message);
  }
  return stop(2, "usage: node scripts/extract_surface.mjs --modules <node_modules> [--check]");
}

function versionsIn(modules) {
  return Object.fromEntries(
    PACKAGES.map((name) => {
      const manifest = join(modules, name, "package.json");
      if (!existsSync(manifest)) {
        stop(2, `${name} is not in ${modules}; run npm ci with the files of migrator/node/tools`);
      }
      return [name, JSON.parse(readFileSync(manifest, "utf8")).version];
    }),
  );
}

function extract(modules) {
  const ts = createRequire(join(modules, "package.json"))("typescript");
  const { program, entry } = compile(ts, modules);
  const walker = new Walker(ts, program.getTypeChecker());
  const surfaces = {};
  entry.forEachChild((node) => {
    if (ts.isTypeAliasDeclaration(node)) {
      const name = node.name.text;
      surfaces[name] = walker.paths(node, name in CONSTRUCTS);
      if (surfaces[name].length === 0) {
        stop(2, `${name} has no properties: its types could not be read`);
      }
    }
  });
  return surfaces;
}

/** Type-checks, in memory, a module beside `modules` with one type alias per surface. */
function compile(ts, modules) {
  const file = join(modules, "..", "__surface.ts").replaceAll("\\", "/");
  const lines = [
    ...Object.entries(DEFINITIONS).map(([name, from]) => `export type ${name} = typeof import("${from}").${name};`),
    ...Object.entries(CONSTRUCTS).map(([name, from]) => `export type ${name} = import("${from}").${name};`),
  ];
  const options = {
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: [], // only what the libraries name themselves, not every @types package that lies around
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => name === file || fileExists.call(host, name);
  host.getSourceFile = (name, ...rest) =>
    name === file
      ? ts.createSourceFile(
          name,
          lines.join("\n"),
          { languageVersion: options.target, impliedNodeFormat: ts.ModuleKind.ESNext },
          true,
        )
      : getSourceFile.call(host, name, ...rest);
  const program = ts.createProgram([file], options, host);
  const entry = program.getSourceFile(file);
  const problems = [...program.getOptionsDiagnostics(), ...program.getSemanticDiagnostics(entry)];
  if (problems.length > 0) {
    stop(2, problems.map((problem) => ts.flattenDiagnosticMessageText(problem.messageText, "\n")).join("\n"));
  }
  return { program, entry };
}

class Walker {
  constructor(ts, checker) {
    this.ts = ts;
    this.checker = checker;
  }

  /** The paths of an alias: of a construct what its class lets one assign, of a function its first parameter's. */
  paths(alias, construct) {
    const type = this.checker.getTypeAtLocation(alias.name);
    const found = new Set();
    if (construct) {
      for (const { name, parameters } of type.symbol.valueDeclaration.members.filter(this.ts.isSetAccessor)) {
        this.visit(this.checker.getTypeAtLocation(parameters[0]), name.text, 1, found);
      }
    } else {
      for (const { parameters } of type.getCallSignatures()) {
        this.visit(this.checker.getTypeOfSymbol(parameters[0]), "", 0, found);
      }
    }
    return [...found];
  }

  visit(type, path, depth, found) {
    if (path) {
      found.add(path);
    }
    const { Any, NonPrimitive } = this.ts.TypeFlags;
    const bare = this.checker.getNonNullableType(type);
    for (const part of bare.isUnion() ? bare.types : [bare]) {
      if (part.flags & (Any | NonPrimitive) || (depth === DEPTH && this.isRecord(part))) {
        found.add(below(path, OPEN)); // nothing is said about the names, or they lie too deep
      } else if (this.isRecord(part)) {
        this.members(part, path, depth + 1, found);
      }
    }
  }

  members(type, path, depth, found) {
    for (const symbol of this.checker.getPropertiesOfType(type)) {
      this.visit(this.checker.getTypeOfSymbol(symbol), below(path, symbol.name), depth, found);
    }
    if (this.checker.getIndexInfosOfType(type).length > 0) {
      found.add(below(path, OPEN));
    }
  }

  /** Whether values are written as `{ name: value }`: no array, no function, no class, nothing that must bring a method. */
  isRecord(type) {
    const { ObjectFlags, SymbolFlags, TypeFlags } = this.ts;
    if (type.isIntersection() && type.types.some((part) => !(part.flags & TypeFlags.Object))) {
      return false;
    }
    if (!type.isIntersection() && !(type.flags & TypeFlags.Object)) {
      return false;
    }
    if (this.checker.isArrayLikeType(type) || type.getCallSignatures().length > 0) {
      return false;
    }
    if (type.objectFlags & ObjectFlags.Class || (type.symbol?.flags ?? 0) & SymbolFlags.Class) {
      return false;
    }
    return !this.checker.getPropertiesOfType(type).some((symbol) => this.isMethod(symbol));
  }

  isMethod(symbol) {
    const optional = symbol.flags & this.ts.SymbolFlags.Optional;
    return !optional && this.checker.getTypeOfSymbol(symbol).getCallSignatures().length > 0;
  }
}

function below(path, name) {
  return path ? `${path}.${name}` : name;
}

function print(content) {
  return `${JSON.stringify(content, null, 1)}\n`;
}

/** The paths that came and went, for the reader of a failed check. */
function differences(text) {
  const before = existsSync(FILE) ? new Set(listed(readFileSync(FILE, "utf8"))) : new Set();
  const now = new Set(listed(text));
  return [
    ...[...now].filter((line) => !before.has(line)).map((line) => `+ ${line}`),
    ...[...before].filter((line) => !now.has(line)).map((line) => `- ${line}`),
  ].join("\n");
}

function listed(text) {
  const { versions, surfaces } = JSON.parse(text);
  return [
    ...Object.entries(versions).map(([name, version]) => `${name} ${version}`),
    ...Object.entries(surfaces).flatMap(([name, paths]) => paths.map((path) => `${name} ${path}`)),
  ];
}

function stop(code, message) {
  console.error(message);
  process.exit(code);
}

main();
