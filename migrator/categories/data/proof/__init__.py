"""The proof that a converted schema means what Gen 1's schema meant; independent of what converts it."""

from migrator.categories.data.proof.compare import compare
from migrator.categories.data.proof.model import ClientDifference, Comparison, Difference, Flags, SchemaContext

__all__ = ["ClientDifference", "Comparison", "Difference", "Flags", "SchemaContext", "compare"]
