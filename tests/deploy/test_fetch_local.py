"""`migrate fetch` from a Gen 1 backend that really is deployed, on the local AWS."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from migrator.commands.fetch import Fetched, Request, fetch
from migrator.commands.fetch_copy import COPY
from migrator.commands.scan import scan
from migrator.deploy.gen1_stack import deploy_gen1
from migrator.gen1.graph import Evidence
from migrator.gen1.project import discover
from migrator.local.process import LocalAws
from migrator.node.toolchain import find_toolchain
from tests.projects import ROOT

pytestmark = [pytest.mark.local, pytest.mark.node]
SHOP = ROOT / "sample_projects" / "shop" / "gen1"


@pytest.fixture(scope="module")
def done(
    local_tools: None, pinned_packages: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, Fetched]]:
    """The sample, deployed as the CLI leaves it, and fetched into a copy that holds its source only."""
    folder = tmp_path_factory.mktemp("fetch")
    app = discover(SHOP, "main").apps[0]
    toolchain = find_toolchain(folder, install=False, progress=print)
    with LocalAws.start(folder / "state", install=False, node_modules=toolchain.modules) as local:
        deploy_gen1(local, app)
        _push(local, str(app.cursor("providers").get("awscloudformation", "DeploymentBucketName").text().value))
        project = folder / "shop"
        shutil.copytree(SHOP, project)
        shutil.rmtree(project / "amplify" / COPY)
        yield project, fetch(Request(project, env="main", region=local.region), session=local.session)


def _push(local: LocalAws, bucket: str) -> None:
    """What `amplify push` leaves in the deployment bucket at its end."""
    copy = SHOP / "amplify" / COPY
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(copy.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(copy).as_posix())
    client = local.session.client("s3")
    client.put_object(Bucket=bucket, Key="#current-cloud-backend.zip", Body=data.getvalue())
    for name in ("amplify-meta.json", "backend-config.json"):
        client.put_object(Bucket=bucket, Key=name, Body=(copy / name).read_bytes())


def test_the_deployed_backend_is_there_as_a_whole(done: tuple[Path, Fetched]) -> None:
    project, fetched = done
    assert fetched.whole
    assert scan(project, "main").evidence is Evidence.DEPLOYED


def test_live_pools_buckets_and_tables_are_seen_through_all_nested_stacks(done: tuple[Path, Fetched]) -> None:
    _, fetched = done
    assert fetched.live is not None
    kinds = {one.type for one in fetched.live.resources}
    assert {"AWS::Cognito::UserPool", "AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::AppSync::GraphQLApi"} <= kinds
    tables = [one for one in fetched.live.of("AWS::DynamoDB::Table") if one.stack.startswith("apipapershop/")]
    assert all(one.properties["TableStatus"] == "ACTIVE" for one in tables)
    assert len(tables) == 5


def test_every_question_was_answered(done: tuple[Path, Fetched]) -> None:
    _, fetched = done
    assert [f"{one.rule} {one.message}" for one in fetched.findings if one.rule != "AWS004"] == []
