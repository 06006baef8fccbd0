"""Names of the roles by which AppSync reads what stands behind the API."""

from __future__ import annotations

import re
from collections.abc import Mapping

from migrator.categories.data.observe_resolvers import SOURCE, Pieces, is_of_api
from migrator.engine.observed import Generation

_ROLE = re.compile(r"arn:aws:iam::\$\{AWS::AccountId\}:role/\$\{([^{}]+)\}$")


def spelt(generation: Generation) -> Mapping[str, Mapping[str, str]]:
    """The role of a data source by what it reads (normalisation `roles-of-data-sources`): Gen 1 has one for each
    function, Gen 2 one for each field that a function answers."""
    pieces = Pieces(generation)
    found: dict[str, str] = {}
    for source in generation.of(SOURCE):
        role = _ROLE.match(str(source.properties.get("ServiceRoleArn")))
        if role and is_of_api(source):
            found[role[1]] = f"role of the API for {pieces.reads(source)}".replace("${", "").replace("}", "")
    return {"": found}
