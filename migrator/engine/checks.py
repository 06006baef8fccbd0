"""Type checks of rules: every path, word, function and target that a rule mentions must exist and fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, get_args, get_type_hints

from migrator.core.errors import RuleError
from migrator.core.finding import Severity
from migrator.core.location import Location
from migrator.documents.source import Language
from migrator.engine.accept_checks import accept_problems
from migrator.engine.assemble import DEFINE
from migrator.engine.category import Category
from migrator.engine.condition_checks import Known, condition_problems, literal_words
from migrator.engine.match import EVERYTHING, Clause
from migrator.engine.rule import MapClause, ReportClause, Rule, Support
from migrator.engine.sources import SEVERITIES, SourceCategory
from migrator.gen1.graph import Node
from migrator.gen2.surface import surface

_ID = re.compile(r"[A-Z]{2,5}\d{3}")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SEVERITIES = tuple(word for word in Severity if word is not Severity.ERROR)
_HOLE = re.compile(r"\{([\w.]+)\}")


def check_rules(
    rules: Iterable[Rule], categories: Mapping[str, Category | SourceCategory], prefixes: Mapping[str, str]
) -> None:
    """Raises RuleError, with file and line, for the first rule that is wrong.

    `categories` and the `prefixes` of their rule ids are given by name.
    """
    ids: dict[str, Rule] = {}
    names: dict[str, Rule] = {}
    for rule in rules:
        if rule.id in ids or rule.name in names:
            other = ids.get(rule.id) or names[rule.name]
            raise wrong(rule, f"{other.file}:{other.line} has the same id or name")
        ids[rule.id] = names[rule.name] = rule
        if not _ID.fullmatch(rule.id) or not rule.id.startswith(prefixes.get(rule.category, "")):
            raise wrong(rule, f"the id must be {prefixes.get(rule.category, 'a prefix')} and three digits")
        if not _NAME.fullmatch(rule.name):
            raise wrong(rule, f"the name {rule.name!r} must be lower-case words with hyphens")
        if rule.category not in categories:
            raise wrong(rule, f"unknown category {rule.category!r}; there are {', '.join(categories) or 'none'}")
        category = categories[rule.category]
        checker = _SourceChecker(rule, category) if isinstance(category, SourceCategory) else _Checker(rule, category)
        checker.run()


def wrong(rule: Rule, problem: str, line: int = 0) -> RuleError:
    """The error for a rule, at its line or a clause's."""
    return RuleError(f"{rule.id}: {problem}", location=Location(rule.file, "", line or rule.line))


class _Attributes:
    """What a rule says about attributes of its node."""

    def __init__(self, rule: Rule, category: Category | SourceCategory) -> None:
        self.rule = rule
        self.name = category.name
        self.nodes = {node.__name__: node for node in category.nodes}
        self.checks = category.named(category.checks) if isinstance(category, Category) else {}
        self.alone = isinstance(category, SourceCategory)

    def node(self) -> type[Node]:
        """The type of the rule's node."""
        node = self.nodes.get(self.rule.node)
        if node is None:
            listed = ", ".join(self.nodes)
            raise wrong(self.rule, f"unknown node {self.rule.node!r}; {self.name} has {listed}")
        if not self.rule.examples:
            raise wrong(self.rule, "a rule needs an example")
        return node

    def paths(self, paths: Iterable[str], types: Mapping[str, Any], line: int) -> None:
        for path in paths:
            if path != EVERYTHING and path not in types:
                raise wrong(self.rule, f"{self.rule.node} has no attribute {path!r}; it has {', '.join(types)}", line)

    def report(self, clause: ReportClause, types: Mapping[str, Any], severities: Collection[str]) -> None:
        """The severity, and the attributes that are claimed and mentioned."""
        if clause.severity not in severities:
            raise wrong(self.rule, f"unknown severity {clause.severity!r}", clause.line)
        self.paths(clause.claims, types, clause.line)
        self.paths(tuple(set(_HOLE.findall(clause.message)) - {"key", "resource"}), types, clause.line)

    def condition(self, when: Mapping[str, Any] | None, types: Mapping[str, Any], line: int) -> None:
        """The words and the attributes of a condition."""
        known = Known(self.rule.node, types, self.name, self.checks, self.alone)
        for problem in condition_problems(when or {}, known):
            raise wrong(self.rule, problem, line)


class _SourceChecker(_Attributes):
    """A rule about source code only reports."""

    def run(self) -> None:
        rule = self.rule
        types = attribute_types(self.node())
        if rule.map or rule.build or rule.drop or rule.accept or rule.support or not rule.report:
            raise wrong(rule, "a rule about source code has `report` and neither `support`, `map`, `build` nor `drop`")
        self.condition(rule.when, types, rule.line)
        for clause in rule.report:
            self.report(clause, types, SEVERITIES)
            self.condition(clause.when, types, clause.line)
            if clause.claims:
                raise wrong(rule, "a rule about source code claims nothing", clause.line)
        if any(not example.language for example in rule.examples):
            raise wrong(rule, f"an example has a piece of source code under one of {', '.join(Language)}")
        if {example.report for example in rule.examples} != {True, False}:
            raise wrong(rule, "a rule about source code needs an example that is reported and one that is not")


class _Checker(_Attributes):
    def __init__(self, rule: Rule, category: Category) -> None:
        super().__init__(rule, category)
        self.category = category

    def run(self) -> None:
        rule = self.rule
        for problem, line in accept_problems(rule):
            raise wrong(rule, problem, line)
        if rule.node:
            self._with_node(self.node())
        elif rule.map or rule.build or rule.report or rule.when:
            raise wrong(rule, "a rule with clauses on attributes needs a `node`")
        for drop in rule.drop:
            if (drop.source is None) == (drop.at is None):
                raise wrong(rule, "a drop has either `from` or `at`", drop.line)
            if drop.at is not None and not rule.service:
                raise wrong(rule, "a drop of places (`at`) needs the rule's `service`", drop.line)
            if drop.source is not None and not rule.node:
                raise wrong(rule, "a drop of an attribute (`from`) needs the rule's `node`", drop.line)
            if not drop.reason.strip():
                raise wrong(rule, "a drop needs a reason", drop.line)

    def _with_node(self, node: type[Node]) -> None:
        rule = self.rule
        if any(example.language for example in rule.examples):
            raise wrong(rule, f"{self.name} is about resources: its examples have `gen1`, not source code")
        if (rule.map or rule.build) and rule.support not in (Support.NATIVE, Support.CDK):
            raise wrong(rule, "a rule that writes properties has `support: native` or `cdk`")
        if rule.report and any(r.claims for r in rule.report) and rule.support is None:
            raise wrong(rule, "a report that claims attributes needs `support`")
        types = attribute_types(node)
        self.condition(rule.when, types, rule.line)
        clauses: tuple[Clause, ...] = (*rule.map, *rule.build, *rule.drop, *rule.report)
        for each in clauses:
            self.condition(each.when, types, each.line)
        for clause in rule.map:
            self._map(clause, types)
        builders = self.category.named(self.category.builders)
        for build in rule.build:
            if build.name not in builders:
                raise wrong(rule, f"{self.category.name} has no builder {build.name!r}", build.line)
            about = _about(builders[build.name])
            if about is not None and not issubclass(node, about):
                raise wrong(rule, f"{build.name} is about {about.__name__}, not {rule.node}", build.line)
            self.paths(build.claims, types, build.line)
        for drop in rule.drop:
            if drop.source is not None:
                self.paths((drop.source,), types, drop.line)
        for report in rule.report:
            self.report(report, types, _SEVERITIES)

    def _map(self, clause: MapClause, types: Mapping[str, Any]) -> None:
        self.paths((clause.source,), types, clause.line)
        kind = types[clause.source]
        ways = [clause.const is not None, clause.table is not None, clause.template is not None, clause.via is not None]
        if sum(ways) > 1:
            raise wrong(self.rule, "a map has one of `const`, `table`, `template` and `via`", clause.line)
        if clause.table is not None and (words := literal_words(kind)):
            if missing := sorted(words - set(clause.table)):
                raise wrong(self.rule, f"the table misses {', '.join(missing)}", clause.line)
            if unknown := sorted(set(clause.table) - words):
                raise wrong(self.rule, f"the table has {', '.join(unknown)}, which never occurs", clause.line)
        if clause.via is not None:
            self._via(clause, kind)
        target, _, path = clause.to.partition(".")
        if target not in self.category.surfaces or (target != DEFINE and target not in self.category.constructs):
            raise wrong(self.rule, f"{self.category.name} has no target {target!r}", clause.line)
        if not surface(self.category.surfaces[target]).knows(path):
            raise wrong(self.rule, f"{self.category.surfaces[target]} has no property {path!r}", clause.line)

    def _via(self, clause: MapClause, kind: Any) -> None:
        transforms = self.category.named(self.category.transforms)
        if clause.via not in transforms:
            raise wrong(self.rule, f"{self.category.name} has no transform {clause.via!r}", clause.line)
        hints = list(get_type_hints(transforms[clause.via]).items())
        if hints and hints[0][1] not in (object, kind):  # a transform of `object` looks at no value
            raise wrong(self.rule, f"{clause.via} takes {hints[0][1]}, {clause.source} is {kind}", clause.line)


def _about(function: Callable[..., Any]) -> type[Node] | None:
    """The node type that a builder's first parameter, a fact, is about; None when it does not say."""
    first = next(iter(get_type_hints(function).values()), None)
    listed = [one for one in get_args(first) if isinstance(one, type) and issubclass(one, Node)]
    return listed[0] if listed else None


def attribute_types(node: type[Node], prefix: str = "") -> dict[str, Any]:
    """Every attribute path of a node type with its annotated type."""
    types: dict[str, Any] = {}
    for name, kind in get_type_hints(node).items():
        if name in node.__struct_fields__:
            if isinstance(kind, type) and issubclass(kind, Node):
                types |= attribute_types(kind, f"{prefix}{name}.")
            else:
                types[prefix + name] = kind
    return types
