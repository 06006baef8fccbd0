"""A made-up category with one node type, and rules written for it as YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from textwrap import dedent, indent
from typing import Any, ClassVar

from migrator.core.ref import ResourceRef
from migrator.documents.document import Document, Json, Pointer
from migrator.documents.traced import Source
from migrator.engine.assemble import assemble
from migrator.engine.catalog import Catalog
from migrator.engine.category import Category
from migrator.engine.checks import check_rules
from migrator.engine.context import Context, Options
from migrator.engine.ledger import Account, accounts
from migrator.engine.loader import parse_file
from migrator.engine.match import Matches, match
from migrator.engine.rule import Rule
from migrator.gen1.graph import Evidence, Fact, Link, Node, Resource, ResourceGraph
from migrator.gen1.project import App, discover
from migrator.gen2.backend import Backend, Construct, Definition, Override, Piece, Setting, Task
from migrator.typescript.build import member
from migrator.typescript.nodes import Lit, Name

REF = ResourceRef("auth", "door")


class Kind(StrEnum):
    OFF = "OFF"
    BOLT = "BOLT"


class Lock(Node, frozen=True):
    kind: Kind = Kind.OFF
    keys: int = 1


class Door(Node, frozen=True):
    gen2_defaults: ClassVar[Mapping[str, object]] = {"color": "black"}
    lock: Lock = Lock()
    color: str = "white"
    panels: tuple[str, ...] = ()
    wide: bool = False
    spare: str | None = None


class Window(Node, frozen=True):
    color: str = "clear"


DOOR = Door()


def define(fact: Fact[Any], context: Context) -> Definition:
    factory = Name("defineAuth", "@aws-amplify/backend")
    return Definition(fact.resource, "auth", "auth", "auth", "auth/resource.ts", factory)


def cfn_pool(fact: Fact[Any], context: Context) -> Construct:
    return Construct("auth", "cfnUserPool", member("backend", "auth.resources.cfnResources.cfnUserPool"))


def painted(value: str, context: Context) -> str:
    return f"painted {value}"


def counted(value: int, context: Context) -> int:
    return value + 1


def breaks(value: str, context: Context) -> str:
    raise ValueError("no paint left")


def add_task(fact: Fact[Door], context: Context) -> Iterator[Piece]:
    yield Task("auth", f"Paint {fact.key}.", "AUTH010")


def add_window(fact: Fact[Window], context: Context) -> Iterator[Piece]:
    yield Task("auth", f"Clean {fact.key}.", "AUTH010")


def stops_half_way(fact: Fact[Door], context: Context) -> Iterator[Piece]:
    yield Task("auth", "Half.", "AUTH010")
    raise ValueError("out of nails")


def is_front(fact: Fact[Any], context: Context) -> bool:
    return fact.key == "front"


def fails(fact: Fact[Any], context: Context) -> bool:
    raise RuntimeError("check fell over")


def read(entry: Any, app: App) -> Resource:
    raise NotImplementedError


CATEGORY = Category(
    name="auth",
    nodes=(Door, Window),
    read=read,
    define=define,
    constructs={"cfnUserPool": cfn_pool},
    surfaces={"define": "defineAuth", "cfnUserPool": "CfnUserPool"},
    transforms=(painted, counted, breaks),
    builders=(add_task, add_window, stops_half_way),
    checks=(is_front, fails),
)
CATEGORIES = {"auth": CATEGORY}


def rules_file(folder: Path, text: str, name: str = "auth") -> Path:
    """A rules file; `text` holds the rules, without the file's own keys."""
    path = folder / f"{name}.yaml"
    listed = indent(dedent(text).strip(), "  ")
    path.write_text(f"category: auth\ndocumentation: https://example.com\nrules:\n{listed}\n", encoding="utf-8")
    return path


def rules(folder: Path, text: str) -> tuple[Rule, ...]:
    """Parsed rules, without the checks against nodes."""
    return parse_file(rules_file(folder, text)).rules


def checked(folder: Path, text: str) -> tuple[Rule, ...]:
    """Parsed rules after the checks against the category."""
    found = rules(folder, text)
    check_rules(found, CATEGORIES, {"auth": "AUTH"})
    return found


def rule(folder: Path, text: str) -> tuple[Rule, ...]:
    """One rule about a Door: its clauses, with the other keys filled in."""
    listed = dedent(text).strip()
    return rules(folder, f"- id: AUTH010\n  name: door\n  title: Door\n  node: Door\n{indent(listed, '  ')}")


def app(folder: Path) -> App:
    backend = folder / "app" / "amplify" / "backend"
    backend.mkdir(parents=True, exist_ok=True)
    (backend / "backend-config.json").write_text("{}")
    return discover(folder / "app").apps[0]


def document(root: Json, name: str = "door.json") -> Document:
    return Document(Path(name), name, root)


def fact(node: Node = DOOR, key: str = "front", **sources: tuple[Document, Pointer]) -> Fact[Any]:
    """A fact; sources by attribute path, with `__` for the dots."""
    places = {path.replace("__", "."): (Source(*place),) for path, place in sources.items()}
    return Fact(REF, key, node, places)


def context(folder: Path, *facts: Fact[Any], options: Options = Options(), **more: Any) -> Context:
    """A context with one resource that holds the facts."""
    resource = Resource(REF, "Door", Evidence.SOURCE, facts, **more)
    graph = ResourceGraph((resource,))
    return Context(graph, app(folder), options, frozenset({REF}), {REF: "auth"})


def matched(folder: Path, found: tuple[Rule, ...], *facts: Fact[Any], **more: Any) -> Matches:
    return match(context(folder, *facts, **more), Catalog(found), CATEGORIES)


def claims(folder: Path, found: tuple[Rule, ...], *facts: Fact[Any], **more: Any) -> dict[str, str]:
    """Attribute path to outcome, of the first fact."""
    ((_, listed), *_) = matched(folder, found, *(facts or (fact(),)), **more).claims
    return {claim.path: str(claim.outcome) for claim in listed}


def assembled(folder: Path, found: tuple[Rule, ...], *facts: Fact[Any]) -> tuple[Backend, list[str]]:
    """The backend, and the ids of the findings."""
    around = context(folder, *(facts or (fact(),)))
    matches = match(around, Catalog(found), CATEGORIES)
    backend, findings = assemble(matches.matches, around, CATEGORIES)
    return backend, [one.rule for one in (*matches.findings, *findings)]


def written(backend: Backend) -> dict[str, Any]:
    """Properties by path, literals as data."""
    pieces = [piece for piece in backend.pieces if isinstance(piece, Setting | Override)]
    return {piece.path: piece.value.value for piece in pieces if isinstance(piece.value, Lit)}


def account(
    folder: Path, found: tuple[Rule, ...], root: Json, *facts: Fact[Any], at: Document | None = None
) -> Account:
    """The account of one resource whose only evidence is one document."""
    evidence = at or document(root)
    around = context(folder, *facts, documents=(("door.json", evidence),))
    matches = match(around, Catalog(found), CATEGORIES)
    return accounts(around.graph.resources, matches, found)[0]


def links(*listed: Link) -> dict[str, Any]:
    return {"links": listed}
