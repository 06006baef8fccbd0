"""Custom stacks in Gen 2's wiring."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from migrator.commands.convert import Conversion, Request, convert

BUCKET = {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Fn::Sub": "uploads-${env}"}}}
ENV = {"env": {"Type": "String"}}


def template(resources: dict[str, Any], parameters: dict[str, Any] = ENV, **more: Any) -> dict[str, Any]:
    return {"Parameters": parameters, "Resources": resources, **more}


def converted(folder: Path, files: dict[str, Any], options: dict[str, Any] | None = None) -> tuple[Conversion, str]:
    backend = folder / "gen1/amplify/backend"
    service = "customCDK" if "cdk-stack.ts" in files else "customCloudformation"
    index = {"custom": {"quay": {"service": service, "providerPlugin": "awscloudformation"}}}
    team = {"dev": {"categories": {"custom": {"quay": (options or {}).pop("team", {})}}}}
    team = (options or {}).pop("teams", team)
    (folder / "gen1/amplify/backend/custom/quay").mkdir(parents=True)
    (folder / "gen1/amplify/team-provider-info.json").write_text(json.dumps(team))
    (backend / "backend-config.json").write_text(json.dumps(index))
    for name, content in files.items():
        path = backend / "custom/quay" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    conversion = convert(Request(folder / "gen1", folder / "gen2", **(options or {})))[0]
    wiring = folder / "gen2/amplify/custom/wiring.ts"
    return conversion, " ".join(wiring.read_text().split()) if wiring.exists() else ""


def rules(conversion: Conversion) -> list[str]:
    return [one.rule for one in conversion.findings if one.rule.startswith("CUS")]


TEMPLATE = "quay-cloudformation-template.json"


def test_a_template_is_included_in_a_stack_of_its_own(tmp_path: Path) -> None:
    _, wiring = converted(tmp_path, {TEMPLATE: template({"T": {"Type": "AWS::SNS::Topic"}})})
    assert "new CfnInclude(backend.createStack('custom-quay'), 'quay', {" in wiring
    assert "parameters: { env: process.env.AWS_BRANCH ?? 'sandbox' }" in wiring.replace(", }", " }")


def test_the_template_keeps_its_text(tmp_path: Path) -> None:
    text = '{"Parameters": {"env": {"Type": "String"}},\n "Resources": {"T": {"Type": "AWS::SNS::Topic"}}}'
    converted(tmp_path, {TEMPLATE: text})
    assert (tmp_path / "gen2/amplify/custom/quay/template.json").read_text() == text


def test_comments_of_a_template_are_left_out(tmp_path: Path) -> None:
    text = '{\n// topics\n"Resources": {"T": {"Type": "AWS::SNS::Topic"}}}'
    converted(tmp_path, {TEMPLATE: text})
    assert json.loads((tmp_path / "gen2/amplify/custom/quay/template.json").read_text())["Resources"]


def test_yaml_stays_yaml(tmp_path: Path) -> None:
    text = "Resources:\n  T:\n    Type: AWS::SNS::Topic\n    Properties:\n      DisplayName: !Sub 'a-${AWS::Region}'\n"
    converted(tmp_path, {"quay-cloudformation-template.yaml": text})
    assert (tmp_path / "gen2/amplify/custom/quay/template.yaml").read_text() == text


def test_parameters_get_the_values_of_gen_1(tmp_path: Path) -> None:
    parameters = {**ENV, "days": {"Type": "Number"}, "mail": {"Type": "String"}, "all": {"Type": "CommaDelimitedList"}}
    files = {TEMPLATE: template({}, parameters), "parameters.json": {"days": 3, "all": ["a", "b"]}}
    _, wiring = converted(tmp_path, files, {"team": {"mail": "x@example.com"}})
    assert "days: 3, mail: 'x@example.com', all: ['a', 'b']" in wiring


def test_values_of_environments_are_listed_by_branch(tmp_path: Path) -> None:
    files = {TEMPLATE: template({}, {"mail": {"Type": "String"}})}
    teams = {env: {"categories": {"custom": {"quay": {"mail": f"{env}@example.com"}}}} for env in ("dev", "prod")}
    _, wiring = converted(tmp_path, files, {"teams": teams, "env": "prod", "branch_map": {"prod": "main"}})
    assert "{ dev: 'dev@example.com', main: 'prod@example.com', };" in wiring
    assert "mail: quayMail[process.env.AWS_BRANCH ?? 'sandbox'] ?? 'prod@example.com'" in wiring


def test_a_secret_parameter_is_not_written(tmp_path: Path) -> None:
    parameters = {"token": {"Type": "String", "NoEcho": True}}
    files = {TEMPLATE: template({}, parameters), "parameters.json": {"token": "s3cr3t"}}
    conversion, wiring = converted(tmp_path, files)
    assert "token: reference('CUSTOM_QUAY_TOKEN')" in wiring
    assert "s3cr3t" not in "".join(p.read_text() for p in (tmp_path / "gen2/amplify").rglob("*.ts"))
    assert "CUS011" in rules(conversion)


def test_a_name_of_the_live_resource_is_changed_and_told(tmp_path: Path) -> None:
    conversion, wiring = converted(tmp_path, {TEMPLATE: template({"B": BUCKET})})
    assert ".addPropertyOverride('BucketName', `uploads-${branch}-gen2`)" in wiring
    assert "CUS040" in rules(conversion)


def test_a_name_with_another_branch_in_it_stays(tmp_path: Path) -> None:
    conversion, wiring = converted(tmp_path, {TEMPLATE: template({"B": BUCKET})}, {"branch_map": {"dev": "develop"}})
    assert "addPropertyOverride" not in wiring
    assert "CUS040" not in rules(conversion)


def test_a_name_that_other_resources_spell_is_a_gap(tmp_path: Path) -> None:
    policy = {
        "Type": "AWS::IAM::ManagedPolicy",
        "Properties": {
            "PolicyDocument": {
                "Statement": [
                    {"Effect": "Allow", "Action": "s3:*", "Resource": {"Fn::Sub": "arn:aws:s3:::uploads-${env}/*"}}
                ]
            }
        },
    }
    conversion, _ = converted(tmp_path, {TEMPLATE: template({"B": BUCKET, "P": policy})})
    assert "CUS042" in rules(conversion)


def test_an_export_of_the_live_stack_is_renamed(tmp_path: Path) -> None:
    outputs = {"Url": {"Value": "x", "Export": {"Name": "quay-url"}}}
    _, wiring = converted(tmp_path, {TEMPLATE: template({"T": {"Type": "AWS::SNS::Topic"}}, Outputs=outputs)})
    assert "quayStack.getOutput('Url').exportName = 'quay-url-gen2';" in wiring


def test_files_and_rows_outlive_their_stack(tmp_path: Path) -> None:
    _, wiring = converted(tmp_path, {TEMPLATE: template({"B": {"Type": "AWS::S3::Bucket"}})})
    assert "quayStack.getResource('B').applyRemovalPolicy(RemovalPolicy.RETAIN);" in wiring


STACK = """import * as cdk from 'aws-cdk-lib';
import { Construct } from 'constructs';
%s
export class cdkStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);
  }
}
"""


def test_code_is_carried_over_with_what_lies_beside_it(tmp_path: Path) -> None:
    files = {"cdk-stack.ts": STACK % "import rules from './rules.json';", "rules.json": {"a": 1}}
    _, wiring = converted(tmp_path, files)
    assert "new QuayStack(backend.stack, 'custom-quay', {" in wiring
    assert (tmp_path / "gen2/amplify/custom/quay/rules.json").exists()


def test_packages_of_the_code_are_asked_for(tmp_path: Path) -> None:
    package = {"dependencies": {"aws-cdk-lib": "~2.80.0", "cdk-iam-floyd": "^0.500.0"}}
    converted(tmp_path, {"cdk-stack.ts": STACK % "import 'cdk-iam-floyd';", "package.json": package})
    found = json.loads((tmp_path / "gen2/package.json").read_text())
    assert found["dependencies"] == {"cdk-iam-floyd": "^0.500.0"}


def test_the_built_template_stands_for_code_that_cannot_be_carried_over(tmp_path: Path) -> None:
    files = {
        "cdk-stack.ts": STACK % "import x from '../other/x';",
        "build/quay-cloudformation-template.json": template({"T": {"Type": "AWS::SNS::Topic"}}),
    }
    conversion, wiring = converted(tmp_path, files)
    assert "new CfnInclude(" in wiring
    assert "CUS012" in rules(conversion)


def test_code_that_cannot_be_carried_over_is_a_gap_without_a_template(tmp_path: Path) -> None:
    conversion, wiring = converted(tmp_path, {"cdk-stack.ts": STACK % "import x from './missing';"})
    assert rules(conversion) == ["CUS901"]
    assert wiring == ""


def test_a_stack_without_files_is_a_gap(tmp_path: Path) -> None:
    conversion, _ = converted(tmp_path, {"package.json": {"name": "x"}})
    assert rules(conversion) == ["CUS900"]
