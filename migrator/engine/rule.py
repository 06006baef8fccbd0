"""What a rule is. `rules/*.yaml` holds them; `loader` checks them; `match` and `assemble` carry them out."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeAlias

from msgspec import Struct, field

from migrator.core.finding import Topic

Condition: TypeAlias = dict[str, Any]
"""A `when`: attribute paths with tests, or `all`, `any`, `not`, `linked`, `check`, `option` (see `conditions`)."""


class Support(StrEnum):
    """How Gen 2 can say what the rule is about."""

    NATIVE = "native"
    """`define*()` has a property for it."""
    CDK = "cdk"
    """A property of the construct below, or a construct of its own."""
    MANUAL = "manual"
    """The user has to do it; there is a recipe."""
    NONE = "none"
    """Gen 2 has nothing for it, or we have no recipe yet."""


class Outcome(StrEnum):
    """Where a setting ends."""

    NATIVE = "native"
    CDK = "cdk"
    DEFAULT = "default"
    """Equal to what a Gen 2 project gets when it says nothing."""
    DROPPED = "dropped"
    """Left out for a reason that a rule gives."""
    MANUAL = "manual"
    GAP = "gap"


WEIGHT: dict[Outcome, int] = {
    outcome: weight
    for weight, outcome in enumerate(
        (Outcome.GAP, Outcome.MANUAL, Outcome.CDK, Outcome.NATIVE, Outcome.DEFAULT, Outcome.DROPPED)
    )
}
"""When one setting of a file decides several attributes, the smallest weight is what is said of it."""


class Applies(StrEnum):
    """Which resources a rule is for."""

    NEW = "new"
    """Resources that Gen 2 makes anew."""
    REUSED = "reused"
    """Live resources that Gen 2 refers to: `--reuse`, or imported already in Gen 1."""
    ANY = "any"


class MapClause(Struct, frozen=True, forbid_unknown_fields=True):
    """This attribute becomes that property. At most one of `const`, `table`, `template`, `secret` and `via`."""

    source: str = field(name="from")
    to: str
    when: Condition | None = None
    const: Any = None
    table: dict[str, Any] | None = None
    template: str | None = None
    via: str | None = None
    line: int = 0


class BuildClause(Struct, frozen=True, forbid_unknown_fields=True):
    """Structure that a property map cannot say: a function of the category makes it of the claimed attributes."""

    name: str
    claims: tuple[str, ...]
    when: Condition | None = None
    line: int = 0


class DropClause(Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out, and why: an attribute (`from`), or places of the evidence (`at: cli-inputs.json#/version`)."""

    reason: str
    source: str | None = field(name="from", default=None)
    at: str | None = None
    when: Condition | None = None
    line: int = 0


class ReportClause(Struct, frozen=True, forbid_unknown_fields=True):
    """A finding. `{attribute.path}`, `{key}` and `{resource}` in the message are filled in."""

    severity: str
    message: str
    claims: tuple[str, ...] = ()
    hint: str = ""
    topic: Topic | None = None
    """`data`: the message says what becomes of the users, files or rows that the live resource holds."""
    when: Condition | None = None
    line: int = 0


class AcceptClause(Struct, frozen=True, forbid_unknown_fields=True):
    """A difference between the generations that is meant (`migrate verify`): all of type, attribute and values fit."""

    kind: str
    """The CloudFormation type, in Gen 1's words."""
    attribute: str
    """The path of the setting, `[*]` for any element; empty for a resource that is there on one side only."""
    gen1: Any
    """A test of the value in Gen 1, as in `when`; `{present: false}` where Gen 1 does not say it."""
    gen2: Any
    key: Any = None
    """A test of what the resource is called in both generations."""
    element: Any = None
    """A test of what stands in the brackets of the attribute, where `[*]` does not say which element."""
    beside: dict[str, dict[str, Any]] = {}
    """`gen1` and `gen2`: tests of other attributes of the resource on that side; `"*"` is the list of all of them, as
    texts (`Allow[arn:aws:s3:::a] s3:GetObject`)."""
    fact: bool = False
    """The difference has to name the fact that the rule holds for, not only its resource: in the brackets of the
    attribute, as its last step, or in the resource's key (`Variables[TOKEN]`, `LambdaConfig.PreSignUp`, `provider
    Google`, `web client`)."""
    line: int = 0


class Differs(Struct, frozen=True, forbid_unknown_fields=True):
    """A difference, as an example of a rule that accepts some."""

    kind: str
    key: str = ""
    attribute: str = ""
    gen1: Any = None
    gen2: Any = None
    beside: dict[str, dict[str, Any]] = {}
    """`gen1` and `gen2`: other attributes of the resource on that side."""


class Example(Struct, frozen=True, forbid_unknown_fields=True):
    """Facts and what the rule alone makes of them: the rule's test and its documentation.

    A rule about source code has a piece of it instead of `gen1`, written as `javascript: "..."` (see `Language`).
    """

    gen1: dict[str, Any] = {}
    gen2: dict[str, Any] = {}
    """Properties by target path; the value as data, or as the TypeScript text that is printed for it."""
    prints: str = ""
    """Text that the printed pieces contain."""
    report: bool = False
    reused: bool = False
    language: str = ""
    """Of `text`."""
    text: str = ""
    file: str = ""
    """The path of the file that `text` stands in, where more hangs on it than the language."""
    fixed: str = ""
    """The text after `migrate lint --fix`; empty where no fix is offered."""
    beside: dict[str, str] = {}
    """Other files that the scanner looks into, by path."""
    differs: Differs | None = None
    """A difference between the generations."""
    accepted: bool = False
    """Whether the rule accepts it."""


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """One piece of knowledge about Gen 1 and Gen 2, under an id that never changes meaning."""

    id: str
    name: str
    title: str
    category: str = ""
    service: str = ""
    """For `drop` of places in the evidence: the service whose files are meant."""
    node: str = ""
    support: Support | None = None
    applies: Applies = Applies.NEW
    when: Condition | None = None
    map: tuple[MapClause, ...] = ()
    build: tuple[BuildClause, ...] = ()
    drop: tuple[DropClause, ...] = ()
    report: tuple[ReportClause, ...] = ()
    accept: tuple[AcceptClause, ...] = ()
    """Differences that it explains: always, or, with a `node`, of resources that the rule holds for."""
    acknowledge: bool = False
    """The user has to acknowledge these differences by the rule's id."""
    why: str = ""
    instead: str = ""
    references: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    file: str = ""
    line: int = 0

    @property
    def about_sources(self) -> bool:
        """Whether the rule is about source code (`migrate lint`): its examples are."""
        return any(example.language for example in self.examples)

    @property
    def about_proof(self) -> bool:
        """Whether the rule does nothing but accept differences (`migrate verify`)."""
        return bool(self.accept) and not self.node


class RuleFile(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of `rules/`."""

    category: str
    documentation: str
    rules: tuple[Rule, ...]
    source: str = ""
    """Size and time of the YAML it was compiled from."""
