"""What `migrate deploy` is asked for, and what of it is taken up again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from migrator.commands.verify import located
from migrator.core.errors import ProjectError, UsageError
from migrator.deploy.journal import Run
from migrator.deploy.targets.interface import TargetName
from migrator.output.paths import STATE_FOLDER

_KEPT = ("features", "remove", "allow_replace", "identifier", "app_id", "branch", "profile", "region")


class Request(Struct, frozen=True):
    """What was asked for on the command line."""

    path: Path
    gen2: Path | None = None
    features: tuple[str, ...] = ()
    """To be deployed, beside what is deployed already; none means all that the project holds."""
    remove: tuple[str, ...] = ()
    allow_replace: tuple[str, ...] = ()
    target: TargetName = TargetName.LOCAL
    identifier: str = ""
    app_id: str = ""
    branch: str = ""
    profile: str = ""
    region: str = ""
    plan: bool = False
    resume: bool = False
    install: bool = False
    network: bool = False
    """Whether functions on the local AWS may reach other machines."""
    consent: bool | None = None
    """Whether the project's functions may run on this machine; None where nobody said: then what was said before."""
    env: str | None = None
    app: str | None = None
    rules: Path | None = None


def consent_folder(request: Request) -> Path:
    """Where the answer is kept. Raises ProjectError without a Gen 2 project."""
    return project_of(request) / STATE_FOLDER / "deploy"


def project_of(request: Request) -> Path:
    """The Gen 2 project's folder. Raises ProjectError when there is none."""
    gen2 = located(request.path, request.gen2).resolve()
    if not (gen2 / "amplify" / "backend.ts").is_file():
        raise ProjectError(
            f"{gen2} holds no Gen 2 backend: there is no amplify/backend.ts",
            hint="`migrate convert` writes one; name its folder with --gen2",
        )
    return gen2


def kept(request: Request) -> dict[str, Any]:
    """What the journal keeps of a request: `taken_up` reads it."""
    return {name: getattr(request, name) for name in _KEPT}


def taken_up(request: Request, run: Run | None) -> Request:
    """The request of the run that is taken up again. Raises UsageError where there is none, or it was to delete."""
    if run is None:
        raise UsageError(f"there is no deployment to {request.target} to go on with", hint="leave out --resume")
    said = run.request
    if said.get("destroy"):
        raise UsageError("the last run was to delete the backend", hint="go on with `migrate deploy --destroy`")
    return replace(
        request,
        features=tuple(said.get("features", ())),
        remove=tuple(said.get("remove", ())),
        allow_replace=(*said.get("allow_replace", ()), *request.allow_replace),
        identifier=said.get("identifier", ""),
        app_id=said.get("app_id", ""),
        branch=said.get("branch", ""),
        profile=request.profile or said.get("profile", ""),
        region=request.region or said.get("region", ""),
    )
