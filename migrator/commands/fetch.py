"""`migrate fetch`: what a Gen 1 repository lacks, downloaded from the account. Nothing there is changed."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from migrator.aws.amplify import ARCHIVE, CONFIG, META, BackendEnvironment, deployment_bucket
from migrator.aws.reading import Reading
from migrator.aws.session import Session
from migrator.commands.fetch_copy import COPY, Written, compare, write
from migrator.commands.fetch_live import live_properties
from migrator.commands.fetch_place import Place, place_of
from migrator.core.errors import ArtifactError, AwsError
from migrator.core.finding import Finding, Severity
from migrator.core.location import Location
from migrator.deploy.findings import aws_finding
from migrator.documents.archive import unpacked
from migrator.documents.redacted import holds_only_secrets, redacted_file
from migrator.gen1.live import LIVE, Live, print_live

_LARGEST = 500_000_000
"""Bytes of the archive as it is downloaded."""
_SHOWN = 6
Progress = Callable[[str], None]


class Request(Struct, frozen=True):
    """What was asked for on the command line."""

    path: Path = Path(".")
    app_id: str = ""
    env: str | None = None
    app: str | None = None
    profile: str = ""
    region: str = ""
    dry_run: bool = False


class Fetched(Struct, frozen=True):
    """What was downloaded, where it went, and what was not to be had."""

    app_id: str
    environment: BackendEnvironment
    region: str
    written: Written
    whole: bool
    """Whether the deployed backend is there as a whole."""
    lacking: tuple[str, ...]
    """Files of the project itself that were missing and have been written, relative to `amplify/`."""
    live: Live | None
    apis: tuple[tuple[str, str], ...]
    """Name and id of each AppSync API."""
    findings: tuple[Finding, ...]
    dry_run: bool = False

    @property
    def complete(self) -> bool:
        """Whether everything that was asked for is there. That live resources were changed keeps nothing back."""
        heavy = (found for found in self.findings if found.severity.rank <= Severity.WARNING.rank)
        return all(found.rule == "AWS007" for found in heavy)


class _Files(Struct):
    """What is gathered before anything is written."""

    content: dict[str, bytes]
    findings: list[Finding]
    redacted: dict[str, int]
    left_out: list[str]
    whole: bool = False


def fetch(request: Request, session: Session | None = None, progress: Progress = lambda line: None) -> Fetched:
    """Downloads the deployed backend and the live properties of one environment into `amplify/#current-cloud-backend`.

    Raises UsageError when the app or environment must be named first, AwsError when AWS cannot be asked at all
    (credentials, region, no such app), ArtifactError when the files cannot be written. What single questions do not
    answer is a finding.
    """
    place = place_of(request.path, request.app, request.env, request.app_id, request.region, request.profile)
    reading = Reading(session or Session(place.region, request.profile))
    environment = place.environment(reading)
    progress(f"environment {environment.name} of {place.app_id}: stack {environment.stack or 'not known'}")
    files = _Files({}, [], {}, [])
    _download(reading, environment, files, progress)
    live = live_properties(reading, place.app_id, place.region, environment, files.findings, progress)
    if live is not None:
        files.content[LIVE] = print_live(live)
    _note_stack(environment, files)
    _note_secrets(files)
    if place.checked_out not in ("", environment.name):
        message = f"The Gen 1 CLI works on {place.checked_out} here; the copy is of {environment.name} now."
        hint = f"Before you use it again: `amplify env checkout {place.checked_out}`."
        files.findings.append(aws_finding("AWS006", message, Location(f"amplify/{COPY}"), hint))
    lacking = _lacking(place, environment, files)
    if request.dry_run:
        written = compare(place.amplify, files.content, whole=files.whole)
    else:
        written = write(place.amplify, files.content, whole=files.whole, own=frozenset((LIVE,)))
        for name, content in lacking.items():
            target = place.amplify / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        if live is not None:
            files.findings.extend(_drift(place, environment.name, live))
    return Fetched(
        place.app_id,
        environment,
        place.region,
        written,
        files.whole,
        tuple(lacking),
        live,
        _apis(files, live),
        tuple(files.findings),
        request.dry_run,
    )


def _download(reading: Reading, environment: BackendEnvironment, files: _Files, progress: Progress) -> None:
    """The deployed backend and its metadata, from the deployment bucket."""
    bucket = environment.bucket
    if not bucket and environment.stack:
        try:
            bucket = deployment_bucket(reading, environment.stack)
        except AwsError as problem:
            files.findings.append(aws_finding("AWS002", f"{problem.message}.", hint=problem.hint))
            return
    if not bucket:
        files.findings.append(aws_finding("AWS002", f"No bucket is known for the environment {environment.name}."))
        return
    progress(f"deployed backend: s3://{bucket}/{ARCHIVE}")
    archive = _object(reading, bucket, ARCHIVE, files)
    if archive is not None:
        _unpack(archive, bucket, files)
    for key in (META, CONFIG):  # the bucket's own are written last, after a push has succeeded
        content = _object(reading, bucket, key, files, needed=key == META)
        if content is not None:
            _take(key, content, files)


def _object(reading: Reading, bucket: str, key: str, files: _Files, *, needed: bool = True) -> bytes | None:
    try:
        return reading.content(bucket, key, _LARGEST)
    except AwsError as problem:
        if needed:
            where = f"s3://{bucket}/{key}"
            files.findings.append(aws_finding("AWS002", f"{where}: {problem.message}.", hint=problem.hint))
        return None


def _unpack(archive: bytes, bucket: str, files: _Files) -> None:
    try:
        packed = list(unpacked(io.BytesIO(archive), f"s3://{bucket}/{ARCHIVE}"))
    except ArtifactError as problem:
        files.findings.append(aws_finding("AWS003", f"{problem.message}.", hint=problem.hint))
        return
    files.whole = True
    for one in packed:
        if one.path != LIVE:
            _take(one.path, one.content, files)


def _take(path: str, content: bytes, files: _Files) -> None:
    kept = None if holds_only_secrets(path) else redacted_file(path, content)
    if kept is None:
        files.left_out.append(path)
        return
    files.redacted.pop(path, None)
    if kept.places:
        files.redacted[path] = len(kept.places)
    files.content[path] = kept.content


def _note_stack(environment: BackendEnvironment, files: _Files) -> None:
    stack = _provider(files).get("StackName", "")
    if stack and environment.stack and stack != environment.stack:
        message = f"{META} is of the stack {stack}, and {environment.name} has the stack {environment.stack}."
        files.findings.append(aws_finding("AWS005", message, Location(META)))


def _note_secrets(files: _Files) -> None:
    if files.redacted:
        count = sum(files.redacted.values())
        message = f"{count} {'value was' if count == 1 else 'values were'} left out of {_some(files.redacted)}."
        files.findings.append(aws_finding("AWS004", message))
    if files.left_out:
        message = f"Files that hold secrets, or from which they cannot be told, were left out: {_some(files.left_out)}."
        files.findings.append(aws_finding("AWS004", message))


def _some(names: dict[str, int] | list[str]) -> str:
    listed = sorted(names)
    more = f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
    return ", ".join(listed[:_SHOWN]) + more


def _drift(place: Place, env: str, live: Live) -> Iterator[Finding]:
    """What the live resources have otherwise, by what was written just now."""
    from migrator.gen1.drift import drift
    from migrator.gen1.project import discover

    for app in discover(place.amplify, env).apps:
        for one in drift(app, live):
            message = f"{one.id}: {one.setting}: pushed was {one.pushed}, now it is {one.live}."
            yield aws_finding("AWS007", message)


def _lacking(place: Place, environment: BackendEnvironment, files: _Files) -> dict[str, bytes]:
    """What the project itself has no file for: the CLI's feature flags, and which environment the copy is of."""
    found = {}
    for name in (name for name in files.content if name == "cli.json" or name == f"cli.{environment.name}.json"):
        if not (place.amplify / name).exists():
            found[name] = files.content[name]
    names = ("team-provider-info.json", ".config/local-env-info.json")
    if not any((place.amplify / name).exists() for name in names):
        text = json.dumps({"envName": environment.name}, indent=2)
        found[names[1]] = f"{text}\n".encode()
    return found


def _apis(files: _Files, live: Live | None) -> tuple[tuple[str, str], ...]:
    """AppSync APIs, as the services or else the metadata tell them: `convert` needs the id for names of tables."""
    known = {one.properties.get("name", one.logical_id): _last(one.id) for one in live.of(_API)} if live else {}
    if not known:
        apis = _json(files.content.get(META)).get("api", {})
        for name, body in apis.items() if isinstance(apis, dict) else ():
            output = body.get("output", {}) if isinstance(body, dict) else {}
            if isinstance(output, dict) and isinstance(output.get("GraphQLAPIIdOutput"), str):
                known[name] = output["GraphQLAPIIdOutput"]
    return tuple(sorted((str(name), id) for name, id in known.items()))


_API = "AWS::AppSync::GraphQLApi"


def _last(arn: str) -> str:
    return arn.rpartition("/")[2]


def _provider(files: _Files) -> dict[str, str]:
    providers = _json(files.content.get(META)).get("providers", {})
    found = providers.get("awscloudformation", {}) if isinstance(providers, dict) else {}
    return {key: value for key, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}


def _json(content: bytes | None) -> dict[str, object]:
    try:
        root = json.loads(content or b"{}")
    except ValueError:
        return {}  # said by the readers, when the project is read
    return root if isinstance(root, dict) else {}
