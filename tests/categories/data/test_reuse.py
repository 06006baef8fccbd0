"""Live tables that are kept: the tables of every environment whose API is known, by branch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migrator.categories.data.environments import live_tables
from migrator.categories.data.model import GraphqlSchema, ModelTable
from migrator.commands.convert import Request, convert
from migrator.core.errors import UsageError
from tests.categories.data.gen1_api import API, assess, project

PROD, DEV, OTHER = "prodprodprodprodprodprod01", "devdevdevdevdevdevdevdev01", "otherotherotherotherother1"
TEAM: Any = {
    env: {"awscloudformation": {"StackName": f"amplify-garden-{env}-1", "Region": "eu-west-1"}, "categories": {}}
    for env in ("dev", "prod", "test")
}
META: Any = {
    "providers": {"awscloudformation": {"StackName": "amplify-garden-dev-1"}},
    "api": {"garden": {"service": "AppSync", "output": {"GraphQLAPIIdOutput": DEV}}},
}
JOINED = """\
type Post @model @auth(rules: [{ allow: private }]) { id: ID! tags: [Tag] @manyToMany(relationName: "PostTags") }
type Tag @model @auth(rules: [{ allow: private }]) { id: ID! posts: [Post] @manyToMany(relationName: "PostTags") }
"""


def garden(root: Path, team: Any = TEAM, **files: Any) -> Path:
    return project(root, files={"amplify/team-provider-info.json": team, **files})


def tables(root: Path, **options: Any) -> dict[str, str]:
    """Environment to the name of the table of plants."""
    assessment = assess(root, "prod", reuse=frozenset({"data"}), **options)
    (schema,) = assessment.context.graph.facts(GraphqlSchema)
    found = live_tables(schema, ("Plant",), assessment.context)
    return {env: names["Plant"] for env, names in found.items()}


def written(root: Path, out: Path, **options: Any) -> str:
    (done,) = convert(Request(root, out, env="prod", reuse=frozenset({"data"}), **options))
    return (done.folder / "amplify/data/tables.ts").read_text()


def test_the_environment_that_is_checked_out_is_known_beside_the_converted_one(tmp_path: Path) -> None:
    root = garden(tmp_path, **{"amplify/backend/amplify-meta.json": META})
    assert tables(root, api_id=PROD) == {"prod": f"Plant-{PROD}-prod", "dev": f"Plant-{DEV}-dev"}


def test_ids_are_given_for_several_environments(tmp_path: Path) -> None:
    root = garden(tmp_path)
    assert tables(root, api_id=f"prod={PROD}, dev={DEV}") == {"prod": f"Plant-{PROD}-prod", "dev": f"Plant-{DEV}-dev"}


@pytest.mark.parametrize("option", ["prod=", f"{PROD},{DEV}", f"prod={PROD},{DEV}"])
def test_ids_that_cannot_be_told_apart_are_refused(option: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not understood"):
        tables(garden(tmp_path), api_id=option)


def test_what_the_user_says_comes_before_what_files_say(tmp_path: Path) -> None:
    root = garden(tmp_path, **{"amplify/backend/amplify-meta.json": META})
    assert tables(root, api_id=f"prod={PROD},dev={OTHER}")["dev"] == f"Plant-{OTHER}-dev"


def test_a_table_that_a_file_names_shows_the_id_of_its_environments_api(tmp_path: Path) -> None:
    team = {**TEAM, "test": {"categories": {"storage": {"old": {"tableName": f"Watering-{OTHER}-test"}}}}}
    assert tables(garden(tmp_path, team), api_id=PROD)["test"] == f"Plant-{OTHER}-test"


def test_a_parameter_of_a_function_shows_the_id_of_its_environments_api(tmp_path: Path) -> None:
    team = {**TEAM, "test": {"categories": {"function": {"water": {"apigardenGraphQLAPIIdOutput": OTHER}}}}}
    assert tables(garden(tmp_path, team), api_id=PROD)["test"] == f"Plant-{OTHER}-test"


def test_names_of_tables_that_disagree_are_not_used(tmp_path: Path) -> None:
    named = {"one": {"tableName": f"Plant-{OTHER}-test"}, "two": {"tableName": f"Plant-{DEV}-test"}}
    team = {**TEAM, "test": {"categories": {"storage": named}}}
    assert "test" not in tables(garden(tmp_path, team), api_id=PROD)


def test_tables_of_types_that_are_no_models_say_nothing(tmp_path: Path) -> None:
    team = {**TEAM, "test": {"categories": {"storage": {"old": {"tableName": f"MyPlant-{OTHER}-test"}}}}}
    assert "test" not in tables(garden(tmp_path, team), api_id=PROD)


def test_a_model_with_another_name_keeps_the_table_of_that_name(tmp_path: Path) -> None:
    schema = 'type Plant @model @mapsTo(name: "Herb") @auth(rules: [{ allow: private }]) { id: ID! }'
    assert tables(project(tmp_path, schema=schema), api_id=PROD) == {"prod": f"Herb-{PROD}-prod"}


def test_each_known_environment_is_a_branch_and_the_others_are_left_to_the_user(tmp_path: Path) -> None:
    root = garden(tmp_path / "gen1", **{"amplify/backend/amplify-meta.json": META})
    text = written(root, tmp_path / "out", api_id=PROD, branch_map={"prod": "main", "test": "staging"})
    assert f"  main: {{\n    Plant: 'Plant-{PROD}-prod'," in text
    assert f"  dev: {{\n    Plant: 'Plant-{DEV}-dev'," in text
    assert "test" not in text
    assert "staging" not in text
    assert "(staging)" in (tmp_path / "out/MIGRATION.md").read_text()


def test_two_environments_do_not_share_a_branch(tmp_path: Path) -> None:
    both = {"prod": "main", "dev": "main"}
    with pytest.raises(UsageError, match="cannot belong to the branch main"):
        written(garden(tmp_path / "gen1"), tmp_path / "out", api_id=f"prod={PROD},dev={DEV}", branch_map=both)


def test_the_settings_of_join_tables_are_read_too(tmp_path: Path) -> None:
    table = {
        "Type": "AWS::DynamoDB::Table",
        "Properties": {"TableName": {"Fn::Join": ["", ["PostTags-", {"Ref": "api"}, "-", {"Ref": "env"}]]}},
    }
    built: Any = {f"{API}/build/cloudformation-template.json": {"Resources": {}}}
    built[f"{API}/build/stacks/PostTags.json"] = {"Resources": {"PostTagsTable": table}}
    root = project(tmp_path, schema=JOINED, files=built)
    found = [fact.node for fact in assess(root).context.graph.facts(ModelTable) if fact.key == "PostTags"]
    assert [(node.name, node.retained) for node in found] == [("PostTags-<API id>-prod", False)]
