"""The proof that a converted schema means what Gen 1's schema meant; independent of what converts it."""

from migrator.categories.data.proof.client import client_differences
from migrator.categories.data.proof.compare import compare
from migrator.categories.data.proof.model import (
    Allowed,
    ClientDifference,
    Comparison,
    Difference,
    Flags,
    SchemaContext,
)
from migrator.categories.data.proof.normal import RULES

__all__ = [
    "RULES",
    "Allowed",
    "ClientDifference",
    "Comparison",
    "Difference",
    "Flags",
    "SchemaContext",
    "client_differences",
    "compare",
]
