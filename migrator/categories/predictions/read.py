"""Gen 1 predictions to facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrator.categories.predictions.model import FaceCollection, HiddenPolicy, Prediction, PredictionPolicy
from migrator.categories.predictions.settings import GROUPS, PARAMETERS, settings
from migrator.documents.traced import Traced, gather, traced
from migrator.engine.role_policies import links, policies
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, Resource, fact
from migrator.gen1.project import App
from migrator.gen1.template import Template

KINDS = {"Translate": "translateText", "Transcribe": "transcription", "Polly": "speechGenerator"}
KINDS |= {"Comprehend": "interpretText", "SageMaker": "inferModel", "RekognitionAndTextract": "identifyText"}
_SETTINGS = (
    "sourceLang",
    "targetLang",
    "language",
    "voice",
    "format",
    "type",
    "celebrityDetectionEnabled",
    "endpointName",
    "identifyDoc",
    "endpointConfig",
    "endpointARN",
    "access",
)
"""Parameters that the outputs and policies of the template are made of."""
_OF_COLLECTIONS = ("adminTask", "maxEntities", "folderPolicies", "adminAuthProtected", "adminGuestProtected")
_FILES = ("parameters.json", "meta", "backend-config", "team-provider")


def read(entry: Entry, app: App) -> Resource:
    """The prediction with its rights; without a template nobody knows whose they are."""
    template = entry.template()
    facts: list[Fact[Any]] = [fact(Prediction, entry.ref, entry.ref.name, _values(entry, template))]
    facts += _rights(entry, template) if template else [fact(HiddenPolicy, entry.ref, "policy", {})]
    roles = (role for one in facts if isinstance(one.node, PredictionPolicy) for role in one.node.roles)
    return Resource(
        entry.ref,
        entry.service,
        entry.evidence,
        tuple(facts),
        tuple(dict.fromkeys(links(entry.ref, roles, app))),
        tuple(entry.documents.items()),
        tuple(entry.findings),
        entry.imported,
    )


def _rights(entry: Entry, template: Template) -> Iterator[Fact[Any]]:
    """The policies; where the template asks for the access and no file says it, nobody knows whose they are."""
    asked = entry.cursor("template").get("Parameters", "access").present
    found = list(policies(template))
    if entry.cursor("parameters.json").get("adminTask").flag().value:
        every = gather(said["statements"].also(said["roles"]) for _, said in found)
        yield fact(FaceCollection, entry.ref, "faces", {"statements": every.also(*_said(entry, _OF_COLLECTIONS))})
        return
    for key, said in found:
        if asked and "access" not in entry.parameters:
            yield fact(HiddenPolicy, entry.ref, key, {"statements": said["statements"].also(said["roles"])})
        else:
            yield fact(PredictionPolicy, entry.ref, key, said)


def _values(entry: Entry, template: Template | None) -> dict[str, Traced[Any]]:
    kind = traced(kind_of(entry), *_said(entry, PARAMETERS))
    region = given(template, "region") or entry.cursor("parameters.json").get("region").text()
    own = entry.app.region.value
    return {
        "kind": kind,
        "region": region.map(lambda said: "" if said in (own, "${AWS::Region}") or "${" in said else said),
        "settings": traced(settings(kind.value, lambda name: told(entry, template, name)), *_said(entry, _SETTINGS)),
    }


def kind_of(entry: Entry) -> str:
    """What it does: as the CLI was told, else by what the service or the template is about; empty when not known."""
    said = next((one.value for one in _said(entry, PARAMETERS) if one.value in GROUPS), "")
    found = str(said) or KINDS.get(entry.service, "")
    template = entry.template()
    ids = " ".join(one.logical_id for one in template.resources()).lower() if template else ""
    return found or next((kind for kind in GROUPS if kind.lower() in ids), "")


def _said(entry: Entry, names: tuple[str, ...]) -> Iterator[Traced[Any]]:
    for role in _FILES:
        for name in names:
            yield entry.cursor(role).get(name).whole()


def given(template: Template | None, output: str) -> Traced[str] | None:
    """An output of the template; None without one."""
    cursor = template.cursor("Outputs", output, "Value") if template else None
    return cursor.text() if cursor and cursor.present else None


def told(entry: Entry, template: Template | None, name: str) -> str:
    """A value that clients are told: the output, as it is deployed or as the template makes it."""
    deployed = entry.output(name).value
    made = given(template, name)
    found = (
        deployed or (made.value if made else "") or str(entry.cursor("parameters.json").get(name).whole().value or "")
    )
    return "" if found.startswith("${") else found
