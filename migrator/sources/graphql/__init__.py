"""Schemas of Gen 1 backends."""

from migrator.documents.source import Language
from migrator.engine.sources import Scanner, SourceCategory
from migrator.sources.graphql.schema import schema
from migrator.sources.uses import GraphqlDirective, GraphqlSchema

CATEGORY = SourceCategory(
    name="graphql",
    prefix="GQL",
    nodes=(GraphqlSchema, GraphqlDirective),
    scanners=(Scanner(frozenset((Language.GRAPHQL,)), (b"@",), schema),),
)
