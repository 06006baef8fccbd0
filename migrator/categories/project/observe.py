"""What holds for everything that is deployed, in both generations: the tags of the stack."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.categories.project import observe_outputs
from migrator.engine.observed import Declared, Generation, Observed, Observer

STACK = "AWS::CloudFormation::Stack"
_OWN = ("amplify:app-id", "amplify:branch-name", "amplify:deployment-type", "created-by")
"""Tags that Amplify gives to every stack of a backend."""


def name(declared: Declared, generation: Generation) -> str:
    """Nothing of the templates belongs to the project as a whole."""
    return ""


def observe(generation: Generation) -> Iterator[Observed]:
    """The tags that every resource gets (normalisation `tags-of-amplify`: without those that Amplify gives itself)."""
    said = {f"Tags[{key}]": value for key, value in generation.tags.items() if key not in _OWN}
    yield Observed(STACK, "the whole backend", said, ())


OBSERVER = Observer(name, observe, tells=observe_outputs.observe)
