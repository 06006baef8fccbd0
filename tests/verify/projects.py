"""Small Gen 2 projects, written by hand."""

from __future__ import annotations

from pathlib import Path

TSCONFIG = """{
  "compilerOptions": {
    "target": "es2022", "module": "es2022", "moduleResolution": "bundler", "strict": true, "skipLibCheck": true,
    "esModuleInterop": true, "resolveJsonModule": true, "paths": { "$amplify/*": ["../.amplify/generated/*"] }
  }
}
"""
AUTH = """import { defineAuth } from '@aws-amplify/backend';

export const auth = defineAuth({ loginWith: { email: true } });
"""
AUTH_WITH_TRIGGER = """import { defineAuth } from '@aws-amplify/backend';
import { hello } from '../function/hello/resource';

export const auth = defineAuth({ loginWith: { email: true }, triggers: { postConfirmation: hello } });
"""
FUNCTION = """import { defineFunction } from '@aws-amplify/backend';

export const hello = defineFunction({ name: 'hello', entry: './handler.js', runtime: 20 });
"""
BACKEND = """import { defineBackend } from '@aws-amplify/backend';
import { auth } from './auth/resource';
import { hello } from './function/hello/resource';

export const backend = defineBackend({ auth, hello });
"""

GOOD = {
    "package.json": '{ "name": "good", "private": true, "type": "module" }\n',
    "amplify/package.json": '{ "type": "module" }\n',
    "amplify/tsconfig.json": TSCONFIG,
    "amplify/auth/resource.ts": AUTH,
    "amplify/function/hello/resource.ts": FUNCTION,
    "amplify/function/hello/handler.js": "export { handler } from './src/index.js';\n",
    "amplify/function/hello/src/package.json": '{ "type": "commonjs" }\n',
    "amplify/function/hello/src/index.js": "exports.handler = async () => require('./greet').greet();\n",
    "amplify/function/hello/src/greet.js": "exports.greet = () => 'hello';\n",
    "amplify/backend.ts": BACKEND,
}
"""Auth and one CommonJS function of two files."""

NO_EXPORT = {**GOOD, "amplify/function/hello/handler.js": "export const main = async () => 'hello';\n"}
"""The function's bundle has no `handler`."""

TYPE_ERROR = {**GOOD, "amplify/backend.ts": BACKEND + "\nconst count: number = 'three';\n"}
"""Line 7 of backend.ts assigns a text to a number."""

SYNTH_ERROR = {**GOOD, "amplify/function/hello/resource.ts": FUNCTION.replace("./handler.js", "./nowhere.js")}
"""The function's entry does not exist."""

CIRCULAR = {
    **GOOD,
    "amplify/auth/resource.ts": AUTH_WITH_TRIGGER,
    "amplify/backend.ts": BACKEND
    + "\nbackend.hello.addEnvironment('USER_POOL_ID', backend.auth.resources.userPool.userPoolId);\n",
}
"""The user pool needs its trigger function, and the function needs the user pool's id."""


def write(folder: Path, files: dict[str, str]) -> Path:
    """Writes the files below `folder`."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder
