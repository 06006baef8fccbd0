"""What `@searchable` deploys, in both generations: the domain, the function that fills its index, and their roles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.engine.observed import Declared, Default, Generation, Observed
from migrator.engine.observing import defaults, observed

DOMAIN = "AWS::Elasticsearch::Domain"
NAME = "search domain"
STREAM = "search stream"

_STACK = "SearchableStack"
_PART = re.compile(r"^(?:Open|Elastic)Search(Domain|StreamingLambdaFunction|StreamingLambdaIAMRole)(?:[0-9A-F]{8})?$")
_NAMES = {
    "Domain": NAME,
    "StreamingLambdaFunction": f"function of the {STREAM}",
    "StreamingLambdaIAMRole": f"role of the {STREAM}",
}
_DOMAIN_DEFAULTS = {
    "CognitoOptions.Enabled": False,
    "EncryptionAtRestOptions.Enabled": False,
    "NodeToNodeEncryptionOptions.Enabled": False,
}


def name(declared: Declared) -> str:
    """What both generations call a part of the search; empty for anything else."""
    if _STACK not in declared.stack.split("/"):
        return ""
    found = _PART.match(declared.path.rpartition("/")[2] if declared.path else declared.logical_id)
    return _NAMES[found[1]] if found else ""


def observe(generation: Generation) -> Iterator[Observed]:
    """The domain with its settings, and the function of its stream; the code of that is the transformer's own."""
    for one in generation.of(DOMAIN):
        if one.name == NAME:
            yield observed(NAME, one, generation)
    for one in generation.of("AWS::Lambda::Function"):
        if one.name == _NAMES["StreamingLambdaFunction"]:
            yield observed(one.name, one, generation, without=("Code", "Role", "FunctionName"))


DEFAULTS: tuple[Default, ...] = defaults(DOMAIN, "aws-resource-elasticsearch-domain", _DOMAIN_DEFAULTS)
