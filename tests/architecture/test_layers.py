"""Who may import whom."""

from __future__ import annotations

from pathlib import Path

from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent.parent


def test_layers_and_categories_keep_their_places() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml")) == 0


def test_the_package_is_typed() -> None:
    assert (ROOT / "migrator" / "py.typed").exists()
