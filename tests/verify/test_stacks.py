"""References are followed through parameters, outputs and exports to the resources behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from migrator.documents.document import Document
from migrator.verify.stacks import Stacks


def document(resources: Any = (), **sections: Any) -> Document:
    types = {name: {"Type": "AWS::SNS::Topic", "Properties": body} for name, body in dict(resources).items()}
    return Document(Path("t.json"), "t.json", {"Resources": types, **sections})


def nothing(name: str) -> None:
    return None


def two(user: Any, giver: Any, handed: Any) -> Stacks:
    """A root that hands `handed` from the stack `giver` to the stack `user`."""
    stacks = Stacks()
    nested = {"Type": "AWS::CloudFormation::Stack", "Properties": {"Parameters": handed}}
    root = Document(Path("r.json"), "r.json", {"Resources": {"User": nested, "Giver": {"Type": nested["Type"]}}})
    stacks.add("root", root, nothing, children={"User": "user", "Giver": "giver"})
    stacks.add("user", user, stacks.handed("root", "User"))
    stacks.add("giver", giver, stacks.handed("root", "Giver"))
    return stacks


def test_a_resource_of_the_same_stack_is_named_with_its_stack() -> None:
    stacks = Stacks()
    stacks.add("a", document({"One": {"P": {"Ref": "Two"}}, "Two": {}}), nothing)
    assert stacks.evaluated("a", "One") == {"P": "${a#Two}"}


def test_a_parameter_leads_through_an_output_to_the_resource_behind() -> None:
    user = document({"One": {"P": {"Fn::Sub": "x-${In}"}}}, Parameters={"In": {"Type": "String"}})
    giver = document({"Two": {}}, Outputs={"Out": {"Value": {"Fn::GetAtt": ["Two", "Arn"]}}})
    stacks = two(user, giver, {"In": {"Fn::GetAtt": ["Giver", "Outputs.Out"]}})
    assert stacks.evaluated("user", "One") == {"P": "x-${giver#Two.Arn}"}


def test_a_list_stays_a_list_on_its_way() -> None:
    user = document({"One": {"P": {"Ref": "In"}}}, Parameters={"In": {"Type": "CommaDelimitedList"}})
    stacks = two(user, document(), {"In": "a,b"})
    assert stacks.evaluated("user", "One") == {"P": ["a", "b"]}


def test_a_parameter_that_is_not_handed_over_has_its_default() -> None:
    user = document({"One": {"P": {"Ref": "In"}}}, Parameters={"In": {"Type": "String", "Default": "d"}})
    assert two(user, document(), {}).evaluated("user", "One") == {"P": "d"}


def test_stacks_that_need_each_other_end() -> None:
    inner = {"Outputs": {"Out": {"Value": {"Ref": "In"}}}, "Parameters": {"In": {"Type": "String"}}}
    stacks = two(
        document({"One": {"P": {"Ref": "In"}}}, **inner),
        document(**inner),
        {"In": {"Fn::GetAtt": ["User", "Outputs.Out"]}},
    )
    assert "P" in stacks.evaluated("user", "One")


def test_an_export_leads_to_what_is_exported() -> None:
    stacks = Stacks()
    export = {"Out": {"Value": {"Ref": "Two"}, "Export": {"Name": {"Fn::Join": [":", [{"Ref": "Two"}, "Name"]]}}}}
    stacks.add("giver", document({"Two": {}}, Outputs=export), nothing)
    imported = {"Fn::ImportValue": {"Fn::Sub": "${In}:Name"}}
    given: Callable[[str], Any] = {"In": "${giver#Two}"}.get
    stacks.add("user", document({"One": {"P": imported}}, Parameters={"In": {"Type": "String"}}), given)
    assert stacks.evaluated("user", "One") == {"P": "${giver#Two}"}


def test_the_environments_name_is_the_branchs_in_values_and_its_own_in_conditions() -> None:
    stacks = Stacks(branch="main")
    conditions = {"IsDev": {"Fn::Equals": [{"Ref": "env"}, "dev"]}}
    body = {"P": {"Fn::Sub": "x-${env}"}, "Q": {"Fn::If": ["IsDev", "yes", "no"]}}
    made = document({"One": body}, Parameters={"env": {"Type": "String"}}, Conditions=conditions)
    stacks.add("a", made, {"env": "${env}"}.get, known={"env": "dev"})
    assert stacks.evaluated("a", "One") == {"P": "x-main", "Q": "yes"}


def test_outputs_of_what_stays_have_their_deployed_values() -> None:
    stacks = Stacks(live=lambda stack, output: "live" if (stack, output) == ("giver", "Out") else "")
    stacks.add("root", document(), nothing, children={"Giver": "giver"})
    assert stacks.followed("${Giver.Outputs.Out}", "root") == "live"


def test_what_no_template_says_is_asked_for() -> None:
    stacks = Stacks(unseen=lambda stack, output: f"${{{stack} {output}}}" if stack == "giver" else "")
    stacks.add("root", document(), nothing, children={"Giver": "giver", "Other": "other"})
    assert stacks.followed("${Giver.Outputs.Out}", "root") == "${giver Out}"
    assert stacks.followed("${Other.Outputs.Out}", "root") == "${other#Outputs.Out}"


def test_variables_of_policies_are_no_references() -> None:
    stacks = Stacks()
    stacks.add("a", document({"One": {"P": "${cognito-identity.amazonaws.com:sub}/x"}}), nothing)
    assert stacks.evaluated("a", "One") == {"P": "${cognito-identity.amazonaws.com:sub}/x"}


def test_resources_that_a_condition_leaves_out_are_not_declared() -> None:
    stacks = Stacks()
    made = document({"One": {}}, Conditions={"No": {"Fn::Equals": ["a", "b"]}})
    body = made.root["Resources"]["One"] if isinstance(made.root, dict) else {}  # type: ignore[index,call-overload]
    body["Condition"] = "No"  # type: ignore[index,call-overload]
    stacks.add("a", made, nothing)
    assert list(stacks.declared()) == []
