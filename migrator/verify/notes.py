"""What is told beside the differences: what could not be compared, and what it was compared with."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.engine.observed import Aspect
from migrator.engine.outputs import other_environments
from migrator.gen1.app import App
from migrator.gen1.graph import Evidence
from migrator.verify.client_outputs import ClientOutputs
from migrator.verify.extent import Extent
from migrator.verify.gen1_stacks import without_template
from migrator.verify.results import Detail


def notes(aspect: Aspect, app: App, extent: Extent, client: ClientOutputs) -> Iterator[Detail]:
    """Notes of a check, by what it compares."""
    if aspect is Aspect.SETTINGS:
        yield from _on_settings(app, extent)
    elif aspect is Aspect.OUTPUTS:
        yield from _on_outputs(app, client)


def _on_settings(app: App, extent: Extent) -> Iterator[Detail]:
    for entry in without_template(app):
        if extent.is_new(entry.ref) and extent.asks_for(entry.ref):
            said = "no template says what it deploys, so its settings are not compared"
            hint = "`amplify pull` brings the deployed templates, `amplify push` builds them."
            yield Detail("warning", said, subject=str(entry.ref), hint=hint)
    kept = [entry.ref for entry in app.entries if extent.stays(entry.ref) and extent.asks_for(entry.ref)]
    if kept:
        yield Detail("info", f"kept as it is, so there is nothing to compare: {', '.join(map(str, kept))}")
    weak = [entry.ref for entry in app.entries if entry.evidence is not Evidence.DEPLOYED]
    if weak:
        said = f"compared with what the source says, not with what is deployed: {', '.join(map(str, weak))}"
        yield Detail("info", said)


def _on_outputs(app: App, client: ClientOutputs) -> Iterator[Detail]:
    if not app.front_ends:
        said = "the project holds no `aws-exports.js` or its like (most ignore it in git)"
        yield Detail("info", f"{said}: compared with what the Gen 1 CLI makes it of")
    for path, other in other_environments(app):
        said = f"it is of another environment than {app.env}, so what it says of {other} is not compared"
        yield Detail("warning", said, file=path)
    for one in client.models:
        if one.error:
            said = "code generation refuses the Gen 1 schema, so the models of clients are not compared"
            yield Detail("warning", f"{said}: {one.error}")
