"""Gen 1 projects that differ in one thing from a sample or a fixture, of which the same Gen 2 project is made.

What old CLIs and transformers left behind, and what people add by hand: too little for a project of its own.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from migrator.verify.assembly import Assembly
from tests.mutation.subjects import Subject, builds, clients, kept

_ARGUMENT = re.compile(r"\(filter: ModelSubscription\w+FilterInput\)|filter: ModelSubscription\w+FilterInput, ")
_INPUT = re.compile(r"\ninput ModelSubscription\w+Input \{[^}]*\}\n")
_STAMP = re.compile(r"\n  (?:createdAt|updatedAt|owner): ModelStringInput")
_READS_STREAMS = ("dynamodb:GetRecords", "dynamodb:GetShardIterator")
_READING = """
type Reading @model @auth(rules: [{ allow: owner }]) {
  station: ID! @primaryKey(sortKeyFields: ["takenAt"]) @index(name: "readingsByDepth", sortKeyFields: ["depth"])
  takenAt: AWSDateTime!
  depth: Int!
}
"""
_SIGNAL = """
type Tag @model @auth(rules: [{ allow: private }]) {
  id: ID!
  stops: [Stop] @manyToMany(relationName: "StopTags")
}

type Signal @model @auth(rules: [{ allow: public, provider: iam }]) {
  id: ID!
  text: String
}

type Wish @model @auth(rules: [{ allow: public, provider: iam, operations: [create] }]) {
  id: ID!
  text: String
}
"""
_STASHED = r"$util.qr($ctx.stash.put(\"connectionAttributes\", {}))\n"


def varied(name: str, base: Subject, folder: Path, change: Callable[[Path], None]) -> Subject:
    """The project `base` with another Gen 1 side; its copy is kept in `folder`."""

    gen1 = changed(name, base.gen1, folder, change)
    return Subject(name, gen1, base.gen2, base.assembly, clients(), builds(folder / f"{name}-api.json"))


def changed(name: str, gen1: Path, folder: Path, change: Callable[[Path], None]) -> Path:
    """A copy of a Gen 1 project with a change, to be converted; it is kept in `folder`."""

    def make(out: Path) -> None:
        shutil.copytree(gen1, out)
        change(out)

    return kept(folder, f"{name}-gen1", make)


def added_to(name: str, base: Subject, change: Callable[[Assembly], Assembly]) -> Subject:
    """The project `base` with something more in what is synthesized of it."""
    return Subject(name, base.gen1, base.gen2, change(base.assembly), clients())


def texts(gen1: Path, pattern: str, change: Callable[[str], str]) -> None:
    """Changes the files of a project that fit a pattern. Raises LookupError when nothing is changed."""
    changed = False
    for file in sorted(gen1.rglob(pattern)):
        before = file.read_text("utf-8")
        after = change(before)
        if after != before:
            file.write_text(after, "utf-8")
            changed = True
    if not changed:
        raise LookupError(f"nothing to change in {pattern} of {gen1}")


def templates(gen1: Path, pattern: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Changes the resources of templates that fit a pattern."""

    def changed(text: str) -> str:
        template = json.loads(text)
        change(template["Resources"])
        return json.dumps(template, indent=2)

    texts(gen1, pattern, changed)


def before_filters(gen1: Path) -> None:
    """An API of the first CLIs with transformer 2: no filters of subscriptions, neither timestamps nor owners in
    filters, and nothing of relations in the stash."""
    texts(
        gen1,
        "build/schema.graphql",
        lambda said: _STAMP.sub("", _INPUT.sub("\n", _ARGUMENT.sub("", said))),
    )
    texts(gen1, "build/stacks/*.json", lambda said: said.replace(_STASHED, ""))


def of_first_table_roles(gen1: Path) -> None:
    """An API whose role reads and writes the tables of its models, and does nothing else with them."""
    _table_roles(gen1, *_READS_STREAMS, "dynamodb:ConditionCheckItem", "dynamodb:DescribeTable")


def of_later_table_roles(gen1: Path) -> None:
    """An API whose role does not ask what the tables of its models are like."""
    _table_roles(gen1, "dynamodb:DescribeTable")


def _table_roles(gen1: Path, *missing: str) -> None:
    def change(found: dict[str, Any]) -> None:
        for role in (one["Properties"] for one in found.values() if one["Type"] == "AWS::IAM::Role"):
            for policy in role.get("Policies", ()):
                for said in policy["PolicyDocument"]["Statement"]:
                    said["Action"] = [action for action in said["Action"] if action not in missing]

    templates(gen1, "build/stacks/*.json", change)


def without_keys_of_relations(gen1: Path) -> None:
    """Clients whose generated models do not have the fields that hold keys of relations."""
    flag = '"respectprimarykeyattributesonconnectionfield": '
    texts(gen1, "cli.json", lambda said: said.replace(f"{flag}true", f"{flag}false"))


def without_a_source_of_nothing(gen1: Path) -> None:
    """An API without a data source that reads nothing, which transformer 1 did without."""

    def change(found: dict[str, Any]) -> None:
        for logical_id in [one for one in found if "NONEDS" in one]:
            del found[logical_id]

    templates(gen1, "depot/build/cloudformation-template.json", change)


def with_a_guests_role(gen1: Path) -> None:
    """An identity pool whose guests get a role of the owner's."""

    def change(found: dict[str, Any]) -> None:
        roles = found["IdentityPoolRoleMap"]["Properties"]["Roles"]
        roles["unauthenticated"] = "arn:aws:iam::123456789012:role/members-visitor"

    templates(gen1, "members-cloudformation-template.json", change)


def with_a_role_map(gen1: Path) -> None:
    """Groups whose roles a function of the CLI told the identity pool, as CLI 4 did."""
    trust = {"Effect": "Allow", "Principal": {"Service": ["lambda.amazonaws.com"]}, "Action": ["sts:AssumeRole"]}
    logs = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
    said = [
        {"Effect": "Allow", "Action": logs, "Resource": "arn:aws:logs:*:*:*"},
        {"Effect": "Allow", "Action": ["cognito-identity:SetIdentityPoolRoles"], "Resource": "*"},
    ]
    role = {
        "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trust]},
        "Policies": [{"PolicyName": "roles", "PolicyDocument": {"Version": "2012-10-17", "Statement": said}}],
    }

    def change(found: dict[str, Any]) -> None:
        found["LambdaExecutionRole"] = {"Type": "AWS::IAM::Role", "Properties": role}

    templates(gen1, "userPoolGroups-cloudformation-template.json", change)


def with_a_client_role(gen1: Path) -> None:
    """A pool whose client a function of the CLI looked up, as CLI 4 did."""
    trust = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    role = {"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trust]}}

    def change(found: dict[str, Any]) -> None:
        found["UserPoolClientRole"] = {"Type": "AWS::IAM::Role", "Properties": role}

    templates(gen1, "staff-cloudformation-template.json", change)


def with_layers_to_replace(gen1: Path) -> None:
    """Layers whose versions went with the next one, as those of the first CLIs."""
    texts(gen1, "sharedlayer-*template.json", lambda said: re.sub(r',\s*"UpdateReplacePolicy": "Retain"', "", said))


def with_a_policy_of_the_bucket(gen1: Path) -> None:
    """A bucket that refuses plain HTTP for its files, but not for itself."""
    refused = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": {"Fn::Sub": "arn:aws:s3:::${S3Bucket}/*"},
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    document = {"Version": "2012-10-17", "Statement": [refused]}

    def change(found: dict[str, Any]) -> None:
        properties = {"Bucket": {"Ref": "S3Bucket"}, "PolicyDocument": document}
        found["OnlyHttps"] = {"Type": "AWS::S3::BucketPolicy", "Properties": properties}

    templates(gen1, "build/cloudformation-template.json", change)


def with_one_strategy(gen1: Path) -> None:
    """An API of which every model resolves conflicts of DataStore in the same way, without a function."""
    (conf,) = gen1.glob("amplify/backend/api/*/transform.conf.json")
    said = json.loads(conf.read_text("utf-8"))
    del said["ResolverConfig"]["models"]
    conf.write_text(json.dumps(said, indent=2), "utf-8")
    inputs = conf.parent / "cli-inputs.json"
    chosen = json.loads(inputs.read_text("utf-8"))
    chosen["serviceConfiguration"].get("conflictResolution", {}).pop("perModelResolutionStrategy", None)
    inputs.write_text(json.dumps(chosen, indent=2), "utf-8")


def with_signals_of_guests(gen1: Path) -> None:
    """An API of which guests use one model and write another, beside models with lists and join tables of their own."""
    (schema,) = gen1.glob("amplify/backend/api/*/schema.graphql")
    said = schema.read_text("utf-8").replace(
        "street: String!", 'street: String!\n  tags: [Tag] @manyToMany(relationName: "StopTags")'
    )
    schema.write_text(said + _SIGNAL, "utf-8")
    texts(gen1, "auth/*/cli-inputs.json", lambda said: said.replace('Identities": false', 'Identities": true'))
    (schema.parent / "custom-roles.json").unlink()


def with_local_indexes(gen1: Path) -> None:
    """An API of the source alone, whose model has an index over its own key, with the flag that makes it local."""
    (api,) = gen1.glob("amplify/backend/api/*")
    shutil.rmtree(api / "build")
    (api / "schema.graphql").write_text(_READING, "utf-8")
    flag = '"secondarykeyasgsi": '
    texts(gen1, "cli.json", lambda said: said.replace(f"{flag}true", f"{flag}false"))


def with_an_output(assembly: Assembly) -> Assembly:
    """An output that `backend.addOutput` adds for the user's own clients."""
    root, *nested = assembly.stacks
    said = {"version": "1", "stackOutputs": ["customOutputs"]}
    template = root.template | {
        "Metadata": root.template.get("Metadata", {}) | {"AWS::Amplify::Custom": said},
        "Outputs": root.template.get("Outputs", {}) | {"customOutputs": {"Value": '{"custom":{"greeting":"hello"}}'}},
    }
    return replace(assembly, stacks=(replace(root, template=template), *nested))
