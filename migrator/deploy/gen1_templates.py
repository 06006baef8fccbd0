"""What an API of Gen 1 loads from its build folder: schema, nested stacks, mapping templates of its resolvers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from migrator.core.errors import DeployError
from migrator.gen1.entries import Entry

_MENTIONED = re.compile(r"/((?:resolvers|pipelineFunctions|functions|stacks)/[\w.-]+)\"")
_FOLDERS = ("resolvers", "stacks", "pipelineFunctions", "functions")
_NOTHING = "$util.toJson({})"


def api_files(entry: Entry) -> tuple[dict[str, str], tuple[str, ...]]:
    """The files below the API's build folder by name, and what of them is missing, in words.

    Raises DeployError when there is no schema.
    """
    found = dict(_files(entry))
    schema = entry.text("build/schema.graphql")
    if schema is None:
        raise DeployError(f"{entry.ref}: the deployed copy does not hold the schema that was built")
    found["schema.graphql"] = schema
    missing = sorted(_wanted(entry, found) - found.keys())
    if not missing:
        return found, ()
    said = f"{entry.ref}: {len(missing)} files that its templates load are missing, the first is {missing[0]}"
    return {**dict.fromkeys(missing, _NOTHING), **found}, (said,)


def _files(entry: Entry) -> Iterator[tuple[str, str]]:
    """Files that were built; templates of resolvers that are written by hand win."""
    built = [path for folder in _FOLDERS for path in entry.files(f"build/{folder}/*")]
    for path in (*built, *entry.files("resolvers/*")):
        text = entry.text(path)
        if text is not None:
            yield path.removeprefix("build/"), text


def _wanted(entry: Entry, found: Mapping[str, str]) -> set[str]:
    own = entry.text("build/cloudformation-template.json") or ""
    nested = (text for name, text in found.items() if name.startswith("stacks/"))
    return {name for text in (own, *nested) for name in _MENTIONED.findall(text)}
