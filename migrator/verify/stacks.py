"""The stacks of one generation, with every value evaluated and every reference followed to the resource it means.

Values inside a template mention resources by their logical ids, and what comes from other stacks by parameters and
outputs. Here all of it becomes `${stack#LogicalId.Attribute}`, whichever stacks it passed through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from migrator.core.finding import Finding
from migrator.core.ref import ResourceRef
from migrator.documents.document import Document
from migrator.documents.traced import Traced
from migrator.engine.observed import Declared
from migrator.gen1.template import Template, TemplateResource
from migrator.gen1.values import PLACEHOLDER, as_text, bare

ENV = "env"
"""The parameter with the environment's name. In values it means what the branch's name means in Gen 2; conditions go by
the name itself."""
NESTED = "AWS::CloudFormation::Stack"
PIECE = re.compile(r"Select:(\d+):Split:(:|[^:]+):(.+)")
"""A piece of something that is not known as text (`Fn::Select` of `Fn::Split`)."""
_KNOWN = {"AWS::Partition": "aws", "AWS::URLSuffix": "amazonaws.com"}
"""Pseudo parameters that have one value wherever Amplify is."""


class _Given(Mapping[str, Traced[Any]]):
    """The parameters of a stack, each resolved when it is asked for: stacks may need each other's outputs."""

    def __init__(self, resolve: Callable[[str], Any]) -> None:
        self._resolve = resolve
        self._resolved: dict[str, Traced[Any]] = {}

    def __getitem__(self, name: str) -> Traced[Any]:
        if name not in self._resolved:
            self._resolved[name] = Traced(None)  # a parameter that needs itself is none
            value = self._resolve(name)
            if value is None:
                del self._resolved[name]
                raise KeyError(name)
            self._resolved[name] = Traced(value)
        return self._resolved[name]

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(self._resolved)

    def __len__(self) -> int:
        return len(self._resolved)


class _Stack:
    """One template with its parameters, and which nested stack each of its resources is."""

    def __init__(self, template: Template, children: Mapping[str, str], owner: ResourceRef | None) -> None:
        self.template = template
        self.children = children
        self.owner = owner
        self.outputs: dict[str, Any] | None = None


class Stacks:
    """The stacks of one generation by name."""

    def __init__(
        self,
        aliases: Mapping[str, str] = {},
        *,
        live: Callable[[str, str], str] = lambda stack, output: "",
        unseen: Callable[[str, str], str] = lambda stack, output: "",
        branch: str = "",
        assumed: bool = True,
    ) -> None:
        self._stacks: dict[str, _Stack] = {}
        self._aliases = aliases
        """Names in templates that stand for a resource elsewhere: `AuthRoleName` for `root#AuthRole`."""
        self._live = live
        """The deployed value of an output, by stack and name, for stacks that stay; empty for others."""
        self._unseen = unseen
        """What an output gives whose template is not there (the stack is empty for an export); empty when unknown."""
        self._branch = branch
        """What the environment's name stands for in values (see `ENV`)."""
        self._assumed = assumed
        """What conditions are taken for that nothing decides."""
        self._open: set[tuple[str, str]] = set()

    def __iter__(self) -> Iterator[str]:
        return iter(self._stacks)

    def add(
        self,
        name: str,
        document: Document,
        parameters: Callable[[str], Any],
        *,
        children: Mapping[str, str] = {},
        owner: ResourceRef | None = None,
        known: Mapping[str, str] = {},
    ) -> Template:
        """Adds a stack. `parameters` gives the value of one, None for one that is not given; `children` are stacks by
        the logical ids that they have here; `known` are pseudo parameters that are known."""
        findings: list[Finding] = []  # what is odd in a template is told when it is scanned
        template = Template(document, _Given(parameters), findings, known, self._assumed)
        self._stacks[name] = _Stack(template, children, owner)
        return template

    def handed(self, parent: str, logical_id: str) -> Callable[[str], Any]:
        """The parameters that a stack hands to one that it nests."""

        def value(name: str) -> Any:
            resource = self._stacks[parent].template.resource(logical_id)
            cursor = resource.properties.get("Parameters", name) if resource else None
            return self.followed(cursor.whole().value, parent) if cursor and cursor.present else None

        return value

    def given(self, values: Mapping[str, Any], parent: str) -> Callable[[str], Any]:
        """Parameters whose values speak of the `parent` stack."""
        return lambda name: self.followed(values[name], parent) if name in values else None

    def evaluated(self, name: str, logical_id: str) -> Mapping[str, Any]:
        """The properties of one resource."""
        resource = self._stacks[name].template.resource(logical_id)
        value = self.followed(resource.properties.whole().value, name) if resource else None
        return value if isinstance(value, dict) else {}

    def outputs(self, name: str) -> Mapping[str, Any]:
        """The outputs of a stack."""
        stack = self._stacks[name]
        if stack.outputs is None:
            stack.outputs = {}  # an output that leads back to itself is none
            stack.outputs = {key: self.followed(cursor.whole().value, name) for key, cursor in stack.template.outputs()}
        return stack.outputs

    def undecided(self) -> tuple[str, ...]:
        """The conditions that what was read so far hangs on, and that nothing decides: `HasDomain of auth/shop`."""
        return tuple(f"{said} of {name}" for name, stack in self._stacks.items() for said in stack.template.undecided())

    def declared(self) -> Iterator[Declared]:
        """Every resource that exists, stack by stack. A nested stack stands for itself only where its template is not
        there; else its resources do."""
        for name, stack in self._stacks.items():
            for resource in stack.template.resources():
                if resource.type == NESTED and stack.children.get(resource.logical_id) in self._stacks:
                    continue
                yield self._declared(name, stack, resource)

    def _declared(self, name: str, stack: _Stack, resource: TemplateResource) -> Declared:
        place = stack.template.document.place(("Resources", resource.logical_id))
        policies = {
            "DeletionPolicy": resource.deletion_policy.value,
            "UpdateReplacePolicy": resource.update_replace_policy.value,
        }
        metadata = resource.attribute("Metadata").whole().value
        return Declared(
            f"{name}#{resource.logical_id}",
            resource.type,
            self.evaluated(name, resource.logical_id),
            stack=name,
            owner=stack.owner,
            policies={key: value for key, value in policies.items() if value},
            metadata=metadata if isinstance(metadata, dict) else {},
            depends_on=resource.depends_on.value,
            where=f"{place.file}#{place.pointer}",
        )

    # ---- references

    def followed(self, value: Any, name: str) -> Any:
        """A value of a stack with all it mentions followed to the resources behind."""
        if isinstance(value, dict):
            return {key: self.followed(item, name) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.followed(item, name) for item in value]
        if not isinstance(value, str) or "${" not in value:
            return value
        whole = PLACEHOLDER.fullmatch(value)
        if whole:
            return self._behind(whole.group(1), name)
        return PLACEHOLDER.sub(lambda found: as_text(self._behind(found.group(1), name)), value)

    def _behind(self, mention: str, name: str) -> Any:
        """What a placeholder stands for."""
        head, _, attribute = mention.partition(".")
        if mention in _KNOWN:
            return _KNOWN[mention]
        piece = PIECE.fullmatch(mention)
        if piece:
            return f"${{Select:{piece[1]}:Split:{piece[2]}:{bare(self._behind(piece[3], name))}}}"
        if mention.startswith("ImportValue:"):
            wanted = mention.removeprefix("ImportValue:")
            exported = self._exports.get(wanted)
            return self.outputs(exported[0])[exported[1]] if exported else self._unseen("", wanted) or f"${{{mention}}}"
        if "#" in mention or head.startswith("AWS::"):
            return f"${{{mention}}}"
        if mention == ENV and self._branch:
            return self._branch
        stack = self._stacks.get(name)
        if stack and head in stack.children and attribute.startswith("Outputs."):
            return self._output(stack.children[head], attribute.removeprefix("Outputs."), mention)
        if stack and stack.template.resource(head):
            return f"${{{name}#{mention}}}"
        if head in self._aliases:
            return f"${{{self._aliases[head]}" + (f".{attribute}}}" if attribute else "}")
        return f"${{{mention}}}"

    @cached_property
    def _exports(self) -> Mapping[str, tuple[str, str]]:
        """By the name of an export, the stack and the output."""
        found: dict[str, tuple[str, str]] = {}
        for name, stack in self._stacks.items():
            for output, _ in stack.template.outputs():
                export = stack.template.cursor("Outputs", output, "Export", "Name").whole().value
                if export is not None:
                    found[bare(self.followed(export, name))] = (name, output)
        return found

    def _output(self, child: str, output: str, mention: str) -> Any:
        live = self._live(child, output)
        if live:
            return live
        if child in self._stacks and (child, output) not in self._open:
            self._open.add((child, output))
            cursor = self._stacks[child].template.output(output)
            value = self.followed(cursor.whole().value, child) if cursor.present else None
            self._open.discard((child, output))
            if value is not None:
                return value
        return self._unseen(child, output) or f"${{{child}#Outputs.{output}}}"
