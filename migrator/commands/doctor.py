"""`migrate doctor`: what this machine has, and which command needs it. Speaks to nobody and shows no credential."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from migrator.core.errors import VerifyError
from migrator.local.environment import EMULATOR, VERSION, environment_folder, environment_installed
from migrator.local.packages import packages_installed
from migrator.node.cache import cache_folder, read_marker
from migrator.node.environment import checking_environment
from migrator.node.runtime import Node, find_node
from migrator.node.toolchain import NEEDED_BYTES, own_versions, pinned, tools_folder, tools_key

GEN2 = "gen2"
"""The folder that `migrate convert` writes by default."""
VERIFY, IN_PLACE, DEPLOYING = "verify", "convert --in-place", "deploying (npx ampx)"
LOCAL = "local, deploy --target local"
PYTHON, NODE, NPM, PACKAGES, DISK, GIT = "Python", "Node", "npm", "Node packages", "free disk space", "git"
CREDENTIALS, BOOTSTRAP, LOCAL_AWS = "AWS credentials", "CDK bootstrap", "local AWS"
BUILD_TOOLS = "build tools"
NEEDS: Mapping[str, tuple[str, ...]] = {
    "scan, convert, lint, explain, rules": (PYTHON,),
    IN_PLACE: (PYTHON, GIT),
    VERIFY: (PYTHON, NODE, NPM, PACKAGES, DISK),
    LOCAL: (PYTHON, NODE, NPM, PACKAGES, LOCAL_AWS, DISK),
    DEPLOYING: (NODE, NPM, CREDENTIALS, BOOTSTRAP, BUILD_TOOLS),
}
"""What each job needs; deploying is done with Amplify's own tool."""
_BUILDS = "amplify/function/build.ts"
"""The file of a Gen 2 project that calls what builds functions in other languages than JavaScript."""
_TOOLS = {
    "python3": "https://www.python.org",
    "gradle": "https://gradle.org",
    "go": "https://go.dev",
    "dotnet": "https://dot.net",
}
"""The programs that it may call, and where they come from."""
_GIVEN = (
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
)


class State(StrEnum):
    """How a check came out."""

    OK = "ok"
    MISSING = "missing"
    """What needs it will not run without it."""
    NOTE = "note"
    """Not needed as things are, or not to be seen from here."""


class Probe(Struct, frozen=True):
    """One thing that was looked at."""

    name: str
    state: State
    detail: str
    hint: str = ""


def examine(project: Path, environ: Mapping[str, str] = os.environ) -> tuple[Probe, ...]:
    """Looks at everything that a command may need; `project` is where a Gen 2 project may lie."""
    try:
        node: Node | VerifyError = find_node(environ.get("PATH"))
    except VerifyError as error:
        node = error
    packages = _packages(project)
    installed = packages.state is State.OK
    return (
        Probe(PYTHON, State.OK, f"{platform.python_version()} ({sys.executable})"),
        _node(node),
        _npm(node, installed),
        packages,
        _local_aws(),
        _disk(cache_folder(), installed),
        _git(environ),
        _credentials(environ),
        *_build_tools(project, environ),
        Probe(
            BOOTSTRAP,
            State.NOTE,
            "not checked: it can only be seen in the AWS account",
            "`migrate doctor --region REGION` asks AWS. Once for each account and region: npx aws-cdk@2 bootstrap aws://ACCOUNT/REGION",
        ),
    )


def lacking(probes: tuple[Probe, ...]) -> Mapping[str, tuple[str, ...]]:
    """By job, what it needs and this machine does not have."""
    missing = {probe.name for probe in probes if probe.state is State.MISSING}
    return {job: tuple(name for name in names if name in missing) for job, names in NEEDS.items()}


def ready(probes: tuple[Probe, ...]) -> bool:
    """Whether every command of this program has what it needs (deploying is not one of them)."""
    return not any(names for job, names in lacking(probes).items() if job != DEPLOYING)


def _node(found: Node | VerifyError) -> Probe:
    if isinstance(found, VerifyError):
        return Probe(NODE, State.MISSING, found.message, _sentence(found.hint))
    return Probe(NODE, State.OK, f"{found.version} ({found.program})")


def _npm(node: Node | VerifyError, installed: bool) -> Probe:
    program = node.npm if isinstance(node, Node) else shutil.which("npm") or ""
    version = _version(program) if program else ""
    if version:
        return Probe(NPM, State.OK, f"{version} ({program})")
    problem = f"{program} does not run" if program else "npm was not found on the PATH"
    if installed:
        return Probe(NPM, State.NOTE, f"{problem}; the Node packages are installed already")
    return Probe(NPM, State.MISSING, problem, "It comes with Node: install Node from https://nodejs.org.")


def _packages(project: Path) -> Probe:
    for folder in (project / GEN2, project):
        if own_versions(folder):
            return Probe(PACKAGES, State.OK, f"the project's own ({folder / 'node_modules'})")
    if read_marker(tools_folder(), tools_key()):
        return Probe(PACKAGES, State.OK, f"{len(pinned())} pinned packages ({tools_folder()})")
    return Probe(
        PACKAGES,
        State.MISSING,
        f"not installed, neither in the project nor in {tools_folder()}",
        "Run `npm install` in the Gen 2 project, or `migrate verify --install` (about 1 GB).",
    )


def _local_aws() -> Probe:
    if environment_installed() and packages_installed():
        return Probe(LOCAL_AWS, State.OK, f"{EMULATOR} {VERSION} ({environment_folder()})")
    hint = "`migrate local start` and `migrate deploy` download it when they need it (about 60 MB)."
    return Probe(LOCAL_AWS, State.NOTE, "not installed yet", hint)


def _disk(folder: Path, installed: bool) -> Probe:
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(existing).free
    detail = f"{free / 1e9:.1f} GB at {existing}"
    if installed or free >= NEEDED_BYTES:
        return Probe(DISK, State.OK, detail)
    hint = f"The Node packages need {NEEDED_BYTES / 1e9:.0f} GB; MIGRATE_CACHE names another folder for them."
    return Probe(DISK, State.MISSING, detail, hint)


def _git(environ: Mapping[str, str]) -> Probe:
    program = shutil.which("git", path=environ.get("PATH"))
    version = _version(program).removeprefix("git version ") if program else ""
    if version:
        return Probe(GIT, State.OK, f"{version} ({program})")
    return Probe(GIT, State.MISSING, "git was not found on the PATH", "Install it from https://git-scm.com.")


def _build_tools(project: Path, environ: Mapping[str, str]) -> Iterator[Probe]:
    """What functions in other languages are built with, where the project has such functions."""
    file = next((f for f in (project / GEN2 / _BUILDS, project / _BUILDS) if f.is_file()), None)
    if file is None:
        return
    text = file.read_text(encoding="utf-8", errors="replace")
    needed = [tool for tool in _TOOLS if f"'{tool}', [" in text]
    missing = [tool for tool in needed if not shutil.which(tool, path=environ.get("PATH"))]
    if missing:
        hint = f"Install {', '.join(f'{tool} ({_TOOLS[tool]})' for tool in missing)}: functions are built with it."
        yield Probe(BUILD_TOOLS, State.MISSING, f"{', '.join(missing)} not found on the PATH", hint)
    elif needed:
        yield Probe(BUILD_TOOLS, State.OK, ", ".join(needed))


def _credentials(environ: Mapping[str, str]) -> Probe:
    """Whether the AWS SDKs would find any. https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html"""
    unchecked = "whether they work was not tried"
    if "AWS_ACCESS_KEY_ID" in environ and "AWS_SECRET_ACCESS_KEY" in environ:
        return Probe(CREDENTIALS, State.OK, f"in the environment; {unchecked}")
    if given := next((name for name in _GIVEN if name in environ), ""):
        return Probe(CREDENTIALS, State.OK, f"given by the machine ({given}); {unchecked}")
    profiles = _profiles(environ)
    chosen = environ.get("AWS_PROFILE")
    if chosen and chosen not in profiles:
        hint = "Add the profile with `aws configure --profile NAME`, or name another one."
        return Probe(CREDENTIALS, State.MISSING, "AWS_PROFILE names a profile that is in no file", hint)
    if profiles:
        word = "profile" if len(profiles) == 1 else "profiles"
        return Probe(CREDENTIALS, State.OK, f"{len(profiles)} {word} in the AWS configuration; {unchecked}")
    return Probe(CREDENTIALS, State.MISSING, "none found", "Only deploying needs them: `npx ampx configure profile`.")


def _profiles(environ: Mapping[str, str]) -> frozenset[str]:
    home = Path(environ.get("HOME") or environ.get("USERPROFILE") or Path.home()) / ".aws"
    files = (
        Path(environ.get("AWS_SHARED_CREDENTIALS_FILE") or home / "credentials"),
        Path(environ.get("AWS_CONFIG_FILE") or home / "config"),
    )
    return frozenset(name for file in files for name in _sections(file))


def _sections(file: Path) -> list[str]:
    """The headings of an AWS configuration file that stand for profiles; nothing below them is kept."""
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []  # no such file: no profiles
    heads = [line.strip().strip("[]").split() for line in lines if line.strip().startswith("[")]
    return [head[-1] for head in heads if len(head) == 1 or (head and head[0] == "profile")]


def _version(program: str) -> str:
    """What a program answers to `--version`; empty when it does not run."""
    try:
        with tempfile.TemporaryDirectory() as home:
            answer = subprocess.run(
                [program, "--version"],
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
                env=checking_environment(Path(home)),
            )
    except (OSError, subprocess.TimeoutExpired):
        return ""  # it cannot be used, which is what the caller says
    return answer.stdout.strip().splitlines()[0] if answer.returncode == 0 and answer.stdout.strip() else ""


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("." if text and not text.endswith(".") else "")
