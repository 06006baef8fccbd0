"""What the Gen 1 CLI builds of a GraphQL API, where the project does not hold it: Amplify's own transformer builds it.

The packages that Gen 2 projects are synthesized with hold the transformer of Gen 1 too; only flags differ.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from migrator.core.errors import VerifyError
from migrator.engine.api_source import ApiSource
from migrator.engine.context import Context
from migrator.engine.observed import Aspect
from migrator.engine.survey import Watch
from migrator.gen1.entries import Entry
from migrator.node.environment import checking_environment
from migrator.node.process import Processes
from migrator.node.toolchain import Toolchain
from migrator.verify.results import Detail
from migrator.verify.synth import SCRIPTS

LIMIT = 300.0
"""Seconds for the program."""
_SCRIPT = "build_gen1_api.mjs"
_TEMPLATE, _SCHEMA = "build/cloudformation-template.json", "build/schema.graphql"
_FILES = ("build/resolvers/*", "build/pipelineFunctions/*")
_PAGE = "https://s3.amazonaws.com/deployment/files"
_ONE_FOR_EACH = "disableResolverDeduping"
_EVERYTHING = (Aspect.API, Aspect.RESOLVERS, Aspect.TABLES)


class Built(Struct, frozen=True):
    """Files below `build/`, and the transformer's version; with an `error`, why it refuses the source."""

    files: dict[str, str] = {}
    version: str = ""
    error: str = ""


BuildApi: TypeAlias = Callable[[ApiSource], Built]


def build_api(source: ApiSource, toolchain: Toolchain, processes: Processes) -> Built:
    """Builds an API as the Gen 1 CLI does. Raises VerifyError when Node does not start."""
    with tempfile.TemporaryDirectory(prefix="migrate-gen1-api-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        request, result = folder / "request.json", folder / "result.json"
        request.write_bytes(msgspec.json.encode(_request(source, toolchain)))
        outcome = processes.run(
            (toolchain.node.program, "--max-old-space-size=2048", str(SCRIPTS / _SCRIPT), str(request), str(result)),
            folder=folder,
            environment=checking_environment(folder),
            limit=LIMIT,
        )
        if result.is_file():
            return msgspec.json.decode(result.read_bytes(), type=Built)
        if outcome.timed_out:
            return Built(error=f"it did not finish within {LIMIT:.0f} s")
        said = outcome.err.strip().splitlines()
        raise VerifyError(f"the Gen 1 API could not be built: {' '.join(said[-3:])}", hint="see `migrate doctor`")


def _request(source: ApiSource, toolchain: Toolchain) -> dict[str, Any]:
    return {
        "modules": str(toolchain.modules),
        "schema": source.schema,
        "auth": source.auth,
        "flags": source.flags,
        "resolvers": source.resolvers,
        "mapping": source.mapping,
        "conflicts": source.conflicts,
        "adminRoles": list(source.admin_roles),
        "identityPool": source.identity_pool,
    }


class Completed(Struct, frozen=True):
    """What is said of an API that was built, or could not be: by check."""

    aspects: tuple[Aspect, ...]
    detail: Detail
    lacking: bool = False
    """Whether it could not be built."""


def complete(context: Context, watches: Iterable[Watch], build: BuildApi) -> Iterator[Completed]:
    """Builds what the project lacks of its APIs, and lays it beside the files that are there; says what was done."""
    for source in (source for watch in watches for source in watch.observer.builds(context)):
        entry = context.app.entry(source.ref)
        aspects = _lacking(entry) if entry else ()
        if entry is None or not aspects:
            continue
        what = "the API" if aspects == _EVERYTHING else "the mapping templates"
        built = Built(error=source.reason) if source.reason else build(_asked(source, aspects))
        if built.error:
            said = f"the project does not hold {what} that Gen 1 built, and it cannot be built: {built.error}"
            yield Completed(aspects, Detail("warning", said, subject=str(source.ref)), lacking=True)
            continue
        entry.add_files(dict(_laid_out(source, built, aspects)))
        said = f"built from the source with Amplify's transformer {built.version}, not what was deployed: {what}"
        yield Completed(aspects, Detail("warning", said, subject=str(source.ref)))
        for file in source.left_out:
            said = "code that changes what is built is not run, so what it changes is not compared"
            yield Completed(aspects, Detail("warning", said, subject=str(source.ref), file=file))


def built_ahead(context: Context, watches: Iterable[Watch], build: BuildApi) -> BuildApi:
    """Builds now what `complete` will ask for, which takes seconds, and gives it then."""
    wanted = (source for watch in watches for source in watch.observer.builds(context) if not source.reason)
    entries = ((source, context.app.entry(source.ref)) for source in wanted)
    lacking = ((source, _lacking(entry)) for source, entry in entries if entry)
    known = [(asked, build(asked)) for asked in (_asked(source, aspects) for source, aspects in lacking if aspects)]
    return lambda source: next((made for asked, made in known if asked == source), None) or build(source)


def _asked(source: ApiSource, aspects: tuple[Aspect, ...]) -> ApiSource:
    """Where only templates are built, with a file for each resolver: which of them are equal, and which resolvers share
    one, depends on the transformer."""
    return source if aspects == _EVERYTHING else replace(source, flags={**source.flags, _ONE_FOR_EACH: True})


def _lacking(entry: Entry) -> tuple[Aspect, ...]:
    """The checks for which the project does not hold what Gen 1 built."""
    if "template" not in entry.documents or entry.text(_SCHEMA) is None:
        return _EVERYTHING
    return () if any(entry.files(pattern) for pattern in _FILES) else (Aspect.RESOLVERS,)


def _laid_out(source: ApiSource, built: Built, aspects: tuple[Aspect, ...]) -> Iterator[tuple[str, str]]:
    """The files with their places in the resource's folder; only templates of resolvers where the rest is there."""
    for name, text in built.files.items():
        if aspects != _EVERYTHING and "/" in name and not name.startswith("stacks/"):
            yield f"build/{name}", text
        elif aspects == _EVERYTHING:
            yield f"build/{name}", _with_stacks(text, source) if name == "cloudformation-template.json" else text


def _with_stacks(text: str, source: ApiSource) -> str:
    """The template with the stacks of the project's own, as the CLI nests them."""
    template: dict[str, Any] = json.loads(text)
    api = next((id for id, one in template["Resources"].items() if one["Type"] == "AWS::AppSync::GraphQLApi"), "")
    given: Mapping[str, Any] = {
        "AppSyncApiId": {"Fn::GetAtt": [api, "ApiId"]},
        "AppSyncApiName": {"Ref": "AppSyncApiName"},
        "env": {"Ref": "env"},
        "S3DeploymentBucket": "deployment",
        "S3DeploymentRootKey": "files",
    }
    for path in source.stacks:
        nested = {"Parameters": given, "TemplateURL": f"{_PAGE}/{path}"}
        id = path.removeprefix("stacks/").replace(".", "")
        template["Resources"][id] = {"Type": "AWS::CloudFormation::Stack", "Properties": nested}
    return json.dumps(template)
