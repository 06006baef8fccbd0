"""Schemas of Gen 1 backends, and what was generated from them."""

from migrator.documents.source import Language
from migrator.engine.sources import Scanner, SourceCategory
from migrator.sources.graphql.generated import generated
from migrator.sources.graphql.schema import schema
from migrator.sources.uses import GeneratedCode, GraphqlDirective, GraphqlRule, GraphqlSchema, GraphqlType

CATEGORY = SourceCategory(
    name="graphql",
    prefix="GQL",
    nodes=(GraphqlSchema, GraphqlDirective, GraphqlType, GraphqlRule, GeneratedCode),
    scanners=(
        Scanner(frozenset((Language.GRAPHQL,)), (b"@",), schema),
        Scanner(
            frozenset((Language.JAVASCRIPT, Language.TYPESCRIPT, Language.GRAPHQL)),
            (b"export ", b"query ", b"mutation ", b"subscription "),
            generated,
        ),
    ),
)
