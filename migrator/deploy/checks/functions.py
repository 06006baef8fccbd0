"""The check `functions`: every function loads and answers when it is called.

It is called with the event that Gen 1 kept to try it with (`src/event.json`). What a function throws for want of the
network, which functions do not have on the local AWS, says nothing of it; neither does what it makes of an event that
is no real one. That it does not load is a failure, once all that it uses is deployed: a function comes with what calls
it, and a layer or a table of a later feature may be what it waits for. It is called again after the last of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from migrator.aws import lambda_
from migrator.aws.lambda_ import Invocation
from migrator.core.errors import AwsError
from migrator.core.ref import ResourceRef
from migrator.deploy.checks.interface import CannotTry, Deployed, Outcome, Status
from migrator.deploy.checks.live import locate
from migrator.deploy.checks.settings import feature_of, templates
from migrator.engine.context import Context
from migrator.gen1.graph import LinkKind
from migrator.verify.naming import named

CHECK = "functions"
_RUN = ("nodejs", "python")
"""The runtimes that the local AWS has: those that this machine has anyway."""
_LOADING = re.compile(
    r"Runtime\.(ImportModuleError|UserCodeSyntaxError|HandlerNotFound|MalformedHandlerName|ExitError)"
    r"|is not defined in ES module scope|(exports|module|require) is not defined|Cannot find (module|package)"
    r"|Module not found in bundle|ImportModuleError|SyntaxError|HandlerNotFound|is undefined or not exported"
    r"|Dynamic require of|No module named|cannot import name"
)
_NETWORK = re.compile(
    r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|getaddrinfo|fetch failed|ECONNRESET"
    r"|network is (off|unreachable)|Name or service not known|Temporary failure in name resolution|URLError"
    r"|TimeoutError|socket hang up",
    re.IGNORECASE,
)
_CODES = re.compile(r"\"?code\"?: ?'?\"?(EACCES|EPERM|ERR_ACCESS_DENIED)")


def functions(deployed: Deployed) -> Iterator[Outcome]:
    """Every function of the project that the feature brought, or that waited for it."""
    if not deployed.consent:
        raise CannotTry("functions of the project may not run on this machine yet", hint="say that they may")
    template = templates(deployed)
    if template is None:
        raise CannotTry(deployed.subject.reason)
    known = named(template, [watch.observer for watch in deployed.subject.watches])
    located = locate(deployed.session, deployed.stack, deployed.assembly)
    for one, name in located.of(known.resources, "AWS::Lambda::Function"):
        function = one.name.removeprefix("function ")
        if function == one.name:
            continue
        own = feature_of(one)
        waited = own not in deployed.together and completed_by(deployed.feature, function, template.context)
        if own != deployed.feature and not waited:
            continue
        if not str(one.properties.get("Runtime")).startswith(_RUN):
            reason = f"the local AWS does not run {one.properties.get('Runtime')}: nothing of it was tried"
            yield Outcome(CHECK, one.name, Status.SKIPPED, reason)
        else:
            yield patient(called(deployed, function, name, template.context), missing(template.context, function))


def completed_by(feature: str, function: str, context: Context) -> bool:
    """Whether the feature brought the last of what a function uses."""
    brought = {context.features.get(one) for one in _used(context, function)}
    return feature in brought and not missing(context, function)


def missing(context: Context, function: str) -> tuple[ResourceRef, ...]:
    """What a function uses of features that are not deployed yet."""
    return tuple(one for one in _used(context, function) if one not in context.selection)


def _used(context: Context, function: str) -> tuple[ResourceRef, ...]:
    """What a function uses that Gen 2 makes anew."""
    links = context.graph.links(source=ResourceRef("function", function), kind=LinkKind.USES)
    found = ((link.target, context.graph.get(link.target)) for link in links)
    return tuple(sorted({ref for ref, one in found if one and one.convertible and not context.reused(ref)}))


def patient(outcome: Outcome, waits: tuple[ResourceRef, ...]) -> Outcome:
    """The outcome of a call, which says nothing where it is no success and something that is used is not there yet."""
    if not waits or outcome.status is Status.PASSED:
        return outcome
    reason = f"it uses what is not deployed yet ({', '.join(map(str, waits))}): {outcome.reason}"
    return replace(outcome, status=Status.SKIPPED, reason=reason, hint="it is called again after that")


def called(deployed: Deployed, function: str, name: str, context: Context) -> Outcome:
    """One call of one function, by its name in Gen 1 and its name now."""
    event, whose = sample_event(context, function)
    subject = f"function {function}"
    try:
        said = lambda_.invoke(deployed.session, name, event)
    except AwsError as problem:
        return Outcome(CHECK, subject, Status.FAILED, problem.message, problem.hint)
    return judged(subject, said, whose)


def judged(subject: str, said: Invocation, whose: str) -> Outcome:
    """What an answer means."""
    if not said.error:
        return Outcome(CHECK, subject, Status.PASSED, f"answered {whose}")
    told = f"{said.message} {said.log}"
    if _LOADING.search(said.message) or _LOADING.search(said.log):
        hint = "`migrate verify --only bundles` loads it without running it"
        return Outcome(CHECK, subject, Status.FAILED, f"it does not load: {said.message}", hint)
    if _NETWORK.search(told) or _CODES.search(told):
        reason = f"it loads, and calls something that cannot be reached from here: {said.message}"
        return Outcome(CHECK, subject, Status.SKIPPED, reason, "allow functions the network to try it")
    reason = f"it loads, and throws {whose}: {said.message}"
    return Outcome(CHECK, subject, Status.SKIPPED, reason, "put an event that it takes into its `src/event.json`")


def sample_event(context: Context, function: str) -> tuple[object, str]:
    """The event to call a function with, and how to speak of it."""
    entry = context.app.entry(ResourceRef("function", function))
    text = entry.text("src/event.json") if entry else None
    if text:
        try:
            return msgspec.json.decode(text), "to Gen 1's event.json"
        except msgspec.DecodeError:
            return {}, "to an empty event (Gen 1's event.json is no JSON)"
    return {}, "to an empty event"
