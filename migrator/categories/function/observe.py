"""What functions deploy, in both generations: functions and layers, their variables, schedules and event sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from migrator.categories.function.layering import holds_files
from migrator.categories.function.model import Layer
from migrator.categories.function.observe_late import late_values
from migrator.categories.function.observe_rights import spelt
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.flatten import BAG, SET, Shape, by
from migrator.engine.observed import Aspect, Declared, Generation, Observed, Observer, Side
from migrator.engine.observing import defaults, observed
from migrator.gen1.values import as_text

FUNCTION = "AWS::Lambda::Function"
LAYER = "AWS::Lambda::LayerVersion"
RULE = "AWS::Events::Rule"
MAPPING = "AWS::Lambda::EventSourceMapping"
ROLE = "AWS::IAM::Role"
CATEGORY = "function"

_OWN_ROLE = "/ServiceRole"
_GEN2 = re.compile(r"(?:^|/)([^/]+)-lambda(/ServiceRole)?$")
_INVOKED = re.compile(r":function:\$\{(.+)\}$")
_SOURCE = re.compile(r"\$\{([^{}]+?)(?:\.\w+)?\}")
_FUNCTION_SHAPES: dict[str, Shape] = {
    "Architectures": SET,
    "VpcConfig.SecurityGroupIds": SET,
    "VpcConfig.SubnetIds": SET,
}
_MAPPING_SHAPES: dict[str, Shape] = {"FilterCriteria.Filters": BAG, "FunctionResponseTypes": SET}


def name(declared: Declared, generation: Generation) -> str:
    """What both generations call a function, its role, or a layer."""
    if declared.type == RULE:
        return _scheduled(declared, generation)
    if declared.type not in (FUNCTION, ROLE, LAYER):
        return ""
    if generation.side is Side.GEN1:
        return _gen1_name(declared)
    if declared.type == LAYER:
        last = declared.path.rpartition("/")[2]
        known = generation.context.graph.get(ResourceRef(CATEGORY, last))
        return f"layer {last}" if known and known.service == "LambdaLayer" else ""
    found = _GEN2.search(declared.path)
    function = found[1] if found else _plain(declared, generation)
    if not function or (declared.type == ROLE) is not declared.path.endswith(_OWN_ROLE):
        return ""
    return f"role of function {function}" if declared.type == ROLE else f"function {function}"


def _plain(declared: Declared, generation: Generation) -> str:
    """The name of a function that Amplify does not bundle: a construct of that name."""
    last = declared.path.removesuffix(_OWN_ROLE).rpartition("/")[2]
    known = generation.context.graph.get(ResourceRef(CATEGORY, last))
    return last if known and known.service == "Lambda" else ""


def _scheduled(rule: Declared, generation: Generation) -> str:
    """A schedule by the functions that it invokes."""
    targets = rule.properties.get("Targets")
    called = {str(target.get("Arn")) for target in targets or () if isinstance(target, Mapping)}
    names = [
        name(one, generation) for one in generation.of(FUNCTION) if {f"${{{one.id}.Arn}}", f"${{{one.id}}}"} & called
    ]
    return f"schedule of {' and '.join(sorted(names))}" if names and all(names) else ""


def _gen1_name(declared: Declared) -> str:
    category, _, function = declared.stack.partition("/")
    if category != CATEGORY:
        return ""
    own = {(FUNCTION, "LambdaFunction"): "function", (ROLE, "LambdaExecutionRole"): "role of function"}
    if declared.type == LAYER:
        return f"layer {function}"
    word = own.get((declared.type, declared.logical_id))
    return f"{word} {function}" if word else ""


def observe(generation: Generation) -> Iterator[Observed]:
    """Everything that functions deploy."""
    for function in generation.of(FUNCTION):
        if function.name.startswith("function "):
            yield from _function(function, generation)
    for layer in generation.of(LAYER):
        if layer.name.startswith("layer "):
            shapes = {"CompatibleRuntimes": SET, "CompatibleArchitectures": SET}
            yield observed(layer.name, layer, generation, shapes, without=("Content",))
    for rule in generation.of(RULE):
        yield from _schedule(rule, generation)
    for mapping in generation.of(MAPPING):
        yield _source(mapping, generation)


def _function(function: Declared, generation: Generation) -> Iterator[Observed]:
    """Settings and variables; the code is what the check `bundles` loads."""
    environment = function.properties.get("Environment")
    variables = environment.get("Variables") if isinstance(environment, Mapping) else None
    properties = {**function.properties, "Layers": _layers(function.properties.get("Layers"), generation)}
    without = ("Code", "Environment")
    yield observed(function.name, function, generation, _FUNCTION_SHAPES, without=without, properties=properties)
    said, late = late_values(variables if isinstance(variables, Mapping) else {}, generation)
    attributes = {f"Variables[{key}]": as_text(value) for key, value in said.items()}
    yield Observed(FUNCTION, function.name, attributes, (function, *late), Aspect.ENVIRONMENT)


def _layers(listed: object, generation: Generation) -> list[object]:
    """Layers in their order, without those that are told as layers (normalisation `layers-without-files`).

    A layer of the project that brings nothing but packages, or nothing at all, is not made in Gen 2.
    """
    empty = {
        f"${{layer {fact.resource.name}}}"
        for fact in generation.context.graph.facts(Layer)
        if not holds_files(fact.node)
    }
    return [one for one in listed if one not in empty] if isinstance(listed, list) else []


def _schedule(rule: Declared, generation: Generation) -> Iterator[Observed]:
    """A rule by the functions that it invokes (normalisation `target-ids`): the ids of its targets mean nothing."""
    targets = rule.properties.get("Targets")
    listed = [target for target in targets if isinstance(target, Mapping)] if isinstance(targets, list) else []
    invoked = [found[1] for target in listed if (found := _INVOKED.search(str(target.get("Arn"))))]
    if not invoked:
        return  # it is no schedule of a function, so nothing is known of it here
    said = [{key: value for key, value in target.items() if key != "Id"} for target in listed]
    properties = {**rule.properties, "Targets": said}
    yield observed(
        f"schedule of {' and '.join(sorted(invoked))}", rule, generation, {"Targets": by("Arn")}, properties=properties
    )


def _source(mapping: Declared, generation: Generation) -> Observed:
    """An event source by what it is and whom it calls (normalisation `function-names`: a name or an ARN).

    Lambda takes 10 messages of a queue at a time, and 100 records of anything else, unless it is told otherwise:
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
    """
    called = str(mapping.properties.get("FunctionName", ""))
    function = (_INVOKED.search(called) or _SOURCE.fullmatch(called) or [called, called])[1]
    source = str(mapping.properties.get("EventSourceArn", ""))
    from_ = found[1] if (found := _SOURCE.search(source.rpartition(":")[2])) else source
    batch = 10 if ":sqs:" in source else 100
    properties = {"BatchSize": batch, **mapping.properties, "FunctionName": function}
    return observed(f"events of {from_} for {function}", mapping, generation, _MAPPING_SHAPES, properties=properties)


DEFAULTS = (
    *defaults(
        FUNCTION,
        "aws-resource-lambda-function",
        {
            "Timeout": 3,
            "MemorySize": 128,
            "EphemeralStorage.Size": 512,
            "Architectures": ("x86_64",),
            "PackageType": "Zip",
            "TracingConfig.Mode": "PassThrough",
        },
    ),
    *defaults(LAYER, "aws-resource-lambda-layerversion", {}),
    *defaults(RULE, "aws-resource-events-rule", {"State": "ENABLED", "EventBusName": "default"}),
    *defaults(MAPPING, "aws-resource-lambda-eventsourcemapping", {"Enabled": True}),
)


def gives(ref: ResourceRef, output: str, context: Context) -> str:
    """What others take of a function."""
    if ref.category != CATEGORY:
        return ""
    function, role = f"${{function {ref.name}}}", f"${{role of function {ref.name}}}"
    given = {
        "Name": function,
        "Arn": f"arn:aws:lambda:${{AWS::Region}}:${{AWS::AccountId}}:function:{function}",
        "LambdaExecutionRole": role,
        "LambdaExecutionRoleArn": f"arn:aws:iam::${{AWS::AccountId}}:role/{role}",
    }
    return given.get(output, "")


OBSERVER = Observer(name, observe, DEFAULTS, gives, spelt=spelt)
