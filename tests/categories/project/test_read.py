"""What the files say about a project as a whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from migrator.categories.project.model import CategoryFile, FeatureFlag, ProjectSettings, Tag
from migrator.categories.project.read import read_app
from migrator.commands.assessment import Assessment
from migrator.engine.rule import Outcome
from migrator.gen1.graph import Resource
from migrator.gen1.project import App, discover

ARN = "arn:aws:iam::123456789012:policy/Bounded"


def app(root: Path, files: dict[str, Any], env: str | None = None) -> App:
    for path, content in {"backend/backend-config.json": {}, **files}.items():
        (root / "amplify" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "amplify" / path).write_text(content if isinstance(content, str) else json.dumps(content))
    return discover(root, env).apps[0]


def resource(root: Path, files: dict[str, Any], env: str | None = None) -> Resource:
    found = read_app(app(root, files, env))
    assert found is not None
    return found


def settings(root: Path, files: dict[str, Any], env: str | None = None) -> ProjectSettings:
    node = resource(root, files, env).facts[0].node
    assert isinstance(node, ProjectSettings)
    return node


def team(**boundaries: str) -> dict[str, Any]:
    keys = {env: {"PermissionsBoundaryPolicyArn": arn} if arn else {} for env, arn in boundaries.items()}
    return {env: {"awscloudformation": {"StackName": f"amplify-x-{env}", **found}} for env, found in keys.items()}


def test_tags_keep_their_order_and_placeholders(tmp_path: Path) -> None:
    tags = [{"Key": "b", "Value": "{project-env}"}, {"Key": "a", "Value": "1"}]
    assert settings(tmp_path, {"backend/tags.json": tags}).tags == (Tag("b", "{project-env}"), Tag("a", "1"))


def test_a_tag_without_a_key_stays_unread(tmp_path: Path) -> None:
    one = Assessment(app(tmp_path, {"backend/tags.json": [{"Value": "x"}]}))
    assert one.accounts[-1].unread == (("tags.json", "/0/Value"),)


def test_boundaries_of_all_environments_are_read(tmp_path: Path) -> None:
    found = settings(tmp_path, {"team-provider-info.json": team(dev=ARN, open="")}, "dev")
    assert found.permissions_boundaries == {"dev": ARN, "open": ""}


def test_a_project_without_boundaries_has_none(tmp_path: Path) -> None:
    assert settings(tmp_path, {"team-provider-info.json": team(dev="")}).permissions_boundaries == {}


def test_samples_of_hooks_are_no_hooks(tmp_path: Path) -> None:
    files = {"hooks/pre-push.js": "", "hooks/post-push.sh.sample": "", "hooks/README.md": ""}
    assert settings(tmp_path, files).hooks == ("amplify/hooks/pre-push.js",)


def test_flags_are_named_in_lower_case(tmp_path: Path) -> None:
    cli = {"features": {"graphQLTransformer": {"secondaryKeyAsGSI": True}}}
    facts = resource(tmp_path, {"cli.json": cli}).facts
    assert [f.node.flag for f in facts if isinstance(f.node, FeatureFlag)] == ["graphqltransformer.secondarykeyasgsi"]


def test_a_flag_of_the_environment_is_read_beside_the_project_s(tmp_path: Path) -> None:
    cli = {"features": {"codegen": {"addtimestampfields": True}}}
    files = {"cli.json": cli, "cli.dev.json": cli, "team-provider-info.json": team(dev="")}
    flag = resource(tmp_path, files).facts[1]
    assert [s.document.name for s in flag.sources["flag"]] == ["amplify/cli.dev.json", "amplify/cli.json"]


def test_a_file_beside_the_resources_of_a_category_is_listed(tmp_path: Path) -> None:
    facts = resource(tmp_path, {"backend/api/APIGatewayAuthStack.json": {"Resources": {}}}).facts
    assert facts[-1].node == CategoryFile("api/APIGatewayAuthStack.json")


def test_a_front_end_alone_has_no_project(tmp_path: Path) -> None:
    (tmp_path / "aws-exports.js").write_text("export default { aws_project_region: 'eu-west-1' };")
    assert read_app(discover(tmp_path).apps[0]) is None


def test_wrong_types_are_findings(tmp_path: Path) -> None:
    found = app(tmp_path, {"backend/tags.json": [{"Key": {}, "Value": "x"}]})
    read_app(found)
    assert [f.rule for f in found.findings if f.rule == "GEN005"] == ["GEN005"]


def test_a_flag_that_no_rule_knows_is_a_gap(tmp_path: Path) -> None:
    one = Assessment(app(tmp_path, {"cli.json": {"features": {"newsection": {"newflag": True}}}}))
    assert one.accounts[-1].counts[Outcome.GAP] == 1
