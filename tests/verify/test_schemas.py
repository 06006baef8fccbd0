"""What a Gen 2 project hands to `defineData`, read without CDK."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from migrator.engine.proof import Form, Reached
from migrator.node.process import Processes
from migrator.node.toolchain import Toolchain
from migrator.verify.schemas import SchemaSource, read_schemas
from tests.verify.projects import write

pytestmark = pytest.mark.node

Read = Callable[..., Reached]
TYPED = """import { a } from '@aws-amplify/backend';
import { resize } from '../function/resize/resource';

export const schema = a.schema({
  Post: a.model({ title: a.string() }).authorization((allow) => [allow.owner()]),
  resize: a
    .query()
    .returns(a.string())
    .handler(a.handler.function(resize))
    .authorization((allow) => [allow.authenticated()]),
});
"""
PATCHED = """import { defineData } from '@aws-amplify/backend';
import { schema } from './schema';

const transform = () => {
  const made = schema.transform();
  return { ...made, schema: made.schema.replace('type Post @model', 'type Post @model(queries: null)') };
};

export const data = defineData({ schema: { ...schema, transform } });
"""
FROM_FILE = """import { defineData } from '@aws-amplify/backend';
import { readFileSync } from 'node:fs';
import { resize } from '../function/resize/resource';

export const data = defineData({
  schema: readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'),
  functions: { 'resize-${env}': resize },
  authorizationModes: { defaultAuthorizationMode: 'userPool' },
});
"""
SDL = "type Post @model {\n  id: ID!\n}\n"


def resource(expression: str, before: str = "") -> str:
    head = "import { a, defineData } from '@aws-amplify/backend';\n"
    return f"{head}{before}\nexport const data = defineData({expression});\n"


@pytest.fixture
def read(tmp_path: Path, toolchain: Toolchain) -> Read:
    """What a project with these files below `amplify/data` hands to `defineData`."""

    def run(text: str, branch: str = "main", **files: str) -> Reached:
        project = write(tmp_path / "p", {"amplify/data/resource.ts": text})
        write(project / "amplify/data", {name.replace("_", "."): content for name, content in files.items()})
        with Processes() as processes:
            return read_schemas([SchemaSource(project, branch=branch)], toolchain, processes, limit=3)[0]

    return run


def test_sdl_is_read_from_beside_the_file_in_the_project(read: Read) -> None:
    assert read(FROM_FILE, schema_graphql=SDL).sdl == SDL


def test_a_function_is_named_by_its_file_and_not_loaded(read: Read) -> None:
    assert read(FROM_FILE, schema_graphql=SDL).functions == {"resize-${env}": "function/resize/resource#resize"}


def test_functions_of_handlers_have_the_names_that_the_builder_gives(read: Read) -> None:
    assert read(PATCHED, schema_ts=TYPED).functions == {"FnResize": "function/resize/resource#resize"}


def test_modes_are_told(read: Read) -> None:
    assert read(FROM_FILE, schema_graphql=SDL).modes == {"defaultAuthorizationMode": "userPool"}


def test_a_schema_object_is_transformed_with_its_patches(read: Read) -> None:
    assert "type Post @model(queries: null)" in read(PATCHED, schema_ts=TYPED).sdl


def test_the_unpatched_schema_is_the_one_that_types_the_client(read: Read) -> None:
    assert "type Post @model @auth" in (read(PATCHED, schema_ts=TYPED).unpatched or "")


def test_without_a_typed_schema_there_is_no_unpatched_one(read: Read) -> None:
    assert read(FROM_FILE, schema_graphql=SDL).unpatched is None


def test_several_schemas_are_put_together(read: Read) -> None:
    found = read(resource("{ schema: { schemas: ['type A { x: Int }', 'type B { x: Int }'] } as any }"))
    assert (found.sdl, found.form) == ("type A { x: Int }\ntype B { x: Int }", Form.SEVERAL)


def test_the_tables_of_each_branch_are_told(read: Read) -> None:
    mapping = "[{ branchName: 'main', modelNameToTableNameMapping: { Post: 'Post-x-main' } }]"
    found = read(resource(f"{{ schema: 'type A {{ x: Int }}', migratedAmplifyGen1DynamoDbTableMappings: {mapping} }}"))
    assert found.tables == {"main": {"Post": "Post-x-main"}}


def test_the_file_sees_the_branch(read: Read) -> None:
    context = "JSON.parse(process.env.CDK_CONTEXT_JSON ?? '{}')['amplify-backend-name']"
    assert read(resource(f"{{ schema: {context} }}"), branch="develop").sdl == "develop"


def test_without_a_branch_it_is_a_sandbox(read: Read) -> None:
    context = "JSON.parse(process.env.CDK_CONTEXT_JSON ?? '{}')['amplify-backend-type']"
    assert read(resource(f"{{ schema: {context} }}"), branch="").sdl == "sandbox"


def test_credentials_are_not_seen(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    assert read(resource("{ schema: String(process.env.AWS_SECRET_ACCESS_KEY) }")).sdl == "undefined"


def test_a_schema_that_the_builder_refuses_is_an_error(read: Read) -> None:
    found = read(resource("{ schema: a.schema({ Post: a.model({ title: a.string() }) }) }"))
    assert "missing authorization rules" in found.error


def test_an_error_of_syntax_has_its_place(read: Read) -> None:
    found = read("export const data = ;\n")
    assert (found.place, found.line, found.column) == ("amplify/data/resource.ts", 1, 21)


def test_programs_are_refused(read: Read) -> None:
    found = read(resource("{ schema: execSync('ls') }", "import { execSync } from 'node:child_process';"))
    assert found.error == "refused while loading: starting ls"


def test_without_a_call_of_define_data_there_is_nothing_to_read(read: Read) -> None:
    assert read("export const data = 1;\n").error == "defineData is not called"


def test_a_project_without_the_file_is_an_error(toolchain: Toolchain, tmp_path: Path) -> None:
    with Processes() as processes:
        (found,) = read_schemas([SchemaSource(tmp_path)], toolchain, processes)
    assert found.error == "there is no amplify/data/resource.ts"


def test_what_is_no_schema_is_an_error(read: Read) -> None:
    assert read(resource("{ schema: { transform: () => ({ schema: 42 }) } as any }")).error


@pytest.mark.parametrize("code", ["for (;;);", "process.exit(3);", "throw 'x';", "import x from './nowhere'; x();"])
def test_a_project_that_fails_does_not_take_the_next_one_down(code: str, toolchain: Toolchain, tmp_path: Path) -> None:
    bad = write(tmp_path / "bad", {"amplify/data/resource.ts": resource("{ schema: 'type A { x: Int }' }", code)})
    good = write(tmp_path / "good", {"amplify/data/resource.ts": resource("{ schema: 'type A { x: Int }' }")})
    with Processes() as processes:
        found = read_schemas([SchemaSource(bad), SchemaSource(good)], toolchain, processes, limit=1)
    assert [bool(one.error) for one in found] == [True, False]
