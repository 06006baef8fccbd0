"""The plan says of every resource what CloudFormation would do with it."""

from __future__ import annotations

import pytest

from migrator.deploy.changes import Action
from tests.deploy.trees import action, found, nested, resource, template, tree

TABLE = "AWS::DynamoDB::Table"
MODEL = "Custom::AmplifyDynamoDBTable"
POOL = "AWS::Cognito::UserPool"


def _one(type_: str, policy: str = "", **properties: object) -> object:
    return tree(template(It=resource(type_, policy, **properties)))


def test_equal_templates_have_no_changes() -> None:
    assert found(_one(TABLE, TableName="a"), _one(TABLE, TableName="a")) == {}


def test_a_resource_that_is_new_is_created() -> None:
    assert action(tree(), _one(TABLE), "It") is Action.CREATE


def test_a_property_that_requires_no_replacement_is_changed() -> None:
    assert action(_one(TABLE, BillingMode="a"), _one(TABLE, BillingMode="b"), "It") is Action.CHANGE


def test_a_property_that_requires_replacement_replaces() -> None:
    assert action(_one(TABLE, TableName="a"), _one(TABLE, TableName="b"), "It") is Action.REPLACE


def test_the_reason_of_a_replacement_has_a_link() -> None:
    change = found(_one(TABLE, TableName="a"), _one(TABLE, TableName="b"))["It"]
    assert "aws-resource-dynamodb-table.html" in change.reason


def test_a_property_that_nobody_knows_is_taken_for_a_replacement_of_data() -> None:
    change = found(_one(TABLE, Nobody=1), _one(TABLE, Nobody=2))["It"]
    assert (change.action, change.takes_data) == (Action.MAY_REPLACE, True)


def test_an_unknown_property_of_what_holds_no_data_is_a_change() -> None:
    type_ = "Custom::Anything"
    assert action(_one(type_, x=1), _one(type_, x=2), "It") is Action.CHANGE


def test_a_resource_that_goes_is_deleted() -> None:
    assert action(_one(TABLE), tree(), "It") is Action.DELETE


def test_a_resource_that_goes_and_is_retained_is_left_behind() -> None:
    change = found(_one(TABLE, "Retain"), tree())["It"]
    assert (change.action, change.takes_data) == (Action.LEAVE, False)


def test_the_policy_that_counts_is_the_one_that_is_deployed() -> None:
    assert action(_one(TABLE, "Delete"), tree(), "It") is Action.DELETE


def test_a_replaced_table_says_whether_the_old_one_stays() -> None:
    kept = found(_one(TABLE, "Retain", TableName="a"), _one(TABLE, "Retain", TableName="b"))["It"]
    assert (kept.kept, kept.takes_data) == (True, True)


def test_a_policy_that_changes_is_a_change() -> None:
    change = found(_one(TABLE, "Retain"), _one(TABLE, "Delete"))["It"]
    assert (change.action, change.properties) == (Action.CHANGE, ("DeletionPolicy", "UpdateReplacePolicy"))


def test_another_type_under_one_name_is_refused() -> None:
    assert action(_one(TABLE), _one(POOL), "It") is Action.REFUSE


@pytest.mark.parametrize("name", ["UsernameAttributes", "AliasAttributes", "UsernameConfiguration"])
def test_what_a_user_pool_never_changes_is_refused(name: str) -> None:
    assert action(_one(POOL, **{name: ["email"]}), _one(POOL, **{name: []}), "It") is Action.REFUSE


def test_a_user_pool_may_get_another_attribute() -> None:
    email, age = {"Name": "email", "Mutable": True}, {"Name": "age", "Mutable": True}
    assert action(_one(POOL, Schema=[email]), _one(POOL, Schema=[email, age]), "It") is Action.CHANGE


def test_a_user_pool_may_not_change_an_attribute() -> None:
    one, other = {"Name": "email", "Mutable": True}, {"Name": "email", "Mutable": False}
    assert action(_one(POOL, Schema=[one]), _one(POOL, Schema=[other]), "It") is Action.REFUSE


def test_another_key_of_a_model_replaces_its_table_although_it_is_retained() -> None:
    old = _one(MODEL, "Retain", keySchema=["id"], allowDestructiveGraphqlSchemaUpdates=True)
    new = _one(MODEL, "Retain", keySchema=["sku"], allowDestructiveGraphqlSchemaUpdates=True)
    change = found(old, new)["It"]
    assert change.action is Action.REPLACE
    assert "does not keep the rows" in change.reason


def test_another_key_is_refused_where_destructive_updates_are_not_allowed() -> None:
    assert action(_one(MODEL, keySchema=["id"]), _one(MODEL, keySchema=["sku"]), "It") is Action.REFUSE


def test_another_index_of_a_model_is_a_change() -> None:
    assert action(_one(MODEL, globalSecondaryIndexes=[]), _one(MODEL, globalSecondaryIndexes=[1]), "It") is (
        Action.CHANGE
    )


def test_another_index_replaces_the_table_in_a_sandbox() -> None:
    both = {"allowDestructiveGraphqlSchemaUpdates": True, "replaceTableUponGsiUpdate": True}
    old, new = _one(MODEL, globalSecondaryIndexes=[], **both), _one(MODEL, globalSecondaryIndexes=[1], **both)
    assert action(old, new, "It") is Action.REPLACE


def test_what_mentions_a_replaced_resource_changes_with_it() -> None:
    client = resource("AWS::Cognito::UserPoolClient", UserPoolId={"Ref": "It"})

    def made(name: str) -> object:
        return tree(template(It=resource(TABLE, TableName=name), Client=client))

    assert action(made("a"), made("b"), "Client") is Action.REPLACE  # its pool's id cannot change in place


def test_replacement_goes_through_nested_stacks() -> None:
    def made(name: str) -> object:
        root = template(Giver=nested(), Taker=nested(pool={"Fn::GetAtt": ["Giver", "Outputs.id"]}))
        giver = template(outputs={"id": {"Ref": "It"}}, It=resource(TABLE, TableName=name))
        taker = template(["pool"], Client=resource("AWS::Cognito::UserPoolClient", UserPoolId={"Ref": "pool"}))
        return tree(root, Giver=giver, Taker=taker)

    assert action(made("a"), made("b"), "Client") is Action.REPLACE


def test_names_of_parameters_between_stacks_mean_nothing() -> None:
    def made(name: str) -> object:
        root = template(Child=nested(**{name: "eu"}))
        return tree(root, Child=template([name], It=resource(TABLE, TableName={"Ref": name})))

    assert found(made("referencetoA"), made("referencetoB")) == {}


def test_a_value_that_a_parent_hands_down_counts() -> None:
    def made(value: str) -> object:
        root = template(Child=nested(name=value))
        return tree(root, Child=template(["name"], It=resource(TABLE, TableName={"Ref": "name"})))

    assert action(made("a"), made("b"), "It") is Action.REPLACE


def test_everything_in_a_nested_stack_that_goes_is_looked_at() -> None:
    before = tree(template(Child=nested()), Child=template(A=resource(TABLE, "Retain"), B=resource("AWS::IAM::Role")))
    assert {name: change.action for name, change in found(before, tree()).items()} == {
        "A": Action.LEAVE,
        "B": Action.DELETE,
    }


def test_what_is_in_a_nested_stack_that_is_retained_stays_with_it() -> None:
    child = nested() | {"DeletionPolicy": "Retain"}
    before = tree(template(Child=child), Child=template(A=resource(TABLE)))
    assert action(before, tree(), "A") is Action.LEAVE


def test_a_bucket_that_the_deployment_fills_holds_nothing_of_users() -> None:
    filler = resource("Custom::CDKBucketDeployment", DestinationBucketName={"Ref": "Assets"})
    before = tree(template(Assets=resource("AWS::S3::Bucket"), Filler=filler, Files=resource("AWS::S3::Bucket")))
    assert {name: change.holds for name, change in found(before, tree()).items() if name != "Filler"} == {
        "Assets": "",
        "Files": "files",
    }


def test_logs_hold_no_data() -> None:
    assert found(_one("AWS::Logs::LogGroup"), tree())["It"].takes_data is False


def test_templates_that_need_each_other_are_no_endless_loop() -> None:
    root = template(A=nested(x={"Fn::GetAtt": ["B", "Outputs.o"]}), B=nested(x={"Fn::GetAtt": ["A", "Outputs.o"]}))
    child = template(["x"], outputs={"o": {"Ref": "x"}}, It=resource(TABLE, TableName={"Ref": "x"}))
    assert len(tree(root, A=child, B=child).resources) == 4
