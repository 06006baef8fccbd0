"""amplify.yml for Gen 2: Gen 1's deployment commands replaced, everything else as it was.

https://docs.aws.amazon.com/amplify/latest/userguide/yml-specification-syntax.html and, for the Gen 2 command,
https://docs.amplify.aws/react/deploy-and-host/fullstack-branching/custom-pipelines/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from migrator.core.errors import ArtifactError
from migrator.documents.document import Json, Pointer
from migrator.documents.yaml_text import load_yaml_lines
from migrator.output.build_commands import Manager, Rewriter, Rewritten, installs, manager
from migrator.output.yaml_edit import Insertion, ListEdit, edit_yaml, value_at

NAME = "amplify.yml"

_CONSOLE = (
    "The project had no amplify.yml. If the build settings are in the Amplify console, copy their `frontend` part into "
    "this file: a file in the repository replaces what the console says."
)


class BuildSettings(Struct, frozen=True):
    """The text of amplify.yml, and what is left to the user."""

    text: str
    tasks: tuple[str, ...] = ()


def amplify_yml(
    existing: str | None, *, package_manager: str = "npm", app_root: str = "", scripts: Mapping[str, str] | None = None
) -> BuildSettings:
    """Build settings that deploy the Gen 2 backend.

    `app_root` chooses the application of a monorepo. `scripts` gives the texts behind what commands call: scripts of
    package.json by name, script files by path. What is not understood stays as it is and becomes a task.
    """
    tools = manager(package_manager)
    if existing is None or not existing.strip():
        return BuildSettings(_default(tools), (_CONSOLE,))
    try:
        value, lines = load_yaml_lines(existing, NAME)
        sections, tasks = _sections(value, app_root)
        session = _Session(value, lines, tools, scripts or {})
        for pointer in sections:
            session.section(pointer)
        edited = edit_yaml(existing, session.edits, session.insertions, NAME)
    except ArtifactError as error:
        return BuildSettings(existing, (f"{error} The file was left as it is. {_by_hand(tools)}",))
    tasks = (*tasks, *session.tasks)
    if edited.rewritten:
        tasks = (*tasks, "amplify.yml had to be written anew: its comments are not in it any more.")
    return BuildSettings(edited.text, tasks)


def _default(tools: Manager) -> str:
    commands = "".join(f"        - {command}\n" for command in (tools.install, tools.deploy))
    return f"version: 1\nbackend:\n  phases:\n    build:\n      commands:\n{commands}"


def _by_hand(tools: Manager) -> str:
    return f"Let its backend phase run `{tools.install}` and then `{tools.deploy}` instead of Gen 1's push."


def _sections(value: Json, app_root: str) -> tuple[tuple[Pointer, ...], tuple[str, ...]]:
    """Where `backend` and `frontend` stand: at the top, or in the applications of a monorepo."""
    if not isinstance(value, dict):
        raise ArtifactError(f"{NAME} holds no settings.")
    applications = value.get("applications")
    if not isinstance(applications, list):
        return ((),), ()
    found: list[Pointer] = [("applications", i) for i, app in enumerate(applications) if isinstance(app, dict)]
    roots = [value_at(value, (*pointer, "appRoot")) for pointer in found]
    named = [pointer for pointer, root in zip(found, roots, strict=True) if root == app_root and app_root]
    with_backend = [pointer for pointer in found if isinstance(value_at(value, (*pointer, "backend")), dict)]
    chosen = named or with_backend or (found if len(found) == 1 else [])
    if chosen:
        return tuple(chosen), ()
    return (), ("amplify.yml lists several applications, none with a backend: add a `backend` part to the right one.",)


class _Session:
    """Gathers the edits of one file."""

    def __init__(self, value: Json, lines: Mapping[Pointer, int], tools: Manager, scripts: Mapping[str, str]) -> None:
        self._value = value
        self._lines = lines
        self._tools = tools
        self._rewriter = Rewriter(tools, scripts)
        self.edits: list[ListEdit] = []
        self.insertions: list[Insertion] = []
        self._general: list[str] = []
        self._said: dict[tuple[str, str], list[int]] = {}

    def section(self, pointer: Pointer) -> None:
        """The backend deploys, installing first; the front end does not deploy."""
        backend = (*pointer, "backend")
        if isinstance(value_at(self._value, backend), dict):
            self._backend(backend)
        else:
            commands: Json = [self._tools.install, self._tools.deploy]
            phases: Json = {"phases": {"build": {"commands": commands}}}
            self.insertions.append(Insertion(pointer, "backend", phases, "frontend"))
        for name in ("frontend", "test"):
            for commands_at, commands_of in self._commands((*pointer, name)):
                self._front(commands_at, commands_of, removes=name == "frontend")

    def _commands(self, section: Pointer) -> Iterator[tuple[Pointer, list[Any]]]:
        """The lists of commands, in the order in which they run, whatever the case of the phase's name."""
        phases = value_at(self._value, (*section, "phases"))
        order = ("prebuild", "pretest", "build", "test", "postbuild", "posttest")
        names = (
            sorted(phases, key=lambda n: order.index(n.lower()) if n.lower() in order else -1)
            if isinstance(phases, dict)
            else ()
        )
        for name in names:
            pointer = (*section, "phases", name, "commands")
            commands = value_at(self._value, pointer)
            if isinstance(commands, list):
                yield pointer, commands

    def _backend(self, backend: Pointer) -> None:
        phases = tuple(self._commands(backend))
        results = [[self._rewritten(pointer, i, c) for i, c in enumerate(items)] for pointer, items in phases]
        deploys = any(result.deploys for row in results for result in row)
        installed = any(result.gen2 for row in results for result in row)
        seen = False
        for (pointer, _), row in zip(phases, results, strict=True):
            items: list[tuple[str, ...] | None] = []
            for result in row:
                change = result.commands
                if result.deploys and not installed:
                    change = (self._tools.install, *(result.kept if change is None else change))
                    installed = True
                if seen and change == (self._tools.deploy,):
                    change = ()  # Gen 1 pushed twice
                seen = seen or result.deploys
                installed = installed or installs(result.kept)
                items.append(change)
            if any(change is not None for change in items):
                self.edits.append(ListEdit(pointer, tuple(items)))
        if not deploys:
            self._append_deployment(backend, phases, results)

    def _append_deployment(
        self, backend: Pointer, phases: tuple[tuple[Pointer, list[Any]], ...], results: list[list[Rewritten]]
    ) -> None:
        """No command was recognised as Gen 1's push."""
        ready = any(installs(result.kept) for row in results for result in row)
        added = (self._tools.deploy,) if ready else (self._tools.install, self._tools.deploy)
        filled = [at for at, (pointer, items) in enumerate(phases) if items]
        builds = [at for at in filled if str(phases[at][0][-2]).lower() == "build"]
        calls = [r.calls for row in results for r in row if r.calls]
        if calls:
            named = ", ".join(f"`{call}`" for call in calls)
            self._general.append(
                f"amplify.yml: no backend command was recognised as Gen 1's push, so `{self._tools.deploy}` was added. "
                f"Check {named}: whatever runs `amplify push` there has to go."
            )
        if not filled:
            known = value_at(self._value, (*backend, "phases"))
            merged: Json = {**(known if isinstance(known, dict) else {}), "build": {"commands": [*added]}}
            self.insertions.append(Insertion(backend, "phases", merged, ""))
            return
        pointer, items = phases[(builds or filled)[-1]]
        present = next((e for e in self.edits if e.pointer == pointer), None)
        if present is not None:
            self.edits.remove(present)
        unchanged: tuple[tuple[str, ...] | None, ...] = (None,) * len(items)
        self.edits.append(ListEdit(pointer, present.items if present else unchanged, added))

    def _front(self, pointer: Pointer, commands: list[Any], *, removes: bool) -> None:
        results = [self._rewritten(pointer, index, command) for index, command in enumerate(commands)]
        items: list[tuple[str, ...] | None] = []
        for index, result in enumerate(results):
            alone = result.commands == (self._tools.deploy,)
            if removes and (alone or result.commands == ()):
                items.append(())
                continue
            items.append(None)
            if result.deploys and not result.gen2:
                self._say(pointer, index, "take Gen 1's push out; the backend phase deploys.")
        if any(item is not None for item in items):
            self.edits.append(ListEdit(pointer, tuple(items)))

    def _rewritten(self, pointer: Pointer, index: int, command: Any) -> Rewritten:
        if not isinstance(command, str):
            return Rewritten()
        result = self._rewriter.rewrite(command)
        for task in result.tasks:
            self._say(pointer, index, task)
        return result

    def _say(self, pointer: Pointer, index: int, task: str) -> None:
        phase = ".".join(str(part) for part in pointer[:-1])
        self._said.setdefault((phase, task), []).append(self._lines.get((*pointer, index), 0))

    @property
    def tasks(self) -> tuple[str, ...]:
        """One for each thing to do, with all the lines that it concerns."""
        said = (f"{NAME}:{lines[0]} ({phase}{_also(lines[1:])}): {task}" for (phase, task), lines in self._said.items())
        return (*self._general, *said)


def _also(lines: list[int]) -> str:
    return f", also line{'s' if len(lines) > 1 else ''} {', '.join(str(line) for line in lines)}" if lines else ""
