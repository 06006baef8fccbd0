"""How clients are told to call AI services, in the layout of `aws-exports.js`, which the library still takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

GROUPS = {
    "translateText": "convert",
    "speechGenerator": "convert",
    "transcription": "convert",
    "identifyText": "identify",
    "identifyEntities": "identify",
    "identifyLabels": "identify",
    "interpretText": "interpret",
    "inferModel": "infer",
}
"""By kind, the part of the configuration."""
PARAMETERS = ("convertType", "identifyType", "interpretType", "inferType")
"""Those of which one says the kind."""
_DEFAULTS = {
    "translateText": {"sourceLanguage": "sourceLang", "targetLanguage": "targetLang"},
    "speechGenerator": {"VoiceId": "voice", "LanguageCode": "language"},
    "transcription": {"language": "language"},
    "identifyText": {"format": "format"},
    "identifyLabels": {"type": "type"},
    "interpretText": {"type": "type"},
}
"""By kind, the defaults that clients are told, and the outputs that they come from."""


def settings(kind: str, output: Callable[[str], str]) -> Mapping[str, Any]:
    """What the CLI makes of a stack's outputs.

    It takes the text `false` of `celebrityDetectionEnabled` for true, so that clients always detect celebrities.
    """
    named = {key: output(name) for key, name in _DEFAULTS.get(kind, {}).items()}
    found: dict[str, Any] = {"proxy": False}
    if kind == "identifyEntities":
        found["celebrityDetectionEnabled"] = bool(output("celebrityDetectionEnabled"))
    if kind == "inferModel":
        found["endpoint"] = output("endpointName")
    defaults = {key: value for key, value in named.items() if value}
    return {**found, "defaults": defaults} if defaults else found
