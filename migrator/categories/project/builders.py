"""What the whole backend gets: tags, and the boundary of every role."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.categories.project.model import ProjectSettings
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Piece, Wiring
from migrator.gen2.cdk import IAM, branch_name
from migrator.typescript.build import call, const, member, obj
from migrator.typescript.nodes import Comment, Do, Expr, If, Index, Lit, Name, Nullish, Stmt, Template, TypeName

FEATURE = "project"
_PLACEHOLDER = re.compile(r"(\{project-(?:env|name)\})")
_STACK = member("backend", "stack")


def stack_tags(fact: Fact[ProjectSettings], context: Context) -> Iterator[Piece]:
    """The stack's tags, which all resources below it get; what stood for the environment becomes the branch."""
    of_stack = call(member(Name("Tags", "aws-cdk-lib"), "of"), _STACK)
    several = len(fact.node.tags) > 1
    tags: Expr = Name("tags") if several else of_stack
    added = (Do(call(member(tags, "add"), tag.key, _filled(tag.value, fact.node.name))) for tag in fact.node.tags)
    body: tuple[Stmt, ...] = (*((const("tags", of_stack),) if several else ()), *added)
    yield Wiring(FEATURE, body, "PRJ010", order=10, owner=fact.resource)


def _filled(value: str, project: str) -> Expr:
    known: dict[str, str | Expr] = {"{project-env}": branch_name(), "{project-name}": project}
    parts = [known.get(part, part) for part in _PLACEHOLDER.split(value)]
    if all(isinstance(part, str) for part in parts):
        return Lit("".join(str(part) for part in parts))
    kept = tuple(part for part in parts if part != "")
    return kept[0] if len(kept) == 1 and isinstance(kept[0], Expr) else Template(kept)


def permissions_boundary(fact: Fact[ProjectSettings], context: Context) -> Iterator[Piece]:
    """The policy that bounds every role of the backend: one for all branches, or by branch."""
    boundaries = {context.branch(env): arn for env, arn in fact.node.permissions_boundaries.items()}
    if len(set(boundaries.values())) == 1:
        body: tuple[Stmt, ...] = (_bound(Lit(next(iter(boundaries.values())))),)
    else:
        body = _by_branch(boundaries, context)
    yield Wiring(FEATURE, body, "PRJ011", order=20, owner=fact.resource)


def _by_branch(boundaries: dict[str, str], context: Context) -> tuple[Stmt, ...]:
    """Branches that are not listed get the boundary of the environment that was converted: none has wider rights."""
    chosen = context.branch(context.app.env or "")
    if not boundaries.get(chosen):
        chosen = next(branch for branch, arn in boundaries.items() if arn)
    string = TypeName("string")
    listed = Name("boundaries")
    own = Index(listed, branch_name())
    return (
        Comment(f"Sandboxes, and branches that are not listed, get the boundary of {chosen}; an empty one is none."),
        const("boundaries", obj(boundaries, True), type=TypeName("Record", type_args=(string, string))),
        const("boundary", Nullish(own, member(listed, chosen))),
        If(Name("boundary"), (_bound(Name("boundary")),)),
    )


def _bound(arn: Expr) -> Stmt:
    policy = call(member(Name("ManagedPolicy", IAM), "fromManagedPolicyArn"), _STACK, "PermissionsBoundary", arn)
    return Do(call(member(call(member(Name("PermissionsBoundary", IAM), "of"), _STACK), "apply"), policy))
