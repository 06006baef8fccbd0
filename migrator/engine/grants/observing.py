"""Rights as observed resources, so that they are compared and explained like settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from migrator.engine.grants.actions import shortened
from migrator.engine.grants.conditions import text
from migrator.engine.grants.given import ROLE
from migrator.engine.grants.rights import Rights
from migrator.engine.grants.statements import Place
from migrator.engine.observed import Aspect, Declared, Default, Observed, Value

_ROLES = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html"
DEFAULTS = (Default(ROLE, "MaxSessionDuration", 3600, _ROLES), Default(ROLE, "Path", "/", _ROLES))
_BRACKETS = str.maketrans("[]", "()")


def observed(kind: str, key: str, rights: Rights, settings: Mapping[str, Value], of: Iterable[Declared]) -> Observed:
    """A principal, or a resource with a policy: one attribute for each place, with the actions there."""
    attributes: dict[str, Value] = {attribute(place): shortened(actions) for place, actions in rights.items()}
    return Observed(kind, key, {**attributes, **settings}, tuple(of), Aspect.GRANTS)


def attribute(place: Place) -> str:
    """A place in words: `Allow[arn:aws:s3:::${bucket media}/public/*]`."""
    on = str(place.resource)
    about = f"{place.who} on {on}" if place.who and on else place.who or on
    asked = text(place.condition)
    said = f"{about} if {asked}" if asked else about
    return f"{place.effect}[{said.translate(_BRACKETS)}]"
