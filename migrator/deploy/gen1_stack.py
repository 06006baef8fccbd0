"""The Gen 1 backend on the local AWS, from the copy of what is deployed (`#current-cloud-backend`).

As the CLI does it: first a stack with the deployment bucket and the two roles, then everything that the templates
load is uploaded to that bucket, then the stack is updated to the whole root template. The API gets the id that it has
on AWS, so that its tables get their names. What the copy lacks of the API's build has to be built before
(`migrator.verify.gen1_api`).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from migrator.aws.cloudformation import deploy_stack, read_stack
from migrator.aws.errors import asking
from migrator.aws.publish import assets_bucket, bootstrap_local
from migrator.aws.session import Session
from migrator.aws.stacks import LiveStack
from migrator.core.errors import DeployError
from migrator.core.ref import ResourceRef
from migrator.deploy.gen1_templates import api_files
from migrator.documents.document import Document
from migrator.gen1.app import App
from migrator.gen1.entries import Entry
from migrator.local.process import LocalAws

_FIRST = ("DeploymentBucket", "DeploymentBucketBlockHTTP", "AuthRole", "UnauthRole")
"""What `amplify init` makes, before anything is pushed."""
_GIVEN = ("DeploymentBucketName", "AuthRoleName", "UnauthRoleName")
_TRIGGERS = "AuthTriggerCustomLambdaStack"
_TRIGGER_FILE = "build/auth-trigger-cloudformation-template.json"
_NESTED = "AWS::CloudFormation::Stack"
_ROOT_KEY = "amplify-cfn-templates/root-cloudformation-stack.json"
_PULL = "`amplify pull`, or `migrate fetch`, brings the copy of what is deployed"
_PAUSE = 0.1

Progress = Callable[[str], None]


class Gen1Stack(Struct, frozen=True):
    """A Gen 1 backend that runs on the local AWS."""

    name: str
    outputs: Mapping[ResourceRef, Mapping[str, str]]
    """By resource, the outputs of its stack: ids, names, the API's address and key."""
    roles: Mapping[str, str]
    """`AuthRoleArn` and `UnauthRoleArn`."""
    notes: tuple[str, ...] = ()
    """What it lacks beside the live one."""

    def of(self, category: str, output: str) -> str:
        """An output of the resource of a category that has it; empty when none has."""
        found = (said[output] for ref, said in self.outputs.items() if ref.category == category and output in said)
        return next(found, "")


def api_ids(app: App) -> Mapping[str, str]:
    """The ids that the app's APIs have on AWS, by the names that their templates give them."""
    found: dict[str, str] = {}
    for entry in app.of("api", "AppSync"):
        id = entry.output("GraphQLAPIIdOutput").value
        if id:
            name = entry.parameters.get("AppSyncApiName")
            found[f"{name.value if name else entry.ref.name}-{app.env}"] = id
    return found


def deploy_gen1(local: LocalAws, app: App, progress: Progress = lambda line: None) -> Gen1Stack:
    """Deploys the app's backend. Raises DeployError when the deployed copy is incomplete or a stack fails."""
    root, stack = _root(app)
    provider = _provider(app)
    bucket = provider["DeploymentBucketName"]
    parameters = {name: provider[name] for name in _GIVEN if name in root.get("Parameters", {})}
    session = local.session
    local.configure(api_ids=api_ids(app))
    bootstrap_local(session, local.account)
    first = {key: body for key, body in root["Resources"].items() if key in _FIRST}
    progress(f"making the Gen 1 stack {stack} on the local AWS")
    store = assets_bucket(local.account, local.region)
    _stack(session, stack, store, {**root, "Resources": first, "Outputs": {}}, parameters)
    notes = tuple(_upload(session, app, root, bucket))
    _stack(session, stack, bucket, root, parameters)
    live = read_stack(session, stack, templates=False)
    if live is None:
        raise DeployError(f"the Gen 1 stack {stack} is not there")
    local.save()
    roles = {
        f"{name}Arn": f"arn:aws:iam::{local.account}:role/{provider[f'{name}Name']}"
        for name in ("AuthRole", "UnauthRole")
    }
    return Gen1Stack(stack, _outputs(app, live), roles, notes)


def _root(app: App) -> tuple[dict[str, Any], str]:
    document = app.root_stack
    stack = app.stack_name.value
    if document is None or not isinstance(document.root, dict) or not stack:
        raise DeployError("the project does not hold the root stack that Gen 1 deployed", hint=_PULL)
    return document.root, stack


def _provider(app: App) -> dict[str, str]:
    """The names that `amplify init` gave."""
    found: dict[str, str] = {}
    for key in _GIVEN:
        value = app.files.provider(app.files.deployed_meta, key).value
        if not value:
            raise DeployError(f"amplify-meta.json of the deployed copy says no {key}", hint=_PULL)
        found[key] = value
    return found


def _stack(session: Session, name: str, bucket: str, template: Mapping[str, Any], given: Mapping[str, str]) -> None:
    """Deploys one step. Raises DeployError with the resource that failed."""
    with asking(f"the upload of the root template to {bucket}"):
        body = msgspec.json.encode(template)
        session.client("s3").put_object(Bucket=bucket, Key=_ROOT_KEY, Body=body)
    url = f"https://s3.{session.region}.amazonaws.com/{bucket}/{_ROOT_KEY}"
    outcome = deploy_stack(session, name, url, parameters=given, pause=_PAUSE)
    if not outcome.succeeded:
        first = str(outcome.failures[0]) if outcome.failures else outcome.status
        raise DeployError(f"the Gen 1 stack {name} cannot be made on the local AWS: {first}")


# ---- what the templates load


def _upload(session: Session, app: App, root: Mapping[str, Any], bucket: str) -> Iterator[str]:
    """Uploads templates, mapping templates and code; yields what is missing."""
    entries = {f"{entry.ref.category}{entry.ref.name}": entry for entry in app.entries}
    with asking("the upload of the Gen 1 templates"):
        client = session.client("s3")
        for logical_id, body in root["Resources"].items():
            if body.get("Type") != _NESTED:
                continue
            properties = body.get("Properties", {})
            template = _template(logical_id, entries)
            if template is None:
                raise DeployError(f"the deployed copy holds no template of {logical_id}", hint=_PULL)
            key = _key(properties.get("TemplateURL"), bucket)
            client.put_object(Bucket=bucket, Key=key, Body=msgspec.json.encode(template.root))
            entry = entries.get(logical_id)
            if entry:
                files, missing = _files(entry, properties.get("Parameters", {}))
                yield from missing
                for name, content in files.items():
                    client.put_object(Bucket=bucket, Key=name, Body=content)


def _key(url: object, bucket: str) -> str:
    text = url if isinstance(url, str) else msgspec.json.encode(url).decode()
    found = re.search(r"amplify-cfn-templates/[\w./-]+\.(?:json|ya?ml)", text)
    if found is None:
        raise DeployError(f"a template of the root stack is loaded from an unusual place: {text[:200]}")
    return found.group()


def _template(logical_id: str, entries: Mapping[str, Entry]) -> Document | None:
    if logical_id == _TRIGGERS or logical_id.startswith("AuthTrigger"):
        owners = (entry for entry in entries.values() if _TRIGGER_FILE in entry.documents)
        owner = next(owners, None)
        return owner.documents[_TRIGGER_FILE] if owner else None
    entry = entries.get(logical_id)
    return entry.documents.get("template") if entry else None


def _files(entry: Entry, parameters: Mapping[str, Any]) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """What a stack loads besides its template, by key: the API's build, or a function's code."""
    root_key, code_key = parameters.get("S3DeploymentRootKey"), parameters.get("s3Key")
    if isinstance(root_key, str):
        texts, missing = api_files(entry)
        return {f"{root_key}/{name}": text.encode() for name, text in texts.items()}, missing
    if isinstance(code_key, str):
        folder = (entry.folder or Path()) / "src"
        if not folder.is_dir():
            return {code_key: zipped({})}, (f"{entry.ref} has no source in the deployed copy, so it cannot run",)
        return {code_key: zipped(_sources(folder))}, ()
    return {}, ()


def _sources(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def zipped(files: Mapping[str, bytes]) -> bytes:
    """An archive; an empty one has a file, as Lambda wants it."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (files or {"empty": b""}).items():
            archive.writestr(name, content)
    return memory.getvalue()


def _outputs(app: App, live: LiveStack) -> dict[ResourceRef, Mapping[str, str]]:
    refs = {f"{entry.ref.category}{entry.ref.name}": entry.ref for entry in app.entries}
    return {refs[key]: child.outputs for key, child in live.children.items() if key in refs}
