"""What an API of Gen 1 loads from its build folder: nested stacks, and the mapping templates of its resolvers.

Repositories often leave the templates out. They are a product of the schema, so the transformer of the Gen 1 CLI,
which Amplify's constructs bring along, makes them again.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

import msgspec

from migrator.core.errors import DeployError
from migrator.gen1.entries import Entry
from migrator.node.environment import checking_environment
from migrator.node.process import Processes
from migrator.node.toolchain import Toolchain

SCRIPT = Path(__file__).resolve().parent / "scripts" / "gen1_resolvers.cjs"
LIMIT = 300.0
"""Seconds that the transformer may take."""
_MENTIONED = re.compile(r"/((?:resolvers|pipelineFunctions|functions|stacks)/[\w.-]+)\"")
_MODEL = re.compile(r"\btype\s+(\w+)[^{]*@model\b")
_FLAGS = {
    "shouldDeepMergeDirectiveConfigDefaults": "shouldDeepMergeDirectiveConfigDefaults",
    "useSubUsernameForDefaultIdentityClaim": "useSubUsernameForDefaultIdentityClaim",
    "subscriptionsInheritPrimaryAuth": "subscriptionsInheritPrimaryAuth",
    "populateOwnerFieldForStaticGroupAuth": "populateOwnerFieldForStaticGroupAuth",
    "secondaryKeyAsGSI": "secondaryKeyAsGSI",
    "enableAutoIndexQueryNames": "enableAutoIndexQueryNames",
    "respectPrimaryKeyAttributesOnConnectionField": "respectPrimaryKeyAttributesOnConnectionField",
}
"""Parameters of the transformer that the CLI takes from its feature flags."""


def gen1_templates(entry: Entry, toolchain: Toolchain, processes: Processes) -> tuple[dict[str, str], tuple[str, ...]]:
    """The files below the API's build folder by name, and what of them is missing, in words.

    Raises DeployError when the transformer refuses the schema.
    """
    found: dict[str, str] = {}
    for folder in ("build/", ""):  # what is written by hand stands in the resource's folder, and wins
        for pattern in ("resolvers/*", "stacks/*", "pipelineFunctions/*", "functions/*"):
            for path in entry.files(f"{folder}{pattern}"):
                text = entry.text(path)
                if text is not None and (folder or path.startswith("resolvers/")):
                    found[path.removeprefix("build/")] = text
    schema = entry.text("build/schema.graphql")
    if schema is None:
        raise DeployError(f"{entry.ref}: the deployed copy does not hold the schema that was built")
    found["schema.graphql"] = schema
    wanted = {name for text in _documents(entry, found) for name in _MENTIONED.findall(text)}
    if wanted - found.keys():
        made = _made(entry, toolchain, processes)
        found |= {name: text for name, text in made.items() if name in wanted and name not in found}
    missing = sorted(wanted - found.keys())
    said = f"{entry.ref}: {len(missing)} files that its templates load are missing, the first is " if missing else ""
    for name in missing:
        found[name] = "$util.toJson({})"
    return found, ((f"{said}{missing[0]}",) if missing else ())


def _documents(entry: Entry, found: Mapping[str, str]) -> list[str]:
    own = entry.text("build/cloudformation-template.json") or ""
    return [own, *(text for name, text in found.items() if name.startswith("stacks/"))]


def _made(entry: Entry, toolchain: Toolchain, processes: Processes) -> dict[str, str]:
    """The mapping templates, made by the transformer."""
    schema = "\n".join(_schema(entry))
    with tempfile.TemporaryDirectory(prefix="migrate-gen1-") as name:
        folder = Path(name)
        question = {
            "modules": str(toolchain.modules),
            "out": str(folder / "out"),
            "schema": schema,
            "models": _MODEL.findall(schema),
            "name": entry.ref.name,
            "env": entry.app.env,
            "auth": _modes(entry),
            "parameters": _parameters(entry, schema),
        }
        (folder / "question.json").write_bytes(msgspec.json.encode(question))
        command = (toolchain.node.program, str(SCRIPT), str(folder / "question.json"), str(folder / "answer.json"))
        outcome = processes.run(command, folder=folder, environment=checking_environment(folder), limit=LIMIT)
        if outcome.code:
            told = next((line for line in outcome.err.splitlines() if "Error" in line), "it did not finish")
            raise DeployError(f"{entry.ref}: the transformer of Gen 1 refuses the schema: {told}")
        answer: dict[str, str] = msgspec.json.decode((folder / "answer.json").read_bytes())
    return answer


def _schema(entry: Entry) -> list[str]:
    paths = ("schema.graphql",) if entry.text("schema.graphql") is not None else entry.files("schema/*.graphql")
    return [text for path in paths if (text := entry.text(path)) is not None]


def _modes(entry: Entry) -> object:
    said = entry.cursor("meta").get("output", "authConfig")
    if not said.present:
        raise DeployError(f"{entry.ref}: amplify-meta.json does not say who may call the API")
    return said.whole().value


def _parameters(entry: Entry, schema: str) -> dict[str, bool]:
    flags = entry.app.flags
    said = {name: flags.enabled("graphqltransformer", flag).value for name, flag in _FLAGS.items()}
    fixed = {
        "disableResolverDeduping": False,
        "suppressApiKeyGeneration": False,
        "enableSearchNodeToNodeEncryption": False,
        "enableTransformerCfnOutputs": True,
        "allowDestructiveGraphqlSchemaUpdates": False,
        "replaceTableUponGsiUpdate": False,
    }
    return {**said, **fixed, "sandboxModeEnabled": "globalAuthRule" in schema}
