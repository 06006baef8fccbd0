"""Requests on the loopback interface count as encrypted."""

from __future__ import annotations

from typing import Any

from ..settings import Settings

DEFECT = (
    "Buckets that enforce SSL deny every request, because the connection within this machine is plain HTTP; all "
    "buckets of Gen 2 do."
)
REPLACES = {"ministack.core.iam_evaluator:_resolve_condition_key": "key, ctx"}


def apply(settings: Settings) -> None:
    """Says so to policies that ask."""
    from ministack.core import iam_evaluator

    resolve = iam_evaluator._resolve_condition_key

    def resolve_encrypted(key: str, ctx: Any) -> Any:
        return "true" if key.lower() == "aws:securetransport" else resolve(key, ctx)

    iam_evaluator._resolve_condition_key = resolve_encrypted
