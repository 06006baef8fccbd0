"""The check `wiring`: what templates tie together: variables of functions, event sources, resolvers of fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrator.aws import appsync, lambda_
from migrator.deploy.checks.interface import Deployed, Outcome, Status
from migrator.deploy.checks.live import Located, locate
from migrator.deploy.checks.settings import is_of, templates
from migrator.engine.observed import Declared, Generation

CHECK = "wiring"
_API = "AWS::AppSync::GraphQLApi"
_RESOLVER = "AWS::AppSync::Resolver"
_ON = ("Enabled", "Enabling", "Creating", "Updating")


def function_wiring(deployed: Deployed) -> Iterator[Outcome]:
    """Every function of the feature has its variables, by name, and every stream and queue calls its function."""
    template = templates(deployed)
    if template is None:
        return
    located = locate(deployed.session, deployed.stack, deployed.assembly)
    for one, name in located.of(template.resources, "AWS::Lambda::Function"):
        if is_of(one, deployed.feature) and _names(one.properties.get("Environment")):
            yield _variables(deployed, one, name)
    for one, name in located.of(template.resources, "AWS::Lambda::EventSourceMapping"):
        if is_of(one, deployed.feature) or deployed.feature == "function":
            yield from _source(deployed, one, name, located)


def _variables(deployed: Deployed, one: Declared, name: str) -> Outcome:
    subject = f"variables of {one.path or one.logical_id}"
    said = lambda_.function(deployed.session, name)
    if said is None:
        return Outcome(CHECK, subject, Status.FAILED, "the function is not there")
    wanted, have = _names(one.properties.get("Environment")), _names(said.get("Environment"))
    if wanted - have:
        return Outcome(CHECK, subject, Status.FAILED, f"it has no {', '.join(sorted(wanted - have))}")
    return Outcome(CHECK, subject, Status.PASSED, f"{len(wanted)} variables")


def _names(environment: Any) -> set[str]:
    variables = environment.get("Variables") if isinstance(environment, Mapping) else None
    return set(variables) if isinstance(variables, Mapping) else set()


def _source(deployed: Deployed, one: Declared, name: str, located: Located) -> Iterator[Outcome]:
    called = str(one.properties.get("FunctionName", "")).removeprefix("${").partition("}")[0].partition(".")[0]
    function = located.names.get(called)
    if function is None:
        return
    listed = lambda_.event_sources(deployed.session, function)
    found = next((each for each in listed if each.get("UUID") == name), None)
    subject = f"events of {one.path or one.logical_id}"
    if found is None:
        yield Outcome(CHECK, subject, Status.FAILED, "nothing calls the function")
    elif found.get("State") not in _ON:
        yield Outcome(CHECK, subject, Status.FAILED, f"the event source is {found.get('State')}")
    else:
        yield Outcome(CHECK, subject, Status.PASSED)


def api_wiring(deployed: Deployed) -> Iterator[Outcome]:
    """Every field that a template gives a resolver has it, of the same kind and with as many steps, and no other."""
    template = templates(deployed)
    if template is None:
        return
    located = locate(deployed.session, deployed.stack, deployed.assembly)
    for _, name in located.of(template.resources, _API):
        wanted = {_field(one.properties): _steps(one.properties) for one in template.of(_RESOLVER)}
        types = tuple(sorted({field.partition(".")[0] for field in wanted}))
        listed = appsync.resolvers(deployed.session, name.rpartition("/")[2], types)
        have = {_field(one): _steps(one) for one in listed}
        yield _resolvers(template, wanted, have)


def _resolvers(template: Generation, wanted: Mapping[str, str], have: Mapping[str, str]) -> Outcome:
    missing = sorted(wanted.keys() - have.keys())
    other = sorted(field for field in wanted.keys() & have.keys() if wanted[field] != have[field])
    said = [f"{field} has no resolver" for field in missing]
    said += [f"{field} is resolved by {have[field]}, not by {wanted[field]}" for field in other]
    if said:
        return Outcome(CHECK, "resolvers", Status.FAILED, "; ".join(said), "deploy again")
    return Outcome(CHECK, "resolvers", Status.PASSED, f"{len(wanted)} resolvers")


def _field(said: Mapping[str, Any]) -> str:
    return f"{said.get('TypeName')}.{said.get('FieldName')}"


def _steps(said: Mapping[str, Any]) -> str:
    """What a resolver is made of, in a few words."""
    pipeline = said.get("PipelineConfig")
    steps = pipeline.get("Functions") if isinstance(pipeline, Mapping) else None
    return f"a pipeline of {len(steps)}" if steps else "one data source"
