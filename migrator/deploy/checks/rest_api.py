"""The check `rest-api`: REST APIs have their methods, let in whom they should, and answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from migrator.aws import rest_api
from migrator.deploy.checks.interface import CannotTry, Deployed, Outcome, Status
from migrator.deploy.checks.live import locate
from migrator.deploy.checks.settings import feature_of, templates
from migrator.engine.observed import Declared, Generation

CHECK = "rest-api"
_API, _RESOURCE, _METHOD = "AWS::ApiGateway::RestApi", "AWS::ApiGateway::Resource", "AWS::ApiGateway::Method"
_SAMPLE = "sample"
"""Stands for a parameter of a path."""


def rest_methods(deployed: Deployed) -> Iterator[Outcome]:
    """Every method of the templates is there, with its authorization, and a stage serves the API."""
    for template, api, name in apis(deployed):
        subject = f"methods of {api.path or api.logical_id}"
        wanted, have = methods_of(template, api), rest_api.methods(deployed.session, name)
        if have is None:
            yield Outcome(CHECK, subject, Status.FAILED, "the API is not there")
            continue
        wrong = [f"{method} is missing" for method in sorted(wanted.keys() - have.keys())]
        wrong += [
            f"{method} asks for {have[method]}, not for {wanted[method]}"
            for method in sorted(wanted.keys() & have.keys())
            if wanted[method] != have[method]
        ]
        if not rest_api.stages(deployed.session, name):
            wrong.append("no stage serves it")
        if wrong:
            yield Outcome(CHECK, subject, Status.FAILED, "; ".join(wrong), "deploy again")
        else:
            yield Outcome(CHECK, subject, Status.PASSED, f"{len(wanted)} methods")


def rest_calls(deployed: Deployed) -> Iterator[Outcome]:
    """Every method is called by somebody with all rights; those that ask who calls, by nobody, too."""
    found = tuple(apis(deployed))
    if found and not deployed.consent:
        raise CannotTry("the functions behind the API may not run on this machine yet", hint="say that they may")
    for template, api, name in found:
        stage = next(iter(rest_api.stages(deployed.session, name)), "")
        for method, asks in sorted(methods_of(template, api).items() if stage else ()):
            verb, _, path = method.partition(" ")
            if verb != "OPTIONS":
                yield _called(deployed, (name, stage, "GET" if verb == "ANY" else verb, path), asks)


def _called(deployed: Deployed, place: tuple[str, str, str, str], asks: str) -> Outcome:
    name, stage, verb, path = place
    subject = f"{verb} {path}"
    filled = re.sub(r"\{[^{}]*\}", _SAMPLE, path)
    if asks != "NONE":
        status, _ = rest_api.call(deployed.session, name, stage, verb, filled, sign=False)
        if status not in (401, 403):
            return Outcome(CHECK, subject, Status.FAILED, f"nobody's request is answered with {status}, not refused")
    if asks not in ("NONE", "AWS_IAM"):
        return Outcome(CHECK, subject, Status.PASSED, f"refuses who does not say who they are ({asks})")
    status, said = rest_api.call(deployed.session, name, stage, verb, filled, sign=True)
    if status >= 500:
        reason = f"what is behind it answers this request with {status}: {said}"
        return Outcome(CHECK, subject, Status.SKIPPED, reason, "`migrate deploy` tries it with an empty object")
    if status == 403:
        return Outcome(CHECK, subject, Status.FAILED, f"a signed request is refused: {said}")
    return Outcome(CHECK, subject, Status.PASSED, f"answers with {status}")


def apis(deployed: Deployed) -> Iterator[tuple[Generation, Declared, str]]:
    """The APIs of the feature: the templates, the API in them, and its live id."""
    template = templates(deployed)
    if template is None:
        return
    located = locate(deployed.session, deployed.stack, deployed.assembly)
    for one, name in located.of(template.resources, _API):
        if feature_of(one) == deployed.feature:
            yield template, one, name


def methods_of(template: Generation, api: Declared) -> Mapping[str, str]:
    """The authorization of the methods that the templates give an API, by verb and path."""
    parts = {one.id: one for one in template.of(_RESOURCE)}

    def path(resource: str) -> str:
        one = parts.get(resource)
        return f"{path(_meant(one, 'ParentId'))}/{one.properties.get('PathPart')}" if one else ""

    return {
        f"{one.properties.get('HttpMethod')} {path(_meant(one, 'ResourceId')) or '/'}": str(
            one.properties.get("AuthorizationType") or "NONE"
        )
        for one in template.of(_METHOD)
        if _meant(one, "RestApiId") == api.id
    }


def _meant(one: Declared, name: str) -> str:
    """The resource that a property refers to."""
    return str(one.properties.get(name, "")).removeprefix("${").partition("}")[0].partition(".")[0]
