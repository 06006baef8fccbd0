"""What Gen 2's own libraries make of a converted project."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from migrator.commands.convert import Request, convert
from migrator.node.packages import prepare_packages
from migrator.node.process import Processes
from migrator.node.toolchain import Toolchain
from migrator.verify.synth import Synthesis, synthesize
from migrator.verify.workspace import Mode, mirrored


@contextmanager
def synthesis(
    gen1: Path, out: Path, toolchain: Toolchain, mode: Mode = Mode.BRANCH, branch: str = "main", **request: Any
) -> Iterator[Synthesis]:
    """Converts a project and synthesizes the result; the assembly is there within the `with` block."""
    convert(Request(gen1, out, **request))
    packages = prepare_packages(out, toolchain, install=False, progress=print)
    with mirrored(out.resolve(), toolchain.modules, packages.folder) as workspace, Processes() as processes:
        yield synthesize(workspace, toolchain, processes, mode, branch)


def resources(synthesis: Synthesis, kind: str) -> Mapping[str, Any]:
    """All resources of a type, by logical id."""
    assert synthesis.assembly, synthesis.errors
    texts = [file.read_text() for file in synthesis.assembly.folder.glob("*.template.json")]
    every = (one for text in texts for one in json.loads(text).get("Resources", {}).items())
    return {logical_id: resource for logical_id, resource in every if resource["Type"] == kind}
