"""A custom resource whose function fails is told at once."""

from __future__ import annotations

import threading
from typing import Any

from ..settings import Settings

DEFECT = (
    "A function of a custom resource that fails never answers, and the deployment waits for an hour. The module cfn- "
    "response, which Lambda gives to functions in templates, is missing, so all of Gen 1's fail that way."
)
_CUSTOM = "ministack.services.cloudformation.custom_resource"
REPLACES = {
    f"{_CUSTOM}:invoke_custom_resource": (
        "request_type, logical_id, props, stack_name, stack_id, resource_type, physical_id, old_props"
    ),
    f"{_CUSTOM}:deliver_response": "token, response",
    f"{_CUSTOM}:_pending": "",
    "ministack.services.lambda_svc:_execute_function_with_config_scope": "func, event",
}
LONGEST_SECONDS = 300


def apply(settings: Settings) -> None:
    """Answers for a function that failed, and waits for minutes instead of an hour."""
    from ministack.services import lambda_svc
    from ministack.services.cloudformation import custom_resource

    execute, invoke = lambda_svc._execute_function_with_config_scope, custom_resource.invoke_custom_resource
    # Only the function that CloudFormation calls: what that one calls may fail to say "not yet".
    direct = threading.local()

    def invoke_limited(request_type: str, logical_id: str, props: dict[str, Any], *rest: Any, **named: Any) -> Any:
        direct.on = True
        try:
            return invoke(request_type, logical_id, _limited(props), *rest, **named)
        finally:
            direct.on = False

    def execute_answering(func: dict[str, Any], event: Any) -> Any:
        asked, direct.on = getattr(direct, "on", False), False
        result = execute(func, event)
        if asked and isinstance(event, dict) and "ResponseURL" in event:
            _answer_failure(event["ResponseURL"].rsplit("/", 1)[-1], result)
        return result

    custom_resource.invoke_custom_resource = invoke_limited
    lambda_svc._execute_function_with_config_scope = execute_answering


def _limited(properties: dict[str, Any]) -> dict[str, Any]:
    try:
        wanted = int(properties.get("ServiceTimeout", LONGEST_SECONDS))
    except (TypeError, ValueError):
        wanted = LONGEST_SECONDS
    return {**properties, "ServiceTimeout": str(min(wanted, LONGEST_SECONDS))}


def _answer_failure(token: str, result: Any) -> None:
    from ministack.services.cloudformation import custom_resource

    waiting = custom_resource._pending.get(token)
    if waiting is None or waiting["result"] is not None or not isinstance(result, dict) or not result.get("error"):
        return
    body = result.get("body")
    said = body.get("errorMessage") if isinstance(body, dict) else body
    custom_resource.deliver_response(token, {"Status": "FAILED", "Reason": f"the function failed: {said}"})
