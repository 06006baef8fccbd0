"""The category of overrides, put together."""

from __future__ import annotations

from migrator.categories.overrides.builders import override_comment, override_statement
from migrator.categories.overrides.checks import adds_data, of_a_live_resource, of_the_bucket_of_builds, understood
from migrator.categories.overrides.model import OverrideStatement
from migrator.categories.overrides.observe import OBSERVER
from migrator.categories.overrides.read import read, read_app
from migrator.engine.category import Category

CATEGORY = Category(
    name="overrides",
    nodes=(OverrideStatement,),
    read=read,
    read_app=read_app,
    observe=OBSERVER,
    builders=(override_comment, override_statement),
    checks=(adds_data, of_a_live_resource, of_the_bucket_of_builds, understood),
)
