"""Feature flags of the Gen 1 CLI (`cli.json`), with the meaning of those that are not written.

A flag that is absent has the value for *existing* projects, which mostly is the old behaviour, not the value that new
projects are given. https://docs.amplify.aws/gen1/javascript/tools/cli/reference/feature-flags/
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.documents.document import Document, Json
from migrator.documents.traced import Source, Traced

_DEFAULTS: dict[str, dict[str, Json]] = {
    "graphqltransformer": {
        "transformerversion": 1,
        "validatetypenamereservedwords": True,
        "suppressschemamigrationprompt": True,
        "securityenhancementnotification": True,
        "showfieldauthnotification": True,
    },
    "project": {"overrides": True},
}


class FeatureFlags:
    """The flags of one app in one environment: `cli.<env>.json` over `cli.json`, names in any case."""

    def __init__(self, documents: tuple[Document, ...]) -> None:
        """`documents` in order of rank, the environment's own first."""
        self._flags = [_flags(document) for document in documents]
        self.present = bool(documents)
        """Whether there is a `cli.json` at all; without one the project was made before CLI 4.30."""

    def get(self, section: str, name: str) -> Traced[Json]:
        """A flag's value, with its place when it is written."""
        key = section.lower(), name.lower()
        found = [flags[key] for flags in self._flags if key in flags]
        if found:
            return found[0].also(*found[1:])
        return Traced(_DEFAULTS.get(key[0], {}).get(key[1], False))

    def enabled(self, section: str, name: str) -> Traced[bool]:
        """A flag that is on or off."""
        return self.get(section, name).map(lambda value: value is True or value == "true")

    def written(self) -> Iterator[tuple[str, str, Traced[Json]]]:
        """Every flag that is written: section and name in lower case, and the value."""
        for section, name in dict.fromkeys(key for flags in self._flags for key in flags):
            yield section, name, self.get(section, name)

    @property
    def transformer_version(self) -> Traced[int]:
        """1 or 2: the GraphQL transformer that the schema is written for."""
        version = self.get("graphqltransformer", "transformerversion")
        return version.map(lambda value: 2 if str(value) == "2" else 1)


def _flags(document: Document) -> dict[tuple[str, str], Traced[Json]]:
    root = document.root if isinstance(document.root, dict) else {}
    features = root.get("features")
    return {
        (section.lower(), name.lower()): Traced(value, (Source(document, ("features", section, name)),))
        for section, flags in (features.items() if isinstance(features, dict) else ())
        if isinstance(flags, dict)
        for name, value in flags.items()
    }
