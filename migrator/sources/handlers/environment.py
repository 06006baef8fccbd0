"""Environment variables that Gen 1 gives to functions.

https://docs.amplify.aws/gen1/react/build-a-backend/functions/environment-variables/
"""

from __future__ import annotations

import re

from migrator.sources.script import is_gen1_function
from migrator.sources.uses import EnvironmentVariable

_CERTAIN = re.compile(
    r"API_\w+_(?:GRAPHQLAPIIDOUTPUT|GRAPHQLAPIENDPOINTOUTPUT|GRAPHQLAPIKEYOUTPUT)|API_\w+TABLE_(?:NAME|ARN)"
    r"|AUTH_\w+_USERPOOLID|STORAGE_\w+_(?:BUCKETNAME|STREAMARN)|ANALYTICS_\w+_KINESISSTREAMARN"
    r"|INTERACTIONS_\w+_BOTNAME|HOSTING_S3ANDCLOUDFRONT_HOSTINGBUCKETNAME"
)
"""Names that nobody else gives."""
_LIKELY = re.compile(
    r"API_\w+_(?:APINAME|APIID)|STORAGE_\w+_(?:NAME|ARN)|FUNCTION_\w+_NAME|ANALYTICS_\w+_(?:ID|REGION)|GEO_\w+_NAME"
)
_PLAIN = {"ENV": "environment", "REGION": "region"}
_GEN2 = re.compile(r"(?:^|/)amplify/(?!backend/|#current-cloud-backend/)")
_ANY = re.compile(
    r"GRAPHQLAPI|TABLE_(?:NAME|ARN)|_USERPOOLID|BUCKETNAME|HOSTINGBUCKETNAME|STREAMARN|_BOTNAME|_API(?:NAME|ID)\b"
    r"|\b(?:STORAGE|FUNCTION|ANALYTICS|GEO)_|\bREGION\b|\bENV\b"
)


def may_have_variables(text: str, path: str) -> bool:
    """Whether a text is worth parsing for variables of Gen 1."""
    return (is_gen1_function(path) or not _GEN2.search(path)) and _ANY.search(text) is not None


def gen1_variable(name: str, path: str) -> EnvironmentVariable | None:
    """The variable of Gen 1 that a name is, in a file of that (whole) path; None for any other.

    Functions of Gen 2 have the names that their backend gives them, and those may be the same.
    """
    own = is_gen1_function(path)
    if own and name in _PLAIN:
        return EnvironmentVariable(name, _PLAIN[name], "AWS_REGION" if name == "REGION" else "")
    if (own and _LIKELY.fullmatch(name)) or (_CERTAIN.fullmatch(name) and (own or not _GEN2.search(path))):
        return EnvironmentVariable(name, name.partition("_")[0].lower())
    return None
