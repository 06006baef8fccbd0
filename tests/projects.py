"""The Gen 1 projects that tests convert: the samples that ship, and small fixtures."""

from __future__ import annotations

import json
from pathlib import Path

from migrator.commands.assessment import Assessment
from migrator.gen1.project import App, discover

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = tuple(sorted(p for p in (ROOT / "sample_projects").iterdir() if (p / "gen1").is_dir()))
FIXTURES = tuple(sorted(p for p in (ROOT / "tests" / "fixtures" / "gen1").iterdir() if p.is_dir()))


def settings(sample: Path) -> dict[str, str]:
    """How a sample is converted: `options.json` beside it, with `env` and what else differs from the defaults."""
    path = sample / "options.json"
    found: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    return found


def apps() -> tuple[App, ...]:
    """Every app of the samples and fixtures that can be read."""
    found: list[App] = []
    for sample in SAMPLES:
        found += discover(sample / "gen1", settings(sample).get("env")).apps
    for fixture in FIXTURES:
        found += discover(fixture).apps
    return tuple(found)


def assessments() -> tuple[Assessment, ...]:
    """All of them, matched and accounted."""
    return tuple(Assessment(app) for app in apps() if app.entries)
