"""GetTemplateSummary tells a template's metadata."""

from __future__ import annotations

import html
import json
from typing import Any

from ..settings import Settings

DEFECT = (
    "GetTemplateSummary leaves out Metadata, in which a Gen 2 stack says where its outputs are: `ampx generate "
    "outputs` writes an empty file."
)
_HANDLERS = "ministack.services.cloudformation.handlers"
REPLACES = {
    f"{_HANDLERS}:_ACTION_HANDLERS": "",
    f"{_HANDLERS}:_resolve_stack": "",
    f"{_HANDLERS}:_resolve_template": "",
    f"{_HANDLERS}:_parse_template": "",
    f"{_HANDLERS}:_p": "",
}
_END = b"</GetTemplateSummaryResult>"


def apply(settings: Settings) -> None:
    """Adds it: a JSON text.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplateSummary.html
    """
    from ministack.services.cloudformation import handlers

    summary = handlers._ACTION_HANDLERS["GetTemplateSummary"]

    def with_metadata(params: dict[str, Any]) -> Any:
        status, headers, body = summary(params)
        metadata = _metadata(params) if status == 200 else None
        if metadata:
            text = html.escape(json.dumps(metadata), quote=False)
            body = body.replace(_END, f"<Metadata>{text}</Metadata>".encode() + _END)
        return status, headers, body

    handlers._ACTION_HANDLERS["GetTemplateSummary"] = with_metadata


def _metadata(params: dict[str, Any]) -> Any:
    from ministack.services.cloudformation import handlers

    text, _ = handlers._resolve_template(params)
    if text:
        return handlers._parse_template(text).get("Metadata")
    stack = handlers._resolve_stack(handlers._p(params, "StackName")) or {}
    return (stack.get("_template") or {}).get("Metadata")
