"""Why a mutant of TypeScript that no check finds is none. A survivor without a reason is a defect of a check."""

from __future__ import annotations

import re

from msgspec import Struct

from tests.mutation.sites import Site


class SiteReason(Struct, frozen=True):
    """A reason to survive; `file`, `old` (what is changed), `operator` and `around` (its line) are regular expressions
    for the whole of each."""

    name: str
    why: str
    file: str
    old: str
    operator: str
    around: str = ".*"

    def holds(self, site: Site) -> bool:
        """Whether it is the reason of this mutant."""
        said = (
            (self.file, site.file),
            (self.old, " ".join(site.old.split())),
            (self.operator, site.operator),
            (self.around, site.around),
        )
        return all(re.fullmatch(wanted, found) for wanted, found in said)


_BY_BRANCH = r"function/(paymentnotice|outingreminder|rowclubAuthPreSignup)/resource\.ts"
"""Functions with a value for each branch."""
REASONS: tuple[SiteReason, ...] = (
    SiteReason(
        "other-branches",
        "what a sandbox gets: the branch is compared",
        r"function/\w+/resource\.ts|function/wiring\.ts|project/wiring\.ts",
        "'sandbox'",
        "another text",
        r".*process\.env\.AWS_BRANCH \?\? 'sandbox'.*",
    ),
    SiteReason(
        "other-branches",
        "what other branches get than the one that is compared",
        r"function/\w+/resource\.ts",
        r"'[^']*'|(dev|staging): '[^']*',",
        "another text|drop a property",
        r"(dev|staging): '[^']*',",
    ),
    SiteReason(
        "same-value",
        "branches without a value of their own get that of the one that is compared",
        _BY_BRANCH,
        r"\?\?",
        "the reverse",
        r"\w+\[process\.env\.AWS_BRANCH \?\? 'sandbox'\] \?\?.*",
    ),
    SiteReason(
        "other-branches",
        "what branches without a value of their own get",
        _BY_BRANCH,
        r"'[^']*'",
        "another text",
        r"(\w+\[process\.env\.AWS_BRANCH \?\? 'sandbox'\] \?\? )?'[^']*',",
    ),
    SiteReason(
        "same-value",
        "a branch without a value of its own gets the one that it had",
        r"function/paymentnotice/resource\.ts",
        r"main: '[^']*',",
        "drop a property",
    ),
    SiteReason(
        "default",
        "Cognito counts in days, and CDK gives a table five units, where nothing is said",
        r"(auth|storage)/wiring\.ts",
        r"tokenValidityUnits: \{ refreshToken: 'days' \},|(read|write)Capacity: 5,",
        "drop a property",
    ),
    SiteReason(
        "stacks",
        "the name of a stack of its own",
        r"storage/wiring\.ts",
        r"'[\w-]+'",
        "another text",
        r"backend\.createStack\('[\w-]+'\),",
    ),
    SiteReason(
        "names-of-constructs",
        "the id of a construct, of which CDK makes a logical id",
        r"(auth|function|storage)/wiring\.ts",
        r"'[\w-]+'",
        "another text",
        r"new (Policy|Rule)\([\w.]+, '[\w-]+', \{|'NativeClient',",
    ),
    SiteReason(
        "not-reached",
        "what helps with schemas of another form: this one has no such patch, and none that is wrong",
        r"data/patch\.ts",
        r".*",
        ".*",
        r"throw new Error\(.*|return \[head\.index, whole \? end \+ 2 : start\];",
    ),
    SiteReason(
        "text-of-an-error",
        "what is thrown where a function has no role: each has one",
        r"function/logs\.ts",
        r"`\$\{target\.node\.path\} has no role of its own\.`",
        "another text",
    ),
    SiteReason(
        "none-left",
        "no managed policies, said as an empty list, or not at all",
        r"function/logs\.ts",
        r"true|\?\?|omitEmpty: true|\{ omitEmpty: true \}",
        "flip|the reverse|drop a property",
    ),
    SiteReason(
        "none-left",
        "the managed policy of CDK is the only one that these functions have",
        r"function/logs\.ts",
        r"&&|'string'",
        "the reverse|another text",
        r"return typeof arn !== 'string' && .*",
    ),
    SiteReason(
        "names",
        "the name of the API, which clients never see; a rule accepts another one",
        r"data/resource\.ts",
        r"'\w+'|name: '\w+',",
        "another text|drop a property",
        r"name: '\w+',",
    ),
    SiteReason(
        "default",
        "the user pool is the default mode of a backend with `auth`",
        r"data/resource\.ts",
        r"authorizationModes: \{ defaultAuthorizationMode: 'userPool' \},?|defaultAuthorizationMode: 'userPool',?",
        "drop a property",
    ),
    SiteReason(
        "default",
        "`id` is the key of a model, and required, whether it says so or not",
        r"data/schema\.ts",
        r"\.required\(\)",
        "drop a call",
        r"id: a\.id\(\)\.required\(\),",
    ),
    SiteReason(
        "stacks",
        "the stack that a function stands in, where no other resource waits for it",
        r"function/\w+/resource\.ts",
        r"'(auth|data|storage)'",
        "another text",
        r"resourceGroupName: '(auth|data|storage)',",
    ),
)


def explained(site: Site) -> SiteReason | None:
    """Why a mutant of TypeScript survives; None when nothing says it."""
    return next((reason for reason in REASONS if reason.holds(site)), None)
