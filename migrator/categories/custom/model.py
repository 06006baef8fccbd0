"""What a custom stack of Gen 1 is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from migrator.gen1.graph import Node


class Form(StrEnum):
    """What reaches Gen 2."""

    TEMPLATE = "template"
    """The template, included."""
    CODE = "code"
    """The stack's class, carried over."""


class Code(Struct, frozen=True):
    """The CDK code of a stack, in Gen 1's words."""

    text: str
    project: str = ""
    """What `getProjectInfo` tells as the project's name."""
    strict: bool = False
    """Whether Gen 1 compiled it with strict checks."""
    files: tuple[str, ...] = ()
    """Files beside it that it may read, by their paths in the resource's folder."""
    packages: Mapping[str, str] = {}
    """npm packages that it needs beside CDK, with their versions."""


class CustomStack(Node, frozen=True):
    """A stack of the project's own (https://docs.amplify.aws/gen1/react/tools/cli/custom/)."""

    form: Form = Form.TEMPLATE
    template: Any = None
    """The template as data; None where no file holds one."""
    file: str = ""
    """Where the template lies in the resource's folder."""
    code: Code | None = None
    reasons: tuple[str, ...] = ()
    """Why its code cannot be carried over, so that the built template stands for it."""
    parameters: Mapping[str, Any] = {}
    """The values of the template's parameters; `${functionresize.Outputs.Arn}` stands for an output."""
    by_environment: Mapping[str, Mapping[str, str]] = {}
    """By parameter, the values of the Gen 1 environments, where they differ."""
    unknown: tuple[str, ...] = ()
    """Parameters whose value no file says, or that are secret."""
    outputs: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    """CloudFormation exports that the template imports by their names."""


class MissingStack(Node, frozen=True):
    """A custom stack of which neither the template nor code that can be carried over is in the project."""

    left_out = True

    service: str = ""
    code: bool = False
    """Whether there is code, which cannot be carried over."""
    reasons: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    """The evidence that describes it, by role."""


class StackData(Node, frozen=True):
    """A resource of a custom stack that holds data."""

    type: str = ""
    policy: str = ""
    """`DeletionPolicy`: what becomes of it when its stack goes."""
    form: Form = Form.TEMPLATE


class StackName(Node, frozen=True):
    """A name that only one resource of an account, or of the world, can have."""

    property: str = ""
    name: str = ""
    """`${env}` stands for the environment; of code, the expression."""
    varies: bool = True
    """Whether it has the environment's name in it."""
    mentions: tuple[str, ...] = ()
    """Other resources of the stack that spell it."""
    form: Form = Form.TEMPLATE


class StackExport(Node, frozen=True):
    """A CloudFormation export, whose name only one stack of an account can have in a region."""

    name: str = ""
    varies: bool = True
    """Whether it has the environment's name in it."""
    form: Form = Form.TEMPLATE
