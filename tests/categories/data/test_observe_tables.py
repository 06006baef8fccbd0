"""Tables of models in both generations: what is the same, and what is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from migrator.categories.data.observe import OBSERVER, gives, name
from migrator.categories.data.observe_tables import IMPORTED, MADE, TABLE
from migrator.commands.assessment import Assessment
from migrator.core.ref import ResourceRef
from migrator.engine.comparison import compare
from migrator.engine.context import Context, Options
from migrator.engine.observed import Declared, Generation, Observed, Side
from tests.projects import apps

SHOP = ResourceRef("api", "papershop")
KEYS = {"AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}]}
GEN1 = {
    **KEYS,
    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    "BillingMode": "PAY_PER_REQUEST",
    "StreamSpecification": {"StreamViewType": "NEW_AND_OLD_IMAGES"},
    "SSESpecification": {"SSEEnabled": False},
    "TableName": "Order-${GraphQL API.ApiId}-main",
}
GEN2 = {
    "ServiceToken": "arn",
    "tableName": "Order-${GraphQL API.ApiId}-main",
    "attributeDefinitions": [{"attributeName": "id", "attributeType": "S"}],
    "keySchema": [{"attributeName": "id", "keyType": "HASH"}],
    "billingMode": "PAY_PER_REQUEST",
    "streamSpecification": {"streamViewType": "NEW_AND_OLD_IMAGES"},
    "sseSpecification": {"sseEnabled": False},
}
KEEP = {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}


def context(**options: Any) -> Context:
    shop = next(app for app in apps() if app.entry(SHOP))
    return Assessment(shop, Options(**options)).context


def observed(side: Side, kind: str, properties: Mapping[str, Any], known: Context) -> tuple[Observed, ...]:
    """The table of the model Order."""
    own = Declared("t", kind, properties, owner=SHOP, name="model Order", policies=KEEP)
    return tuple(OBSERVER.observe(Generation(side, (own,), known, branch="main")))


def differing(gen1: Mapping[str, Any], gen2: Mapping[str, Any], kind: str = MADE, **options: Any) -> set[str]:
    known = context(**options)
    left, right = observed(Side.GEN1, TABLE, gen1, known), observed(Side.GEN2, kind, gen2, known)
    return {f"{one.kind} {one.attribute}".removeprefix(f"{TABLE} ") for one in compare(left, right).mismatches}


def test_a_table_and_the_resource_that_the_table_manager_makes_one_of_are_the_same() -> None:
    assert differing(GEN1, GEN2) == set()


@pytest.mark.parametrize(
    ("path", "value", "attribute"),
    [
        ("keySchema", [{"attributeName": "sku", "keyType": "HASH"}], "KeySchema[HASH].AttributeName"),
        (
            "attributeDefinitions",
            [{"attributeName": "id", "attributeType": "N"}],
            "AttributeDefinitions[id].AttributeType",
        ),
        ("billingMode", None, "BillingMode"),
        ("streamSpecification", {"streamViewType": "KEYS_ONLY"}, "StreamSpecification.StreamViewType"),
        ("sseSpecification", {"sseEnabled": True}, "SSESpecification.SSEEnabled"),
        ("deletionProtectionEnabled", True, "DeletionProtectionEnabled"),
        ("timeToLiveSpecification", {"enabled": True}, "TimeToLiveSpecification.Enabled"),
        ("replaceTableUponGsiUpdate", True, "ReplaceTableUponGsiUpdate"),
    ],
)
def test_what_another_table_has_is_told(path: str, value: Any, attribute: str) -> None:
    assert differing(GEN1, {**GEN2, path: value}) == {attribute}


def test_an_index_with_another_projection_is_told() -> None:
    index = {"IndexName": "byDate", "KeySchema": [{"AttributeName": "date", "KeyType": "HASH"}]}
    made = {"indexName": "byDate", "keySchema": [{"attributeName": "date", "keyType": "HASH"}]}
    gen1 = {**GEN1, "GlobalSecondaryIndexes": [{**index, "Projection": {"ProjectionType": "ALL"}}]}
    gen2 = {**GEN2, "globalSecondaryIndexes": [{**made, "projection": {"projectionType": "KEYS_ONLY"}}]}
    assert differing(gen1, gen2) == {"GlobalSecondaryIndexes[byDate].Projection.ProjectionType"}


@pytest.mark.parametrize(
    ("ours", "theirs", "attribute"),
    [
        (
            {"SSESpecification": {"SSEEnabled": True, "KMSMasterKeyId": "key"}},
            {"sseSpecification": {"sseEnabled": True, "kmsMasterKeyId": "key"}},
            "SSESpecification.KMSMasterKeyId",
        ),
        ({"TableClass": "STANDARD"}, {"tableClass": "STANDARD"}, "TableClass"),
        (
            {"LocalSecondaryIndexes": [{"IndexName": "byDate"}]},
            {"localSecondaryIndexes": [{"indexName": "byDate"}]},
            "LocalSecondaryIndexes[byDate]",
        ),
    ],
)
def test_what_the_table_manager_does_not_take_is_missed(
    ours: Mapping[str, Any], theirs: Mapping[str, Any], attribute: str
) -> None:
    assert differing({**GEN1, **ours}, {**GEN2, **theirs}) == {attribute}


def test_capacity_counts_only_where_a_table_is_not_on_demand() -> None:
    units = {"ProvisionedThroughput": {"ReadCapacityUnits": 10, "WriteCapacityUnits": 4}}
    assert differing({**GEN1, **units}, GEN2) == set()
    assert "ProvisionedThroughput.ReadCapacityUnits" in differing({**GEN1, **units, "BillingMode": "PROVISIONED"}, GEN2)


KEPT: dict[str, Any] = {"reuse": frozenset({"data"}), "api_id": "abcdefghijklmnopqrstuvwxyz"}
LIVE = {**GEN2, "tableName": "Order-abcdefghijklmnopqrstuvwxyz-main", "isImported": True}
PROTECTED = {**GEN1, "DeletionProtectionEnabled": True}


def test_a_live_table_that_is_taken_over_is_the_same() -> None:
    assert differing(PROTECTED, {**LIVE, "deletionProtectionEnabled": True}, IMPORTED, **KEPT) == set()


def test_a_new_table_in_the_place_of_a_live_one_is_told() -> None:
    found = differing(PROTECTED, {**GEN2, "deletionProtectionEnabled": True}, **KEPT)
    assert found == {"TakenOver", "TableName", f"{IMPORTED} "}


def test_another_live_table_is_told() -> None:
    other = {**LIVE, "tableName": "Order-abcdefghijklmnopqrstuvwxyz-test", "deletionProtectionEnabled": True}
    assert differing(PROTECTED, other, IMPORTED, **KEPT) == {"TableName"}


@pytest.mark.parametrize(
    ("ours", "theirs", "attribute"),
    [
        (
            {"SSESpecification": {"SSEEnabled": True}},
            {"sseSpecification": {"sseEnabled": True}},
            "SSEDescription.Status",
        ),
        ({"BillingMode": "PROVISIONED"}, {"billingMode": None}, "BillingModeSummary.BillingMode"),
    ],
)
def test_what_the_importer_refuses_is_told_though_both_say_the_same(
    ours: Mapping[str, Any], theirs: Mapping[str, Any], attribute: str
) -> None:
    found = differing({**PROTECTED, **ours}, {**LIVE, "deletionProtectionEnabled": True, **theirs}, IMPORTED, **KEPT)
    assert f"{IMPORTED} {attribute}" in found


def test_a_live_table_without_deletion_protection_is_refused() -> None:
    found = differing(GEN1, {**LIVE, "deletionProtectionEnabled": True}, IMPORTED, **KEPT)
    assert found == {"DeletionProtectionEnabled", f"{IMPORTED} DeletionProtectionEnabled"}


def test_both_generations_call_a_table_after_its_model() -> None:
    known = context()
    table = {"TableName": "Order_Line-${api/papershop#GraphQLAPI.ApiId}-main"}
    old = Declared("api/papershop/OrderLine#OrderLineTable", TABLE, table, "api/papershop/OrderLine", owner=SHOP)
    new = Declared("x", MADE, stack="data/papershop/OrderLine", path="data/papershop/OrderLine/Order_LineTable/Default")
    generation = Generation(Side.GEN1, (old,), known)
    assert name(old, generation) == "model Order_Line"
    assert name(new, replace(generation, side=Side.GEN2)) == "model Order_Line"


def test_a_table_of_a_custom_stack_is_no_models() -> None:
    own = Declared("api/papershop/CustomResources#Audit", TABLE, {}, "api/papershop/CustomResources", owner=SHOP)
    assert name(own, Generation(Side.GEN1, (own,), context())) == ""


def test_functions_get_tables_of_an_api_without_templates_by_their_models() -> None:
    assert gives(SHOP, "GetAtt:OrderTable:Name", context()) == "${model Order}"
    assert gives(SHOP, "GraphQLAPIIdOutput", context()) == "${GraphQL API.ApiId}"
    assert gives(ResourceRef("storage", "covers"), "Name", context()) == ""
