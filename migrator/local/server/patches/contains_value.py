"""A filter may ask whether a value contains an attribute."""

from __future__ import annotations

from typing import Any

from ..settings import Settings

DEFECT = (
    "DynamoDB takes a value as the first operand of `contains`, and filters for one of several keys are written that "
    "way: lists that are filtered by owner are refused with 'Expected COMMA'."
)
_EVALUATOR = "ministack.services.dynamodb:_ExprEval"
REPLACES = {
    f"{_EVALUATOR}._fn_contains": "self",
    f"{_EVALUATOR}._operand": "self",
    f"{_EVALUATOR}.peek": "",
    f"{_EVALUATOR}.advance": "self",
    f"{_EVALUATOR}.expect": "",
    "ministack.services.dynamodb:_ddb_equals": "",
}
_VALUE = "VALUE_REF"
_SETS = {"SS": "S", "NS": "N", "BS": "B"}


def apply(settings: Settings) -> None:
    """Reads such a call; others are the emulator's.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
    """
    from ministack.services import dynamodb

    contains = dynamodb._ExprEval._fn_contains

    def contains_or_value(expression: Any) -> Any:
        if expression.peek(2)[0] != _VALUE:
            return contains(expression)
        expression.advance()
        expression.expect("LPAREN")
        value = expression._operand()
        expression.expect("COMMA")
        wanted = expression._operand()
        expression.expect("RPAREN")
        return _contains(value, wanted)

    dynamodb._ExprEval._fn_contains = contains_or_value


def _contains(value: dict[str, Any] | None, wanted: dict[str, Any] | None) -> bool:
    from ministack.services.dynamodb import _ddb_equals

    if not value or not wanted:
        return False
    kind, inner = next(iter(value.items()))
    if kind == "L":
        return any(_ddb_equals(one, wanted) for one in inner)
    if kind in _SETS:
        return wanted.get(_SETS[kind]) in inner
    return kind == "S" and "S" in wanted and wanted["S"] in inner
