"""`.migrate/manifest.json`: what migrate wrote, so that later runs extend it and never lose a user's edit.

The file is committed. It holds no absolute path and no time, and changes only when what it describes changes.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec import Struct

from migrator import __version__
from migrator.core.errors import ArtifactError
from migrator.core.location import Location
from migrator.output.paths import STATE_FOLDER

MANIFEST = f"{STATE_FOLDER}/manifest.json"
STATE_IGNORE = f"{STATE_FOLDER}/.gitignore"
SCHEMA: Final = "migrate/manifest/1"


class Options(Struct, frozen=True, omit_defaults=True):
    """Choices that later slices of the same project must repeat."""

    env: str = ""
    """The Gen 1 environment that was converted."""
    reuse: tuple[str, ...] = ()
    """Features whose live Gen 1 resources are kept."""
    branch_map: dict[str, str] = {}
    """Gen 1 environment to git branch."""
    api_id: str = ""
    """Id of the deployed AppSync API, part of the names of its tables."""
    schema_style: str = ""
    """`auto`, `typed` or `sdl`."""
    datastore: str = ""
    """`keep` where the API goes on resolving conflicts for DataStore."""
    gen1_folder: str = ""
    """Where the Gen 1 folder lies, relative to the output folder, when it was renamed."""
    project: str = ""
    """The Gen 1 project's name, as it was converted first."""
    place: str = ""
    """Where that project lies, relative to the output folder, when the two lie together."""


class Entry(Struct, frozen=True, omit_defaults=True):
    """One file: what was written, and what was offered when the user's version was kept instead."""

    sha256: str = ""
    """Fingerprint of the text last written; empty for a file of the user's."""
    features: tuple[str, ...] = ()
    merged: bool = False
    """The file holds entries of the user's too, so it is never removed."""
    security: str = ""
    """Fingerprint of the security rules in it."""
    offered: str = ""
    """Fingerprint of the text that was not written because the user's version was kept."""
    beside: str = ""
    """Fingerprint of the user's version at that time."""


class Manifest(Struct, frozen=True):
    """Everything migrate remembers about an output folder."""

    schema: Literal["migrate/manifest/1"] = SCHEMA
    version: str = __version__
    features: tuple[str, ...] = ()
    options: Options = Options()
    files: dict[str, Entry] = {}


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an output folder; an empty one when there is none. Raises ArtifactError when it is damaged."""
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except FileNotFoundError:
        return Manifest()
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ArtifactError(
            f"not readable as a manifest of migrate {__version__}: {error}",
            hint="Restore it from version control. Without it every existing file counts as yours and is kept.",
            location=Location(MANIFEST),
        ) from None


def print_manifest(manifest: Manifest) -> str:
    """Sorted, indented JSON."""
    encoded = msgspec.json.encode(manifest, order="sorted")
    return msgspec.json.format(encoded, indent=2).decode() + "\n"


def fingerprint(content: bytes) -> str:
    """SHA-256 of a file's content; of text with `\\n` line ends, so that a checkout with `\\r\\n` is no edit."""
    text = content if b"\0" in content else content.replace(b"\r\n", b"\n")
    return hashlib.sha256(text).hexdigest()


def exact_hash(content: bytes) -> str:
    """SHA-256 of a file's content, byte by byte."""
    return hashlib.sha256(content).hexdigest()
