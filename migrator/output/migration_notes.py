"""MIGRATION.md: what was done, what is left, what to enter where, and what happens next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from migrator.gen2.backend import Secret


class ConvertedResource(Struct, frozen=True, order=True):
    """A Gen 1 resource and how much of it was converted without the user: `automatic`, `assisted` or `blocked`."""

    feature: str
    name: str
    service: str
    effort: str
    reused: bool = False


class OpenPoint(Struct, frozen=True, order=True):
    """Something left to the user: a gap or a task, with the rule that `migrate explain` describes."""

    resource: str
    """`auth/app`; empty for the project as a whole."""
    rule: str
    text: str
    hint: str = ""
    blocks: bool = False


class CallbackUrls(Struct, frozen=True, order=True):
    """Addresses to register with a sign-in provider, and the console where that is done."""

    provider: str
    console: str
    urls: tuple[str, ...]


class OpenReference(Struct, frozen=True, order=True):
    """An empty value in a file that is kept by branch."""

    file: str
    name: str
    meaning: str


class DeferredGrant(Struct, frozen=True, order=True):
    """What is written when other features are converted."""

    text: str
    waits_for: tuple[str, ...]


class LiveEffect(Struct, frozen=True, order=True):
    """What choosing new or existing resources means for what is live, for one feature."""

    feature: str
    text: str


class Notes(Struct, frozen=True):
    """Everything that MIGRATION.md says. No field may hold the value of a secret."""

    project: str
    env: str = ""
    folder: str = "."
    """Where the Gen 2 project lies, relative to where `migrate` was run."""
    features: tuple[str, ...] = ()
    remaining: tuple[str, ...] = ()
    """Features of the Gen 1 project that are not converted yet."""
    branches: tuple[str, ...] = ()
    """Branches that will deploy it, as far as they are known."""
    resources: tuple[ConvertedResource, ...] = ()
    open_points: tuple[OpenPoint, ...] = ()
    secrets: tuple[Secret, ...] = ()
    callbacks: tuple[CallbackUrls, ...] = ()
    references: tuple[OpenReference, ...] = ()
    left_behind: tuple[LiveEffect, ...] = ()
    touched: tuple[LiveEffect, ...] = ()
    deferred: tuple[DeferredGrant, ...] = ()
    package_manager: str = "npm"


def print_notes(notes: Notes) -> str:
    """The text of MIGRATION.md, the same for the same notes, ending with a line end."""
    title = f"# Migration of {_plain(notes.project)} to Amplify Gen 2"
    sections = (
        _done(notes),
        _blockers(notes),
        _left(notes),
        _to_enter(notes),
        _live(notes),
        _deferred(notes),
        _next(notes),
    )
    parts = [part for lines in sections if (part := "\n".join(lines))]
    return "\n\n".join((title, *parts)) + "\n"


def _done(notes: Notes) -> Iterator[str]:
    yield "## What was done"
    yield ""
    source = f" from the environment {_code(notes.env)}" if notes.env else ""
    yield f"Converted{source}: {_listed(notes.features) or 'nothing yet'}."
    if notes.remaining:
        yield f"Not converted yet: {_listed(notes.remaining)}."
    if notes.resources:
        yield ""
    for item in sorted(notes.resources):
        kept = "the live resource is kept" if item.reused else "a new resource"
        yield f"- {_code(f'{item.feature}/{item.name}')} ({_plain(item.service)}): {_plain(item.effort)}, {kept}"


def _blockers(notes: Notes) -> Iterator[str]:
    found = [point for point in notes.open_points if point.blocks]
    if found:
        yield "## What must be solved before you deploy"
        yield from _points(found)


def _left(notes: Notes) -> Iterator[str]:
    found = [point for point in notes.open_points if not point.blocks]
    yield "## What is left to do"
    if not found:
        yield ""
        yield "Nothing." if not any(point.blocks for point in notes.open_points) else "Nothing else."
    yield from _points(found)


def _points(points: Iterable[OpenPoint]) -> Iterator[str]:
    heading = None
    for point in sorted(set(points)):
        if point.resource != heading:
            heading = point.resource
            yield ""
            yield f"### {_plain(heading) or 'The project as a whole'}"
            yield ""
        yield f"- **{_plain(point.rule)}** {_plain(point.text)}"
        if point.hint:
            yield f"  {_plain(point.hint)}"
    if heading is not None:
        yield ""
        yield "`migrate explain RULE` has the reason and an example for each of them."


def _to_enter(notes: Notes) -> Iterator[str]:
    if not (notes.secrets or notes.callbacks or notes.references):
        return
    yield "## What to enter where"
    yield from _secrets(notes)
    if notes.callbacks:
        yield ""
        yield "### Addresses to register with sign-in providers"
        yield ""
        yield "DOMAIN is `auth.oauth.domain` in amplify_outputs.json; each branch has one of its own."
        yield ""
    for item in sorted(notes.callbacks):
        yield f"- {_plain(item.provider)}, at {_plain(item.console)}:"
        yield from (f"  - {_code(url)}" for url in item.urls)
    if notes.references:
        yield ""
        yield "### Values that were not known"
        yield ""
    for reference in sorted(notes.references):
        yield f"- {_code(reference.name)} in {_code(reference.file)}, for each branch: {_plain(reference.meaning)}"


def _secrets(notes: Notes) -> Iterator[str]:
    if not notes.secrets:
        return
    known = {secret.name: secret for secret in sorted(notes.secrets, key=lambda s: (s.name, s.why))}
    yield ""
    yield "### Secrets"
    yield ""
    yield "For your sandbox, each command asks for the value:"
    yield ""
    yield "```sh"
    yield from (f"npx ampx sandbox secret set {name}" for name in known)
    yield "```"
    yield ""
    branches = f" ({_listed(notes.branches)})" if notes.branches else ""
    yield (
        f"For each branch{branches}: Amplify console, your app, Hosting, Secrets, Manage secrets, with the same names "
        "(https://docs.amplify.aws/react/deploy-and-host/fullstack-branching/secrets-and-vars/)."
    )
    yield ""
    yield from (f"- {_code(secret.name)}: {_plain(secret.why)}" for secret in known.values())


def _live(notes: Notes) -> Iterator[str]:
    if notes.left_behind:
        yield "## What stays behind with the Gen 1 resources"
        yield ""
        yield "New resources start empty. The old ones stay as they are, with what is in them:"
        yield ""
        yield from _effects(notes.left_behind)
    if notes.left_behind and notes.touched:
        yield ""
    if notes.touched:
        yield "## What changes on live resources"
        yield ""
        yield "These resources are kept, and deploying the Gen 2 backend touches them:"
        yield ""
        yield from _effects(notes.touched)


def _effects(effects: tuple[LiveEffect, ...]) -> Iterator[str]:
    yield from (f"- {_plain(effect.feature)}: {_plain(effect.text)}" for effect in sorted(set(effects)))


def _deferred(notes: Notes) -> Iterator[str]:
    if not notes.deferred:
        return
    yield "## What waits for features to come"
    yield ""
    for item in sorted(set(notes.deferred)):
        yield f"- {_plain(item.text)} (comes with {_listed(item.waits_for)})"


def _next(notes: Notes) -> Iterator[str]:
    run = {"yarn": "yarn", "pnpm": "pnpm"}.get(notes.package_manager, "npx")
    yield "## Next commands"
    yield ""
    yield "```sh"
    if notes.folder not in ("", "."):
        yield f"cd {notes.folder}"
    yield f"{notes.package_manager} install          # also updates the lock file; commit it"
    yield f"{run} tsc --noEmit -p amplify"
    yield f"{run} ampx sandbox          # a backend of your own, for trying it out"
    yield "```"
    if notes.remaining:
        yield ""
        yield f"The next slice: `migrate convert --feature {notes.remaining[0]}`. To go back: `migrate convert --undo`."
    else:
        yield ""
        yield "To check it against the Gen 1 project: `migrate verify`. To go back: `migrate convert --undo`."


def _listed(items: Iterable[str]) -> str:
    return ", ".join(_plain(item) for item in items)


def _plain(text: str) -> str:
    """One line, whatever the text held."""
    return " ".join(text.split())


def _code(text: str) -> str:
    """Inline code that a backtick in the text cannot end."""
    plain = _plain(text)
    return f"`` {plain} ``" if "`" in plain else f"`{plain}`"
