"""What DataStore's conflict resolution adds to an API is told by itself; everything else is compared as ever."""

from __future__ import annotations

import pytest

from migrator.categories.data.observe_datastore import of_datastore, without_datastore
from migrator.categories.data.observe_templates import template
from migrator.categories.data.sdl import parse

SCHEMA = """
type Task { id: ID! _version: Int! _deleted: Boolean _lastChangedAt: AWSTimestamp! }
type Other { _version: String _deleted: Boolean! }
type ModelTaskConnection { items: [Task]! startedAt: AWSTimestamp }
type Query {
  getTask(id: ID!): Task
  syncTasks(filter: F, limit: Int, nextToken: String, lastSync: AWSTimestamp): ModelTaskConnection
  syncAll: ModelTaskConnection
}
input CreateTaskInput { id: ID _version: Int }
input ModelTaskFilterInput { id: ModelIDInput _deleted: ModelBooleanInput }
"""


def test_fields_are_known_by_place_name_and_type() -> None:
    found = {f"{one.name}.{field.name}" for one in parse(SCHEMA) for field in one.fields if of_datastore(field, one)}
    assert found == {
        "Task._version",
        "Task._deleted",
        "Task._lastChangedAt",
        "ModelTaskConnection.startedAt",
        "Query.syncTasks",
        "CreateTaskInput._version",
        "ModelTaskFilterInput._deleted",
    }


@pytest.mark.parametrize(
    ("gen1", "gen2"),
    [
        (
            ["$util.error($ctx.error.message, $ctx.error.type, $ctx.result)"],
            ["$util.error($ctx.error.message, $ctx.error.type)"],
        ),
        (['#set( $keyFields = ["_version", "_deleted", "_lastChangedAt"] )'], ["#set( $keyFields = [] )"]),
        (
            ['#set( $keyFields = ["id", "at", "_version", "_deleted", "_lastChangedAt"] )'],
            ['#set( $keyFields = ["id", "at"] )'],
        ),
        (
            ['"update": $update,', '"_version": $util.defaultIfNull($args.input["_version"], 0)', "} )"],
            ['"update": $update', "} )"],
        ),
        (['$util.qr($DeleteRequest.put("_version", $util.defaultIfNull($args.input["_version"], 0)))'], []),
    ],
)
def test_lines_that_keep_versions_are_told_apart_from_the_rest(gen1: list[str], gen2: list[str]) -> None:
    assert without_datastore(gen1) == (gen2, True)
    assert without_datastore(gen2) == (gen2, False)


def test_a_template_says_that_it_keeps_versions() -> None:
    said = template("$util.error($ctx.error.message, $ctx.error.type, $ctx.result)").said
    assert said["DataStore"] is True
    assert "DataStore" not in template("$util.error($ctx.error.message, $ctx.error.type)").said


def test_another_line_about_versions_is_compared() -> None:
    assert without_datastore(['$util.qr($a.put("_version", 1))']) == (['$util.qr($a.put("_version", 1))'], False)
