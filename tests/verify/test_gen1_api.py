"""What Gen 1 would have built of an API, where the project does not hold it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from migrator.commands.assessment import Assessment
from migrator.commands.deployed_subject import watches
from migrator.engine.api_source import ApiSource
from migrator.engine.context import Options
from migrator.engine.observed import Aspect
from migrator.node.process import Processes
from migrator.node.toolchain import Toolchain
from migrator.verify.gen1_api import Built, Completed, build_api, complete
from tests.gen1.gen1_project import only_app

REF = "api/notes"
AUTH = {
    "defaultAuthentication": {"authenticationType": "API_KEY", "apiKeyConfig": {"apiKeyExpirationDays": 7}},
    "additionalAuthenticationProviders": [],
}
SCHEMA = """type Note @model @auth(rules: [{ allow: public }]) {
  id: ID!
  title: String! @index(name: "byTitle")
}
"""
LEGACY = 'type Note @model @key(name: "byTitle", fields: ["title"]) { id: ID! title: String! }'
SLOT = "## before everything\n{}"


def notes(folder: Path, schema: str = SCHEMA, version: int = 2, **files: object) -> Assessment:
    """A project with the source of an API, and `files` of its folder."""
    index = {"api": {"notes": {"service": "AppSync", "output": {"authConfig": AUTH}}}}
    app = only_app(
        folder,
        {
            "amplify/backend/backend-config.json": index,
            "amplify/backend/api/notes/schema.graphql": schema,
            "amplify/backend/api/notes/parameters.json": {"AppSyncApiName": "notes"},
            "amplify/cli.json": {"features": {"graphqltransformer": {"transformerversion": version}}},
            "amplify/team-provider-info.json": {"dev": {"awscloudformation": {"Region": "eu-west-1"}}},
            **{f"amplify/backend/api/notes/{name}": content for name, content in files.items()},
        },
    )
    return Assessment(app, Options())


def source(assessment: Assessment) -> ApiSource:
    return next(one for watch in watches() for one in watch.observer.builds(assessment.context))


def completed(assessment: Assessment, built: Built) -> list[Completed]:
    return list(complete(assessment.context, tuple(watches()), lambda asked: built))


BUILT = Built(
    {
        "cloudformation-template.json": json.dumps({"Resources": {"GraphQLAPI": {"Type": "AWS::AppSync::GraphQLApi"}}}),
        "schema.graphql": "type Note { id: ID! }",
        "resolvers/Query.getNote.req.vtl": "{}",
    },
    "9.9.9",
)


def test_what_is_built_lies_where_the_cli_would_put_it(tmp_path: Path) -> None:
    assessment = notes(tmp_path)
    completed(assessment, BUILT)
    entry = assessment.context.app.of("api", "AppSync")[0]
    assert entry.text("build/schema.graphql") == "type Note { id: ID! }"
    assert entry.files("build/resolvers/*") == ("build/resolvers/Query.getNote.req.vtl",)
    assert "template" in entry.documents


def test_nothing_is_written_into_the_project(tmp_path: Path) -> None:
    assessment = notes(tmp_path)
    completed(assessment, BUILT)
    assert not list(tmp_path.rglob("build"))


def test_the_report_says_that_it_was_built_and_with_what(tmp_path: Path) -> None:
    (one,) = completed(notes(tmp_path), BUILT)
    assert one.aspects == (Aspect.API, Aspect.RESOLVERS, Aspect.TABLES)
    assert "built from the source with Amplify's transformer 9.9.9, not what was deployed" in one.detail.message


def test_of_an_api_that_is_built_only_missing_templates_of_resolvers_are(tmp_path: Path) -> None:
    template = {"Resources": {"GraphQLAPI": {"Type": "AWS::AppSync::GraphQLApi"}}}
    files = {"build/cloudformation-template.json": template, "build/schema.graphql": "type Own { id: ID! }"}
    assessment = notes(tmp_path, **files)
    (one,) = completed(assessment, BUILT)
    entry = assessment.context.app.of("api", "AppSync")[0]
    assert one.aspects == (Aspect.RESOLVERS,)
    assert entry.text("build/schema.graphql") == "type Own { id: ID! }"
    assert entry.text("build/resolvers/Query.getNote.req.vtl") == "{}"


def asked_for(assessment: Assessment) -> ApiSource:
    asked: list[ApiSource] = []

    def build(one: ApiSource) -> Built:
        asked.append(one)
        return BUILT

    list(complete(assessment.context, tuple(watches()), build))
    return asked[0]


def test_templates_that_are_missing_are_built_with_a_file_for_each_resolver(tmp_path: Path) -> None:
    template = {"Resources": {"GraphQLAPI": {"Type": "AWS::AppSync::GraphQLApi"}}}
    files = {"build/cloudformation-template.json": template, "build/schema.graphql": "type Own { id: ID! }"}
    assert asked_for(notes(tmp_path, **files)).flags["disableResolverDeduping"]


def test_an_api_that_is_missing_is_built_as_the_flags_say(tmp_path: Path) -> None:
    assert not asked_for(notes(tmp_path)).flags["disableResolverDeduping"]


def test_a_schema_of_the_first_transformer_cannot_be_built_and_the_report_says_so(tmp_path: Path) -> None:
    (one,) = completed(notes(tmp_path, LEGACY, 1), BUILT)
    assert one.lacking
    assert "first transformer" in one.detail.message


def test_why_the_transformer_refuses_a_source_is_told(tmp_path: Path) -> None:
    (one,) = completed(notes(tmp_path), Built(error="Unknown directive"))
    assert one.lacking
    assert "cannot be built: Unknown directive" in one.detail.message


def test_overrides_are_not_run_and_the_report_names_them(tmp_path: Path) -> None:
    told = completed(notes(tmp_path, **{"override.ts": "export function override() {}\n"}), BUILT)
    assert [one.detail.file for one in told if one.detail.file] == ["override.ts"]


def test_stacks_of_the_project_are_nested_as_the_cli_nests_them(tmp_path: Path) -> None:
    own = {"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}
    assessment = notes(tmp_path, **{"stacks/CustomResources.json": own})
    completed(assessment, BUILT)
    entry = assessment.context.app.of("api", "AppSync")[0]
    nested = entry.cursor("template").get("Resources", "CustomResourcesjson", "Properties")
    assert nested.get("TemplateURL").text().value.endswith("/stacks/CustomResources.json")


def test_flags_that_a_project_does_not_say_have_the_values_of_old_projects(tmp_path: Path) -> None:
    flags = source(notes(tmp_path)).flags
    assert not flags["enableAutoIndexQueryNames"]
    assert flags["useSubUsernameForDefaultIdentityClaim"]


@pytest.fixture
def processes() -> Iterator[Processes]:
    with Processes() as running:
        yield running


@pytest.mark.node
def test_amplifys_transformer_builds_the_files_that_the_cli_writes(
    tmp_path: Path, toolchain: Toolchain, processes: Processes
) -> None:
    asked = source(notes(tmp_path, **{"resolvers/Query.getNote.preAuth.1.req.vtl": SLOT}))
    built = build_api(asked, toolchain, processes)
    assert not built.error
    assert {"cloudformation-template.json", "schema.graphql", "stacks/Note.json"} <= built.files.keys()
    table = json.loads(built.files["stacks/Note.json"])["Resources"]["NoteTable"]
    assert table["Type"] == "AWS::DynamoDB::Table"
    assert "byTitle" in json.dumps(table)
    assert built.files["resolvers/Query.getNote.preAuth.1.req.vtl"] == SLOT
    assert "API Key Authorization" in built.files["resolvers/Query.getNote.auth.1.req.vtl"]


@pytest.mark.node
def test_the_transformer_says_why_it_refuses_a_schema(toolchain: Toolchain, processes: Processes) -> None:
    from migrator.core.ref import ResourceRef

    asked = ApiSource(ResourceRef("api", "notes"), schema="type Note @model @nothing { id: ID! }", auth=AUTH)
    assert "nothing" in build_api(asked, toolchain, processes).error
