"""What clients find of predictions; what they may call is compared with all other rights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.predictions.read import kind_of, told
from migrator.categories.predictions.settings import GROUPS, settings
from migrator.engine.observed import Aspect, Declared, Generation, Observed, Observer, Side
from migrator.engine.observing import observed
from migrator.engine.outputs import REGION, section, told_by
from migrator.gen1.entries import Entry

KIND = "AWS::Amplify::Predictions"
"""What clients find: `predictions` of `aws-exports.js`, `custom.Predictions` in Gen 2."""


def name(declared: Declared, generation: Generation) -> str:
    """Predictions make nothing that others could name."""
    return ""


def observe(generation: Generation) -> Iterator[Observed]:
    """Nothing but policies, which are left to the check of rights."""
    return iter(())


def tells(generation: Generation) -> Iterator[Observed]:
    """What clients find, by what they call."""
    if generation.side is Side.GEN1:
        yield from _gen1(generation)
        return
    said: Any = (section(generation, "custom") or {}).get("Predictions")
    for group, kinds in said.items() if isinstance(said, Mapping) else ():
        for kind, told_of in kinds.items() if isinstance(kinds, Mapping) else ():
            made = Declared(f"outputs of predictions {kind}", KIND, stack="predictions")
            yield observed(f"{group} {kind}", made, generation, properties=told_of, aspect=Aspect.OUTPUTS)


def _gen1(generation: Generation) -> Iterator[Observed]:
    """What the CLI writes for the first resource of each kind."""
    seen: set[str] = set()
    for entry in generation.context.app.entries:
        kind = kind_of(entry) if entry.ref.category == "predictions" else ""
        if kind and kind not in seen:
            seen.add(kind)
            said = {"region": _region(entry), **_settings(entry, kind)}
            declared = told_by(entry, KIND)
            yield observed(f"{GROUPS[kind]} {kind}", declared, generation, properties=said, aspect=Aspect.OUTPUTS)


def _settings(entry: Entry, kind: str) -> Mapping[str, Any]:
    template = entry.template()
    return settings(kind, lambda name: told(entry, template, name))


def _region(entry: Entry) -> str:
    found = told(entry, entry.template(), "region")
    return REGION if found in ("", entry.app.region.value) else found


OBSERVER = Observer(name, observe, tells=tells)
