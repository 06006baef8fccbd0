"""A stack that is not there is named as AWS names it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..settings import Settings

DEFECT = (
    "The error for a missing stack reads 'Stack [x] does not exist', where AWS writes 'Stack with id x does not "
    "exist'. ampx looks for those words and ends with an error instead of deploying."
)
REPLACES = {"ministack.services.cloudformation.handlers:_ACTION_HANDLERS": ""}
_ACTIONS = ("DescribeStacks", "GetTemplate", "GetTemplateSummary", "DescribeStackResources", "ListStackResources",
            "DescribeStackEvents")  # fmt: skip


def apply(settings: Settings) -> None:
    """Rewrites the sentence."""
    from ministack.services.cloudformation import handlers

    for action in _ACTIONS:
        handlers._ACTION_HANDLERS[action] = _reworded(handlers._ACTION_HANDLERS[action])


def _reworded(answer: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def reworded(params: Any) -> Any:
        status, headers, body = answer(params)
        if status == 400:
            body = re.sub(rb"Stack \[([^\]]+)\] does not exist", rb"Stack with id \1 does not exist", body)
        return status, headers, body

    return reworded
