"""Finding Node."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from migrator.core.errors import VerifyError
from migrator.node.runtime import find_node

pytestmark = pytest.mark.skipif(os.name != "posix", reason="stands in for Node with a shell script")


def stand_in(folder: Path, script: str) -> str:
    program = folder / "node"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(folder)


def test_a_missing_node_is_an_error_that_says_where_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(VerifyError, match="not found") as caught:
        find_node(str(tmp_path))
    assert "https://nodejs.org" in caught.value.hint


def test_an_old_node_is_refused_by_its_version(tmp_path: Path) -> None:
    with pytest.raises(VerifyError, match=r"Node 18\.20\.4 .* too old"):
        find_node(stand_in(tmp_path, "echo v18.20.4"))


def test_a_node_that_does_not_answer_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(VerifyError, match="does not answer"):
        find_node(stand_in(tmp_path, "exit 1"))


def test_the_version_is_read(tmp_path: Path) -> None:
    assert find_node(stand_in(tmp_path, "echo v22.11.0")).version == "22.11.0"
