"""The proof sees every change that changes what a schema means, and no other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from migrator.categories.data.edits import Changes, edited
from migrator.categories.data.model import AuthMode, SchemaFile
from migrator.categories.data.proof import Flags, SchemaContext, compare
from migrator.categories.data.sdl import SdlError, merged, parse
from migrator.categories.data.sdl_text import printed
from tests.categories.data.proof.mutants import mutants
from tests.categories.data.proof.test_equal_forms import NORMAL, RELATIONS, filled
from tests.projects import ROOT

SCHEMAS = ROOT / "tests" / "fixtures" / "schemas"
SAMPLES = tuple(sorted((ROOT / "sample_projects").glob("*/gen1/amplify/backend/api/*/schema.graphql")))
FLAGS = {
    "usesubusernamefordefaultidentityclaim": "sub_username",
    "enableautoindexquerynames": "auto_query_names",
    "respectprimarykeyattributesonconnectionfield": "primary_key_attributes",
    "shoulddeepmergedirectiveconfigdefaults": "deep_merge",
    "secondarykeyasgsi": "secondary_as_gsi",
    "populateownerfieldforstaticgroupauth": "owner_for_groups",
    "subscriptionsinheritprimaryauth": "inherited_subscriptions",
}
LISTED: dict[str, dict[str, Any]] = {
    one["name"]: one for one in yaml.safe_load((SCHEMAS / "index.yaml").read_text(encoding="utf-8"))
}
GOLDEN = sorted(n for n in LISTED if not n.startswith(("bad-", "v1-")))


def context(name: str) -> SchemaContext:
    said = LISTED[name].get("flags", {})
    flags = Flags(**{FLAGS[flag]: value for flag, value in said.items()})
    mode = AuthMode(LISTED[name].get("mode", "AMAZON_COGNITO_USER_POOLS"))
    return SchemaContext(mode, flags, left_out=frozenset({"predictions"}))


def wrong(gen1: str, reached: str, context: SchemaContext) -> list[str]:
    """Mutants of which the proof says what is not so."""
    found = []
    for mutant in mutants(merged(parse(reached))):
        result = compare((gen1,), printed(mutant.schema), context)
        if result.equal != bool(mutant.same):
            found.append(f"{mutant.operator} at {mutant.place} ({mutant.same or 'survives'})")
    return found


@pytest.mark.parametrize("name", GOLDEN)
def test_no_change_of_a_schema_survives(name: str) -> None:
    gen1 = (SCHEMAS / f"{name}.graphql").read_text(encoding="utf-8")
    flags = context(name).flags
    changes = Changes(not flags.sub_username, not flags.auto_query_names, not flags.deep_merge)
    try:
        (file,) = edited((SchemaFile("schema.graphql", gen1),), context(name).mode, changes)
    except SdlError:
        pytest.skip("no GraphQL")
    if not compare((gen1,), file.text, context(name)).equal:
        pytest.skip("has no equal form in SDL")
    assert wrong(gen1, file.text, context(name)) == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_no_change_of_a_sample_survives(path: Path) -> None:
    gen1 = path.read_text(encoding="utf-8")
    (file,) = edited((SchemaFile("schema.graphql", gen1),), AuthMode.USER_POOL, Changes())
    assert wrong(gen1, file.text, SchemaContext(AuthMode.USER_POOL)) == []


@pytest.mark.parametrize("name", [*NORMAL, *RELATIONS])
def test_no_change_of_what_is_emitted_survives(name: str) -> None:
    gen1, reached = map(filled, {**NORMAL, **RELATIONS}[name])
    assert wrong(gen1, reached, SchemaContext()) == []
