"""The parameter values of a resource's stack, in the order in which the Gen 1 CLI applies them.

`parameters.json`, then `team-provider-info.json`, then the outputs of what the resource depends on, then `env`. When
the deployed root template is at hand, the values it hands to the stack win. Outputs of other stacks are placeholders:
`${authx.Outputs.UserPoolId}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from migrator.core.ref import ResourceRef
from migrator.documents.document import Document, Json
from migrator.documents.traced import Traced
from migrator.gen1.graph import Evidence
from migrator.gen1.scope import Scope
from migrator.gen1.values import REMOVED, as_text

if TYPE_CHECKING:
    from migrator.gen1.entries import Dependency, Entry

Values = dict[str, Traced[Json]]

_IMPORTED_AUTH = {
    "AuthCognitoUserPoolId": "UserPoolId",
    "authRoleArn": "AuthRoleArn",
    "authRoleName": "AuthRoleName",
    "unauthRoleArn": "UnauthRoleArn",
    "unauthRoleName": "UnauthRoleName",
}


def stack_parameters(entry: Entry) -> Mapping[str, Traced[Json]]:
    """Every value that is handed to the stack, with all the places that name it, the deciding one first."""
    values: Values = {}
    documents = entry.documents
    for role in ("parameters.json", "build/parameters.json", "team-provider"):
        if role in documents and not (role == "parameters.json" and "build/parameters.json" in documents):
            _overlay(values, _evaluated(entry, documents[role]))
    if entry.cursor("parameters.json").get("hostedUI").flag().value and "hostedUIProviderCreds" not in values:
        values["hostedUIProviderCreds"] = Traced("[]")
    for dependency in entry.dependencies.value:
        _overlay(values, _outputs(entry, dependency))
    _overlay(values, _imported_auth(entry, values))
    if not entry.app.without_environments:
        values["env"] = Traced(entry.app.env or "${env}")
    if entry.evidence is Evidence.DEPLOYED:
        _overlay(values, _deployed(entry))
    return values


def _overlay(values: Values, later: Mapping[str, Traced[Json]]) -> None:
    """Later values win; what they replace was read as well. A list wins over the same list joined to a text."""
    for name, value in later.items():
        known = values.get(name)
        if known is None:
            values[name] = value
        elif isinstance(known.value, list) and value.value in (as_text(known.value), *_spoilt(value.value)):
            values[name] = known.also(value)
        else:
            values[name] = value.also(known)


def _spoilt(value: Json) -> tuple[Json, ...]:
    """The CLI joins lists of objects to `[object Object]`, which says nothing."""
    return (value,) if isinstance(value, str) and "[object Object]" in value else ()


def _evaluated(entry: Entry, document: Document) -> Values:
    """The members of an object, whose intrinsics belong to the root stack and so become placeholders."""
    scope = Scope(document, {}, entry.findings)
    members = document.root if isinstance(document.root, dict) else {}
    found = {name: scope.evaluate(value, (name,)) for name, value in members.items()}
    return {
        name: Traced(value.data, value.sources)  # type: ignore[arg-type]
        for name, value in found.items()
        if value.data is not REMOVED
    }


def _outputs(entry: Entry, dependency: Dependency) -> Values:
    """One parameter for each output that is depended on."""
    if entry.service == "AppSync" and dependency.ref.category == "auth":
        return {}  # the CLI hands the pool over as AuthCognitoUserPoolId
    other = entry.app.entry(dependency.ref)
    prefix = f"{dependency.ref.category}{dependency.ref.name}"
    values: Values = {}
    for attribute in dependency.attributes:
        known = other.output(attribute) if other is not None and other.imported else Traced("")
        value: Json = known.value or f"${{{prefix}.Outputs.{attribute}}}"
        values[prefix + attribute] = Traced(value, known.sources + entry.dependencies.sources)
    for export in dependency.exports:
        values[export] = Traced(f"${{ImportValue:{export}}}", entry.dependencies.sources)
    return values


def _imported_auth(entry: Entry, values: Values) -> Values:
    """Ids and roles of an imported user pool stand in place of those that the root stack would make."""
    auth = next((other for other in entry.app.of("auth", "Cognito") if other.imported), None)
    if auth is None or auth is entry:
        return {}
    found = {name: auth.output(output) for name, output in _IMPORTED_AUTH.items() if name in values}
    return {name: Traced(value.value, value.sources) for name, value in found.items() if value.value}


def _deployed(entry: Entry) -> Values:
    """What the deployed root template hands to the stack."""
    root = entry.app.root_stack
    if root is None:
        return {}
    logical_id = entry.indexed("providerMetadata", "logicalId").text().value or _logical_id(entry.ref)
    return _evaluated(entry, root.part("Resources", logical_id, "Properties", "Parameters"))


def _logical_id(ref: ResourceRef) -> str:
    return f"{ref.category}{ref.name}"
