"""What functions become."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migrator.engine.context import Options
from tests.categories.function.gen1_function import HANDLER, allow, app, emitted, findings, flat, job, policy, template

KEY = "sk_live_abcdefghij1234567890"


def test_a_function_keeps_its_limits(tmp_path: Path) -> None:
    text = emitted(job(tmp_path, template({"MemorySize": 256})))["job/resource.ts"]
    assert "runtime: 22,\n  timeoutSeconds: 25,\n  memoryMB: 256," in text


def test_an_old_runtime_becomes_22_and_is_told(tmp_path: Path) -> None:
    found = job(tmp_path, template({"Runtime": "nodejs14.x"}))
    assert "runtime: 22" in emitted(found)["job/resource.ts"]
    assert "FUN012" in findings(found)


def test_the_environments_name_is_the_branch(tmp_path: Path) -> None:
    assert "ENV: process.env.AWS_BRANCH ?? 'sandbox'" in emitted(job(tmp_path))["job/resource.ts"]


def test_the_region_is_set_once_for_all_functions(tmp_path: Path) -> None:
    body = template(variables={"REGION": {"Ref": "AWS::Region"}})
    files = {name: {f"{name}-cloudformation-template.json": body, "src/index.js": HANDLER} for name in ("one", "two")}
    text = flat(emitted(app(tmp_path, files))["wiring.ts"])
    assert (
        "for (const target of [backend.one, backend.two]) { target.addEnvironment('REGION', backend.stack.region);"
        in text
    )


def test_a_secret_is_in_no_file(tmp_path: Path) -> None:
    found = job(tmp_path, template(variables={"STRIPE": KEY}))
    texts = emitted(found)
    assert "STRIPE: secret('STRIPE')" in texts["job/resource.ts"]
    assert not any(KEY in text for text in texts.values())
    assert "FUN024" in findings(found)


def test_a_secret_of_two_functions_has_two_names(tmp_path: Path) -> None:
    body = template(variables={"KEY": "/amplify/d1/dev/AMPLIFY_x_KEY"})
    files = {name: {f"{name}-cloudformation-template.json": body, "src/index.js": HANDLER} for name in ("one", "two")}
    texts = emitted(app(tmp_path, files))
    assert "secret('one_KEY')" in texts["one/resource.ts"]
    assert "secret('two_KEY')" in texts["two/resource.ts"]


def test_values_by_environment_are_values_by_branch(tmp_path: Path) -> None:
    def env(limit: str) -> dict[str, Any]:
        return {"awscloudformation": {"Region": "x"}, "categories": {"function": {"job": {"limit": limit}}}}

    files = {
        "job-cloudformation-template.json": template(variables={"LIMIT": {"Ref": "limit"}}),
        "src/index.js": HANDLER,
    }
    found = app(tmp_path, {"job": files}, **{"amplify/team-provider-info.json": {"dev": env("1"), "prod": env("9")}})
    text = emitted(found, Options(branch_map={"prod": "main"}))["job/resource.ts"]
    assert "{ dev: '1', main: '9' }" in text


def test_a_variable_that_defineFunction_refuses_is_set_in_wiring(tmp_path: Path) -> None:
    text = emitted(job(tmp_path, template(variables={"A": "1"})))["wiring.ts"]
    assert "backend.job.addEnvironment('A', '1');" in text


def test_the_source_is_shipped_as_commonjs_when_it_does_not_say(tmp_path: Path) -> None:
    assert emitted(job(tmp_path))["job/src/package.json"] == '{\n  "type": "commonjs"\n}\n'


def test_a_mislabelled_source_keeps_the_rest_of_its_package_json(tmp_path: Path) -> None:
    source = {"src/index.js": HANDLER, "src/package.json": '{"name": "x", "type": "module"}'}
    assert '"name": "x",\n  "type": "commonjs"' in emitted(job(tmp_path, source=source))["job/src/package.json"]


def test_statements_stay_action_by_action(tmp_path: Path) -> None:
    body = template(resources={"AmplifyResourcesPolicy": policy(allow(["ses:SendEmail", "ses:Get*"], ["*"]))})
    assert "actions: ['ses:SendEmail', 'ses:Get*'], resources: ['*']" in flat(emitted(job(tmp_path, body))["wiring.ts"])


def test_a_denial_stays_a_denial(tmp_path: Path) -> None:
    body = template(resources={"Policy": policy({**allow("s3:*", "*"), "Effect": "Deny"})})
    assert "effect: Effect.DENY" in emitted(job(tmp_path, body))["wiring.ts"]


def test_a_right_on_the_function_itself_stands_beside_its_default_policy(tmp_path: Path) -> None:
    itself = {"Fn::GetAtt": ["LambdaFunction", "Arn"]}
    body = template(resources={"Policy": policy(allow("lambda:InvokeFunction", itself))})
    text = emitted(job(tmp_path, body))["wiring.ts"]
    assert "new Policy(backend.job.stack" in text
    assert "addToRolePolicy" not in text


def test_a_construct_that_is_used_twice_has_a_name(tmp_path: Path) -> None:
    body = template(resources={"Policy": policy(allow("ses:SendEmail", "*"), allow("s3:GetObject", "*"))})
    text = emitted(job(tmp_path, body))["wiring.ts"]
    assert "const jobLambda = backend.job.resources.lambda;" in text


def test_of_two_functions_that_call_each_other_one_link_is_late(tmp_path: Path) -> None:
    def body(other: str) -> dict[str, Any]:
        found = template(variables={"OTHER": {"Ref": f"function{other}Name"}})
        found["Parameters"][f"function{other}Name"] = {"Type": "String", "Default": f"function{other}Name"}
        return found

    files = {
        "one": {"one-cloudformation-template.json": body("two"), "src/index.js": HANDLER},
        "two": {"two-cloudformation-template.json": body("one"), "src/index.js": HANDLER},
    }
    texts = emitted(app(tmp_path, files))
    text = flat(texts["wiring.ts"])
    assert "backend.one.addEnvironment('OTHER', backend.two.resources.lambda.functionName)" in text
    assert "links.environment(backend.two, 'two', 'OTHER', backend.one.resources.lambda.functionName)" in text
    assert "late.ts" in texts


def test_without_late_links_there_is_no_helper(tmp_path: Path) -> None:
    assert "late.ts" not in emitted(job(tmp_path))


def test_a_source_in_sloppy_mode_is_a_commonjs_bundle(tmp_path: Path) -> None:
    text = emitted(job(tmp_path, source={"src/index.js": "n = 0;\nexports.handler = () => n;\n"}))["job/resource.ts"]
    assert "new NodejsFunction(scope, 'job', {" in text
    assert "entry: `${src}/index.js`" in text
    assert "format: OutputFormat.CJS" in text


def test_files_that_the_source_reads_are_copied_beside_its_bundle(tmp_path: Path) -> None:
    text = "const fs = require('fs');\nexports.handler = fs.readFileSync(__dirname + '/page.html');\n"
    files = emitted(job(tmp_path, source={"src/index.js": text, "src/page.html": ""}))
    assert '(_input, output) => [`cp -R "${src}/page.html" "${output}"`]' in flat(files["job/resource.ts"])


def test_a_source_that_cannot_be_bundled_is_uploaded_with_its_settings(tmp_path: Path) -> None:
    source = {"src/index.js": "exports.handler = (e) => require('./' + e.name);\n"}
    found = job(tmp_path, template({"MemorySize": 256}), source)
    text = emitted(found)["job/resource.ts"]
    assert "Code.fromAsset(fileURLToPath(new URL('./src', import.meta.url)))" in text
    assert "memorySize: 256" in text
    assert "ENV: process.env.AWS_BRANCH ?? 'sandbox'" in text
    assert "FUN034" in findings(found)


def test_a_function_named_like_a_feature_gets_another_key(tmp_path: Path) -> None:
    files = {"data-cloudformation-template.json": template(), "src/index.js": HANDLER}
    assert "export const data2 = defineFunction(" in emitted(app(tmp_path, {"data": files}))["data/resource.ts"]


def test_names_that_differ_in_case_get_folders_of_their_own(tmp_path: Path) -> None:
    files = {
        name: {f"{name}-cloudformation-template.json": template(), "src/index.js": HANDLER} for name in ("Job", "job")
    }
    texts = emitted(app(tmp_path, files))
    assert {"Job/resource.ts", "job-2/resource.ts"} <= texts.keys()


def test_an_external_layer_keeps_opt_out_of_the_bundle(tmp_path: Path) -> None:
    arn = "arn:aws:lambda:eu-west-1:123456789012:layer:shared:3"
    source = {"src/index.js": "exports.handler = require('/opt/nodejs/x');\n"}
    text = emitted(job(tmp_path, template({"Layers": [arn]}), source))["job/resource.ts"]
    assert f"'/opt/*': '{arn}'" in text


def layered(tmp_path: Path, files: dict[str, Any]) -> dict[str, str]:
    version = {"LayerName": "shared-dev", "CompatibleRuntimes": ["nodejs18.x"]}
    shared = {
        "shared-awscloudformation-template.json": {
            "Resources": {"Version": {"Type": "AWS::Lambda::LayerVersion", "Properties": version}}
        },
        "layer-configuration.json": {},
        **files,
    }
    body = template({"Layers": [{"Ref": "functionsharedArn"}]})
    body["Parameters"]["functionsharedArn"] = {"Type": "String"}
    own = {"job-cloudformation-template.json": body, "src/index.js": HANDLER}
    depends = {"dependsOn": [{"category": "function", "resourceName": "shared", "attributes": ["Arn"]}]}
    return emitted(app(tmp_path, {"shared": shared, "job": own}, job=depends))


def test_a_layer_with_files_is_a_construct_that_functions_name(tmp_path: Path) -> None:
    text = layered(tmp_path, {"lib/nodejs/shared.js": ""})["wiring.ts"]
    assert "const sharedLayer = new LayerVersion(" in text
    assert "cfnFunction.layers = [sharedLayer.layerVersionArn]" in flat(text)


def test_a_layer_of_packages_is_no_layer_any_more(tmp_path: Path) -> None:
    texts = layered(tmp_path, {"lib/nodejs/package.json": '{"dependencies": {"axios": "^1.0.0"}}'})
    assert "LayerVersion" not in texts["wiring.ts"]


@pytest.mark.parametrize("expression", ["rate(5 minutes)", "cron(0 12 ? * MON-FRI *)"])
def test_a_schedule_keeps_its_expression(tmp_path: Path, expression: str) -> None:
    target = {"Arn": {"Fn::GetAtt": ["LambdaFunction", "Arn"]}, "Id": "x"}
    rule = {"ScheduleExpression": expression, "State": "ENABLED", "Targets": [target]}
    body = template(resources={"CloudWatchEvent": {"Type": "AWS::Events::Rule", "Properties": rule}})
    assert f"Schedule.expression('{expression}')" in emitted(job(tmp_path, body))["wiring.ts"]


OWN_LOGS = "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/${LambdaFunction}:log-stream:*"


def test_a_function_that_writes_its_own_logs_writes_no_others(tmp_path: Path) -> None:
    logs = allow(["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], {"Fn::Sub": OWN_LOGS})
    text = emitted(job(tmp_path, template(resources={"lambdaexecutionpolicy": policy(logs)})))["wiring.ts"]
    assert "writeOwnLogs(" in text


def test_a_function_without_the_right_to_write_logs_gets_none(tmp_path: Path) -> None:
    assert "withoutAllLogs(" in emitted(job(tmp_path))["wiring.ts"]
