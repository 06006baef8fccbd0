"""What Gen 1 deploys: the templates of an app in the chosen environment, deployed ones before built before source."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from migrator.documents.document import Document
from migrator.engine.context import Context
from migrator.engine.observed import Declared, Generation, Giving, Side
from migrator.gen1.app import App
from migrator.gen1.entries import Entry
from migrator.gen1.template import Template
from migrator.verify.gen1_policies import with_own_policies
from migrator.verify.stacks import ENV, NESTED, Stacks

ROOT = "root"
"""The name of the root stack."""
AUTH_ROLE, UNAUTH_ROLE = f"{ROOT}#AuthRole", f"{ROOT}#UnauthRole"
_ALIASES = {
    "AuthRole": AUTH_ROLE,
    "UnauthRole": UNAUTH_ROLE,
    "AuthRoleName": AUTH_ROLE,
    "UnauthRoleName": UNAUTH_ROLE,
    "authRoleName": AUTH_ROLE,
    "unauthRoleName": UNAUTH_ROLE,
    "AuthRoleArn": f"{AUTH_ROLE}.Arn",
    "UnauthRoleArn": f"{UNAUTH_ROLE}.Arn",
    "authRoleArn": f"{AUTH_ROLE}.Arn",
    "unauthRoleArn": f"{UNAUTH_ROLE}.Arn",
    "DeploymentBucketName": f"{ROOT}#DeploymentBucket",
}
"""Names that the root stack's resources have as parameters of other stacks, which the CLI does not always fill in."""
_ROOT_PARAMETERS = {
    "AuthRoleName": f"${{{AUTH_ROLE}}}",
    "UnauthRoleName": f"${{{UNAUTH_ROLE}}}",
    "DeploymentBucketName": f"${{{ROOT}#DeploymentBucket}}",
}
_NESTED_FILE = re.compile(r"/(stacks/[^/]+\.json)$")
_TRIGGER_STACK = "auth-trigger-cloudformation-template.json"
_API_RIGHTS, _RIGHTS_STACK = "api/APIGatewayAuthStack.json", "APIGatewayAuthStack"


def gen1_generation(
    context: Context,
    gives: Iterable[Giving] = (),
    made_again: Collection[str] = frozenset(),
    *,
    assumed: bool = True,
) -> Generation:
    """Everything that the app's templates declare. Resources without a template (source only) declare nothing; what
    others take of them is what the categories say they give. `made_again` are features of which `--reuse` keeps only
    what the resources hold. Conditions that no file decides are taken as `assumed`."""
    app = context.app
    branch = context.branch(app.env or "main")
    live, unseen = _live(context, made_again), _unseen(context, tuple(gives))
    stacks = Stacks(_ALIASES, live=live, unseen=unseen, branch=branch, assumed=assumed)
    templates = [entry for entry in app.entries if "template" in entry.documents]
    children = {f"{entry.ref.category}{entry.ref.name}": str(entry.ref) for entry in app.entries}
    _add_root(stacks, app, children)
    for entry in templates:
        _add_entry(stacks, entry, children)
    declared = (one for one in stacks.declared() if not _is_told_elsewhere(one, children))
    resources = (*declared, *_roles(app, stacks))
    outputs = {name: stacks.outputs(name) for name in stacks}
    return Generation(Side.GEN1, resources, context, outputs, _tags(app, branch), branch, undecided=stacks.undecided())


def _is_told_elsewhere(one: Declared, children: Mapping[str, str]) -> bool:
    """Whether a nested stack is that of a resource of the project: where it has no template, the report says so."""
    return one.type == NESTED and one.stack == ROOT and one.logical_id in children


def _live(context: Context, made_again: Collection[str]) -> Callable[[str, str], str]:
    """Outputs of what stays (not converted, kept with `--reuse`, imported): Gen 2 has their deployed values."""
    staying = {
        str(entry.ref): entry
        for entry in context.app.entries
        if not context.converted(entry.ref)
        or (context.reused(entry.ref) and context.features.get(entry.ref) not in made_again)
    }
    return lambda stack, output: staying[stack].output(output).value if stack in staying else ""


_TABLE = re.compile(r"GetAtt:\w+:\w+$")


def _unseen(context: Context, gives: tuple[Giving, ...]) -> Callable[[str, str], str]:
    """Outputs of resources without a template, and exports of the tables of an API without one."""
    refs = {str(entry.ref): entry.ref for entry in context.app.entries}
    apis = [entry.ref for entry in context.app.of("api", "AppSync")]

    def given(stack: str, output: str) -> str:
        exported = _TABLE.search(output) if not stack else None
        ref = refs.get(stack) or (apis[0] if exported and len(apis) == 1 else None)
        wanted = exported.group() if exported else output
        return next((found for give in gives if ref and (found := give(ref, wanted, context))), "")

    return given


def without_template(app: App) -> tuple[Entry, ...]:
    """The resources that no template is there for, so that nothing is known of what they deploy."""
    return tuple(entry for entry in app.entries if "template" not in entry.documents and not entry.imported)


def _add_root(stacks: Stacks, app: App, children: Mapping[str, str]) -> None:
    document = app.root_stack or Document(app.root, "root stack", {})
    inner = dict(children)
    trigger = _trigger_stack(app)
    nested = f"{ROOT}/AuthTriggerCustomLambdaStack"
    known = {"AWS::Region": app.region.value} if app.region.value else {}
    if app.root_stack is not None and trigger is not None:
        inner["AuthTriggerCustomLambdaStack"] = nested
    shared = app.documents.get(_API_RIGHTS)
    if app.root_stack is not None and shared is not None:
        inner[_RIGHTS_STACK] = f"{ROOT}/{_RIGHTS_STACK}"
    stacks.add(ROOT, document, _ROOT_PARAMETERS.get, children=inner, known=known)
    if trigger is not None:
        owner, file = trigger
        own = stacks.given(_trigger_parameters(owner), ROOT)
        given = own if app.root_stack is None else stacks.handed(ROOT, "AuthTriggerCustomLambdaStack")
        stacks.add(nested, file, given, owner=owner.ref, known=known)
    if shared is not None:
        _add_api_rights(stacks, app, shared, known)


def _add_api_rights(stacks: Stacks, app: App, document: Document, known: Mapping[str, str]) -> None:
    """The stack with the rights of users and guests on all REST APIs, whose ids are handed to it by their names."""
    values = {entry.ref.name: f"${{api{entry.ref.name}.Outputs.ApiId}}" for entry in app.of("api", "API Gateway")}
    own = stacks.given({**values, ENV: f"${{{ENV}}}"}, ROOT)
    conditions = {**known, ENV: app.env} if app.env else known
    stacks.add(f"{ROOT}/{_RIGHTS_STACK}", document, own, known=conditions)


def _trigger_stack(app: App) -> tuple[Entry, Document] | None:
    """The template that ties functions to the user pool where the CLI breaks the circle between their stacks."""
    for entry in app.of("auth", "Cognito"):
        for path in (f"build/{_TRIGGER_STACK}", _TRIGGER_STACK):  # CLI 5 and 6 keep it beside the pool's template
            if (document := entry.documents.get(path)) is not None:
                return entry, document
    return None


def _trigger_parameters(entry: Entry) -> Mapping[str, Any]:
    """What the CLI hands to that stack, where no deployed root template says it."""
    own = f"auth{entry.ref.name}"
    given = {name: value.value for name, value in entry.parameters.items() if name.startswith("function")}
    outputs = {"userpoolId": "UserPoolId", "userpoolArn": "UserPoolArn"}
    return {**given, **{name: f"${{{own}.Outputs.{output}}}" for name, output in outputs.items()}}


def _add_entry(stacks: Stacks, entry: Entry, others: Mapping[str, str]) -> None:
    name = str(entry.ref)
    document = entry.documents["template"]
    children = {key: f"{name}/{key}" for key, _ in _nested(document, entry)}
    values = _promised(document, others) | {key: value.value for key, value in entry.parameters.items()}
    known = {**entry.known, ENV: str(values[ENV])} if ENV in values else entry.known
    given = stacks.given({**values, ENV: f"${{{ENV}}}"} if ENV in values else values, ROOT)
    stacks.add(name, with_own_policies(document, entry), given, children=children, owner=entry.ref, known=known)
    for logical_id, file in _nested(document, entry):
        given = stacks.handed(name, logical_id)
        stacks.add(f"{name}/{logical_id}", file, given, owner=entry.ref, known=known)


def _promised(document: Document, others: Mapping[str, str]) -> dict[str, str]:
    """What parameters mean that the CLI fills in from other resources, by their names, where no index says so
    (normalisation `promised-parameters`).

    The template of a resource that depends on `storage/photos` has a parameter `storagephotosBucketName`, whose default
    is its own name: the CLI never leaves it at that.
    """
    declared = document.root.get("Parameters") if isinstance(document.root, dict) else None
    found: dict[str, str] = {}
    for name, said in declared.items() if isinstance(declared, dict) else ():
        if isinstance(said, dict) and said.get("Default") == name:
            known = max((stem for stem in others if name.startswith(stem)), key=len, default="")
            if known and (output := name.removeprefix(known)):
                found[name] = f"${{{known}.Outputs.{output}}}"
    return found


def _nested(document: Document, entry: Entry) -> Iterator[tuple[str, Document]]:
    """The stacks that an API nests, by their logical ids; the CLI uploads them from `build/stacks`."""
    resources = document.root.get("Resources") if isinstance(document.root, dict) else None
    for logical_id, body in resources.items() if isinstance(resources, dict) else ():
        if not isinstance(body, dict) or body.get("Type") != NESTED:
            continue
        url = Template(Document(document.path, document.name, {"url": _url(body)})).cursor("url").text().value
        found = _NESTED_FILE.search(url)
        for path in (f"build/{found.group(1)}", found.group(1)) if found else ():
            file = entry.cursor(path).document
            if file.root is not None:
                yield logical_id, file
                break


def _url(body: dict[str, Any]) -> Any:
    properties = body.get("Properties")
    return properties.get("TemplateURL") if isinstance(properties, dict) else None


def _roles(app: App, stacks: Stacks) -> Iterator[Declared]:
    """The roles of users, where no deployed root template declares them: every root stack of Gen 1 has both."""
    if app.root_stack is None:
        for id in (AUTH_ROLE, UNAUTH_ROLE):
            yield Declared(id, "AWS::IAM::Role", stack=ROOT)


def _tags(app: App, branch: str) -> Mapping[str, str]:
    """The tags of `tags.json`, which every stack and so every resource gets."""
    holes = {"{project-name}": app.name, "{project-env}": branch}
    found: dict[str, str] = {}
    for element in app.tags.elements():
        value = element.get("Value").text().value
        for hole, filled in holes.items():
            value = value.replace(hole, filled)
        found[element.get("Key").text().value] = value
    return found
