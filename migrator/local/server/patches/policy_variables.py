"""Policies know the identity that asks."""

from __future__ import annotations

import contextvars
import re
from typing import Any

from ..settings import Settings

DEFECT = (
    "Variables in policies, such as ${cognito-identity.amazonaws.com:sub}, are compared literally, and the keys of "
    "identity pools are not known: users cannot reach their own files."
)
_EVALUATOR = "ministack.core.iam_evaluator"
REPLACES = {
    f"{_EVALUATOR}:_principal_keys": "credential",
    f"{_EVALUATOR}:evaluate": "ctx, policies, limits",
    f"{_EVALUATOR}:fnmatch_iam_cs": "value, pattern",
    f"{_EVALUATOR}:_resolve_condition_key": "key, ctx",
    "ministack.services.sts:_sessions": "",
}
_POOL = "cognito-identity.amazonaws.com"
_LITERAL = frozenset("*?$")
_asking: contextvars.ContextVar[Any] = contextvars.ContextVar("asking", default=None)


def apply(settings: Settings) -> None:
    """Adds the keys, and puts values in the place of variables.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    """
    from ministack.core import iam_evaluator as evaluator
    from ministack.services import sts

    keys, evaluate, match = evaluator._principal_keys, evaluator.evaluate, evaluator.fnmatch_iam_cs

    def keys_of_identity(credential: Any) -> dict[str, Any]:
        session = sts._sessions.get(credential.access_key_id) or {}
        if not session.get("_identity_id"):
            return dict(keys(credential))
        return {
            **keys(credential),
            f"{_POOL}:sub": session["_identity_id"],
            f"{_POOL}:aud": session.get("_identity_pool_id"),
            f"{_POOL}:amr": session.get("_cognito_amr"),
        }

    def evaluate_for(ctx: Any, *policies: Any) -> Any:
        token = _asking.set(ctx)
        try:
            return evaluate(ctx, *policies)
        finally:
            _asking.reset(token)

    def match_filled(value: str, pattern: str) -> Any:
        return match(value, _filled(pattern))

    evaluator._principal_keys = keys_of_identity
    evaluator.evaluate = evaluate_for
    evaluator.fnmatch_iam_cs = match_filled


def _filled(pattern: str) -> str:
    ctx = _asking.get()
    if ctx is None or "${" not in pattern:
        return pattern
    return re.sub(r"\$\{([^}]*)\}", lambda found: _value(found, ctx), pattern)


def _value(found: re.Match[str], ctx: Any) -> str:
    from ministack.core import iam_evaluator as evaluator

    if found[1] in _LITERAL:
        return found[1]
    value = evaluator._resolve_condition_key(found[1].split(",")[0].strip(), ctx)
    return found[0] if value is None else str(value)
