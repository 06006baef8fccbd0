"""What is read of REST APIs: templates of all generations, and settings alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import pytest

from migrator.categories.rest_api.model import (
    Access,
    Authorizer,
    ExtraResource,
    GatewayResponse,
    InvokePolicy,
    Preflight,
    Principal,
    RestApi,
    Route,
    Unbuilt,
)
from migrator.categories.rest_api.read import read
from migrator.gen1.graph import LinkKind, Resource
from migrator.gen1.project import discover
from tests.projects import ROOT

N = TypeVar("N")
PARCELS = ROOT / "sample_projects/parcels/gen1"
SETTINGS = ROOT / "tests/fixtures/gen1/rest-from-inputs"
HAND = ROOT / "tests/fixtures/gen1/rest-by-hand"


def api(project: Path, name: str, env: str | None = None) -> Resource:
    app = discover(project, env).apps[0]
    return read(next(entry for entry in app.of("api", "API Gateway") if entry.ref.name == name), app)


def nodes(resource: Resource, kind: type[N]) -> dict[str, N]:
    return {fact.key: fact.node for fact in resource.facts if isinstance(fact.node, kind)}


@pytest.fixture
def parcels() -> Resource:
    return api(PARCELS, "parcelpost", "main")


@pytest.fixture
def settings() -> Resource:
    """Read from `cli-inputs.json` alone."""
    return api(SETTINGS, "museum")


@pytest.fixture
def quarry() -> Resource:
    """An old template, changed by hand."""
    return api(HAND, "quarry")


def test_each_path_has_everything_below_it(parcels: Resource) -> None:
    paths = [route.path for route in nodes(parcels, Route).values()]
    assert paths[:4] == ["/track", "/track/{proxy+}", "/parcels", "/parcels/{proxy+}"]


@pytest.mark.parametrize(("path", "access"), [("/track", Access.OPEN), ("/parcels", Access.IAM)])
def test_a_path_says_who_may_call_it(parcels: Resource, path: str, access: Access) -> None:
    assert nodes(parcels, Route)[path].access is access


def test_a_path_names_its_function(parcels: Resource) -> None:
    assert nodes(parcels, Route)["/depots/routes/{day}"].function == "depots"


def test_browsers_are_answered_as_the_cli_does(parcels: Resource) -> None:
    assert nodes(parcels, Route)["/track"].preflight == Preflight()


def test_guests_have_their_rights_from_the_stack_of_all_apis(parcels: Resource) -> None:
    policy = nodes(parcels, InvokePolicy)["PolicyAPIGWUnauth1"]
    resources = policy.statements[0]["Resource"]
    assert (policy.principal, [one.rpartition("}")[2] for one in resources]) == (
        Principal.GUEST,
        ["/GET/parcels/*", "/GET/parcels"],
    )


def test_a_group_is_known_by_its_name(parcels: Resource) -> None:
    policy = nodes(parcels, InvokePolicy)["DispatchersGroupdepotsroutesdayPolicy"]
    assert (policy.principal, policy.name) == (Principal.GROUP, "Dispatchers")


def test_it_calls_its_functions(parcels: Resource) -> None:
    called = {link.target.name for link in parcels.links if link.kind is LinkKind.TRIGGER}
    assert called == {"tracking", "parcels", "depots"}


def test_it_speaks_of_users_and_groups(parcels: Resource) -> None:
    known = {link.target.name for link in parcels.links if link.kind is LinkKind.AUTHORIZES}
    assert known == {"parcelpostAuth", "userPoolGroups"}


def test_errors_of_the_gateway_have_headers_too(parcels: Resource) -> None:
    types = {response.type for response in nodes(parcels, GatewayResponse).values()}
    assert types == {"DEFAULT_4XX", "DEFAULT_5XX"}


def test_the_stage_is_the_environment(parcels: Resource) -> None:
    assert nodes(parcels, RestApi)["api"].stage == "${env}"


def test_admin_queries_take_tokens_of_the_pool() -> None:
    route = nodes(api(PARCELS, "AdminQueries", "main"), Route)["/{proxy+}"]
    assert (route.access, route.authorizer, route.scopes) == (
        Access.COGNITO,
        "Cognito",
        ("aws.cognito.signin.user.admin",),
    )


def test_nothing_of_admin_queries_is_odd() -> None:
    assert nodes(api(PARCELS, "AdminQueries", "main"), Route)["/{proxy+}"].other == ()


def test_settings_alone_are_enough(settings: Resource) -> None:
    assert list(nodes(settings, Route))[:4] == [
        "/",
        "/{proxy+}",
        "/rooms/{room}",
        "/rooms/{room}/{proxy+}",
    ]


def test_settings_alone_say_what_users_may_call(settings: Resource) -> None:
    policy = nodes(settings, InvokePolicy)["PolicyAPIGWAuth1"]
    assert [one.rpartition("}")[2] for one in policy.statements[0]["Resource"]] == [
        "/*/rooms/*/*",
        "/*/rooms/*",
        "/GET/shuttle/*",
        "/GET/shuttle",
    ]


def test_settings_alone_are_where_it_was_read(settings: Resource) -> None:
    route = next(fact for fact in settings.facts if fact.key == "/shuttle")
    first = route.sources["function"][0]
    assert (first.document.path.name, first.pointer) == ("cli-inputs.json", ("paths", "/shuttle"))


def test_an_api_that_nobody_describes_is_left_out() -> None:
    forgotten = api(SETTINGS, "forgotten")
    assert (forgotten.convertible, list(nodes(forgotten, Unbuilt))) == (False, ["api"])


def test_old_templates_hold_the_rights_themselves(quarry: Resource) -> None:
    assert nodes(quarry, InvokePolicy)["PolicyAPIGWquarryauth"].principal is Principal.SIGNED_IN


def test_a_single_verb_stays_single(quarry: Resource) -> None:
    route = nodes(quarry, Route)["/gate"]
    assert (route.verb, route.timeout) == ("GET", 5000)


def test_settings_without_a_word_are_noticed(quarry: Resource) -> None:
    route = nodes(quarry, Route)["/gate/{proxy+}"]
    assert (route.content, route.other) == ("CONVERT_TO_BINARY", ("x-amazon-apigateway-integration/requestParameters",))


def test_a_preflight_answer_of_ones_own_is_kept(quarry: Resource) -> None:
    expected = Preflight("https://quarry.example.com", ("GET", "OPTIONS"))
    assert nodes(quarry, Route)["/gate"].preflight == expected


def test_an_authorizer_with_another_pool_is_no_known_access(quarry: Resource) -> None:
    assert nodes(quarry, Route)["/partner"].access is Access.UNKNOWN


@pytest.mark.parametrize("path", ["/badge", "/cart", "/porter"])
def test_a_function_that_lets_requests_pass_is_known(quarry: Resource, path: str) -> None:
    assert nodes(quarry, Route)[path].access is Access.LAMBDA


def test_an_authorizer_says_which_function_it_asks(quarry: Resource) -> None:
    badge = nodes(quarry, Authorizer)["Badge"]
    assert (badge.kind, badge.function, badge.pattern, badge.ttl) == ("token", "gate", "^badge-[0-9]+$", 60)


def test_an_authorizer_may_ask_a_function_of_others_about_parts_of_requests(quarry: Resource) -> None:
    gate = nodes(quarry, Authorizer)["Gate"]
    assert (gate.kind, gate.arn, gate.sources, gate.ttl) == (
        "request",
        "arn:aws:lambda:eu-west-1:123456789012:function:weighbridge",
        ("method.request.header.X-Cart", "method.request.querystring.cart"),
        0,
    )


def test_an_api_calls_the_functions_of_its_authorizers(quarry: Resource) -> None:
    assert "access Badge" in {link.label for link in quarry.links if link.target.name == "gate"}


def test_an_authorizer_keeps_its_header(quarry: Resource) -> None:
    assert nodes(quarry, Authorizer)["Token"].header == "X-Quarry-Token"


def test_what_an_override_sets_on_the_stage_is_read(quarry: Resource) -> None:
    node = nodes(quarry, RestApi)["api"]
    assert (node.stage, node.stage_settings["ThrottlingRateLimit"]) == ("v1", 20)


def test_a_resource_that_was_added_is_noticed(quarry: Resource) -> None:
    plan = nodes(quarry, ExtraResource)["QuarryPlan"]
    assert (plan.type, plan.properties["UsagePlanName"], plan.after) == (
        "AWS::ApiGateway::UsagePlan",
        "quarry",
        ("DeploymentAPIGWquarry5f00c1d2",),
    )


@pytest.mark.parametrize(
    "broken",
    [
        '{"paths": []}',
        '{"paths": {"/a": 3}}',
        '{"paths": {"/a": {"permissions": [], "lambdaFunction": 7}}}',
        '{"paths": {"/a": {"permissions": {"groups": [], "auth": {}, "guest": "read"}}}}',
    ],
)
def test_odd_settings_are_no_exception(tmp_path: Path, broken: str) -> None:
    folder = tmp_path / "amplify/backend"
    (folder / "api/odd").mkdir(parents=True)
    (folder / "api/odd/cli-inputs.json").write_text(broken)
    (folder / "backend-config.json").write_text(
        '{"api": {"odd": {"service": "API Gateway", "providerPlugin": "awscloudformation"}}}'
    )
    assert api(tmp_path, "odd").facts


@pytest.mark.parametrize(
    "path",
    [
        3,
        {"options": 3, "get": 4},
        {"x-amazon-apigateway-any-method": {"security": [{}], "x-amazon-apigateway-integration": []}},
        {"options": {"x-amazon-apigateway-integration": {"responses": {"default": {"responseParameters": 2}}}}},
    ],
)
def test_odd_documents_are_no_exception(tmp_path: Path, path: Any) -> None:
    import json

    folder = tmp_path / "amplify/backend"
    (folder / "api/odd").mkdir(parents=True)
    body = {"paths": {"/a": path}, "securityDefinitions": {"x": 3}}
    template = {"Resources": {"odd": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Body": body}}}}
    (folder / "api/odd/odd-cloudformation-template.json").write_text(json.dumps(template))
    (folder / "backend-config.json").write_text(
        '{"api": {"odd": {"service": "API Gateway", "providerPlugin": "awscloudformation"}}}'
    )
    assert api(tmp_path, "odd").facts
