"""The category of REST APIs, put together."""

from __future__ import annotations

from migrator.categories.rest_api.access import access
from migrator.categories.rest_api.builders import authorizer, clients, gateway_response, rest_api, route
from migrator.categories.rest_api.checks import (
    asked_function,
    function_is_there,
    has_routes,
    holds_data,
    is_used,
    known_access,
    other_stage_settings,
    own_pool,
)
from migrator.categories.rest_api.extras import extra_resource, sayable
from migrator.categories.rest_api.model import (
    Authorizer,
    ExtraResource,
    GatewayResponse,
    InvokePolicy,
    RestApi,
    Route,
    Unbuilt,
)
from migrator.categories.rest_api.observe import OBSERVER
from migrator.categories.rest_api.read import read
from migrator.categories.rest_api.rights import invoke_policy, role_is_known
from migrator.categories.rest_api.targets import api_output
from migrator.engine.category import Category

CATEGORY = Category(
    name="rest_api",
    nodes=(Authorizer, ExtraResource, GatewayResponse, InvokePolicy, RestApi, Route, Unbuilt),
    read=read,
    observe=OBSERVER,
    outputs={"API Gateway": api_output},
    builders=(authorizer, clients, extra_resource, gateway_response, invoke_policy, rest_api, route),
    checks=(
        asked_function,
        function_is_there,
        has_routes,
        holds_data,
        is_used,
        known_access,
        other_stage_settings,
        own_pool,
        role_is_known,
        sayable,
    ),
    access=access,
)
