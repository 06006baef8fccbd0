"""APIs that go on resolving conflicts for DataStore (`--datastore keep`)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from migrator.commands.convert import Request, convert
from migrator.core.finding import Severity
from migrator.node.toolchain import Toolchain
from migrator.verify import Check, Status, verify
from tests.categories.data.gen1_api import assess, project
from tests.categories.data.synthesis import resources, synthesis
from tests.categories.data.test_conflicts import AUTOMERGE
from tests.categories.data.test_convert import files
from tests.categories.function.gen1_function import flat
from tests.projects import ROOT

FIXTURE = ROOT / "tests" / "fixtures" / "gen1" / "graphql-datastore"


def synced(root: Path) -> Path:
    return project(root, conf={"ResolverConfig": {"project": AUTOMERGE}})


def test_the_strategies_are_said_beside_the_schema(tmp_path: Path) -> None:
    optimistic = {**AUTOMERGE, "ConflictHandler": "OPTIMISTIC_CONCURRENCY"}
    root = project(tmp_path, conf={"ResolverConfig": {"project": AUTOMERGE, "models": {"Plant": optimistic}}})
    made = files(root, datastore="keep")["data/resource.ts"]
    assert "import { defineSyncedData } from './datastore';" in made
    assert "project: 'AUTOMERGE'," in made
    assert "models: { Plant: 'OPTIMISTIC_CONCURRENCY' }," in made


def test_the_file_that_calls_the_construct_is_written_only_where_it_is_asked_for(tmp_path: Path) -> None:
    root = synced(tmp_path)
    assert "data/datastore.ts" in files(root, datastore="keep")
    left = files(root)
    assert "data/datastore.ts" not in left
    assert "defineData({" in left["data/resource.ts"]


def test_it_is_no_blocker_any_more(tmp_path: Path) -> None:
    found = assess(synced(tmp_path), datastore="keep").findings
    assert "DATA030" not in {one.rule for one in found}
    assert Severity.BLOCKER not in {one.severity for one in found}


@pytest.mark.parametrize(
    "resolver", [{"models": {}}, {"project": {"ConflictHandler": "LAMBDA"}}, {"project": {"ConflictHandler": "OWN"}}]
)
def test_strategies_that_cannot_be_kept_stay_a_blocker(resolver: object, tmp_path: Path) -> None:
    found = assess(project(tmp_path, conf={"ResolverConfig": resolver}), datastore="keep").findings
    assert next(one.severity for one in found if one.rule == "DATA030") == Severity.BLOCKER


def test_live_tables_are_not_taken_over_with_it(tmp_path: Path) -> None:
    found = assess(synced(tmp_path), datastore="keep", reuse=frozenset({"data"})).findings
    assert {"DATA030", "DATA259"} <= {one.rule for one in found}


def test_a_function_of_the_backend_decides() -> None:
    made = files(FIXTURE, datastore="keep")["data/resource.ts"]
    assert "import { arbiter } from '../function/arbiter/resource';" in made
    assert "conflictResolution: { project: 'AUTOMERGE', models: { Visit: arbiter } }" in flat(made)


def test_a_function_that_decides_has_its_place_in_the_stack_of_the_api() -> None:
    assert "resourceGroupName: 'data'" in files(FIXTURE, datastore="keep")["function/arbiter/resource.ts"]
    assert "resourceGroupName" not in files(FIXTURE)["function/arbiter/resource.ts"]


def elsewhere(root: Path) -> Path:
    """A project of which a function decides that is not its own."""
    live = {"name": "judge", "region": "eu-west-3"}
    strategy = {**AUTOMERGE, "ConflictHandler": "LAMBDA", "LambdaConflictHandler": live}
    return project(root, conf={"ResolverConfig": {"project": strategy}})


def test_a_function_from_elsewhere_decides_by_its_live_name(tmp_path: Path) -> None:
    made = flat(files(elsewhere(tmp_path), datastore="keep")["data/resource.ts"])
    assert "project: { functionName: 'judge', region: 'eu-west-3' }" in made


@pytest.mark.node
def test_a_function_from_elsewhere_type_checks(tmp_path: Path, toolchain: Toolchain) -> None:
    convert(Request(elsewhere(tmp_path / "gen1"), tmp_path / "gen2", datastore="keep"))
    report = verify(tmp_path / "gen2", only=(Check.TYPES, Check.CYCLES))
    assert [(one.name, one.reason) for one in report.checks if one.status is not Status.PASSED] == []


@pytest.mark.node
@pytest.mark.parametrize("gen1", [lambda root: FIXTURE, elsewhere], ids=["own", "elsewhere"])
def test_appsync_asks_the_function_and_may_call_it(
    gen1: Callable[[Path], Path], tmp_path: Path, toolchain: Toolchain
) -> None:
    with synthesis(gen1(tmp_path / "gen1"), tmp_path / "gen2", toolchain, datastore="keep") as made:
        steps = [one["Properties"] for one in resources(made, "AWS::AppSync::FunctionConfiguration").values()]
        policies = resources(made, "AWS::IAM::Policy")
    by_function = [one["SyncConfig"] for one in steps if one.get("SyncConfig", {}).get("ConflictHandler") == "LAMBDA"]
    asked = {json.dumps(one["LambdaConflictHandlerConfig"]["LambdaConflictHandlerArn"]) for one in by_function}
    allowed = {
        json.dumps(statement["Resource"])
        for name, one in policies.items()
        if name.startswith("InvokeLambdaFunction")
        for statement in one["Properties"]["PolicyDocument"]["Statement"]
    }
    assert asked == allowed
    assert len(asked) == 1


@pytest.mark.node
def test_the_api_keeps_versions_and_remembers_deletions(tmp_path: Path, toolchain: Toolchain) -> None:
    with synthesis(synced(tmp_path / "gen1"), tmp_path / "gen2", toolchain, datastore="keep") as made:
        tables = resources(made, "AWS::DynamoDB::Table")
        sources = resources(made, "AWS::AppSync::DataSource")
        functions = resources(made, "AWS::AppSync::FunctionConfiguration")
    assert [one for one in tables if "DataStore" in one]
    models = [one["Properties"].get("DynamoDBConfig", {}) for one in sources.values()]
    assert {one.get("Versioned") for one in models if one} == {True}
    handlers = {one["Properties"].get("SyncConfig", {}).get("ConflictHandler") for one in functions.values()}
    assert "AUTOMERGE" in handlers
