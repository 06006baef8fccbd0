"""Secrets that are in the repository."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.core.secrets import looks_secret
from migrator.documents.json_values import members
from migrator.documents.source import Language, SourceFile
from migrator.engine.sources import Use
from migrator.sources.uses import CommittedSecret

MARKS = (b"AKIA", b"ASIA", b"PRIVATE KEY-----", b"clientSecret", b"ClientSecret", b"Creds")
_KEY = re.compile(r"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b|-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----")
_FILES = re.compile(r"(?:^|/)(?:team-provider-info|amplify-meta)\.json$")
_EXAMPLE = "EXAMPLE"
_PUBLIC = frozenset(("GraphQLAPIKeyOutput",))
"""What browsers get anyway."""


def secrets(file: SourceFile) -> Iterator[Use]:
    """Access keys and private keys in any file; what settings of Gen 1 hold beside them."""
    for match in _KEY.finditer(file.text):
        if _EXAMPLE not in match.group():
            name = "a private key" if match.group().startswith("-") else "an AWS access key"
            yield Use(CommittedSecret(name), match.start(), match.end())
    if file.language is not Language.JSON or not _FILES.search(file.path):
        return
    for one in members(file.text):
        if (
            one.is_text
            and one.name not in _PUBLIC
            and not _KEY.search(one.raw)
            and looks_secret(one.name, one.raw.replace('\\"', '"'))
        ):
            yield Use(CommittedSecret(f"`{one.name}`"), one.name_start, one.name_start + len(one.name))
