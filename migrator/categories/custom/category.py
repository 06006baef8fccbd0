"""The custom category, put together."""

from __future__ import annotations

from migrator.categories.custom.builders import carried_over, export_apart, included, kept, name_apart
from migrator.categories.custom.checks import clashes, outlives
from migrator.categories.custom.model import CustomStack, MissingStack, StackData, StackExport, StackName
from migrator.categories.custom.observe import OBSERVER
from migrator.categories.custom.read import read
from migrator.categories.custom.targets import custom_output
from migrator.engine.category import Category

CATEGORY = Category(
    name="custom",
    nodes=(CustomStack, MissingStack, StackData, StackExport, StackName),
    read=read,
    observe=OBSERVER,
    outputs={"customCDK": custom_output, "customCloudformation": custom_output},
    builders=(carried_over, export_apart, included, kept, name_apart),
    checks=(clashes, outlives),
)
