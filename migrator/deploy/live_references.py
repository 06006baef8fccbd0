"""Whether a sandbox would work on what a live environment uses: the values in `amplify/references.ts`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from migrator.core.finding import Finding
from migrator.core.location import Location
from migrator.deploy.findings import aws_finding
from migrator.documents.literal import Dialect, LiteralError, read_literal

REFERENCES = "amplify/references.ts"
SANDBOX, MAY_USE = "sandbox", "MAY_USE_LIVE"
"""`MAY_USE_LIVE: 'auth'` in the entry `sandbox` allows sandboxes the live resources of these features, by name."""
_VALUES = re.compile(r"\bconst\s+values\s*(?::[^=]*)?=\s*(?=\{)")
_FEATURES = {"AUTH": "auth", "STORAGE": "storage", "API": "data", "ANALYTICS": "analytics"}
"""By category, the feature; other categories hold no data."""
_HOLDING = re.compile(r"_(?:USERPOOLID|IDENTITYPOOLID|BUCKETNAME|NAME|ARN|STREAMARN|GRAPHQLAPIIDOUTPUT)$")


class LiveReference(Struct, frozen=True, order=True):
    """A live resource that sandboxes would use."""

    feature: str
    name: str
    """The key in `references.ts`."""
    value: str
    branch: str
    """The branch whose resource it is."""


def live_references(project: Path) -> tuple[LiveReference, ...]:
    """The values for sandboxes that a branch has as well, of resources that hold data, unless they are allowed."""
    values = _values(project)
    mine = values.get(SANDBOX, {})
    allowed = {word.strip() for word in mine.get(MAY_USE, "").split(",")}
    found = []
    for name, value in sorted(mine.items()):
        feature = _FEATURES.get(name.partition("_")[0], "")
        branch = next((b for b, entry in values.items() if b != SANDBOX and entry.get(name) == value), "")
        if value and branch and feature and feature not in allowed and _HOLDING.search(name):
            found.append(LiveReference(feature, name, value, branch))
    return tuple(found)


def sandbox_findings(project: Path) -> tuple[Finding, ...]:
    """One blocker for each feature whose live resources sandboxes would use."""
    by_feature: dict[str, list[LiveReference]] = {}
    for one in live_references(project):
        by_feature.setdefault(one.feature, []).append(one)
    return tuple(_refused(feature, used) for feature, used in sorted(by_feature.items()))


def _refused(feature: str, used: list[LiveReference]) -> Finding:
    named = ", ".join(dict.fromkeys(one.value for one in used))
    message = f"A sandbox would work on the live {feature} resources of {used[0].branch}: {named}."
    hint = (
        f"Name resources of a test environment under `{SANDBOX}` in {REFERENCES}, or, knowing that they are live, "
        f"write `{MAY_USE}: '{feature}'` there (a comma list for several)."
    )
    return aws_finding("AWS018", message, Location(REFERENCES), hint)


def _values(project: Path) -> Mapping[str, Mapping[str, str]]:
    try:
        text = (project / REFERENCES).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return {}  # nothing lies outside the backend
    start = _VALUES.search(text)
    if start is None:
        return {}
    try:
        root = read_literal(text, start.end(), Dialect.JAVASCRIPT).value
    except LiteralError:
        return {}  # the user rewrote it; the type check reads it
    entries = root.items() if isinstance(root, dict) else ()
    return {
        branch: {name: value for name, value in entry.items() if isinstance(value, str)}
        for branch, entry in entries
        if isinstance(entry, dict)
    }
