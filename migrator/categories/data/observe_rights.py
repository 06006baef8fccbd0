"""Names of the roles by which AppSync reads what stands behind the API."""

from __future__ import annotations

import re
from collections.abc import Mapping

from migrator.categories.data.observe_resolvers import SOURCE, Pieces, is_of_api
from migrator.engine.observed import Generation
from migrator.gen1.values import PLACEHOLDER

_ROLE = re.compile(r"arn:aws:iam::\$\{AWS::AccountId\}:role/\$\{([^{}]+)\}$")


def spelt(generation: Generation) -> Mapping[str, Mapping[str, str]]:
    """The role of a data source by what it reads (normalisation `roles-of-data-sources`): Gen 1 has one for each
    function, Gen 2 one for each field that a function answers. A function that the schema misspells is the one that is
    meant, since the check `resolvers` tells that; one that fields go on calling in the account is the project's."""
    pieces = Pieces(generation)
    found = {name: f"${{{meant}}}" for name, meant in pieces.live.items()}
    for source in (one for one in generation.of(SOURCE) if is_of_api(one)):
        role = _ROLE.match(str(source.properties.get("ServiceRoleArn")))
        reads = pieces.reads(source)
        meant = PLACEHOLDER.search(reads.rpartition(":")[2])
        if role:
            found[role[1]] = f"role of the API for {meant[1] if meant else reads}"
        if misspelt := pieces.misspelt(source):
            found[misspelt] = f"${{{meant[1]}}}" if meant else misspelt
    return {"": found}
