"""The project category, put together."""

from __future__ import annotations

from migrator.categories.project import client_config
from migrator.categories.project.builders import permissions_boundary, stack_tags
from migrator.categories.project.checks import (
    native_front_end,
    nothing_to_steer,
    of_an_api_left_out,
    read_by_apis,
    read_by_its_category,
    second_transformer,
    stands_in_the_template,
    switched_off,
)
from migrator.categories.project.model import CategoryFile, FeatureFlag, ProjectSettings
from migrator.categories.project.observe import OBSERVER
from migrator.categories.project.read import read, read_app
from migrator.engine.category import Category

CATEGORY = Category(
    name="project",
    nodes=(ProjectSettings, FeatureFlag, CategoryFile),
    read=read,
    read_app=read_app,
    observe=OBSERVER,
    client_config=client_config.told,
    builders=(permissions_boundary, stack_tags),
    checks=(
        native_front_end,
        nothing_to_steer,
        of_an_api_left_out,
        read_by_apis,
        read_by_its_category,
        second_transformer,
        stands_in_the_template,
        switched_off,
    ),
)
