"""The local AWS, as text or JSON."""

from __future__ import annotations

from typing import Any

from migrator.commands.local import LocalReport
from migrator.report.page import columns, wrapped

_RECORDED = "These resources are not emulated. They exist as records, so that what refers to them can be deployed:"


def local_text(report: LocalReport, width: int) -> str:
    """Where it listens, how programs reach it, what is deployed, and what of that is not emulated."""
    server = report.server
    if server is None:
        return f"No local AWS runs on {report.state}.\nStart one with `migrate local start`.\n"
    lines = [f"The local AWS listens on {server.endpoint}"]
    facts = [
        ("process", f"{server.pid}, {'ends with its command' if server.owned else 'in the background'}"),
        ("state", str(report.state)),
        ("account", f"{server.account} in {server.region}"),
        ("policies", "enforced" if server.enforce_iam else "not enforced, but for GraphQL requests"),
        ("functions", "may use the network" if server.network else "without the network"),
        *((("patches left out", ", ".join(server.without)),) if server.without else ()),
    ]
    lines += columns(facts, width, 2)
    lines += ["", "Programs reach it with"]
    lines += [f"  export {name}={value}" for name, value in report.environment.items()]
    if server.stacks:
        lines += ["", "Stacks", *columns(sorted(server.stacks.items()), width, 2)]
    if server.recorded:
        lines += ["", *wrapped(_RECORDED, width, "", "")]
        lines += columns([(one.type, one.logical_id, one.stack) for one in server.recorded], width, 2)
    return "\n".join(lines) + "\n"


def local_document(report: LocalReport) -> dict[str, Any]:
    """Schema `migrate/local/1`, stable; additions are free, changes are not."""
    document: dict[str, Any] = {
        "schema": "migrate/local/1",
        "state": str(report.state),
        "running": report.server is not None,
    }
    if report.server is None:
        return document
    server = report.server
    return document | {
        "endpoint": server.endpoint,
        "pid": server.pid,
        "port": server.port,
        "version": server.version,
        "background": not server.owned,
        "account": server.account,
        "region": server.region,
        "enforce_iam": server.enforce_iam,
        "network": server.network,
        "patches": list(server.patches),
        "stacks": server.stacks,
        "recorded": [{"type": r.type, "stack": r.stack, "logical_id": r.logical_id} for r in server.recorded],
        "environment": report.environment,
    }
