"""Models that are searched: the domain, its stream, and how an index is filled."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from migrator.categories.data.observe_search import name
from migrator.core.finding import Severity
from migrator.engine.observed import Declared
from migrator.node.toolchain import Toolchain
from tests.categories.data.gen1_api import assess, project
from tests.categories.data.synthesis import resources, synthesis
from tests.categories.data.test_convert import files
from tests.projects import ROOT

FIXTURE = ROOT / "tests" / "fixtures" / "gen1" / "graphql-search"
PAGE = ROOT / "docs" / "data-rest.md"
TEXT = "type Plant @model @searchable @auth(rules: [{ allow: public }]) { id: ID! name: String }"
DOMAIN = "additionalCfnResources['OpenSearchDomain']"


def wiring(root: Path, **given: Any) -> str:
    return files(project(root, **{"schema": TEXT, **given}))["data/wiring.ts"]


def test_the_domain_gets_what_the_environment_says() -> None:
    made = files(FIXTURE)["data/wiring.ts"]
    assert "searchInstanceType.default = 'm5.large.elasticsearch';" in made
    assert "searchInstanceCount.default = 2;" in made
    assert "searchEBSVolumeGB.default = 20;" in made
    assert "searchStreamBatchSize.default = 50;" in made


def test_what_the_transformer_takes_by_itself_is_not_written(tmp_path: Path) -> None:
    same = {"OpenSearchInstanceType": "t2.small.elasticsearch", "OpenSearchStreamingFunctionName": "DdbToEsFn"}
    assert "OpenSearch" not in wiring(tmp_path, parameters=same)


def test_old_names_of_the_parameters_mean_the_same(tmp_path: Path) -> None:
    made = wiring(tmp_path, parameters={"ElasticSearchInstanceCount": "3"})
    assert "'OpenSearchInstanceCount'" in made
    assert "searchInstanceCount.default = 3;" in made


def test_nodes_that_speak_encrypted_go_on(tmp_path: Path) -> None:
    assert DOMAIN in wiring(tmp_path / "on", flags={"enablesearchnodetonodeencryption": True})
    assert DOMAIN not in wiring(tmp_path / "off")


def test_parameters_of_a_domain_that_is_not_made_are_left_out(tmp_path: Path) -> None:
    text = TEXT.replace("@searchable ", "")
    made = wiring(tmp_path, schema=text, parameters={"OpenSearchInstanceCount": 3})
    assert "OpenSearch" not in made


def test_search_blocks_nothing() -> None:
    found = [one for one in assess(FIXTURE).findings if one.rule == "DATA120"]
    assert [one.severity for one in found] == [Severity.WARNING, Severity.INFO]


STACK = "api/shop/SearchableStack"


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        (Declared(f"{STACK}#OpenSearchDomain", "AWS::Elasticsearch::Domain", stack=STACK), "search domain"),
        (
            Declared(f"{STACK}#OpenSearchStreamingLambdaFunction6ED4A1FD", "AWS::Lambda::Function", stack=STACK),
            "function of the search stream",
        ),
        (
            Declared(
                "x#Y",
                "AWS::IAM::Role",
                stack="data/shop/SearchableStack",
                path="data/shop/SearchableStack/OpenSearchStreamingLambdaIAMRole",
            ),
            "role of the search stream",
        ),
        (Declared("api/shop/Other#OpenSearchDomain", "AWS::Elasticsearch::Domain", stack="api/shop/Other"), ""),
        (Declared(f"{STACK}#OpenSearchDataSource", "AWS::AppSync::DataSource", stack=STACK), ""),
    ],
)
def test_parts_of_the_search_have_the_same_name_in_both_generations(declared: Declared, said: str) -> None:
    assert name(declared) == said


def command() -> str:
    """The command of the page that fills an index, without what asks AWS."""
    (block,) = re.findall(r"```bash\n(.*?)```", PAGE.read_text(), re.DOTALL)
    found = re.search(r"jq -c --arg stream \"\$STREAM\" '(.*?)' \|", block, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.node
@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
def test_the_command_of_the_page_fills_an_index(tmp_path: Path, toolchain: Toolchain) -> None:
    place = "**/graphql-searchable-transformer/lib/streaming-lambda.zip"
    with zipfile.ZipFile(next(toolchain.modules.glob(place))) as packed:
        packed.extractall(tmp_path)
    rows = {"Items": [{"id": {"S": "a"}, "seconds": {"N": "3"}}, {"id": {"S": "b"}}]}
    stream = "arn:aws:dynamodb:eu-central-1:123456789012:table/Recording-abc-NONE/stream/2026"
    asked = ("jq", "-c", "--arg", "stream", stream, command())
    made = subprocess.run(asked, input=json.dumps(rows), capture_output=True, text=True, check=True)
    code = "import python_streaming_function as p, sys, json\np.post_to_opensearch = print\n"
    code += "p._lambda_handler(json.load(sys.stdin), None)"
    said = {"OPENSEARCH_ENDPOINT": "https://example.com", "OPENSEARCH_REGION": "eu-central-1", "DEBUG": "0"}
    done = subprocess.run(
        (sys.executable, "-c", code),
        cwd=tmp_path,
        env={**os.environ, **said, "OPENSEARCH_USE_EXTERNAL_VERSIONING": "false"},
        input=made.stdout,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines() if line]
    assert lines[0] == {"index": {"_index": "recording", "_type": "_doc", "_id": "a"}}
    assert lines[1::2] == [{"id": "a", "seconds": 3}, {"id": "b"}]


@pytest.mark.node
def test_the_domain_that_is_synthesized_is_gen_1s(tmp_path: Path, toolchain: Toolchain) -> None:
    with synthesis(FIXTURE, tmp_path / "gen2", toolchain) as made:
        (domain,) = resources(made, "AWS::Elasticsearch::Domain").values()
        assert made.assembly
        texts = [file.read_text() for file in made.assembly.folder.glob("*.template.json")]
        parameters = {key: one for text in texts for key, one in json.loads(text).get("Parameters", {}).items()}
        stays = [one.get("DeletionPolicy") for one in resources(made, "AWS::DynamoDB::Table").values()]
    assert domain["Properties"]["NodeToNodeEncryptionOptions"] == {"Enabled": True}
    said = {key: one.get("Default") for key, one in parameters.items() if "OpenSearch" in key and "Default" in one}
    assert {"m5.large.elasticsearch", 2, 20, 50} <= set(said.values())
    assert stays == ["Retain"]
