"""DataStore's conflict resolution, as the two files say it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migrator.categories.data.model import GraphqlApi
from migrator.core.finding import Severity
from tests.categories.data.gen1_api import API, assess, project

AUTOMERGE = {"ConflictHandler": "AUTOMERGE", "ConflictDetection": "VERSION"}
BY_FUNCTION = {**AUTOMERGE, "ConflictHandler": "LAMBDA", "LambdaConflictHandler": {"name": "arbiter-${env}"}}


def api(root: Path, resolver: Any) -> GraphqlApi:
    (found,) = assess(project(root, conf={"ResolverConfig": resolver})).context.graph.facts(GraphqlApi)
    return found.node


@pytest.mark.parametrize("resolver", [{}, None, {"project": None}])
def test_an_empty_configuration_is_off(resolver: Any, tmp_path: Path) -> None:
    assert api(tmp_path, resolver).conflicts == ""


def test_the_strategy_of_the_project_is_named(tmp_path: Path) -> None:
    found = api(tmp_path, {"project": AUTOMERGE, "models": {"Plant": BY_FUNCTION}})
    assert found.conflicts == "AUTOMERGE"
    assert found.conflict_models == ("Plant (LAMBDA)",)
    assert found.conflict_functions == ("arbiter-${env}",)


def test_a_strategy_of_one_model_turns_it_on_for_all(tmp_path: Path) -> None:
    assert api(tmp_path, {"models": {"Plant": AUTOMERGE}}).conflicts == "AUTOMERGE"


def test_it_is_on_without_a_strategy_too(tmp_path: Path) -> None:
    assert api(tmp_path, {"models": {}}).conflicts == "without a strategy"


def test_the_settings_of_the_cli_are_enough(tmp_path: Path) -> None:
    own = {"type": "LAMBDA", "resolver": {"type": "EXISTING", "name": "arbiter"}}
    chosen = {
        "defaultResolutionStrategy": {"type": "OPTIMISTIC_CONCURRENCY"},
        "perModelResolutionStrategy": [{"entityName": "Plant", "resolutionStrategy": own}],
    }
    inputs = {"version": 1, "serviceConfiguration": {"apiName": "garden", "conflictResolution": chosen}}
    root = project(tmp_path, files={f"{API}/cli-inputs.json": inputs})
    (found,) = assess(root).context.graph.facts(GraphqlApi)
    assert found.node.conflicts == "OPTIMISTIC_CONCURRENCY"
    assert found.node.conflict_models == ("Plant (LAMBDA)",)
    assert found.node.conflict_functions == ("arbiter",)


def test_tables_with_marked_rows_are_not_taken_over_unnoticed(tmp_path: Path) -> None:
    root = project(tmp_path, conf={"ResolverConfig": {"project": AUTOMERGE}})
    found = assess(root, reuse=frozenset({"data"})).findings
    assert [one.severity for one in found if one.rule == "DATA259"] == [Severity.BLOCKER]
    assert "DATA259" not in {one.rule for one in assess(root).findings}
