"""What a synthesized project is compared with."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import Struct

from migrator.core.finding import Finding
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.rule import Rule
from migrator.engine.survey import Watch


class DeployedSubject(Struct, frozen=True):
    """A Gen 1 project, as it was converted; else why there is nothing to compare with."""

    context: Context | None = None
    watches: tuple[Watch, ...] = ()
    rules: tuple[Rule, ...] = ()
    """Those that accept differences."""
    matched: Mapping[ResourceRef, Collection[str]] = {}
    """By Gen 1 resource, the rules that hold for it."""
    findings: tuple[Finding, ...] = ()
    """What scan says of the project."""
    features: frozenset[str] = frozenset()
    """The features that are asked for; empty for all."""
    waiting: frozenset[str] = frozenset()
    """Features that are not converted yet: only what came along with others is compared of them."""
    acknowledged: frozenset[str] = frozenset()
    """Rules whose differences the user has acknowledged."""
    facts: Mapping[tuple[ResourceRef, str], Collection[str]] = {}
    """By Gen 1 resource and rule, the keys of the facts that it holds for."""
    reason: str = "there is no Gen 1 project to compare with"
