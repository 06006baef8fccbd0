"""The check `settings`: what is deployed is there, is as its templates say, and is as Gen 1 had it.

It compares with the observers and the rules of `migrate verify`; only the second generation is read from the services
instead of from templates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec.structs import replace

from migrator.core.features import feature_of_stack
from migrator.deploy.backend_names import is_sandbox
from migrator.deploy.checks.interface import Deployed, Outcome, Status
from migrator.deploy.checks.live import DESCRIBED, Live, live, locate
from migrator.engine.acceptance import Verdict
from migrator.engine.comparison import Mismatch, compare
from migrator.engine.context import Context
from migrator.engine.observed import Aspect, Declared, Generation, Observed
from migrator.engine.survey import Survey, survey
from migrator.gen1.values import as_text
from migrator.verify.deployed import ASPECTS
from migrator.verify.deployed import Deployed as Comparison
from migrator.verify.gen2_stacks import gen2_generation
from migrator.verify.results import Check, Difference
from migrator.verify.sides import Sides

CHECK = "settings"
POLICY = "AWS::S3::BucketPolicy"
"""Compared statement by statement, by a check of its own."""
_COMPARED = (Check.SETTINGS, Check.TABLES, Check.API)
_ELEMENT = re.compile(r"^(.*\[[^\]]*\])")
_SHOWN = 5
_NOT_KEPT: Mapping[str, tuple[str, ...]] = {
    "AWS::Cognito::UserPoolClient": (
        "AllowedOAuthFlows",
        "AllowedOAuthScopes",
        "AllowedOAuthFlowsUserPoolClient",
        "CallbackURLs",
        "LogoutURLs",
        "SupportedIdentityProviders",
        "PreventUserExistenceErrors",
        "TokenValidityUnits",
    ),
    "AWS::S3::Bucket": ("PublicAccessBlockConfiguration", "OwnershipControls"),
}
"""Properties that the local AWS does not keep, so that what it says of them proves nothing."""


_NEW_BUCKETS: Mapping[re.Pattern[str], tuple[object, ...]] = {
    re.compile(r"OwnershipControls\.Rules\[[^\]]*\]\.ObjectOwnership"): ("BucketOwnerEnforced",),
    re.compile(r"BucketEncryption\..*\.SSEAlgorithm"): ("AES256",),
    re.compile(r"BucketEncryption\..*\.BucketKeyEnabled"): (False, True, "false", "true"),
}
"""What every new bucket has.
https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html"""
_OF_SANDBOXES = re.compile(
    r"DeletionPolicy|UpdateReplacePolicy|[dD]eletionProtection(?:Enabled)?|ReplaceTableUponGsiUpdate|Tags\[user:Stack\].*"
)
"""Attributes that every sandbox has otherwise than a branch: it is named `sandbox`, and what it makes goes with it."""
_POLICIES = ("DeletionPolicy", "UpdateReplacePolicy")
_EMPTIED = re.compile(r"/AutoDeleteObjectsCustomResource$|Custom::S3AutoDeleteObjects")
"""What empties the buckets of a sandbox before they are deleted."""


class _Live(Sides):
    """Both generations of a project, the second one as it is deployed."""

    def __init__(self, deployed: Deployed, context: Context, branch: str, found: Generation) -> None:
        super().__init__(deployed.subject, context, deployed.assembly, branch)
        self._found = found
        self._passing = is_sandbox(deployed.stack)

    @cached_property
    def template(self) -> Survey:
        """What the templates say."""
        return self._observed(gen2_generation(self._assembly, self.context, self._branch))

    @cached_property
    def gen2(self) -> Survey:
        """What the services say, as far as a template of either generation speaks of it."""
        known: dict[tuple[str, str, Aspect], set[str]] = {}
        for _, one in (*self.gen1.found, *self.template.found):
            known.setdefault((one.kind, one.key, one.aspect), set()).update(one.attributes)
        said = self._observed(self._found).found
        return Survey(tuple((feature, _narrowed(one, known)) for feature, one in said))

    def _observed(self, generation: Generation) -> Survey:
        found = survey(self._named(generation), self.subject.watches)
        if not self._passing:
            return found
        return Survey(tuple((feature, _without_policies(one)) for feature, one in found.found))

    def drifted(self, ids: frozenset[str]) -> dict[str, list[Mismatch]]:
        """By resource, where the services say something else than the templates."""
        defaults = tuple(d for watch in self.subject.watches for d in watch.observer.defaults)
        found: dict[str, list[Mismatch]] = {}
        for aspect in (ASPECTS[check] for check in _COMPARED):
            left = [one for _, one in self.template.of(aspect) if one.of and one.of[0].id in ids]
            right = [one for _, one in self.gen2.of(aspect) if one.of and one.of[0].id in ids]
            for mismatch in compare(left, right, defaults).mismatches:
                there = mismatch.one or mismatch.other
                if _by_itself(mismatch):
                    continue
                if (there and mismatch.gen1 is not None) or mismatch.gen2 is not None:
                    found.setdefault(there.of[0].id if there else "", []).append(mismatch)
        return found


def _without_policies(one: Observed) -> Observed:
    """Without what says that a resource of a sandbox goes with it: Amplify says so of every one."""
    kept = {path: value for path, value in one.attributes.items() if path not in _POLICIES}
    return replace(one, attributes=kept)


def _by_itself(mismatch: Mismatch | Difference) -> bool:
    """Whether S3 gives a new bucket what its template does not speak of."""
    return (
        mismatch.kind == "AWS::S3::Bucket"
        and mismatch.gen1 is None
        and any(path.fullmatch(mismatch.attribute) and mismatch.gen2 in values for path, values in _NEW_BUCKETS.items())
    )


def _narrowed(one: Observed, known: Mapping[tuple[str, str, Aspect], set[str]]) -> Observed:
    """Without what only the service says of things that both know: its defaults. What is more in a list stays."""
    said = known.get((one.kind, one.key, one.aspect), set())
    elements = {found[1] for path in said if (found := _ELEMENT.match(path))}

    def told(path: str) -> bool:
        element = _ELEMENT.match(path)
        return path in said or (element is not None and element[1] not in elements)

    return replace(one, attributes={path: value for path, value in one.attributes.items() if told(path)})


def deployed_settings(deployed: Deployed) -> Iterator[Outcome]:
    """Every described resource of the feature; then the comparison with Gen 1 by the same rules as `migrate verify`."""
    template = templates(deployed)
    if template is None:
        yield Outcome(CHECK, deployed.feature, Status.SKIPPED, deployed.subject.reason)
        return
    located = locate(deployed.session, deployed.stack, deployed.assembly)
    left = _NOT_KEPT if deployed.session.local else {}
    found = live(deployed.session, template, located, lambda one: is_of(one, deployed.feature), left)
    both = _Live(deployed, template.context, template.branch, found.generation)
    yield from _there(deployed, template, found, both)
    if deployed.subject.context is not None:
        yield from _compared(deployed, both)


def templates(deployed: Deployed) -> Generation | None:
    """Everything that the synthesized templates declare; None without a Gen 1 project to name things after."""
    context = deployed.context or deployed.subject.context
    if context is None:
        return None
    branch = deployed.assembly.tags.get("amplify:branch-name") or context.branch(context.app.env or "main")
    return gen2_generation(deployed.assembly, context, branch)


def is_of(one: Declared, feature: str) -> bool:
    """Whether a resource is in the stacks of a feature; functions that are placed in other stacks are theirs too."""
    return feature_of(one) == feature or (feature == "function" and one.path.endswith("-lambda"))


def feature_of(one: Declared) -> str:
    """The feature in whose stacks a resource is."""
    return feature_of_stack(one.stack.partition("/")[0])


def _there(deployed: Deployed, template: Generation, found: Live, both: _Live) -> Iterator[Outcome]:
    """What the templates say, against what the services say."""
    missing = {one.id for one in found.missing}
    ours = [
        one
        for one in template.resources
        if one.type in DESCRIBED and one.type != POLICY and is_of(one, deployed.feature)
    ]
    drifted = both.drifted(frozenset(one.id for one in ours))
    for one in ours:
        subject, wrong = one.path or one.logical_id, drifted.get(one.id, [])
        if one.id in missing:
            yield Outcome(CHECK, subject, Status.FAILED, "the stack should have made it, and it is not there")
        elif wrong:
            said = [
                f"{each.attribute or each.key} is {_shown(each.gen2)}, the template says {_shown(each.gen1)}"
                for each in wrong
            ]
            yield Outcome(
                CHECK, subject, Status.FAILED, _listed(said), "deploy again, or undo what was changed by hand"
            )
        else:
            yield Outcome(CHECK, subject, Status.PASSED)


def _compared(deployed: Deployed, both: _Live) -> Iterator[Outcome]:
    """What Gen 1 had, against what the services say."""
    comparison = Comparison(both)
    for check in _COMPARED:
        result = comparison.check(check)
        if not result.compared:
            continue
        subject = f"{deployed.feature}: {check} of Gen 1"
        open_ = [one for one in result.differences if one.verdict is Verdict.UNEXPLAINED]
        passing = is_sandbox(deployed.stack)
        meant = [one for one in open_ if not _by_itself(one) and not (passing and _of_sandboxes(one))]
        wrong = [one for one in meant if not one.rule]
        rules = sorted({one.rule for one in open_ if one.rule})
        if wrong:
            hint = "`migrate verify` shows every difference"
            yield Outcome(CHECK, subject, Status.FAILED, _listed([_told(one) for one in wrong]), hint)
        elif rules:
            reason = f"{len(open_)} differences wait for your word ({', '.join(rules)})"
            hint = f"read `migrate explain {rules[0]}`, then `migrate verify --acknowledge {rules[0]}`"
            yield Outcome(CHECK, subject, Status.SKIPPED, reason, hint)
        else:
            figures = f"{result.compared} compared, {len(result.differences)} differ by intent"
            yield Outcome(CHECK, subject, Status.PASSED, figures)


def _of_sandboxes(one: Difference) -> bool:
    return bool(_OF_SANDBOXES.fullmatch(one.attribute) or _EMPTIED.search(one.resource))


def _told(one: Difference) -> str:
    return f"{one.resource} {one.attribute}: Gen 1 {_shown(one.gen1)}, deployed {_shown(one.gen2)}"


def _shown(value: object) -> str:
    return "nothing" if value is None else f"`{as_text(value)}`"


def _listed(said: list[str]) -> str:
    more = len(said) - _SHOWN
    return "; ".join(said[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")
