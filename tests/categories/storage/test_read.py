"""Reading buckets and tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from migrator.categories.storage.category import CATEGORY
from migrator.categories.storage.model import Bucket, BucketPolicy, ImportedStorage, Permission, Principal, TableNode
from migrator.core.ref import ResourceRef
from migrator.gen1.graph import LinkKind, Resource
from migrator.gen1.project import discover

FILES = ResourceRef("storage", "files")
ALL = (Permission.GET, Permission.WRITE, Permission.DELETE)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path


def read(root: Path, service: str, files: dict[str, Any], **index: Any) -> Resource:
    """The resource `storage/files` with these settings files."""
    entry = {"files": {"service": service, "providerPlugin": "awscloudformation", **index}}
    indexes = {"storage": entry, "auth": {"pool": {"service": "Cognito", "providerPlugin": "awscloudformation"}}}
    write(root / "amplify/backend/backend-config.json", indexes)
    for name, content in files.items():
        write(root / "amplify/backend/storage/files" / name, content)
    app = discover(root).apps[0]
    found = app.entry(FILES)
    assert found is not None
    return CATEGORY.read(found, app)


def write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))


def bucket(resource: Resource) -> Bucket:
    node = resource.facts[0].node
    assert isinstance(node, Bucket)
    return node


def choices(**values: Any) -> dict[str, Any]:
    return {"cli-inputs.json": {"resourceName": "files", "bucketName": "live", "storageAccess": "auth", **values}}


def policy(actions: Any, resource: Any, role: str = "AuthRoleName") -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": actions, "Resource": resource}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    return {"Type": "AWS::IAM::Policy", "Properties": {"PolicyDocument": document, "Roles": [{"Ref": role}]}}


def template(**resources: Any) -> dict[str, Any]:
    made = {"S3Bucket": {"Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain", "Properties": {}}, **resources}
    parameters = {name: {"Type": "String"} for name in ("AuthRoleName", "UnauthRoleName")}
    return {"build/cloudformation-template.json": {"Parameters": parameters, "Resources": made}}


def on(path: str) -> list[Any]:
    return [{"Fn::Join": ["", ["arn:aws:s3:::", {"Ref": "S3Bucket"}, path]]}]


def test_guests_have_no_rights_when_nothing_is_chosen_for_them(root: Path) -> None:
    node = bucket(read(root, "S3", choices(authAccess=["READ"], guestAccess=[])))
    assert node.guest == type(node.guest)()


def test_a_reader_may_list(root: Path) -> None:
    assert bucket(read(root, "S3", choices(authAccess=["READ"]))).signed_in.lists


def test_a_writer_may_not_list(root: Path) -> None:
    assert not bucket(read(root, "S3", choices(authAccess=["CREATE_AND_UPDATE"]))).signed_in.lists


def test_private_files_have_the_rights_of_users(root: Path) -> None:
    node = bucket(read(root, "S3", choices(authAccess=["READ", "CREATE_AND_UPDATE", "DELETE"])))
    assert node.signed_in.private == ALL


def test_uploads_take_only_writes(root: Path) -> None:
    node = bucket(read(root, "S3", choices(authAccess=["READ", "CREATE_AND_UPDATE", "DELETE"])))
    assert node.signed_in.uploads == (Permission.WRITE,)


def test_a_group_has_the_whole_bucket(root: Path) -> None:
    resource = read(root, "S3", choices(groupAccess={"Admins": ["READ"]}))
    node = resource.facts[1].node
    assert isinstance(node, BucketPolicy)
    assert node.statements[0]["Resource"] == ["arn:aws:s3:::${S3Bucket}/*"]


def test_groups_of_old_projects_are_read(root: Path) -> None:
    old = {
        "parameters.json": {"bucketName": "live"},
        "storage-params.json": {"groupPermissionMap": {"Ops": ["delete"]}},
    }
    node = read(root, "S3", old).facts[1].node
    assert isinstance(node, BucketPolicy)
    assert node.statements[0]["Action"] == ["s3:DeleteObject"]


def test_a_policy_of_the_cli_is_read_as_rights(root: Path) -> None:
    files = template(S3AuthPublicPolicy=policy(["s3:GetObject", "s3:PutObject"], on("/public/*")))
    assert bucket(read(root, "S3", files)).signed_in.public == (Permission.GET, Permission.WRITE)


def test_a_policy_that_was_edited_stays_a_policy(root: Path) -> None:
    files = template(S3AuthPublicPolicy=policy(["s3:GetObject"], on("/shared/*")))
    resource = read(root, "S3", files)
    assert bucket(resource).signed_in.public == ()
    assert isinstance(resource.facts[1].node, BucketPolicy)


def test_an_edited_policy_of_guests_is_for_guests(root: Path) -> None:
    files = template(Odd=policy("s3:GetObjectTagging", on("/*"), "UnauthRoleName"))
    node = read(root, "S3", files).facts[1].node
    assert isinstance(node, BucketPolicy)
    assert node.principal is Principal.GUEST


def test_rights_of_users_link_to_the_pool(root: Path) -> None:
    links = read(root, "S3", choices(authAccess=["READ"])).links
    assert [(link.target.name, link.kind) for link in links] == [("pool", LinkKind.AUTHORIZES)]


def test_a_bucket_without_rights_links_to_nothing(root: Path) -> None:
    assert read(root, "S3", choices()).links == ()


def test_a_trigger_is_linked(root: Path) -> None:
    links = read(root, "S3", choices(triggerFunction="thumbs")).links
    assert [(link.target.name, link.kind) for link in links] == [("thumbs", LinkKind.TRIGGER)]


def test_properties_of_overrides_are_kept(root: Path) -> None:
    files = template(S3Bucket={"Type": "AWS::S3::Bucket", "Properties": {"ObjectLockEnabled": True}})
    assert bucket(read(root, "S3", files)).other == {"ObjectLockEnabled": True}


def test_an_imported_bucket_is_referred_to(root: Path) -> None:
    resource = read(root, "S3", {"parameters.json": {"serviceType": "imported"}}, serviceType="imported")
    assert isinstance(resource.facts[0].node, ImportedStorage)


def table(root: Path, properties: dict[str, Any]) -> TableNode:
    made = {"Resources": {"DynamoDBTable": {"Type": "AWS::DynamoDB::Table", "Properties": properties}}}
    node = read(root, "DynamoDB", {"build/files-cloudformation-template.json": made}).facts[0].node
    assert isinstance(node, TableNode)
    return node


KEYS = {
    "AttributeDefinitions": [
        {"AttributeName": "id", "AttributeType": "S"},
        {"AttributeName": "at", "AttributeType": "N"},
    ],
    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "at", "KeyType": "RANGE"}],
}


def test_the_type_of_a_key_comes_from_its_definition(root: Path) -> None:
    node = table(root, KEYS)
    assert node.sort is not None
    assert node.sort.type == "N"


def test_capacity_may_be_written_as_text(root: Path) -> None:
    throughput = {"ProvisionedThroughput": {"ReadCapacityUnits": "7", "WriteCapacityUnits": "3"}}
    node = table(root, KEYS | throughput)
    assert (node.read_capacity, node.write_capacity) == (7, 3)


def test_a_time_to_live_that_is_off_is_none(root: Path) -> None:
    node = table(root, KEYS | {"TimeToLiveSpecification": {"AttributeName": "expires", "Enabled": False}})
    assert node.ttl == ""


def test_a_table_without_a_template_has_the_stream_of_the_cli(root: Path) -> None:
    chosen = {"cli-inputs.json": {"tableName": "t", "partitionKey": {"fieldName": "id", "fieldType": "number"}}}
    node = read(root, "DynamoDB", chosen).facts[0].node
    assert isinstance(node, TableNode)
    assert (node.stream, node.partition.type) == ("NEW_IMAGE", "N")
