"""The OpenAPI document of an API: its routes, and what looks at tokens.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.rest_api.built import ANY, INTEGRATION
from migrator.categories.rest_api.model import Access, Answer, Authorizer, Mapped, Preflight, Route
from migrator.core.ref import ResourceRef
from migrator.documents.cursor import Cursor
from migrator.documents.traced import Traced, gather, traced
from migrator.gen1.graph import Fact, fact

_FUNCTION = re.compile(
    r"/functions/(?:\$\{function(?P<output>.+)\.Outputs\.Arn\}|(?:\$\{)?function(?P<bare>.+)Arn\}?)/invocations$"
)
_OTHER_FUNCTION = re.compile(r"/functions/(arn:[\w-]+:lambda:[^/]+)/invocations$")
_STATUS = re.compile(r"""['"]?statusCode['"]?\s*:\s*(\d+)""")
_ANSWER = "method.response.header.Access-Control-Allow-"
_VERBS = ("get", "put", "post", "delete", "options", "head", "patch")
_DOCUMENTING = frozenset(
    (
        "swagger",
        "openapi",
        "info",
        "host",
        "basePath",
        "schemes",
        "paths",
        "securityDefinitions",
        "definitions",
        "x-amazon-apigateway-request-validators",
    )
)
"""Parts of the document that are read, or that describe the API for readers and generators only."""
_DOCUMENTS = frozenset(("consumes", "produces", "responses", "parameters", "summary", "description", "operationId"))
"""The same for a method: API Gateway does not look at models of requests and responses unless a validator does."""
_READ = frozenset(("security", INTEGRATION))
_ADMIN_VALIDATOR = "x-amazon-apigateway-request-validator"
_INTEGRATION = frozenset(("type", "uri", "httpMethod"))
_SETTINGS = {"timeoutInMillis": re.compile(r"[1-9]\d{1,8}"), "contentHandling": re.compile(r"CONVERT_TO_(BINARY|TEXT)")}
"""Settings of an integration that CDK has a word for, and what they may say."""
_ASKED = frozenset(
    (
        "type",
        "providerARNs",
        "authorizerUri",
        "authorizerResultTtlInSeconds",
        "identitySource",
        "identityValidationExpression",
    )
)
"""What is read of an authorizer."""
_MAPPED = ("requestTemplates", "passthroughBehavior")
_NOTHING = {"passthroughBehavior": "when_no_match", "contentHandling": "CONVERT_TO_TEXT"}
"""What says how bodies are handled, and means nothing when a function gets requests as they are."""
_CACHE = frozenset(("cacheNamespace", "cacheKeyParameters", "responses"))
"""The cache has no cluster unless the stage says so; responses are the function's own."""


def unknown_parts(body: Cursor) -> Traced[tuple[str, ...]]:
    """Parts of the document that the CLI does not write."""
    found = [key for key, _ in body.items() if key not in _DOCUMENTING]
    described = [cursor.whole() for key, cursor in body.items() if key not in ("paths", "securityDefinitions")]
    described.append(body.get("securityDefinitions", "sigv4").whole())
    return traced(tuple(found), *described)


def route_facts(ref: ResourceRef, body: Cursor) -> Iterator[Fact[Route]]:
    """The verbs of all paths, the first one under the path itself."""
    for path, item in body.get("paths").items():
        whole = item.whole()
        said = whole.value if isinstance(whole.value, dict) else {}
        verbs = [verb for verb in said if verb != "options" and (verb == ANY or verb in _VERBS)]
        preflight, odd = _preflight(said.get("options"))
        strange = [*odd, *(key for key in said if key not in (*verbs, "options"))]
        for number, verb in enumerate(verbs or ["options"]):
            word = "ANY" if verb == ANY else verb.upper()
            values = _route(path, word, said[verb] if verbs else {}, whole)
            if number == 0:
                values["preflight"] = traced(preflight, whole)
                values["other"] = traced((*values["other"].value, *strange), whole)
            key = path if number == 0 else f"{path} {word}"
            yield fact(Route, ref, key, values)


def _route(path: str, verb: str, said: Any, whole: Traced[Any]) -> dict[str, Traced[Any]]:
    method = said if isinstance(said, dict) else {}
    integration = method.get(INTEGRATION)
    integration = integration if isinstance(integration, dict) else {}
    access, authorizer, scopes = _access(method.get("security"))
    if access is Access.OPEN and _asks_otherwise(method):
        access = Access.UNKNOWN
    calls = integration.get("type") in ("aws_proxy", "aws")
    function = _function(integration.get("uri")) if calls else ""
    mapped = _mapped(integration) if integration.get("type") == "aws" else None
    values = {
        "path": path,
        "verb": verb,
        "function": function,
        "access": access,
        "authorizer": authorizer,
        "scopes": scopes,
        "mapped": mapped,
        "timeout": _timeout(integration),
        "content": _content(integration),
        "other": tuple(_other(method, integration)),
    }
    return {name: traced(value, whole) for name, value in values.items()}


def _asks_otherwise(method: Mapping[str, Any]) -> bool:
    """Whether the extension of API Gateway closes a method, where no scheme of the document does."""
    said = method.get("x-amazon-apigateway-auth")
    return said is not None and not (isinstance(said, dict) and str(said.get("type")).upper() == "NONE")


def _function(uri: Any) -> str:
    """The Amplify resource that API Gateway is told to call."""
    found = _FUNCTION.search(str(uri or ""))
    return found["output"] or found["bare"] if found else ""


def _timeout(integration: Mapping[str, Any]) -> int:
    said = integration.get("timeoutInMillis")
    return int(str(said)) if _is_setting("timeoutInMillis", said) else 0


def _content(integration: Mapping[str, Any]) -> str:
    said = str(integration.get("contentHandling", ""))
    return said if said != _NOTHING["contentHandling"] and _is_setting("contentHandling", said) else ""


def _is_setting(key: str, value: Any) -> bool:
    """Whether a setting of an integration is one that can be said."""
    return key in _SETTINGS and _SETTINGS[key].fullmatch(str(value)) is not None


def _access(security: Any) -> tuple[Access, str, tuple[str, ...]]:
    """Which scheme a method asks for; `sigv4` is what the CLI calls signatures. Others are looked up by their name."""
    if not security:
        return Access.OPEN, "", ()
    if not (isinstance(security, list) and len(security) == 1 and isinstance(security[0], dict)):
        return Access.UNKNOWN, "", ()
    ((name, scopes),) = security[0].items() if len(security[0]) == 1 else (("", ()),)
    if name == "sigv4":
        return Access.IAM, "", ()
    listed = tuple(str(scope) for scope in scopes) if isinstance(scopes, list) else ()
    return (Access.COGNITO, name, listed) if name else (Access.UNKNOWN, "", ())


def _other(method: Mapping[str, Any], integration: Mapping[str, Any]) -> Iterator[str]:
    """Settings of a method that the CLI does not write."""
    for key, value in method.items():
        if key in _READ or key in _DOCUMENTS or (key == _ADMIN_VALIDATOR and "body" not in str(value).lower()):
            continue
        yield key
    read = (*_INTEGRATION, *(_MAPPED if integration.get("type") == "aws" else ()))
    for key, value in integration.items():
        known = key in read or key in _CACHE or _is_setting(key, value) or _NOTHING.get(key) == value
        if not known:
            yield f"{INTEGRATION}/{key}"


def _mapped(integration: Mapping[str, Any]) -> Mapped:
    responses = integration.get("responses")
    listed = responses.items() if isinstance(responses, dict) else ()
    answers = (_answer(pattern, said) for pattern, said in listed if isinstance(said, dict))
    passthrough = str(integration.get("passthroughBehavior", "when_no_match")).upper()
    return Mapped(_texts(integration.get("requestTemplates")), passthrough, tuple(answers))


def _answer(pattern: str, said: Mapping[str, Any]) -> Answer:
    own = "" if pattern == "default" else pattern
    parameters, templates = _texts(said.get("responseParameters")), _texts(said.get("responseTemplates"))
    return Answer(str(said.get("statusCode", "200")), own, parameters, templates)


def _texts(said: Any) -> dict[str, str]:
    return {str(key): str(value) for key, value in said.items()} if isinstance(said, dict) else {}


def _preflight(said: Any) -> tuple[Preflight | None, tuple[str, ...]]:
    """What the `options` of a path answer; the second part is what is not the CLI's form."""
    if not isinstance(said, dict):
        return None, ()
    integration = said.get(INTEGRATION)
    integration = integration if isinstance(integration, dict) else {}
    responses = integration.get("responses")
    answer = responses.get("default") if isinstance(responses, dict) and set(responses) == {"default"} else None
    headers = answer.get("responseParameters") if isinstance(answer, dict) else None
    if not isinstance(answer, dict) or not isinstance(headers, dict) or integration.get("type") != "mock":
        return None, ("options",)
    if said.get("security") or any(not key.startswith(_ANSWER) for key in headers):
        return None, ("options",)
    named = {key.removeprefix(_ANSWER): str(value).strip("'") for key, value in headers.items()}
    if set(named) != {"Origin", "Methods", "Headers"} or not str(answer.get("statusCode", "")).isdecimal():
        return None, ("options",)
    asked = _STATUS.search(str(integration.get("requestTemplates", "")))
    odd = () if asked and asked[1] == str(answer["statusCode"]) else ("options",)
    methods, allowed = _listed(named["Methods"]), _listed(named["Headers"])
    return Preflight(named["Origin"], methods, allowed, int(answer["statusCode"])), odd


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def authorizer_facts(ref: ResourceRef, body: Cursor) -> Iterator[Fact[Authorizer]]:
    """What looks at the tokens of requests, by the names that methods use; signatures need nothing."""
    for name, scheme in body.get("securityDefinitions").items():
        told = scheme.get("x-amazon-apigateway-authorizer")
        if name == "sigv4" and not told.present:
            continue
        also = [cursor.whole() for key, cursor in scheme.items() if key in ("type", "in")]
        authtype = scheme.get("x-amazon-apigateway-authtype").text()
        rest = {key: cursor for key, cursor in told.items() if key not in _ASKED}
        uri = told.get("authorizerUri").text()
        header = scheme.get("name").text("Authorization")
        values: dict[str, Traced[Any]] = {
            "kind": told.get("type").text(authtype.value).also(authtype, *also),
            "header": header,
            "function": uri.map(_function),
            "arn": uri.map(_arn),
            "sources": told.get("identitySource").text().map(_listed).also(header),
            "pattern": told.get("identityValidationExpression").text(),
            "ttl": told.get("authorizerResultTtlInSeconds").integer(300),
            "pools": gather(element.text() for element in told.get("providerARNs").elements()),
            "other": traced({key: cursor.value for key, cursor in _whole(rest)}, *(c for _, c in _whole(rest))),
        }
        yield fact(Authorizer, ref, name, values)


def _arn(uri: str) -> str:
    """The function of an authorizer that is none of the project."""
    found = None if _function(uri) else _OTHER_FUNCTION.search(uri)
    return found[1] if found else ""


def _whole(cursors: Mapping[str, Cursor]) -> list[tuple[str, Traced[Any]]]:
    return [(key, cursor.whole()) for key, cursor in cursors.items()]
