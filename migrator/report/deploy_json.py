"""The outcome of a deployment as `migrate/deploy/1`."""

from __future__ import annotations

from typing import Any

import msgspec

from migrator.commands.deploy_report import DeployReport
from migrator.deploy.changes import Change
from migrator.deploy.plan import Plan
from migrator.deploy.steps import Step

SCHEMA = "migrate/deploy/1"


def deploy_document(report: DeployReport) -> dict[str, Any]:
    """The report with its plan."""
    return {
        "schema": SCHEMA,
        "target": report.target,
        "stack": report.stack,
        "features": list(report.features),
        "steps": [_step(step) for step in report.steps],
        "outputs": report.outputs,
        "outputs_file": report.outputs_file,
        **({"plan": plan_document(report.plan)} if report.plan else {}),
    }


def planned_document(plan: Plan) -> dict[str, Any]:
    """A plan alone (`--plan`): every step is pending."""
    features = plan.slices[-1].slice_.features if plan.slices else ()
    return {
        "schema": SCHEMA,
        "target": plan.target,
        "stack": plan.stack,
        "features": list(features),
        "steps": [{"name": one.name, "status": "pending", "seconds": 0} for one in plan.operations],
        "outputs": {},
        "plan": plan_document(plan),
    }


def plan_document(plan: Plan) -> dict[str, Any]:
    """What will happen to every resource."""
    return {
        "deployed": list(plan.current.features),
        "asked": plan.current.asked,
        "state": {"status": plan.current.status, "step": plan.current.way},
        "slices": [
            {
                "name": one.slice_.feature,
                "features": list(one.slice_.features),
                "cached": one.cached,
                "changes": [_change(change) for change in one.changes],
            }
            for one in plan.slices
        ],
        "refused": [_change(change) for change in plan.refused],
        "allowed": [_change(change) for change in plan.allowed],
        "staying": [
            {"feature": one.feature, "kind": one.kind, "name": one.name, "holds": one.holds} for one in plan.staying
        ],
    }


def _step(step: Step) -> dict[str, Any]:
    told = {
        "name": step.name,
        "status": step.status,
        "seconds": round(step.seconds, 2),
        "reason": step.reason,
        "hint": step.hint,
        "failures": [str(failure) for failure in step.failures],
        "undone": step.undone,
        "notes": list(step.notes),
        "checks": [msgspec.to_builtins(outcome) for outcome in step.outcomes],
    }
    return {key: value for key, value in told.items() if value or key in ("name", "status", "seconds")}


def _change(change: Change) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(change)
    return {key: value for key, value in told.items() if value or key in ("action", "label", "type")}
