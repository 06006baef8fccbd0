"""GraphQL requests are answered by the resolvers that are deployed."""

from __future__ import annotations

import json
from typing import Any

from ..appsync.caller import Fields, Request, Unauthorized, identify
from ..appsync.evaluator import EvaluationError, Evaluator
from ..settings import Settings

DEFECT = (
    "Mapping templates are not evaluated: a query answers with whatever is in the table, for everybody. Here Amplify's "
    "own simulator evaluates them, and the caller is who the request says."
)
_APPSYNC = "ministack.services.appsync"
_EVALUATOR = "ministack.core.iam_evaluator"
REPLACES = {
    f"{_APPSYNC}:_execute_graphql": "api_id, data, request_headers, authorize",
    f"{_APPSYNC}:_auth_modes": "api",
    f"{_APPSYNC}:_api_keys": "",
    f"{_APPSYNC}:_resolvers": "",
    f"{_APPSYNC}:_AuthorizerRejected": "",
    f"{_APPSYNC}:_graphql_error": "status, error_type, message",
    f"{_APPSYNC}:_invoke_lambda_authorizer": (
        "api_id, authorizer_config, request_headers, query, variables, operation_name"
    ),
    f"{_EVALUATOR}:resolve_principal": "access_key_id, account_id, credential",
    f"{_EVALUATOR}:EvalContext": "",
    "ministack.core.appsync_js:evaluate": "code, fn, ctx, timeout",
}
_KEPT = ("authorization", "x-api-key", "host", "user-agent", "content-type", "x-amz-user-agent", "origin", "referer")
_evaluators: list[Evaluator] = []


def apply(settings: Settings) -> None:
    """Sends requests to the evaluator; without its packages they are refused, never answered with something else."""
    from ministack.services import appsync

    evaluator = Evaluator(settings)
    _evaluators.append(evaluator)
    original = appsync._execute_graphql

    def execute(
        api_id: str, data: dict[str, Any], request_headers: dict[str, str] | None = None, authorize: Any = None
    ) -> Any:
        query = data.get("query")
        if not isinstance(query, str) or not query.strip() or api_id not in appsync._apis:
            return original(api_id, data, request_headers, authorize)  # which says what is wrong
        if not settings.simulator:
            return appsync._graphql_error(500, "NotInstalled", "Amplify's simulator of AppSync is not installed")
        headers = {name.lower(): value for name, value in (request_headers or {}).items()}
        return _answer(evaluator, api_id, data, headers)

    appsync._execute_graphql = execute


def close() -> None:
    """Ends the evaluation."""
    for evaluator in _evaluators:
        evaluator.close()


def evaluate(given: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """Evaluates a function of a resolver's code (the route of the evaluator)."""
    from ministack.core import appsync_js

    try:
        status, value, appended, stash, skip = appsync_js.evaluate(given["code"], given["function"], given["context"])
    except appsync_js.AppSyncJsError as problem:
        said = {"message": str(problem), "errorType": problem.error_type}
        return 200, {"error": {**said, "data": problem.data, "errorInfo": problem.error_info}}
    except RuntimeError as problem:
        return 200, {"error": {"message": str(problem), "errorType": "Code"}}
    return 200, {"status": status, "value": value, "appended": appended, "stash": stash, "skipTo": skip}


def _answer(evaluator: Evaluator, api_id: str, data: dict[str, Any], headers: dict[str, str]) -> Any:
    from graphql import GraphQLSyntaxError
    from ministack.services import appsync

    variables, operation = data.get("variables") or {}, data.get("operationName")
    try:
        fields = _fields(data["query"], operation)
        caller = identify(Request(api_id, headers, data["query"], variables, operation, fields))
        message = {
            "query": data["query"],
            "variables": variables,
            "operationName": operation,
            "caller": vars(caller),
            "headers": {name: value for name, value in headers.items() if name in _KEPT or name.startswith("x-")},
        }
        document = evaluator.run(api_id, message)
    except Unauthorized as refusal:
        return appsync._graphql_error(401, "UnauthorizedException", str(refusal))
    except GraphQLSyntaxError:
        return appsync._graphql_error(400, "MalformedHttpRequestException", "Unable to parse GraphQL query.")
    except EvaluationError as problem:
        return appsync._graphql_error(500, "InternalFailure", str(problem))
    return 200, {"Content-Type": "application/json"}, json.dumps(document).encode()


def _fields(query: str, operation: str | None) -> Fields:
    """The top-level fields of the operation that is to be run, with the root type each belongs to."""
    from graphql import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, OperationDefinitionNode, parse

    document = parse(query)
    fragments = {one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)}
    found: list[tuple[str, str]] = []

    def gather(root: str, selections: Any, seen: frozenset[str]) -> None:
        for one in selections:
            if isinstance(one, FieldNode):
                found.append((root, one.name.value))
            elif not isinstance(one, FragmentSpreadNode):
                gather(root, one.selection_set.selections, seen)
            elif one.name.value in fragments and one.name.value not in seen:
                gather(root, fragments[one.name.value].selection_set.selections, seen | {one.name.value})

    for one in document.definitions:
        if isinstance(one, OperationDefinitionNode) and (not operation or (one.name and one.name.value == operation)):
            gather(one.operation.value.capitalize(), one.selection_set.selections, frozenset())
    return tuple(found)
