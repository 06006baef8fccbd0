"""What `migrate fetch` downloads, what it leaves out, and that it changes nothing in the account."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from botocore.response import StreamingBody

from migrator.aws.live import PROBES
from migrator.aws.reading import VERBS, Reading, permission
from migrator.commands.fetch import Fetched, Request, fetch
from migrator.commands.fetch_copy import COPY
from migrator.commands.scan import scan
from migrator.core.errors import ArtifactError, AwsError, UsageError
from migrator.core.secrets import REDACTED
from migrator.gen1.drift import drift
from migrator.gen1.graph import Evidence
from migrator.gen1.live import Live, LiveResource, read_live
from migrator.gen1.project import discover
from tests.aws.stubbed import Stubbed
from tests.projects import ROOT

SHOP = ROOT / "sample_projects" / "shop" / "gen1"
STACK, BUCKET, APP = "amplify-papershop-main-4c1e9", "amplify-papershop-main-4c1e9-deployment", "d1fakeshop0001"
SECRET = "1a2b3c4d5e6f7g8h9i1a2b3c4d5e6f"
ARN = f"arn:aws:cloudformation:eu-west-1:123456789012:stack/{STACK}/6a0f2e10-00f1-11f1-9b1e-0a1b2c3d4e5f"


class Recorded(Stubbed):
    """Keeps the names of all operations that were asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def client(self, service: str) -> Any:
        new = service not in self._clients
        client = super().client(service)
        if new:
            client.meta.events.register(
                f"before-parameter-build.{client.meta.service_model.service_id.hyphenize()}",
                lambda model, **_: self.asked.append(model.name),
            )
        return client


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return data.getvalue()


def deployed() -> dict[str, bytes]:
    """The sample's deployed copy, as `amplify push` packs it."""
    folder = SHOP / "amplify" / COPY
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def stream(content: bytes) -> dict[str, Any]:
    return {"Body": StreamingBody(io.BytesIO(content), len(content))}


def account(archive: bytes | None = None, meta: bytes | None = None) -> Recorded:
    """The sample's account: its environment, deployment bucket and a few live resources."""
    files = deployed()
    aws = Recorded()
    environment = {
        "backendEnvironmentArn": "arn:aws:amplify:eu-west-1:123456789012:apps/x/backendenvironments/main",
        "environmentName": "main",
        "stackName": STACK,
        "deploymentArtifacts": BUCKET,
        "createTime": 0,
        "updateTime": 0,
    }
    aws.answers("amplify", "get_backend_environment", {"backendEnvironment": environment})
    aws.answers("s3", "get_object", stream(zipped(files.items()) if archive is None else archive))
    aws.answers("s3", "get_object", stream(files["amplify-meta.json"] if meta is None else meta))
    aws.answers("s3", "get_object", stream(files["backend-config.json"]))
    rows = [
        ("AWS::Cognito::UserPool", "eu-west-1_Pool1", "UserPool"),
        ("AWS::DynamoDB::Table", "loyalty-main", "Table"),
    ]
    nested = {
        "StackResourceSummaries": [
            {
                "LogicalResourceId": logical,
                "PhysicalResourceId": id,
                "ResourceType": type_,
                "ResourceStatus": "CREATE_COMPLETE",
                "LastUpdatedTimestamp": 0,
            }
            for type_, id, logical in rows
        ]
    }
    root = {
        "StackResourceSummaries": [
            {
                "LogicalResourceId": "authpapershop",
                "PhysicalResourceId": ARN,
                "ResourceType": "AWS::CloudFormation::Stack",
                "ResourceStatus": "CREATE_COMPLETE",
                "LastUpdatedTimestamp": 0,
            }
        ]
    }
    aws.answers("cloudformation", "list_stack_resources", root)
    aws.answers("cloudformation", "list_stack_resources", nested)
    aws.answers("cognito-idp", "describe_user_pool", {"UserPool": {"Id": "eu-west-1_Pool1", "Domain": "papershop"}})
    aws.answers("cognito-idp", "get_user_pool_mfa_config", {"MfaConfiguration": "OFF"})
    aws.answers("cognito-idp", "list_groups", {"Groups": [{"GroupName": "Staff"}]})
    aws.answers("cognito-idp", "list_user_pool_clients", {"UserPoolClients": [{"ClientId": "c1"}]})
    aws.answers(
        "cognito-idp",
        "describe_user_pool_client",
        {"UserPoolClient": {"ClientId": "c1", "ClientName": "web", "ClientSecret": SECRET}},
    )
    aws.answers("cognito-idp", "list_identity_providers", {"Providers": []})
    aws.answers("dynamodb", "describe_table", {"Table": {"TableName": "loyalty-main", "ItemCount": 7}})
    aws.fails("dynamodb", "describe_continuous_backups", "AccessDeniedException", "not you")
    aws.answers("dynamodb", "describe_time_to_live", {"TimeToLiveDescription": {"TimeToLiveStatus": "DISABLED"}})
    return aws


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The sample as most repositories have it: without what was deployed."""
    project = tmp_path / "shop"
    shutil.copytree(SHOP, project)
    shutil.rmtree(project / "amplify" / COPY)
    return project


def fetched(project: Path, aws: Stubbed | None = None, **more: Any) -> Fetched:
    return fetch(Request(project, env="main", region="eu-west-1", **more), session=aws or account())  # type: ignore[arg-type]


def test_only_operations_that_read_are_called(source: Path) -> None:
    aws = account()
    fetched(source, aws)
    assert len(aws.asked) > 10
    assert [name for name in aws.asked if not name.startswith(VERBS)] == []


def test_a_project_of_source_only_is_read_as_deployed_afterwards(source: Path) -> None:
    assert scan(source, "main").evidence is not Evidence.DEPLOYED
    fetched(source)
    assert scan(source, "main").evidence is Evidence.DEPLOYED


def test_nothing_differs_from_the_copy_that_the_gen1_cli_makes(source: Path) -> None:
    fetched(source)
    ours, theirs = scan(source, "main"), scan(SHOP, "main")
    assert ours.settings == theirs.settings
    assert [f.rule for f in ours.findings] == [f.rule for f in theirs.findings]


def test_the_api_id_is_told(source: Path) -> None:
    meta = json.loads(deployed()["amplify-meta.json"])
    id = meta["api"]["papershop"]["output"]["GraphQLAPIIdOutput"]
    assert ("papershop", id) in fetched(source).apis


def test_live_properties_are_kept_beside_the_copy(source: Path) -> None:
    fetched(source)
    live = read_live(discover(source, "main").apps[0])
    assert live is not None
    assert [one.id for one in live.of("AWS::DynamoDB::Table")] == ["loyalty-main"]
    assert live.of("AWS::Cognito::UserPool")[0].properties["Domain"] == "papershop"


def test_a_client_secret_is_not_stored(source: Path) -> None:
    fetched(source)
    written = [path for path in source.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]
    assert written == []


def test_a_question_that_is_refused_is_a_finding_with_the_permission(source: Path) -> None:
    found = [f for f in fetched(source).findings if f.rule == "AWS001"]
    assert [f.hint for f in found] == [
        "Allow `dynamodb:DescribeContinuousBackups` to the user or role of the credentials."
    ]


def test_a_refused_archive_leaves_the_project_as_it_is_and_the_rest_is_fetched(source: Path) -> None:
    done = fetched(source, account(zipped([("../../outside.json", b"{}")])))
    assert "AWS003" in {f.rule for f in done.findings}
    assert not (source.parent / "outside.json").exists()
    assert sorted(path.name for path in (source / "amplify" / COPY).iterdir()) == [
        "amplify-meta.json",
        "backend-config.json",
        "live.json",
    ]


def test_secrets_of_the_metadata_are_marked(source: Path) -> None:
    meta = json.loads(deployed()["amplify-meta.json"])
    meta["api"]["papershop"]["output"]["GraphQLAPIKeyOutput"] = "da2-abcdefghijklmnopqrstuvwxyz"
    done = fetched(source, account(meta=json.dumps(meta).encode()))
    kept = json.loads((source / "amplify" / COPY / "amplify-meta.json").read_text())
    assert kept["api"]["papershop"]["output"]["GraphQLAPIKeyOutput"] == REDACTED
    assert "AWS004" in {f.rule for f in done.findings}


def test_a_secret_that_was_left_out_is_no_change_that_was_not_pushed(source: Path) -> None:
    path = "function/shippingquote/parameters.json"
    text = json.dumps({"partnerToken": SECRET}).encode()
    (source / "amplify" / "backend" / path).write_bytes(text)
    done = fetched(source, account(zipped({**deployed(), path: text}.items())))
    assert path in done.written.created
    found = [f for f in scan(source, "main").findings if f.resource and f.resource.name == "shippingquote"]
    assert [f for f in found if f.rule == "GEN016"] == []


def test_files_of_secrets_are_left_out_and_named(source: Path) -> None:
    path = "function/shippingquote/src/.env"
    done = fetched(source, account(zipped({**deployed(), path: b"API_TOKEN=abcdef123456"}.items())))
    assert not (source / "amplify" / COPY / path).exists()
    assert any(path in f.message for f in done.findings if f.rule == "AWS004")


def test_a_link_in_place_of_the_copy_is_not_followed(source: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (source / "amplify" / COPY).symlink_to(elsewhere)
    with pytest.raises(ArtifactError, match="is a link"):
        fetched(source)
    assert list(elsewhere.iterdir()) == []


def test_old_copies_are_kept_up_to_a_number(source: Path) -> None:
    for number in range(12):
        (source / "amplify" / COPY).mkdir(exist_ok=True)
        (source / "amplify" / COPY / "amplify-meta.json").write_text(str(number))
        fetched(source)
    kept = sorted((source / "amplify" / ".migrate" / "before-fetch").iterdir())
    assert [path.name for path in kept] == [f"{number:04d}" for number in range(3, 13)]


def test_a_second_run_writes_nothing(source: Path) -> None:
    fetched(source)
    assert not fetched(source).written.touched


def test_a_copy_that_was_there_is_kept(source: Path) -> None:
    copy = source / "amplify" / COPY
    copy.mkdir()
    (copy / "amplify-meta.json").write_text('{"mine": 1}')
    done = fetched(source)
    assert done.written.changed == ("amplify-meta.json",)
    assert done.written.kept is not None
    assert (done.written.kept / "amplify-meta.json").read_text() == '{"mine": 1}'


def test_the_environment_that_the_gen1_cli_works_on_is_told_apart(source: Path) -> None:
    (source / "amplify" / ".config" / "local-env-info.json").write_text('{"envName": "dev"}')
    assert [f.rule for f in fetched(source).findings if f.rule == "AWS006"] == ["AWS006"]


def test_a_dry_run_writes_nothing(source: Path) -> None:
    before = sorted(source.rglob("*"))
    done = fetched(source, dry_run=True)
    assert done.written.created
    assert sorted(source.rglob("*")) == before


def test_an_empty_folder_becomes_a_project_that_scan_reads(tmp_path: Path) -> None:
    done = fetched(tmp_path, app_id=APP)
    assert ".config/local-env-info.json" in done.lacking
    assert scan(tmp_path).env == "main"
    assert scan(tmp_path).evidence is Evidence.DEPLOYED


def test_an_archive_that_may_not_be_read_is_a_finding_and_the_old_copy_stays(source: Path) -> None:
    shutil.copytree(SHOP / "amplify" / COPY, source / "amplify" / COPY)
    aws = Recorded()
    aws.fails("amplify", "get_backend_environment", "AccessDeniedException")
    for _ in range(3):
        aws.fails("s3", "get_object", "AccessDenied")
    aws.fails("cloudformation", "list_stack_resources", "AccessDenied")
    done = fetched(source, aws)
    assert [f.rule for f in done.findings] == ["AWS002", "AWS002", "AWS001"]
    assert "s3:GetObject" in done.findings[0].hint
    assert (source / "amplify" / COPY / "amplify-meta.json").exists()


def test_an_environment_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    aws = Stubbed().fails("amplify", "get_backend_environment", "NotFoundException")
    aws.answers("amplify", "list_backend_environments", {"backendEnvironments": []})
    with pytest.raises(UsageError, match="no Gen 1 environment 'main'"):
        fetched(tmp_path, aws, app_id=APP)


def test_credentials_that_do_not_work_stop_it(tmp_path: Path) -> None:
    aws = Stubbed().fails("amplify", "get_backend_environment", "ExpiredTokenException")
    with pytest.raises(AwsError, match="expired"):
        fetched(tmp_path, aws, app_id=APP)


def test_without_an_app_id_anywhere_it_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--app-id"):
        fetched(tmp_path)


def test_an_operation_that_writes_is_refused_before_it_is_sent() -> None:
    with pytest.raises(AwsError, match="could change something"):
        Reading(Stubbed()).ask("s3", "DeleteObject", Bucket="b", Key="k")  # type: ignore[arg-type]


def test_the_policy_in_the_documentation_allows_every_question() -> None:
    text = (ROOT / "docs" / "fetch.md").read_text()
    allowed = json.loads(text.partition("```json\n")[2].partition("```")[0])["Statement"][0]["Action"]
    asked = {
        permission(service, operation)
        for service, probes in PROBES.values()
        for probe in probes
        for operation in (probe.operation, *((probe.follow.operation,) if probe.follow else ()))
    }
    assert [action for action in sorted(asked) if not any(fnmatch(action, one) for one in allowed)] == []


def test_a_table_that_was_changed_in_the_console_is_told(source: Path) -> None:
    live = Live(APP, "main", "eu-west-1", STACK, (_live_table("PROVISIONED"),))
    fetched(source)
    app = discover(source, "main").apps[0]
    assert [(one.id, one.setting, one.pushed, one.live) for one in drift(app, live)] == [
        ("Order-x-main", "billing mode", "PAY_PER_REQUEST", "PROVISIONED")
    ]


def test_a_pool_with_an_attribute_more_is_told(source: Path) -> None:
    fetched(source)
    app = discover(source, "main").apps[0]
    pool = next(entry for entry in app.of("auth", "Cognito"))
    template = pool.template()
    assert template is not None
    schema = next(template.resources("AWS::Cognito::UserPool")).properties.get("Schema").whole().value
    assert isinstance(schema, list)
    names = [row for row in schema if isinstance(row, dict)]
    attributes = [{**row, "Name": _live_name(str(row["Name"]))} for row in names]
    attributes += [{"Name": "sub", "Required": True}, {"Name": "custom:byhand", "Required": False}]
    properties = {"SchemaAttributes": attributes}
    logical = next(template.resources("AWS::Cognito::UserPool")).logical_id
    one = LiveResource("AWS::Cognito::UserPool", "pool", logical, f"auth{pool.ref.name}", properties)
    found = drift(app, Live(APP, "main", "eu-west-1", STACK, (one,)))
    assert [(d.setting, "byhand" in d.live) for d in found] == [("custom attributes", True)]


def _live_name(name: str) -> str:
    return name if name in ("email", "phone_number", "name", "family_name", "given_name") else f"custom:{name}"


def _live_table(billing: str) -> LiveResource:
    """The table of the model Order as its template has it, but for the billing mode."""
    copy = json.loads(deployed()["api/papershop/build/stacks/Order.json"])
    logical = next(name for name, body in copy["Resources"].items() if body["Type"] == "AWS::DynamoDB::Table")
    declared = copy["Resources"][logical]["Properties"]
    indexes = [{"IndexName": row["IndexName"]} for row in declared.get("GlobalSecondaryIndexes", ())]
    properties = {
        "BillingModeSummary": {"BillingMode": billing},
        "KeySchema": declared["KeySchema"],
        "GlobalSecondaryIndexes": indexes,
        "StreamSpecification": {"StreamViewType": "NEW_AND_OLD_IMAGES"},
    }
    return LiveResource("AWS::DynamoDB::Table", "Order-x-main", logical, "apipapershop/Order", properties)
