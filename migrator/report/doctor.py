"""What a machine has, as text or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from migrator.commands.doctor import NEEDS, Probe, lacking
from migrator.report.page import columns, wrapped


def doctor_text(probes: Sequence[Probe], width: int) -> str:
    """What was found, what each command needs, and a next step for everything that is missing."""
    lines = ["This machine"]
    lines += columns([(probe.name, str(probe.state), probe.detail) for probe in probes], width, 2)
    lines += ["", "What each command needs"]
    lacks = lacking(tuple(probes))
    rows = [(job, "ready" if not lacks[job] else f"lacks {', '.join(lacks[job])}") for job in NEEDS]
    needs = [", ".join(names) for names in NEEDS.values()]
    lines += columns([(*row, f"needs {need}") for row, need in zip(rows, needs, strict=True)], width, 2)
    if hints := [probe for probe in probes if probe.hint]:
        lines += ["", "Next steps"]
        lines += [line for probe in hints for line in wrapped(f"{probe.name}: {probe.hint}", width, "  - ", "    ")]
    return "\n".join(lines) + "\n"


def doctor_document(probes: Sequence[Probe]) -> dict[str, Any]:
    """Schema `migrate/doctor/1`, stable; additions are free, changes are not."""
    lacks = lacking(tuple(probes))
    return {
        "schema": "migrate/doctor/1",
        "checks": [{"name": p.name, "state": str(p.state), "detail": p.detail, "hint": p.hint} for p in probes],
        "commands": [{"name": job, "needs": list(needs), "lacks": list(lacks[job])} for job, needs in NEEDS.items()],
    }
