"""Who passes every rule of the schema: `custom-roles.json`, and functions with rights on the API.

Gen 1 lets a caller with IAM credentials pass when its ARN contains one of these names; every function that depends on
the API is among them. Gen 2 lets every IAM principal outside of the identity pool pass that may call the API at all.

https://docs.amplify.aws/gen1/react/tools/cli/graphql/authorization-rules/#use-iam-authorization-within-the-appsync-console
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from migrator.documents.cursor import Cursor
from migrator.documents.traced import Traced, absent, gather
from migrator.gen1.app import App
from migrator.gen1.entries import Entry

ENV = "${env}"
"""The environment in a name, which the CLI fills in once."""
_ROLE_NAME = re.compile(r"(?:[\w+=,.@-]|\$\{env\}){1,64}", re.ASCII)
_SSO = "AWSReservedSSO_"
"""Roles of IAM Identity Center, to which nothing can be attached."""


class Admin(StrEnum):
    """What an entry of `custom-roles.json` is."""

    ROLE = "admin_roles"
    FUNCTION = "admin_functions"
    OTHER = "admin_others"


def admins(entry: Entry) -> Mapping[str, Traced[Any]]:
    """The entries of `custom-roles.json`, by what they name."""
    listed = entry.cursor("custom-roles.json").get("adminRoleNames")
    elements = list(listed.elements()) or [listed] * listed.present
    kinds = [(_kind(element, entry.app), element) for element in elements]
    found = {kind: gather(element.text() for own, element in kinds if own is kind) for kind in Admin}
    if not any(listed.elements()) and not found[Admin.ROLE].value:
        found[Admin.ROLE] = found[Admin.ROLE].also(listed.whole())  # an empty list
    return {str(kind): names for kind, names in found.items()}


def _kind(element: Cursor, app: App) -> Admin:
    name = element.text().value
    said = name.replace(ENV, app.env or ENV, 1)  # as the CLI does
    if said and any(said in (role, function, f"{role}/{function}") for role, function in _functions(app)):
        return Admin.FUNCTION
    is_part = said.startswith("amplify-") or any(said in f"{role}/{function}" for role, function in _functions(app))
    if not _ROLE_NAME.fullmatch(name) or name.startswith(_SSO) or is_part:
        return Admin.OTHER
    return Admin.ROLE


def _functions(app: App) -> Iterator[tuple[str, str]]:
    """The deployed functions: the name of the role, and the function's, which is the name of the role's session."""
    for entry in app.of("function", "Lambda"):
        template = entry.template()
        roles = template.resources("AWS::IAM::Role") if template else ()
        name = f"{entry.ref.name}-{app.env or ENV}"
        yield from ((role.properties.get("RoleName").text().value, name) for role in roles)
        yield "", name


def new_callers(entry: Entry, takes_iam: bool) -> Traced[tuple[str, ...]]:
    """Functions with a right on the API that Gen 1's rules heed: it takes no IAM credentials, or they do not depend
    on it, which is what makes an administrator of a function."""
    found = [
        one.ref.name
        for one in entry.app.of("function", "Lambda")
        if _may_call(one, entry) and not (takes_iam and _depends(one, entry))
    ]
    return absent(tuple(found))


def _depends(function: Entry, api: Entry) -> bool:
    return any(dependency.ref.name == api.ref.name for dependency in function.dependencies.value)


def _may_call(function: Entry, api: Entry) -> bool:
    template = function.template()
    policies = template.resources("AWS::IAM::Policy") if template else ()
    documents = [policy.properties.get("PolicyDocument").whole().value for policy in policies]
    documents.append(function.cursor("custom-policies.json").whole().value)
    return any(_allows(statement, api) for document in documents for statement in _statements(document))


def _statements(document: Any) -> Iterable[Any]:
    said = document.get("Statement") if isinstance(document, dict) else document
    return said if isinstance(said, list) else (said,)


def _allows(statement: Any, api: Entry) -> bool:
    """Whether a statement allows calls of this API, or of all."""
    if not isinstance(statement, dict) or statement.get("Effect", "Allow") != "Allow":
        return False
    actions, resources = (_texts(statement.get(key)) for key in ("Action", "Resource"))
    ids = (f"api{api.ref.name}GraphQLAPIIdOutput", f"api{api.ref.name}.Outputs.GraphQLAPIIdOutput")
    known = api.output("GraphQLAPIIdOutput").value
    names = (*ids, known) if known else ids
    return any(action in ("*", "appsync:*", "appsync:GraphQL") for action in actions) and any(
        text in ("*", "arn:aws:appsync:*") or any(name in text for name in names) for text in resources
    )


def _texts(value: Any) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else (value,)
    return tuple(text for text in listed if isinstance(text, str))
