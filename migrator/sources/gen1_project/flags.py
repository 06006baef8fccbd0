"""Flags of the Gen 1 CLI that decide what an API looks like (`amplify/cli.json`).

https://docs.amplify.aws/gen1/react/tools/cli/reference/feature-flags/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.documents.json_values import members
from migrator.documents.source import SourceFile
from migrator.engine.sources import Use
from migrator.sources.uses import FeatureFlag

_FILE = re.compile(r"(?:^|/)cli(?:\.[\w-]+)?\.json$")
_FIXED = {
    "graphqltransformer.transformerversion": "2",
    "graphqltransformer.secondarykeyasgsi": "true",
    "graphqltransformer.respectprimarykeyattributesonconnectionfield": "true",
    "graphqltransformer.enableautoindexquerynames": "true",
    "graphqltransformer.populateownerfieldforstaticgroupauth": "true",
    "graphqltransformer.usesubusernamefordefaultidentityclaim": "true",
    "graphqltransformer.shoulddeepmergedirectiveconfigdefaults": "true",
    "graphqltransformer.subscriptionsinheritprimaryauth": "false",
}
"""What Gen 2 does, whatever is asked for (`translationBehavior` of `AmplifyGraphqlApi` alone can change it)."""


def feature_flags(file: SourceFile) -> Iterator[Use]:
    """The flags whose value Gen 2 has not."""
    if not _FILE.search(file.path):
        return
    for one in members(file.text):
        name = f"{one.holder}.{one.name}".lower()
        if name in _FIXED and one.raw.lower() != _FIXED[name]:
            yield Use(FeatureFlag(name, one.raw), one.name_start, one.start + len(one.raw))
