"""Methods of an OpenAPI document, as CloudFormation says them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migrator.categories.rest_api.built import INTEGRATION


def described(method: Any, schemes: Mapping[str, Any]) -> dict[str, Any]:
    """A method of the OpenAPI document in CloudFormation's words."""
    said = method if isinstance(method, Mapping) else {}
    integration = said.get(INTEGRATION) or {}
    responses = integration.get("responses") or {}
    return {
        **_authorization(said.get("security"), schemes),
        "Integration": {
            "Type": str(integration.get("type", "")).upper(),
            "Uri": integration.get("uri"),
            "ContentHandling": integration.get("contentHandling"),
            "TimeoutInMillis": integration.get("timeoutInMillis"),
            "RequestParameters": integration.get("requestParameters"),
            "RequestTemplates": integration.get("requestTemplates"),
            "PassthroughBehavior": str(integration.get("passthroughBehavior", "when_no_match")).upper(),
            "IntegrationResponses": [
                {
                    "SelectionPattern": None if pattern == "default" else pattern,
                    "StatusCode": response.get("statusCode"),
                    "ResponseParameters": response.get("responseParameters"),
                    "ResponseTemplates": response.get("responseTemplates"),
                }
                for pattern, response in responses.items()
                if isinstance(response, Mapping)
            ],
        },
    }


def _authorization(security: Any, schemes: Mapping[str, Any]) -> dict[str, Any]:
    if not security:
        return {"AuthorizationType": "NONE"}
    found: dict[str, Any] = {}
    for one in security if isinstance(security, list) else ():
        for scheme, scopes in one.items() if isinstance(one, Mapping) else ():
            told = schemes.get(scheme) or {}
            if told.get("x-amazon-apigateway-authtype") == "awsSigv4":
                found["AuthorizationType"] = "AWS_IAM"
                continue
            authorizer = told.get("x-amazon-apigateway-authorizer") or {}
            kind = str(authorizer.get("type", told.get("x-amazon-apigateway-authtype", ""))).lower()
            found["AuthorizationType"] = "COGNITO_USER_POOLS" if kind == "cognito_user_pools" else f"CUSTOM {kind}"
            found["AuthorizationScopes"] = scopes
            found["Authorizer"] = {
                "ProviderARNs": authorizer.get("providerARNs"),
                "IdentitySource": authorizer.get("identitySource")
                or f"method.request.header.{told.get('name', 'Authorization')}",
                "AuthorizerUri": authorizer.get("authorizerUri"),
                "AuthorizerResultTtlInSeconds": authorizer.get("authorizerResultTtlInSeconds"),
                "IdentityValidationExpression": authorizer.get("identityValidationExpression"),
            }
    return found
