"""What REST APIs are written as."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from migrator.commands.convert import Conversion, Request, convert
from tests.projects import ROOT

FIXTURES = ROOT / "tests/fixtures/gen1"
PARCELS = ROOT / "sample_projects/parcels/gen1"


def run(project: Path, out: Path, *features: str, env: str | None = None) -> Conversion:
    return convert(Request(project, out, features, env))[0]


def wiring(out: Path, feature: str = "rest-api") -> str:
    return " ".join((out / f"amplify/{feature}/wiring.ts").read_text(encoding="utf-8").split())


@pytest.fixture
def parcels(tmp_path: Path) -> Path:
    run(PARCELS, tmp_path, env="main")
    return tmp_path


@pytest.fixture
def quarry(tmp_path: Path) -> str:
    """The wiring of an API that was changed by hand."""
    run(FIXTURES / "rest-by-hand", tmp_path)
    return wiring(tmp_path)


@pytest.fixture
def orchard(tmp_path: Path) -> str:
    """The wiring of an API of which the settings and an override are there."""
    run(FIXTURES / "rest-overridden", tmp_path)
    return wiring(tmp_path)


@pytest.fixture
def museum(tmp_path: Path) -> str:
    """The wiring of an API of which only the settings are there."""
    run(FIXTURES / "rest-from-inputs", tmp_path)
    return wiring(tmp_path)


@pytest.mark.parametrize(
    "statement",
    [
        "const parcelpostApiStack = backend.createStack('rest-api-parcelpost');",
        "for (const path of ['/track', '/track/{proxy+}']) {",
        "resource.addMethod('ANY', trackingIntegration);",
        "resource.addMethod('ANY', parcelsIntegration, { authorizationType: AuthorizationType.IAM, });",
        "authorizationScopes: ['aws.cognito.signin.user.admin'],",
        "roles: [backend.auth.resources.groups['Couriers'].role],",
        "parcelpostApi.arnForExecuteApi('*', '/parcels', stage),",
        "roles: [backend.auth.resources.unauthenticatedUserIamRole],",
    ],
)
def test_the_api_is_made_as_it_was(parcels: Path, statement: str) -> None:
    assert statement in wiring(parcels)


def test_clients_find_the_api_by_its_name_and_without_a_slash_at_its_end(parcels: Path) -> None:
    found = wiring(parcels).partition("API: { parcelpost: { endpoint: `")[2]
    assert found.startswith(
        "https://${parcelpostApi.restApiId}.execute-api.${backend.stack.region}.amazonaws.com/${stage}`, "
        "region: parcelpostApiStack.region, apiName: 'parcelpost',"
    )


def test_a_function_gets_the_id_of_an_api_that_calls_its_neighbours_late(parcels: Path) -> None:
    expected = "'API_PARCELPOST_APIID', restApi.parcelpostApi.restApiId );"
    assert expected in wiring(parcels, "function")


def test_rights_of_a_function_name_the_stage_as_the_api_does(parcels: Path) -> None:
    taken = "(process.env.AWS_BRANCH ?? 'sandbox').replaceAll(new RegExp('[^A-Za-z0-9_-]', 'g'), '-')"
    assert f"{taken}}}/GET/parcels/*`" in wiring(parcels, "function")


def test_the_function_of_admin_queries_keeps_its_group(parcels: Path) -> None:
    resource = parcels / "amplify/function/AdminQueries7c41d2e9/resource.ts"
    assert "GROUP: 'Dispatchers'" in resource.read_text(encoding="utf-8")


def test_users_are_asked_to_tell_clients_of_the_apis(parcels: Path) -> None:
    assert "outputs.custom.API" in (parcels / "MIGRATION.md").read_text(encoding="utf-8")


def test_a_slice_brings_the_functions_that_paths_call(tmp_path: Path) -> None:
    run(PARCELS, tmp_path, "auth", env="main")
    run(PARCELS, tmp_path, "rest-api", env="main")
    assert (tmp_path / "amplify/function/tracking/resource.ts").exists()


@pytest.mark.parametrize(
    "statement",
    [
        "throttlingBurstLimit: 50, throttlingRateLimit: 20, variables: { quarry: 'north' },",
        "loggingLevel: MethodLoggingLevel.ERROR,",
        "description: 'Stones and who fetches them',",
        ".minimumCompressionSize = 1024;",
        "scopePermissionToMethod: false, timeout: Duration.seconds(5), }",
        "contentHandling: ContentHandling.CONVERT_TO_BINARY,",
        "validationRegex: '^badge-[0-9]+$', resultsCacheTtl: Duration.seconds(60),",
        "functionArn: backend.gate.resources.lambda.functionArn, sameEnvironment: true,",
        "authorizationType: AuthorizationType.CUSTOM, authorizer: quarryApiBadgeAuthorizer,",
        "'arn:aws:lambda:eu-west-1:123456789012:function:weighbridge' ),",
        "identitySources: [ IdentitySource.header('X-Cart'), IdentitySource.queryString('cart'), ],",
        "const quarryPlan = new CfnResource(quarryApiStack, 'QuarryPlan', {",
        "ApiStages: [{ ApiId: quarryApi.restApiId, Stage: 'v1' }],",
        "quarryPlan.node.addDependency(quarryApi.deploymentStage);",
        "properties: { TopicName: 'quarry-bells-gen2' },",
        "TopicArn: Fn.ref('QuarryBells'), Endpoint: backend.gate.resources.lambda.functionArn,",
        "allowOrigins: ['https://quarry.example.com'], allowMethods: ['GET', 'OPTIONS'], statusCode: 200,",
        "identitySource: IdentitySource.header('X-Quarry-Token'),",
        "statusCode: '503',",
        "conditions: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },",
        "execute-api.${backend.stack.region}.amazonaws.com/v1`",
        "proxy: false, requestTemplates: {",
        "passthroughBehavior: PassthroughBehavior.WHEN_NO_TEMPLATES,",
        "{ statusCode: '410', selectionPattern: '.*gone.*', responseTemplates: { 'application/json': '{}' }, },",
        "responseParameters: { 'method.response.header.Location': true },",
    ],
)
def test_what_was_changed_by_hand_is_carried_over(quarry: str, statement: str) -> None:
    assert statement in quarry


@pytest.mark.parametrize("path", ["/porter", "/partner"])
def test_a_path_with_an_authorizer_of_another_kind_stays_closed(quarry: str, path: str) -> None:
    loop = quarry.partition(f"for (const path of ['{path}'")[2].partition("for (const")[0]
    assert "authorizationType: AuthorizationType.IAM" in loop


@pytest.mark.parametrize("rule", ["API022", "API023", "API027", "API031", "API041", "API901", "API902", "API903"])
def test_what_is_not_carried_over_is_said(tmp_path: Path, rule: str) -> None:
    assert rule in {finding.rule for finding in run(FIXTURES / "rest-by-hand", tmp_path).findings}


@pytest.mark.parametrize(
    "statement",
    [
        "description: `Trees of orchard (${process.env.AWS_BRANCH ?? 'sandbox'})`,",
        ".minimumCompressionSize = 1024;",
        ".endpointConfiguration = { types: ['REGIONAL'], };",
        "Tags.of(orchardApi.node.defaultChild as CfnRestApi).add('orchard', 'north');",
        "stageName: stage, throttlingRateLimit: 40, metricsEnabled: true,",
        "timeout: Duration.seconds(8)",
        "const orchardApiKeeperAuthorizer = new TokenAuthorizer( orchardApiStack, 'Keeper',",
        "conditions: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },",
        "${orchardApi.restApiId}/${stage}/PUT/trees/*`",
        "FunctionName: backend.keeper.resources.lambda.functionArn,",
        "Value: orchardApi.restApiId, Name: '/orchard/api-gen2',",
        "if ((process.env.AWS_BRANCH ?? 'sandbox') === 'prod') {",
        ".disableExecuteApiEndpoint = true;",
    ],
)
def test_what_an_override_does_is_carried_over(orchard: str, statement: str) -> None:
    assert statement in orchard


@pytest.mark.parametrize(("path", "word"), [("/apples", "COGNITO"), ("/trees", "IAM"), ("/gate", "CUSTOM")])
def test_an_override_says_who_may_call_a_path(orchard: str, path: str, word: str) -> None:
    loop = orchard.partition(f"for (const path of ['{path}'")[2].partition("for (const")[0]
    assert f"authorizationType: AuthorizationType.{word}," in loop


INTEGRATION = "['x-amazon-apigateway-any-method']['x-amazon-apigateway-integration']"


def overridden(folder: Path, code: str) -> tuple[str, set[str]]:
    """The wiring of the same API with another override, and the rules that something is reported by."""
    shutil.copytree(FIXTURES / "rest-overridden", folder / "gen1")
    override = folder / "gen1/amplify/backend/api/orchard/override.ts"
    override.write_text(f"export function override(resources, info) {{\n{code}\n}}\n", encoding="utf-8")
    conversion = run(folder / "gen1", folder / "gen2")
    return wiring(folder / "gen2"), {finding.rule for finding in conversion.findings}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "resources.restApi.policy = { Version: '2012-10-17', Statement: [{ Effect: 'Deny' }] };",
            ".policy = { Version: '2012-10-17', Statement: [{ Effect: 'Deny' }], };",
        ),
        (
            "resources.restApi.addPropertyOverride('Parameters', { endpointConfigurationTypes: 'REGIONAL' });",
            ".parameters = { endpointConfigurationTypes: 'REGIONAL', };",
        ),
        (
            "resources.restApi.addPropertyOverride('Newer; word()', { Some: 'thing' });",
            ".addPropertyOverride( 'Newer; word()', { Some: 'thing' } );",
        ),
    ],
)
def test_properties_of_the_api_keep_their_own_spelling(tmp_path: Path, code: str, expected: str) -> None:
    assert expected in overridden(tmp_path, code)[0]


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        (f"resources.restApi.body.paths['/trees']{INTEGRATION}.contentHandling = 'x; y()';", "API023"),
        (f"resources.restApi.body.paths['/trees']{INTEGRATION}.timeoutInMillis = 'x; y()';", "API023"),
        ("resources.deploymentResource.stageDescription = { loggingLevel: 'x; y()' };", "API902"),
    ],
)
def test_a_word_that_is_none_is_reported_and_never_code(tmp_path: Path, code: str, rule: str) -> None:
    written, reported = overridden(tmp_path, code)
    assert ("y()" in written, rule in reported) == (False, True)


@pytest.mark.parametrize(
    "code",
    [
        "resources.deploymentResource.stageDescription = 'x';",
        "resources.addCfnResource({ type: 'A', properties: [1] }, 'X');",
        "resources.restApi.body = 3;",
        "resources.restApi.description = { Ref: ['x'] };",
        "resources.restApi.addPropertyDeletionOverride('Body.paths./trees.options.responses.200.x');"
        " resources.restApi.body.paths['/trees'].get = { security: [{ sigv4: [] }] };"
        " resources.restApi.addPropertyDeletionOverride('Body.paths./trees.get.security.0');",
        "resources.restApi.addPropertyOverride('Tags', 'x');",
        "resources.restApi.addDeletionOverride('Properties');",
    ],
)
def test_odd_overrides_are_no_exception(tmp_path: Path, code: str) -> None:
    shutil.copytree(FIXTURES / "rest-overridden", tmp_path / "gen1")
    override = tmp_path / "gen1/amplify/backend/api/orchard/override.ts"
    override.write_text(f"export function override(resources, info) {{\n{code}\n}}\n", encoding="utf-8")
    conversion = run(tmp_path / "gen1", tmp_path / "gen2")
    assert "GEN004" not in {finding.rule for finding in conversion.findings}


def _asks(function: str) -> str:
    uri = (
        "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:"
    )
    asked = f"{{ type: 'token', authorizerUri: '{uri}{function}/invocations' }}"
    return f"{{ type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authorizer': {asked} }}"


def test_paths_keep_their_authorizers_where_two_have_names_that_resemble_each_other(tmp_path: Path) -> None:
    code = (
        f"resources.restApi.body.securityDefinitions = {{ 'gate-a': {_asks('one')}, gateA: {_asks('two')} }};"
        "resources.restApi.body.paths['/trees']['x-amazon-apigateway-any-method'].security = [{ 'gate-a': [] }];"
        "resources.restApi.body.paths['/apples']['x-amazon-apigateway-any-method'].security = [{ gateA: [] }];"
    )
    written, _ = overridden(tmp_path, code)
    named = [
        written.partition(f"for (const path of ['{path}'])")[2].partition("authorizer: ")[2].partition(",")[0]
        for path in ("/trees", "/apples")
    ]
    made = [
        written.partition(f"'{id}', {{ handler")[0].rpartition("const ")[2].split()[0] for id in ("gate-a", "gateA")
    ]
    assert (named, len(set(named))) == (made, 2)


@pytest.mark.parametrize(
    "code",
    [
        "for (const path in resources.restApi.body.paths) {"
        " if (info.envName === 'prod') {"
        " resources.restApi.addPropertyOverride(`Body.paths.${path}.get.security`, [{ gate: [] }]); }"
        " resources.restApi.addPropertyOverride(`Body.paths.${path}.get.operationId`, 'x'); }",
        "resources.restApi.body.paths['/trees'].get.security ="
        " [resources.restApi.body.paths['/lost'].get.security[0]];",
    ],
)
def test_what_only_one_environment_does_and_what_nobody_knows_is_said(tmp_path: Path, code: str) -> None:
    assert "OVR900" in overridden(tmp_path, code)[1]


def test_rights_that_mention_resources_of_the_template_are_reported(tmp_path: Path) -> None:
    code = (
        "resources.addCfnResource({ type: 'AWS::EC2::VPCEndpoint', properties: {} }, 'Gate');"
        "resources.policies['/trees'].groups['Pickers'].addPropertyOverride('PolicyDocument.Statement.0.Condition',"
        " { StringEquals: { 'aws:SourceVpce': { Ref: 'Gate' } } });"
    )
    written, reported = overridden(tmp_path, code)
    assert ("${Gate}" in written, "API041" in reported) == (False, True)


def test_a_statement_that_stands_alone_is_carried_over(tmp_path: Path) -> None:
    statement = "{ Effect: 'Deny', Action: 'execute-api:Invoke', Resource: '*' }"
    code = f"resources.policies['/trees'].groups['Pickers'].policyDocument = {{ Statement: {statement} }};"
    assert "effect: Effect.DENY, actions: ['execute-api:Invoke'], resources: ['*']" in overridden(tmp_path, code)[0]


@pytest.mark.parametrize("statement", ["5", "{ Effect: 'Allow', Resource: '*' }"])
def test_a_statement_that_says_nothing_is_reported(tmp_path: Path, statement: str) -> None:
    code = f"resources.policies['/trees'].groups['Pickers'].policyDocument = {{ Statement: [{statement}] }};"
    reported = overridden(tmp_path, code)[1]
    assert ("API041" in reported, "GEN004" in reported) == (True, False)


@pytest.mark.parametrize(("type", "is_closed"), [("AWS_IAM", True), ("NONE", False)])
def test_a_path_that_an_extension_closes_stays_closed(tmp_path: Path, type: str, is_closed: bool) -> None:
    place = "resources.restApi.body.paths['/gate']['x-amazon-apigateway-any-method']"
    written, reported = overridden(tmp_path, f"{place}['x-amazon-apigateway-auth'] = {{ type: '{type}' }};")
    loop = written.partition("for (const path of ['/gate'")[2].partition("for (const")[0]
    assert ("AuthorizationType.IAM" in loop, "API022" in reported) == (is_closed, is_closed)


@pytest.mark.parametrize(("said", "is_reported"), [("{ Ref: 'Gate' }", True), ("'${aws:username}'", False)])
def test_a_policy_that_mentions_resources_of_the_template_is_reported(
    tmp_path: Path, said: str, is_reported: bool
) -> None:
    code = (
        "resources.restApi.addPropertyOverride('Policy',"
        f" {{ Statement: [{{ Effect: 'Deny', Condition: {{ StringEquals: {{ 'aws:SourceVpce': {said} }} }} }}] }});"
    )
    written, reported = overridden(tmp_path, code)
    assert (".policy = " in written, "API903" in reported) == (not is_reported, is_reported)


def test_what_an_override_does_in_code_is_a_comment_in_the_wiring_of_apis(orchard: str) -> None:
    assert "// OVR900: amplify/backend/api/orchard/override.ts, line" in orchard


def test_a_path_without_its_function_is_left_out(museum: str) -> None:
    assert "/lost" not in museum


def test_an_api_without_any_path_is_left_out(museum: str) -> None:
    assert "closed" not in museum


def test_settings_alone_are_enough(museum: str) -> None:
    assert "museumApi.arnForExecuteApi('PUT', '/rooms/*', stage)," in museum


def test_outputs_of_several_apis_stand_beside_each_other(parcels: Path) -> None:
    text = wiring(parcels)
    assert [name for name in ("AdminQueries", "parcelpost") if f"API: {{ {name}: {{" in text] == [
        "AdminQueries",
        "parcelpost",
    ]


def test_the_slice_is_noted(tmp_path: Path) -> None:
    run(PARCELS, tmp_path, env="main")
    manifest = json.loads((tmp_path / ".migrate/manifest.json").read_text(encoding="utf-8"))
    assert "rest-api" in manifest["features"]
