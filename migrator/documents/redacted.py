"""Settings files without their secrets: the rest stays as it is, byte for byte where nothing had to be left out."""

from __future__ import annotations

import json
from pathlib import PurePosixPath

from msgspec import Struct

from migrator.core.secrets import REDACTED, looks_secret, without_keys
from migrator.documents.document import Json, Pointer, format_pointer

_NAMES, _VALUES = ("Name", "name", "Key", "key", "ParameterKey"), ("Value", "value", "ParameterValue")
_SETTINGS = (".json", ".state", ".yml", ".yaml")
_PACKAGES = frozenset(("package.json", "package-lock.json", "npm-shrinkwrap.json", "tsconfig.json"))
"""Names of packages mean nothing, though `credential-provider` looks like something."""
_KEY_FILES = (".pem", ".key", ".p8", ".p12", ".pfx", ".jks", ".keystore")


class Redacted(Struct, frozen=True):
    """A file's content, and the JSON pointers of what was left out (of code: one empty pointer)."""

    content: bytes
    places: tuple[str, ...] = ()


def holds_only_secrets(path: str) -> bool:
    """Whether a file is, by its name, a key or a list of secrets."""
    name = PurePosixPath(path).name.lower()
    secret_names = (".env", ".npmrc", ".netrc", "credentials", "id_rsa", "id_ed25519")
    return name in secret_names or name.startswith(".env.") or name.endswith(_KEY_FILES)


def redacted_file(path: str, content: bytes) -> Redacted | None:
    """A file without its secrets; None when they cannot be told from the rest, so that it must not be kept."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Redacted(content)  # a picture or an archive
    if "\0" in text:
        return Redacted(content)
    if not path.lower().endswith(_SETTINGS) or PurePosixPath(path).name in _PACKAGES:
        kept = without_keys(text)
        return Redacted(content) if kept == text else Redacted(kept.encode(), ("",))
    try:
        root: Json = json.loads(text)
    except (ValueError, RecursionError):
        return _yaml(path, content, text)
    value, places = redacted(root)
    if not places:
        return Redacted(content)
    return Redacted((json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode(), _pointers(places))


def redacted(value: Json, name: str = "") -> tuple[Json, tuple[Pointer, ...]]:
    """A value without its secrets, and where they stood. Settings written as text in a setting are looked into."""
    places: list[Pointer] = []
    return _without(value, (), name, places), tuple(places)


def _without(value: Json, pointer: Pointer, name: str, places: list[Pointer]) -> Json:
    if isinstance(value, dict):
        called = next((str(value[key]) for key in _NAMES if isinstance(value.get(key), str)), "")
        return {key: _without(item, (*pointer, key), _name(key, name, called), places) for key, item in value.items()}
    if isinstance(value, list):
        return [_without(item, (*pointer, index), name, places) for index, item in enumerate(value)]
    if not isinstance(value, str) or value == REDACTED:
        return value
    inner = _settings_in(value)
    if inner is not None:
        found: list[Pointer] = []
        kept = _without(inner, pointer, "", found)
        places.extend(found)
        return json.dumps(kept, separators=(",", ":"), ensure_ascii=False) if found else value
    if looks_secret(name, value):
        places.append(pointer)
        return REDACTED
    return value


def _name(key: str, above: str, called: str) -> str:
    """What a member is named by: a parameter's default by the parameter, a value by the name that stands beside it."""
    if key in _VALUES and called:
        return called
    return above if key in ("Default", *_VALUES) else key


def _settings_in(text: str) -> Json:
    """What a text holds when it is JSON itself, as `hostedUIProviderCreds` is."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        inner: Json = json.loads(text)
    except (ValueError, RecursionError):
        return None  # a text that only begins so
    return inner if isinstance(inner, dict | list) else None


def _yaml(path: str, content: bytes, text: str) -> Redacted | None:
    """YAML keeps its tags and comments: the secrets are replaced in the text, and the result is looked at again."""
    from migrator.core.errors import ArtifactError
    from migrator.documents.yaml_text import load_template_yaml, load_yaml

    load = load_template_yaml if "Resources:" in text else load_yaml
    try:
        root: Json = load(text, path)
    except ArtifactError:
        kept = without_keys(text)  # no settings after all: what is certain is left out
        return Redacted(content) if kept == text else Redacted(kept.encode(), ("",))
    _, places = redacted(root)
    if not places:
        return Redacted(content)
    for place in places:
        secret = _at(root, place)
        text = text.replace(secret, REDACTED) if secret else text
    try:
        _, left = redacted(load(text, path))
    except ArtifactError:
        return None  # replacing it broke the file
    return None if left else Redacted(text.encode(), _pointers(places))


def _at(root: Json, pointer: Pointer) -> str:
    value: Json = root
    for part in pointer:
        if isinstance(value, dict) and isinstance(part, str):
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int):
            value = value[part]
        else:
            return ""  # it stands in settings that are written as text
    return value if isinstance(value, str) else ""


def _pointers(places: tuple[Pointer, ...]) -> tuple[str, ...]:
    return tuple(format_pointer(place) for place in places)
