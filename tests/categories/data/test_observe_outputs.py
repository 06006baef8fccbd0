"""What clients find of models: fields that hold keys of relations are told apart from the others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migrator.categories.data.observe_outputs import observe, schema
from migrator.commands.assessment import Assessment
from migrator.engine.context import Options
from migrator.engine.observed import Generation, Side
from tests.categories.data.test_observe_resolvers import context
from tests.gen1.gen1_project import only_app


def field(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "isArray": False, "type": "ID", "isRequired": True, **more}


LIKE = {
    "name": "Like",
    "fields": {
        "postID": field("postID"),
        "note": field("note"),
        "post": field("post", association={"connectionType": "BELONGS_TO", "targetNames": ["postID"]}),
    },
}


def told(model: dict[str, Any]) -> dict[str, Any]:
    client = {"data": {"url": "u", "model_introspection": {"models": {"Like": model}}}}
    found = observe(Generation(Side.GEN2, (), context(), client=client))
    return dict(next(one for one in found if one.key == "model Like").attributes)


def test_fields_that_hold_keys_of_relations_are_told_apart() -> None:
    found = told(LIKE)
    assert found["key_fields[postID].type"] == "ID"
    assert found["fields.note.type"] == "ID"
    assert not any(name.startswith("fields.postID") for name in found)


def test_what_a_relation_says_of_its_key_stays_with_the_relation() -> None:
    assert told(LIKE)["fields.post.association.targetNames"] == ("postID",)


@pytest.mark.parametrize(
    ("output", "value", "expected"),
    [
        ("awsAppsyncApiId", "${GraphQL API.ApiId}", None),
        ("awsAppsyncApiId", "another", "another"),
        (
            "amplifyApiModelSchemaS3Uri",
            "s3://${data#AmplifyCodegenAssets1.DestinationBucketArn}/model-schema.graphql",
            None,
        ),
        ("amplifyApiModelSchemaS3Uri", "s3://another/model-schema.graphql", "s3://another/model-schema.graphql"),
    ],
)
def test_what_code_is_generated_from_is_told_where_it_is_another(output: str, value: str, expected: str | None) -> None:
    key = {"awsAppsyncApiId": "api_id", "amplifyApiModelSchemaS3Uri": "model_schema"}[output]
    generation = Generation(Side.GEN2, (), context(), {"": {output: value}}, client={"data": {"url": "u"}})
    (found,) = observe(generation)
    assert found.attributes.get(key) == expected


@pytest.mark.parametrize(
    ("flags", "expected"), [({"respectprimarykeyattributesonconnectionfield": True}, True), ({}, False)]
)
def test_code_of_gen_1_has_them_where_the_flag_is_on(tmp_path: Path, flags: dict[str, bool], expected: bool) -> None:
    app = only_app(
        tmp_path,
        {
            "amplify/backend/backend-config.json": {"api": {"notes": {"service": "AppSync"}}},
            "amplify/backend/api/notes/schema.graphql": "type Note @model { id: ID! }",
            "amplify/backend/api/notes/parameters.json": {"AppSyncApiName": "notes"},
            "amplify/cli.json": {"features": {"graphqltransformer": {"transformerversion": 2, **flags}}},
        },
    )
    assert schema(Assessment(app, Options()).context).key_fields is expected
