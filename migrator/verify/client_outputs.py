"""What clients find: `amplify_outputs.json`, made of a synthesized assembly by Amplify's own packages.

`ampx` makes it of two things that CloudFormation tells of the root stack: the template's metadata, which lists outputs
by package, and the values of these outputs (https://github.com/aws-amplify/amplify-backend, `packages/client-config`).
Both come from the assembly here; a value that only the account knows is the name of what it means.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct

from migrator.core.errors import VerifyError
from migrator.engine.observed import ClientSchema
from migrator.gen1.values import PLACEHOLDER, as_text
from migrator.node.environment import checking_environment
from migrator.node.process import Processes
from migrator.node.toolchain import Toolchain
from migrator.verify.assembly import Assembly
from migrator.verify.synth import SCRIPTS

LIMIT = 120.0
"""Seconds for the program."""
_MODEL_SCHEMA = "model-schema.graphql"
"""The file that the API's construct uploads for code generation."""
_PLACE_OF_SCHEMA = "amplifyApiModelSchemaS3Uri"
"""The output that tells where it is."""
_JSON = (
    "buckets",
    "customOutputs",
    "groups",
    "mfaTypes",
    "oauthScope",
    "passwordPolicyRequirements",
    "passwordlessOptions",
    "signupAttributes",
    "socialProviders",
    "usernameAttributes",
    "verificationMechanisms",
)
"""Outputs that hold JSON, of which `ampx` reads the values."""
_IDS = ("userPoolId", "webClientId", "identityPoolId")
"""Outputs with ids of a live pool, without which `ampx` writes nothing."""
_SCRIPT = "client_outputs.mjs"


class Model(Struct, frozen=True):
    """What code generation makes of a schema; with an `error`, why it refuses it."""

    model: dict[str, Any] | None = None
    error: str = ""


class ClientOutputs(Struct, frozen=True):
    """The content of `amplify_outputs.json`; with an `error`, why `ampx` would not write it.

    `models` are those of the other schemas that were asked for.
    """

    config: dict[str, Any] | None = None
    error: str = ""
    models: tuple[Model, ...] = ()


ReadClient: TypeAlias = Callable[[Assembly, Mapping[str, Any], Sequence[ClientSchema]], ClientOutputs]
"""Reads what clients find of an assembly, by the values of the root stack's outputs and schemas to make models of."""


def read_client_outputs(
    assembly: Assembly,
    values: Mapping[str, Any],
    schemas: Sequence[ClientSchema],
    toolchain: Toolchain,
    processes: Processes,
) -> ClientOutputs:
    """What `ampx generate outputs` writes for the assembly's root stack.

    `values` are those of its outputs; `schemas` are other schemas, of which models are made in the same way. Raises
    VerifyError when Node does not start.
    """
    return _answer(_request(assembly, values, schemas, toolchain), toolchain, processes)


def _answer(asked: Mapping[str, Any], toolchain: Toolchain, processes: Processes) -> ClientOutputs:
    with tempfile.TemporaryDirectory(prefix="migrate-outputs-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        request, result = folder / "request.json", folder / "result.json"
        request.write_bytes(msgspec.json.encode(asked))
        outcome = processes.run(
            (toolchain.node.program, str(SCRIPTS / _SCRIPT), str(request), str(result)),
            folder=folder,
            environment=checking_environment(folder),
            limit=LIMIT,
        )
        if not result.is_file():
            said = outcome.err.strip().splitlines()
            reason = f"it did not finish within {LIMIT:.0f} s" if outcome.timed_out else "\n".join(said[-3:])
            raise VerifyError(f"amplify_outputs.json could not be made: {reason}", hint="see `migrate doctor`")
        return msgspec.json.decode(result.read_bytes(), type=ClientOutputs)


def make_models(schemas: Sequence[ClientSchema], toolchain: Toolchain, processes: Processes) -> tuple[Model, ...]:
    """What code generation makes of schemas (`data.model_introspection`); raises as `read_client_outputs` does."""
    request: dict[str, Any] = {"modules": str(toolchain.modules), "metadata": None, "outputs": {}, "modelSchema": None}
    return _answer(request | {"schemas": _listed(schemas)}, toolchain, processes).models


def _request(
    assembly: Assembly, values: Mapping[str, Any], schemas: Sequence[ClientSchema], toolchain: Toolchain
) -> dict[str, Any]:
    root = assembly.stacks[0].template
    return {
        "modules": str(toolchain.modules),
        "metadata": root.get("Metadata", {}),
        "outputs": {key: text for key, value in values.items() if (text := _known(key, as_text(value)))},
        "modelSchema": _model_schema(assembly) if as_text(values.get(_PLACE_OF_SCHEMA)) else None,
        "schemas": _listed(schemas),
    }


def _listed(schemas: Sequence[ClientSchema]) -> list[dict[str, Any]]:
    return [{"schema": one.text, "keyFields": one.key_fields} for one in schemas]


def _known(key: str, value: str) -> str:
    """A value; empty for JSON that is only known when the stack is deployed: `referenceAuth` asks the live pool. An id
    that `amplify/references.ts` does not have yet is its name, so that the rest can be told."""
    if key in _IDS and not value:
        return f"${{{key}}}"
    return "" if key in _JSON and PLACEHOLDER.fullmatch(value) else value


def _model_schema(assembly: Assembly) -> str | None:
    """The schema that the API uploads for code generation; None without an API."""
    for place in sorted(set(assembly.assets.values())):
        file = place / _MODEL_SCHEMA
        if file.is_file():
            return file.read_text("utf-8")
    return None
