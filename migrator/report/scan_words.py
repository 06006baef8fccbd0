"""Sentences of the scan's reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from migrator.commands.scan import Scan, ScannedApp
from migrator.engine.rule import Outcome
from migrator.gen1.graph import Evidence
from migrator.gen1.project import Verdict

EFFORT = {"automatic": "automatic", "assisted": "needs you", "blocked": "blocked"}
SOURCES = {
    Evidence.DEPLOYED: "the deployed copy",
    Evidence.BUILT: "templates built here",
    Evidence.SOURCE: "settings files",
}

MEANING = (
    (Outcome.NATIVE, "Gen 2 has a property for it."),
    (Outcome.CDK, "Gen 2 says it through the CDK construct; that code is written for you."),
    (Outcome.DEFAULT, "A Gen 2 project has the same value when it says nothing."),
    (Outcome.DROPPED, "Left out, with a reason that a rule gives."),
    (Outcome.MANUAL, "You do it; there are instructions."),
    (Outcome.GAP, "The Gen 2 project will not have it."),
)

_TITLES = {
    Verdict.GEN1: "Amplify Gen 1 backend",
    Verdict.GEN2: "Amplify Gen 2 backend; no Gen 1 backend",
    Verdict.MIXED: "Amplify Gen 1 backend, with a Gen 2 backend beside it",
    Verdict.NONE: "No Amplify backend",
}


def title(scan: Scan) -> str:
    """What was found, and where."""
    title = _TITLES[scan.verdict]
    if scan.verdict is Verdict.GEN1 and not any(app.backend for app in scan.apps):
        title = "Front end of an Amplify Gen 1 app; its backend is not here"
    return f"{title}: {scan.root}"


def summary(scan: Scan) -> Iterator[str]:
    """The figures, and what they rest on."""
    for found in scan.gen2:
        yield f"Gen 2: {found.file}" + (" (a preview form, from before the release)" if found.form == "preview" else "")
    if scan.resources:
        yield f"{count(len(scan.resources), 'resource')}: {_effort(scan)}."
        yield settings_sentence(scan.settings)
        yield _BASIS[scan.evidence]


_BASIS = {
    Evidence.DEPLOYED: "Everything was read from the copy of what is deployed (amplify/#current-cloud-backend).",
    Evidence.BUILT: (
        "At least one resource was read from templates that the Gen 1 CLI built here; "
        "what is deployed may differ. `amplify pull` brings the deployed copy."
    ),
    Evidence.SOURCE: (
        "At least one resource was read from its settings files alone; "
        "what is deployed may differ. `amplify pull` brings the deployed copy."
    ),
}


def _effort(scan: Scan) -> str:
    need = "needs you" if scan.effort["assisted"] == 1 else "need you"
    words = {"automatic": "automatic", "assisted": need, "blocked": "blocked"}
    return ", ".join(f"{scan.effort[key]} {word}" for key, word in words.items())


def settings_sentence(counts: Mapping[Outcome, int], zeros: bool = True) -> str:
    """The total, and its parts that add up to it; parts that are zero may be left out."""
    parts = " + ".join(f"{counts[o]} {o}" for o in Outcome if zeros or counts[o]) or "none"
    return f"{count(sum(counts.values()), 'setting')} = {parts}."


def count(number: int, word: str) -> str:
    """A number with its word."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def app_line(app: ScannedApp) -> str:
    """The app in one line."""
    if not app.backend:
        return f"App {app.name}: front-end files only"
    if app.env is None:
        known = f" (there are {', '.join(app.environments)}: choose with --env)" if app.environments else ""
        return f"App {app.name}, no environment chosen{known}"
    others = [env for env in app.environments if env != app.env]
    more = f" (there is also {', '.join(others)}: --env reads another one)" if others else ""
    return f"App {app.name}, environment {app.env}{more}"


def next_step(scan: Scan, blocked: bool) -> str:
    """What to do now."""
    if scan.verdict is Verdict.NONE:
        return "Run `migrate scan PATH` with the folder that holds the backend."
    if scan.verdict is Verdict.GEN2:
        return "There is nothing to migrate here."
    if not scan.resources:
        return "Run this where the backend is (`amplify/backend`); `amplify pull` brings it from the account."
    open_ = next((app for app in scan.apps if app.env is None and app.environments), None)
    if open_:
        first = open_.environments[0]
        return f"Choose an environment first: --env {first}. Values that differ between environments are left open."
    if blocked:
        return "Solve what blocks first; `migrate explain ID` says more about each."
    return (
        "`migrate convert` writes the Gen 2 project beside this one; nothing here is changed and nothing is deployed."
    )
