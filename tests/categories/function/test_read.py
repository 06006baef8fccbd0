"""Reading functions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migrator.categories.function.model import (
    Architecture,
    CallerKind,
    Code,
    EventSource,
    ExtraResource,
    Form,
    LambdaFunction,
    Layer,
    LayerPermission,
    Obstacle,
    Permission,
    Schedule,
    Shape,
    Statement,
    StatementKind,
    Toolchain,
    Trust,
    Unconverted,
    ValueKind,
    Variable,
)
from migrator.core.ref import ResourceRef
from migrator.gen1.graph import LinkKind, Node, Resource
from tests.categories.function.gen1_function import HANDLER, JOB, allow, app, job, policy, read, role, template

AUTH = {"auth": {"pool": {"service": "Cognito", "providerPlugin": "awscloudformation"}}}
POOL = ResourceRef("auth", "pool")
OWN_LOGS = "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/${LambdaFunction}:log-stream:*"
LOGS = allow(["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], {"Fn::Sub": OWN_LOGS})
STREAM = {
    "Fn::ImportValue": {"Fn::Join": [":", [{"Ref": "apishopGraphQLAPIIdOutput"}, "GetAtt:OrderTable", "StreamArn"]]}
}
API = {"api": {"shop": {"service": "AppSync", "providerPlugin": "awscloudformation"}}}
ON_API = {"dependsOn": [{"category": "api", "resourceName": "shop", "attributes": ["GraphQLAPIIdOutput"]}]}


def only(resource: Resource, kind: type[Node]) -> Any:
    (found,) = [fact.node for fact in resource.facts if isinstance(fact.node, kind)]
    return found


def variable(resource: Resource, name: str) -> Variable:
    (found,) = [f.node for f in resource.facts if isinstance(f.node, Variable) and f.key == name]
    return found


def statements(resource: Resource) -> list[Statement]:
    return [fact.node for fact in resource.facts if isinstance(fact.node, Statement)]


def test_a_silent_function_has_128_megabytes_and_3_seconds(tmp_path: Path) -> None:
    body = template()
    del body["Resources"]["LambdaFunction"]["Properties"]["Timeout"]
    function = only(read(job(tmp_path, body)), LambdaFunction)
    assert (function.memory, function.timeout) == (128, 3)


def test_a_timeout_may_be_a_text(tmp_path: Path) -> None:
    assert only(read(job(tmp_path, template({"Timeout": "25"}))), LambdaFunction).timeout == 25


@pytest.mark.parametrize(("runtime", "version"), [("nodejs22.x", 22), ("nodejs8.10", 8), ("nodejs14.x", 14)])
def test_the_runtime_is_its_major_version(tmp_path: Path, runtime: str, version: int) -> None:
    assert only(read(job(tmp_path, template({"Runtime": runtime}))), LambdaFunction).runtime == version


def test_properties_of_the_function_are_read(tmp_path: Path) -> None:
    properties = {
        "MemorySize": 1024,
        "EphemeralStorage": {"Size": 2048},
        "Architectures": ["arm64"],
        "ReservedConcurrentExecutions": 0,
        "TracingConfig": {"Mode": "Active"},
    }
    function = only(read(job(tmp_path, template(properties))), LambdaFunction)
    said = (function.memory, function.ephemeral_storage, function.architecture, function.concurrency, function.tracing)
    assert said == (1024, 2048, Architecture.ARM64, 0, "Active")


def test_a_property_that_nobody_expects_is_kept(tmp_path: Path) -> None:
    function = only(read(job(tmp_path, template({"KmsKeyArn": "arn:aws:kms:key"}))), LambdaFunction)
    assert function.other == {"KmsKeyArn": "arn:aws:kms:key"}


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("5", ValueKind.TEXT),
        ({"Ref": "env"}, ValueKind.ENVIRONMENT),
        ({"Ref": "AWS::Region"}, ValueKind.REGION),
        ({"Fn::Sub": "https://${env}.example.com"}, ValueKind.COMPUTED),
        ("/amplify/d1abc/dev/AMPLIFY_job_KEY", ValueKind.SECRET_PATH),
        ("sk_live_abcdefghij1234567890", ValueKind.SECRET),
    ],
)
def test_values_are_told_apart(tmp_path: Path, value: Any, kind: ValueKind) -> None:
    assert variable(read(job(tmp_path, template(variables={"KEY": value}))), "KEY").kind is kind


def test_a_secret_is_not_kept(tmp_path: Path) -> None:
    found = variable(read(job(tmp_path, template(variables={"KEY": "sk_live_abcdefghij1234567890"}))), "KEY")
    assert found.value == ""


def test_the_environments_name_stays_open_in_values(tmp_path: Path) -> None:
    team = {"dev": {"awscloudformation": {"Region": "eu-west-1", "StackName": "amplify-x-dev-1"}}}
    body = template(variables={"BUCKET": {"Fn::Sub": "files-${env}"}})
    found = app(
        tmp_path,
        {"job": {"job-cloudformation-template.json": body, "src/index.js": HANDLER}},
        **{"amplify/team-provider-info.json": team},
    )
    assert variable(read(found), "BUCKET").value == "files-${env}"


def test_values_that_differ_between_environments_are_all_read(tmp_path: Path) -> None:
    def env(limit: str) -> dict[str, Any]:
        return {"awscloudformation": {"Region": "x"}, "categories": {"function": {"job": {"limit": limit}}}}

    body = template(variables={"LIMIT": {"Ref": "limit"}})
    files = {"job-cloudformation-template.json": body, "src/index.js": HANDLER}
    team = {"amplify/team-provider-info.json": {"dev": env("1"), "prod": env("9")}}
    found = app(tmp_path, {"job": files}, **team)
    assert variable(read(found), "LIMIT").by_environment == {"dev": "1", "prod": "9"}


def test_a_parameter_that_is_handed_nothing_stands_for_the_output_of_its_name(tmp_path: Path) -> None:
    body = template(variables={"POOL": {"Ref": "authpoolUserPoolId"}})
    body["Parameters"]["authpoolUserPoolId"] = {"Type": "String", "Default": "authpoolUserPoolId"}
    assert variable(read(job(tmp_path, body, indexes=AUTH)), "POOL").value == "${authpool.Outputs.UserPoolId}"


def test_a_variable_links_to_what_it_names(tmp_path: Path) -> None:
    body = template(variables={"POOL": {"Ref": "authpoolUserPoolId"}})
    body["Parameters"]["authpoolUserPoolId"] = {"Type": "String", "Default": "authpoolUserPoolId"}
    links = read(job(tmp_path, body, indexes=AUTH)).links
    assert [(link.target, link.kind) for link in links] == [(POOL, LinkKind.USES)]


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        (LOGS, StatementKind.LOGS),
        (allow(["ssm:GetParameters"], "arn:aws:ssm:x:1:parameter/amplify/a/dev/AMPLIFY_job_*"), StatementKind.SECRETS),
        (allow(["ssm:GetParameters"], "arn:aws:ssm:x:1:parameter/other/*"), StatementKind.GRANT),
        (allow("logs:PutLogEvents", "*"), StatementKind.GRANT),
        (allow("logs:PutLogEvents", {"Fn::Sub": OWN_LOGS}), StatementKind.GRANT),
        (
            allow(["logs:PutLogEvents"], "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/x:*"),
            StatementKind.GRANT,
        ),
        ({**LOGS, "Effect": "Deny"}, StatementKind.GRANT),
    ],
)
def test_statements_are_told_apart(tmp_path: Path, statement: Any, kind: StatementKind) -> None:
    body = template(resources={"lambdaexecutionpolicy": policy(statement)})
    assert [found.kind for found in statements(read(job(tmp_path, body)))] == [kind]


def test_every_statement_of_a_policy_is_read(tmp_path: Path) -> None:
    body = template(resources={"lambdaexecutionpolicy": policy(LOGS, allow("ses:SendEmail", "*"))})
    assert [found.kind for found in statements(read(job(tmp_path, body)))] == [StatementKind.LOGS, StatementKind.GRANT]


def test_a_policy_of_another_role_is_told_apart(tmp_path: Path) -> None:
    body = template(resources={"Extra": policy(allow("s3:GetObject", "*"), role="OtherRole")})
    assert [found.kind for found in statements(read(job(tmp_path, body)))] == [StatementKind.ELSEWHERE]


def test_custom_policies_are_allowed_when_they_say_nothing(tmp_path: Path) -> None:
    custom = [{"Action": ["ses:SendEmail"], "Resource": ["*"]}]
    (found,) = statements(read(job(tmp_path, None, None, None, **{"custom-policies.json": custom})))
    assert found.statement == {"Effect": "Allow", "Action": ["ses:SendEmail"], "Resource": ["*"]}


def test_custom_policies_that_the_template_holds_are_read_once(tmp_path: Path) -> None:
    custom = [{"Action": ["ses:SendEmail"], "Resource": ["*"]}]
    body = template(resources={"CustomLambdaExecutionPolicy": policy(allow(["ses:SendEmail"], ["*"]))})
    assert len(statements(read(job(tmp_path, body, None, None, **{"custom-policies.json": custom})))) == 1


def test_the_empty_custom_policy_of_the_cli_grants_nothing(tmp_path: Path) -> None:
    assert (
        statements(read(job(tmp_path, None, None, None, **{"custom-policies.json": [{"Action": [], "Resource": []}]})))
        == []
    )


def test_a_statement_on_a_gen1_name_is_noted(tmp_path: Path) -> None:
    custom = [{"Action": ["lambda:InvokeFunction"], "Resource": ["arn:aws:lambda:eu-west-1:1:function:job-dev"]}]
    (found,) = statements(read(job(tmp_path, None, None, None, **{"custom-policies.json": custom})))
    assert found.names == ("arn:aws:lambda:eu-west-1:1:function:job-dev",)


def test_managed_policies_and_other_callers_of_the_role_are_read(tmp_path: Path) -> None:
    body = template()
    body["Resources"]["LambdaExecutionRole"] = role(
        ManagedPolicyArns=["arn:aws:iam::aws:policy/X"], MaxSessionDuration=1
    )
    found = only(read(job(tmp_path, body)), Trust)
    assert (found.managed, found.other) == (("arn:aws:iam::aws:policy/X",), ("MaxSessionDuration",))


def test_policies_within_the_role_are_read(tmp_path: Path) -> None:
    inline = {"PolicyName": "own", "PolicyDocument": {"Statement": allow("ses:SendEmail", "*")}}
    body = template()
    body["Resources"]["LambdaExecutionRole"] = role(Policies=[inline])
    assert [found.kind for found in statements(read(job(tmp_path, body)))] == [StatementKind.GRANT]


def test_a_schedule_is_read_with_its_input(tmp_path: Path) -> None:
    target = {"Arn": {"Fn::GetAtt": ["LambdaFunction", "Arn"]}, "Id": "x", "Input": '{"a":1}'}
    rule = {"ScheduleExpression": "rate(1 day)", "State": "DISABLED", "Targets": [target]}
    body = template(resources={"CloudWatchEvent": {"Type": "AWS::Events::Rule", "Properties": rule}})
    found = only(read(job(tmp_path, body)), Schedule)
    assert (found.expression, found.enabled, found.input, found.other) == ("rate(1 day)", False, '{"a":1}', {})


@pytest.mark.parametrize(("said", "bus"), [("orders", "orders"), ("default", ""), (None, "")])
def test_a_rule_is_read_with_its_event_bus(tmp_path: Path, said: str | None, bus: str) -> None:
    rule = {"EventPattern": {"source": ["shop"]}, **({"EventBusName": said} if said else {})}
    found = only(read(job(tmp_path, template(resources=events(rule)))), Schedule)
    assert (found.bus, found.other) == (bus, {})


def events(rule: dict[str, Any], *sources: Any) -> dict[str, Any]:
    """A rule, and a permission of EventBridge for each source."""
    target = {"Arn": {"Fn::GetAtt": ["LambdaFunction", "Arn"]}, "Id": "x"}
    said = {"FunctionName": {"Ref": "LambdaFunction"}, "Principal": "events.amazonaws.com"}
    permissions = {
        f"Permission{number}": {"Type": "AWS::Lambda::Permission", "Properties": {**said, "SourceArn": source}}
        for number, source in enumerate(sources)
    }
    other = {"Type": "AWS::Events::Rule", "Properties": {"ScheduleExpression": "rate(1 day)"}}
    return {"Rule": {"Type": "AWS::Events::Rule", "Properties": {**rule, "Targets": [target]}}, **permissions} | (
        {"Other": other} if {"Fn::GetAtt": ["Other", "Arn"]} in sources else {}
    )


@pytest.mark.parametrize(
    ("sources", "allowed"),
    [
        ((), False),
        (({"Fn::GetAtt": ["Rule", "Arn"]},), True),
        (({"Fn::GetAtt": ["Other", "Arn"]},), False),
        (("",), True),
        (("arn:aws:events:eu-west-1:123456789012:rule/*",), True),
    ],
)
def test_a_rule_without_permission_to_call_is_noted(tmp_path: Path, sources: tuple[Any, ...], allowed: bool) -> None:
    body = template(resources=events({"EventPattern": {"source": ["shop"]}}, *sources))
    found = [fact.node for fact in read(job(tmp_path, body)).facts if fact.key == "Rule"]
    assert [one.allowed for one in found if isinstance(one, Schedule)] == [allowed]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("arn:aws:lambda:eu-west-1:123456789012:function:job-${env}", "${LambdaFunction}"),
        ("arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:job-${env}:live", "${LambdaFunction}:live"),
        ("arn:aws:lambda:eu-west-1:123456789012:function:job-${env}-old", "job-${env}-old"),
        ("arn:aws:lambda:eu-west-1:123456789012:function:job-*", "job-*"),
    ],
)
def test_a_function_that_a_statement_names_is_the_function_itself(tmp_path: Path, said: str, meant: str) -> None:
    body = template(resources={"Policy": policy(allow("lambda:InvokeFunction", {"Fn::Sub": said}))})
    (found,) = statements(read(job(tmp_path, body)))
    assert found.statement["Resource"] == said.partition(":function:")[0] + ":function:" + meant


def test_a_rule_that_also_calls_something_else_is_noted(tmp_path: Path) -> None:
    rule = {"ScheduleExpression": "rate(1 day)", "Targets": [{"Arn": "arn:aws:sqs:x:1:q", "Id": "x"}]}
    body = template(resources={"CloudWatchEvent": {"Type": "AWS::Events::Rule", "Properties": rule}})
    assert "Targets" in only(read(job(tmp_path, body)), Schedule).other


def stream(tmp_path: Path, **properties: Any) -> Resource:
    own = {"EventSourceArn": STREAM, "FunctionName": {"Ref": "LambdaFunction"}, "StartingPosition": "LATEST"}
    mapping = {"Type": "AWS::Lambda::EventSourceMapping", "Properties": {**own, **properties}}
    reading = allow(["dynamodb:GetRecords", "dynamodb:DescribeStream"], STREAM)
    body = template(resources={"Mapping": mapping, "LambdaTriggerPolicyOrder": policy(reading)})
    body["Parameters"]["apishopGraphQLAPIIdOutput"] = {"Type": "String"}
    files = {"job-cloudformation-template.json": body, "src/index.js": HANDLER}
    return read(app(tmp_path, {"job": files}, API, job=ON_API))


def test_a_stream_is_linked_to_its_api(tmp_path: Path) -> None:
    links = stream(tmp_path).links
    assert (ResourceRef("api", "shop"), LinkKind.STREAM) in [(link.target, link.kind) for link in links]


def test_a_stream_reads_100_records_when_nothing_is_said(tmp_path: Path) -> None:
    assert only(stream(tmp_path), EventSource).batch_size == 100


def test_the_right_to_read_the_stream_comes_with_the_event_source(tmp_path: Path) -> None:
    assert [found.kind for found in statements(stream(tmp_path))] == [StatementKind.STREAM]


def test_with_filters_the_right_to_read_the_stream_is_granted(tmp_path: Path) -> None:
    resource = stream(tmp_path, FilterCriteria={"Filters": []})
    assert [found.kind for found in statements(resource)] == [StatementKind.GRANT]


@pytest.mark.parametrize(
    ("principal", "source", "kind"),
    [
        ("events.amazonaws.com", {"Fn::GetAtt": ["Rule", "Arn"]}, CallerKind.SCHEDULE),
        ("events.amazonaws.com", "arn:aws:events:x:1:rule/other", CallerKind.OTHER),
        ("appsync.amazonaws.com", "", CallerKind.API),
        ("sns.amazonaws.com", "arn:aws:sns:x:1:t", CallerKind.OTHER),
    ],
)
def test_callers_are_told_apart(tmp_path: Path, principal: str, source: Any, kind: CallerKind) -> None:
    permission = {"FunctionName": {"Ref": "LambdaFunction"}, "Principal": principal, "SourceArn": source}
    resources = {
        "Rule": {"Type": "AWS::Events::Rule", "Properties": {}},
        "Permission": {"Type": "AWS::Lambda::Permission", "Properties": permission},
    }
    assert only(read(job(tmp_path, template(resources=resources))), Permission).kind is kind


def test_a_resource_that_was_added_by_hand_is_a_fact_of_its_own(tmp_path: Path) -> None:
    body = template(resources={"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "q"}}})
    assert only(read(job(tmp_path, body)), ExtraResource).properties == {"QueueName": "q"}


@pytest.mark.parametrize(
    ("source", "entry"),
    [
        ({"src/index.js": HANDLER}, "src/index.js"),
        ({"src/index.mjs": "export const handler = 1;\n"}, "src/index.mjs"),
        ({"src/index.ts": "export const handler = 1;\n"}, "src/index.ts"),
        ({"src/index/index.js": HANDLER}, "src/index/index.js"),
    ],
)
def test_the_handlers_file_is_found(tmp_path: Path, source: dict[str, str], entry: str) -> None:
    assert only(read(job(tmp_path, source=source)), Code).entry == entry


def test_a_handler_in_a_folder_with_another_name_is_found(tmp_path: Path) -> None:
    source = {"src/app/entry.js": "exports.main = async () => 1;\n"}
    code = only(read(job(tmp_path, template({"Handler": "app/entry.main"}), source)), Code)
    assert (code.entry, code.export, code.shape) == ("src/app/entry.js", "main", Shape.NAMED)


def loader(tmp_path: Path, source: dict[str, str]) -> Code:
    main = "const all = process.env.MODULES.split(',').map((name) => require(`./${name}`));\nexports.handler = all;\n"
    body = template(variables={"MODULES": "first,second"})
    code: Code = only(read(job(tmp_path, body, {"src/index.js": main, **source})), Code)
    return code


def test_the_trigger_loader_is_recognized(tmp_path: Path) -> None:
    code = loader(tmp_path, {"src/first.js": HANDLER, "src/second.js": HANDLER})
    assert (code.form, code.modules) == (Form.LOADER, ("src/first.js", "src/second.js"))


def test_a_loader_without_its_modules_is_uploaded_as_it_is(tmp_path: Path) -> None:
    assert loader(tmp_path, {"src/first.js": HANDLER}).form is Form.VERBATIM


@pytest.mark.parametrize(
    ("text", "form", "reason"),
    [
        ("exports.handler = (e) => require('./' + e.name);\n", Form.VERBATIM, "only known at run time"),
        ("exports.handler = require('./page.html');\n", Form.VERBATIM, "no bundler understands"),
        ("const fs = require('fs');\nexports.handler = fs.readFileSync(__dirname + '/a');\n", Form.PACKED, "beside"),
        ("count = 0;\nexports.handler = () => count;\n", Form.PACKED, "sloppy mode"),
    ],
)
def test_what_a_bundle_cannot_run_gets_another_form(tmp_path: Path, text: str, form: Form, reason: str) -> None:
    code = only(read(job(tmp_path, source={"src/index.js": text})), Code)
    assert code.form is form
    assert reason in code.obstacle


def test_files_that_the_source_reads_are_found(tmp_path: Path) -> None:
    text = "const fs = require('fs');\nexports.handler = fs.readFileSync(__dirname + '/page.html');\n"
    source = {
        "src/index.js": text,
        "src/page.html": "",
        "src/views/a.txt": "",
        "src/lib/b.js": "",
        "src/package.json": "{}",
    }
    assert only(read(job(tmp_path, source=source)), Code).assets == ("page.html", "views")


def test_a_file_that_reads_beside_itself_in_a_folder_is_not_moved(tmp_path: Path) -> None:
    lib = "const fs = require('fs');\nexports.page = fs.readFileSync(__dirname + '/page.html');\n"
    source = {"src/index.js": "exports.handler = require('./lib/page').page;\n", "src/lib/page.js": lib}
    assert only(read(job(tmp_path, source=source)), Code).form is Form.VERBATIM


def test_the_worst_obstacle_decides(tmp_path: Path) -> None:
    source = {"src/index.js": "n = 0;\nexports.handler = require('./lib').f;\n", "src/lib.js": "require('./' + n);\n"}
    assert only(read(job(tmp_path, source=source)), Code).form is Form.VERBATIM


def test_a_fixed_version_of_an_own_layer_is_the_layer(tmp_path: Path) -> None:
    arn = {"Fn::Sub": "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:layer:shared-${env}:3"}
    files = {"job-cloudformation-template.json": template({"Layers": [arn]}), "src/index.js": HANDLER}
    found = read(app(tmp_path, {"job": files, "shared": {"layer-configuration.json": {}}}))
    assert only(found, LambdaFunction).layers == ("${functionshared.Outputs.Arn}",)


def test_an_obstacle_in_a_file_that_is_loaded_is_found_there(tmp_path: Path) -> None:
    source = {"src/index.js": "exports.handler = require('./lib').run;\n", "src/lib.js": "// a\ntotal = 1;\n"}
    assert only(read(job(tmp_path, source=source)), Code).obstacle.startswith("src/lib.js:2 ")


def test_an_obstacle_in_a_file_that_nothing_loads_does_not_count(tmp_path: Path) -> None:
    source = {"src/index.js": HANDLER, "src/old.js": "total = 1;\n"}
    assert only(read(job(tmp_path, source=source)), Code).form is Form.BUNDLED


def test_packages_are_declared_or_not(tmp_path: Path) -> None:
    source = {
        "src/index.js": "require('express');\nrequire('aws-sdk');\nrequire('fs');\nexports.handler = 1;\n",
        "src/package.json": '{"dependencies": {"express": "^4.0.0"}, "devDependencies": {"@types/aws-lambda": "*"}}',
    }
    code = only(read(job(tmp_path, source=source)), Code)
    assert (code.packages, code.undeclared) == ({"express": "^4.0.0"}, {"aws-sdk": "src/index.js:2"})


def test_a_broken_package_json_names_no_packages(tmp_path: Path) -> None:
    source = {"src/index.js": HANDLER, "src/package.json": "{"}
    assert only(read(job(tmp_path, source=source)), Code).packages == {}


@pytest.mark.parametrize(
    ("manifest", "text", "mislabelled"),
    [
        ('{"type": "module"}', HANDLER, True),
        ('{"type": "module"}', "export const handler = 1;\n", False),
        ('{"type": "commonjs"}', HANDLER, False),
        ("{}", HANDLER, False),
    ],
)
def test_commonjs_in_a_package_of_modules_is_noted(tmp_path: Path, manifest: str, text: str, mislabelled: bool) -> None:
    source = {"src/index.js": text, "src/package.json": manifest}
    assert only(read(job(tmp_path, source=source)), Code).mislabelled is mislabelled


@pytest.mark.parametrize(
    ("runtime", "handler", "source", "toolchain"),
    [
        ("python3.12", "index.handler", {"src/index.py": ""}, "none"),
        ("python3.12", "app/index.handler", {"src/app/index.py": "", "Pipfile": '[packages]\nx = "*"\n'}, "pip"),
        ("python3.12", "index.handler", {"src/index.py": "", "requirements.txt": "x==1\n"}, "pip"),
        ("java11", "example.A::run", {"src/main/java/example/A.java": "", "build.gradle": ""}, "gradle"),
        ("go1.x", "main", {"src/main.go": ""}, "go"),
        ("provided.al2023", "bootstrap", {"src/main.go": ""}, "go"),
        ("provided.al2023", "bootstrap", {"src/bootstrap": ""}, "none"),
        ("dotnet8", "job::job.A::Run", {"src/job.csproj": ""}, "dotnet"),
        ("ruby3.3", "index.Job.run", {"src/index.rb": ""}, "none"),
    ],
)
def test_what_builds_another_language_is_found(
    tmp_path: Path, runtime: str, handler: str, source: dict[str, Any], toolchain: str
) -> None:
    resource = read(job(tmp_path, template({"Runtime": runtime, "Handler": handler}), source))
    code, function = only(resource, Code), only(resource, LambdaFunction)
    assert (code.form, code.toolchain, function.platform, function.runtime) == (Form.BUILT, toolchain, runtime, 0)


@pytest.mark.parametrize("script", ["make", {"type": "inline", "value": "make"}, {"type": "file", "value": "b.sh"}])
def test_the_script_of_a_custom_runtime_is_read(tmp_path: Path, script: Any) -> None:
    files: dict[str, Any] = {"amplify.state": {"scripts": {"build": script}}, "b.sh": "make"}
    body = template({"Runtime": "provided.al2023"})
    code = only(read(job(tmp_path, body, {"src/main.rs": "", **files})), Code)
    assert (code.toolchain, code.script) == (Toolchain.SCRIPT, "make")


@pytest.mark.parametrize(
    ("properties", "source", "obstacle"),
    [
        ({"Runtime": "python3.12"}, {"src/other.py": ""}, Obstacle.SOURCE),
        ({"Runtime": "go1.x"}, {"src/event.json": "{}"}, Obstacle.SOURCE),
        ({"Runtime": "java11", "Handler": "example.A::run"}, {"src/example/A.java": ""}, Obstacle.BUILD),
        ({"Runtime": "provided.al2023"}, {"src/main.rs": ""}, Obstacle.BUILD),
        ({"PackageType": "Image", "Runtime": None}, {"src/Dockerfile": ""}, Obstacle.IMAGE),
        ({"Runtime": "cobol1"}, {"src/index.cbl": ""}, Obstacle.RUNTIME),
    ],
)
def test_what_cannot_be_built_is_listed_and_left_out(
    tmp_path: Path, properties: dict[str, Any], source: dict[str, Any], obstacle: Obstacle
) -> None:
    resource = read(job(tmp_path, template(properties), source))
    assert (only(resource, Unconverted).obstacle, resource.convertible) == (obstacle, False)


def test_a_function_without_a_source_is_listed_and_left_out(tmp_path: Path) -> None:
    resource = read(job(tmp_path, source={"src/package.json": "{}"}))
    assert (only(resource, Unconverted).obstacle, resource.convertible) == (Obstacle.SOURCE, False)


def layer(tmp_path: Path, files: dict[str, Any], **resources: Any) -> Resource:
    version = {"LayerName": "shared-dev", "CompatibleRuntimes": ["nodejs18.x"], "Description": "Shared"}
    body = {"Resources": {"Version": {"Type": "AWS::Lambda::LayerVersion", "Properties": version}, **resources}}
    own = {"shared-awscloudformation-template.json": body, "layer-configuration.json": {"runtimes": []}, **files}
    return read(app(tmp_path, {"shared": own}), ResourceRef("function", "shared"))


def test_a_layer_with_files_is_more_than_its_packages(tmp_path: Path) -> None:
    found = only(layer(tmp_path, {"lib/nodejs/shared.js": "", "lib/nodejs/package.json": "{}"}), Layer)
    assert found.folders == ("lib",)


def test_a_layer_of_packages_has_no_files(tmp_path: Path) -> None:
    found = only(layer(tmp_path, {"lib/nodejs/package.json": '{"dependencies": {"axios": "^1.0.0"}}'}), Layer)
    assert (found.folders, found.packages) == ((), {"axios": "^1.0.0"})


def test_the_own_account_needs_no_permission_for_a_layer(tmp_path: Path) -> None:
    permission = {"Principal": {"Ref": "AWS::AccountId"}, "LayerVersionArn": {"Ref": "Version"}}
    resource = {"Type": "AWS::Lambda::LayerVersionPermission", "Properties": permission}
    assert only(layer(tmp_path, {}, Permission=resource), LayerPermission).own


def test_the_name_of_a_function_is_that_of_its_resource(tmp_path: Path) -> None:
    resource = read(job(tmp_path))
    assert (resource.ref, only(resource, LambdaFunction).name) == (JOB, "job")
