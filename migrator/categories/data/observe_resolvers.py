"""Resolvers in both generations: their pipelines, their data sources, and their mapping templates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from migrator.categories.data.builders import outside_names
from migrator.categories.data.model import GraphqlSchema
from migrator.categories.data.observe_api import text_of
from migrator.categories.data.observe_global_rule import with_global_rule
from migrator.categories.data.observe_inputs import Input, inputs, sendable
from migrator.categories.data.observe_templates import template
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.flatten import Shape, by
from migrator.engine.observed import Aspect, Declared, Default, Generation, Observed, Side
from migrator.engine.observing import defaults, observed

RESOLVER = "AWS::AppSync::Resolver"
FUNCTION = "AWS::AppSync::FunctionConfiguration"
SOURCE = "AWS::AppSync::DataSource"
LAMBDA = "AWS::Lambda::Function"

_SLOT = re.compile(
    r"(init|preAuth|auth|postAuth|preDataLoad|preUpdate|preSubscribe|postDataLoad|postUpdate|finish)(\d+)Function$"
)
_CALLED = re.compile(r"^Invoke\w+DataSource$")
_REFERENCE = re.compile(r"^\$\{(.+)\.(?:Name|FunctionId)\}$")
_INVOKED = re.compile(r":function:([^:$]+)$")
_OF_NO_ENVIRONMENT = re.compile(r"[-_]?\$\{env\}")
"""What Gen 2's transformer leaves out of names, since Gen 2 has no environments."""
_BUILT = ("build/resolvers/*.vtl", "build/pipelineFunctions/*.vtl")
_OF_RESOLVER = re.compile(r"(/resolvers/)(\w+\.\w+)(\.[^/]+)$")
_TEMPLATES = ("RequestMappingTemplate", "ResponseMappingTemplate")
_RIGHTS = ("auth", "postAuth")
"""Steps that decide who gets in."""
_PRINCIPALS = "Principals"
_ADMINS = "Admins"
_DECIDES = "LambdaConflictHandlerConfig"
_SHAPES: dict[str, Shape] = {"Functions": by("Label")}


def observe(generation: Generation) -> Iterator[Observed]:
    """Every resolver and every data source of the API."""
    pieces = Pieces(generation)
    for source in generation.of(SOURCE):
        if is_of_api(source):
            yield _source(source, pieces)
    resolvers = [one for one in generation.of(RESOLVER) if is_of_api(one)]
    if of_first_transformer(generation.context):
        yield from _sources_of_fields(resolvers, pieces)
        return
    for resolver in resolvers:
        yield _resolver(resolver, pieces)


def lacks_templates(context: Context) -> bool:
    """Whether the files with the templates that Gen 1 built are not in the project."""
    apis = tuple(context.app.of("api", "AppSync"))
    return bool(apis) and not any(entry.files(pattern) for entry in apis for pattern in _BUILT)


def of_first_transformer(context: Context) -> bool:
    """Whether Gen 1's resolvers are those of transformer 1: one step each, which does the authorization as well."""
    return any(fact.node.transformer == 1 for fact in context.graph.facts(GraphqlSchema))


def is_of_api(declared: Declared) -> bool:
    return declared.properties.get("ApiId") == "${GraphQL API.ApiId}"


def live_functions(context: Context) -> dict[str, str]:
    """Functions of the project that are not converted, and that fields go on calling (normalisation `live-functions`):
    by their names in the account, what both generations call them."""
    found: dict[str, str] = {}
    for fact in context.graph.facts(GraphqlSchema):
        written = outside_names(fact, context)
        for use in fact.node.functions:
            if use.resource and not context.converted(ResourceRef("function", use.resource)):
                found[_OF_NO_ENVIRONMENT.sub("", written.get(use.name, use.name))] = f"function {use.resource}"
    return found


class Pieces:
    """What resolvers refer to, by name."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.with_files = not lacks_templates(generation.context)
        self.opened = any(fact.node.sandbox for fact in generation.context.graph.facts(GraphqlSchema))
        self._named = {one.name: one for one in generation.of(FUNCTION, SOURCE)}
        self._by_name = {str(one.properties.get("Name")): one for one in generation.of(SOURCE) if is_of_api(one)}
        functions = [(str(one.properties.get("FunctionName")), one.name) for one in generation.of(LAMBDA)]
        self.live = live_functions(generation.context) if generation.side is Side.GEN2 else {}
        self._nameless = not generation.context.app.env
        self._functions = dict(functions) | self.live
        self._spelt = {name.lower(): function for name, function in functions}
        tables = generation.of("AWS::DynamoDB::Table")
        self._tables = {str(one.properties["TableName"]): one.name for one in tables if "TableName" in one.properties}

    @cached_property
    def inputs(self) -> Mapping[str, Input]:
        """What callers can send to each mutation."""
        return inputs(self.generation)

    def function(self, reference: Any) -> Declared | None:
        """The function that a pipeline refers to."""
        found = _REFERENCE.match(str(reference))
        return self._named.get(found[1]) if found else None

    def source(self, name: Any) -> str:
        """What a data source reads, by its name or a reference to it (normalisation `data-sources`)."""
        found = _REFERENCE.match(str(name))
        declared = self._named.get(found[1]) if found else self._by_name.get(str(name))
        return self.reads(declared) if declared else str(name)

    def reads(self, source: Declared) -> str:
        """What a data source reads: nothing, a table, a function, an address. Its own name says nothing."""
        said = source.properties
        table, function = (said.get(key) for key in ("DynamoDBConfig", "LambdaConfig"))
        if isinstance(table, Mapping):
            return f"table {self.table(str(table.get('TableName')))}"
        if isinstance(function, Mapping):
            return f"function {self._function(str(function.get('LambdaFunctionArn')))[0]}"
        for key in ("HttpConfig", "OpenSearchServiceConfig", "ElasticsearchConfig"):
            if isinstance(other := said.get(key), Mapping):
                return f"address {other.get('Endpoint')}"
        return str(said.get("EventBridgeConfig", said.get("RelationalDatabaseConfig", said.get("Type"))))

    def table(self, name: str) -> str:
        """A table of the project by its reference, where templates put its name together as well."""
        return f"${{{self._tables[name]}}}" if name in self._tables else name

    def misspelt(self, source: Declared) -> str:
        """The name by which a data source calls a function, where the function's has capital letters elsewhere."""
        function = source.properties.get("LambdaConfig")
        return self._function(str(function.get("LambdaFunctionArn")))[1] if isinstance(function, Mapping) else ""

    def called(self, arn: str) -> str:
        """The ARN of a function, which is the project's where templates spell its name."""
        return self._function(arn)[0]

    def without_environment(self, source: Declared) -> str:
        """The name by which a data source calls a live function, where no file says with which environment it ends."""
        function = source.properties.get("LambdaConfig")
        found = _INVOKED.search(str(function.get("LambdaFunctionArn"))) if isinstance(function, Mapping) else None
        return found[1] if found and found[1] in self.live and self._nameless else ""

    def _function(self, arn: str) -> tuple[str, str]:
        """An ARN, with the function in the place of a name that is written out; and that name where it is misspelt."""
        found = _INVOKED.search(arn)
        known = self._functions.get(found[1]) or self._spelt.get(found[1].lower()) if found else None
        if found is None or known is None:
            return arn, ""
        return f"{arn[: found.start(1)]}${{{known}}}", "" if found[1] in self._functions else found[1]


def _source(source: Declared, pieces: Pieces) -> Observed:
    """A data source under what it reads; its role is compared as what it may do."""
    reads = pieces.reads(source)
    dropped = ("ApiId", "Name", "ServiceRoleArn", "LambdaConfig")
    properties = {key: value for key, value in source.properties.items() if key not in dropped}
    if isinstance(table := properties.get("DynamoDBConfig"), Mapping):
        properties["DynamoDBConfig"] = {**table, "TableName": pieces.table(str(table.get("TableName")))}
        if isinstance(changes := table.get("DeltaSyncConfig"), Mapping):
            named = {**changes, "DeltaSyncTableName": pieces.table(str(changes.get("DeltaSyncTableName")))}
            properties["DynamoDBConfig"]["DeltaSyncConfig"] = named
    properties["MisspeltFunction"] = pieces.misspelt(source) or None
    properties["FunctionOfNoEnvironment"] = pieces.without_environment(source) or None
    return observed(f"data source {reads}", source, pieces.generation, properties=properties, aspect=Aspect.RESOLVERS)


def _resolver(resolver: Declared, pieces: Pieces) -> Observed:
    said = resolver.properties
    config = said.get("PipelineConfig")
    listed = config.get("Functions", ()) if isinstance(config, Mapping) else ()
    functions = [(reference, pieces.function(reference)) for reference in listed]
    labels = _counted(label(one) if one else str(reference) for reference, one in functions)
    field = f"{said.get('TypeName')}.{said.get('FieldName')}"
    steps = {name: _function(one, pieces, field) for name, (_, one) in zip(labels, functions, strict=True) if one}
    dropped = {"ApiId", "TypeName", "FieldName", "PipelineConfig", "DataSourceName", *_template_keys()}
    own = _templates(resolver, pieces, field)
    let_in = [step.pop(_PRINCIPALS, None) for step in (own, *steps.values())]
    admins = [step.pop(_ADMINS, None) for step in (own, *steps.values())]
    if pieces.opened:
        labels, steps = with_global_rule(labels, steps)
    rights = {name: step for name, step in steps.items() if name.startswith(_RIGHTS)}
    properties = {
        **{key: value for key, value in said.items() if key not in dropped},
        "DataSource": pieces.source(said["DataSourceName"]) if "DataSourceName" in said else None,
        "Pipeline": labels,
        "Functions": [{"Label": name, **step} for name, step in steps.items() if name not in rights],
        "Authorization": {**rights, "AWS_IAM": any(let_in) or None, "AdminRoles": any(admins) or None},
        **own,
    }
    of = tuple(one for _, one in functions if one)
    return observed(
        f"resolver {field}", resolver, pieces.generation, _SHAPES, properties=properties, of=of, aspect=Aspect.RESOLVERS
    )


def _sources_of_fields(resolvers: Iterable[Declared], pieces: Pieces) -> Iterator[Observed]:
    """What each field reads, where Gen 1's resolvers are of another form. Subscriptions read nothing; transformer 1
    gives most of them no resolver."""
    listening: tuple[Declared, ...] = ()
    for resolver in resolvers:
        said = resolver.properties
        config = said.get("PipelineConfig")
        steps = [pieces.function(one) for one in config.get("Functions", ())] if isinstance(config, Mapping) else []
        of = (resolver, *(one for one in steps if one))
        if said.get("TypeName") == "Subscription":
            listening += of
            continue
        names = [said.get("DataSourceName"), *(one.properties.get("DataSourceName") for one in steps if one)]
        reads = dict.fromkeys(pieces.source(name) for name in names if name)
        own = [name for name in reads if name != "NONE"] or list(reads)
        key = f"resolver {said.get('TypeName')}.{said.get('FieldName')}"
        yield Observed(RESOLVER, key, {"DataSource": tuple(own)}, of, Aspect.RESOLVERS)
    yield Observed(RESOLVER, "resolvers of subscriptions", {}, listening, Aspect.RESOLVERS)


def _counted(labels: Iterable[str]) -> list[str]:
    """Labels, so that each is there once: none hides another. The steps of a slot are counted by their order: Gen 1
    runs one function twice where two steps of a pipeline are equal."""
    found: list[str] = []
    seen: Counter[str] = Counter()
    for one in labels:
        slot, _, number = one.rpartition(" ")
        name = slot if number.isdigit() else one
        found.append(
            f"{name} {seen[name]}" if number.isdigit() else f"{name} ({seen[name] + 1})" if seen[name] else name
        )
        seen[name] += 1
    return found


def label(function: Declared) -> str:
    """The place of a function in its pipeline (normalisation `slots`): Gen 1 shares functions that are equal between
    resolvers, and each is called after the resolver that came first."""
    name = str(function.properties.get("Name", ""))
    if found := _SLOT.search(name):
        return f"{found[1]} {found[2]}"
    if name.endswith("AuthFN"):
        return "auth"
    if name.endswith("DataResolverFn"):
        return "data"
    return "call" if _CALLED.match(name) else name


def _function(function: Declared, pieces: Pieces, field: str) -> dict[str, Any]:
    dropped = {"Name", "DataSourceName", *_template_keys()}
    said = {key: value for key, value in function.properties.items() if key not in dropped}
    if isinstance(sync := said.get("SyncConfig"), Mapping) and isinstance(arn := _decider(sync), str):
        said["SyncConfig"] = {**sync, _DECIDES: {"LambdaConflictHandlerArn": pieces.called(arn)}}
    return {
        **said,
        "DataSource": pieces.source(function.properties.get("DataSourceName")),
        **_templates(function, pieces, field),
    }


def _decider(sync: Mapping[str, Any]) -> Any:
    """The ARN of the function that decides conflicts."""
    config = sync.get(_DECIDES)
    return config.get("LambdaConflictHandlerArn") if isinstance(config, Mapping) else None


def _template_keys() -> Iterator[str]:
    for key in _TEMPLATES:
        yield from (key, f"{key}S3Location")


def _templates(declared: Declared, pieces: Pieces, field: str) -> dict[str, Any]:
    """Templates of a field's steps as they are written there, and those of files where both generations have them."""
    sent = pieces.inputs.get(field.removeprefix("Mutation.")) if field.startswith("Mutation.") else None
    found: dict[str, Any] = {}
    for key in _TEMPLATES:
        text, file = declared.properties.get(key), declared.properties.get(f"{key}S3Location")
        if text is None and file is not None:
            found[key] = {"File": True}
            text = _read(declared, file, pieces, field)
        if isinstance(text, str):
            seen = template(sendable(text, sent))
            found[key] = seen.said
            if seen.principals:
                found[_PRINCIPALS] = True
            if seen.admins:
                found[_ADMINS] = True
    return found


def _read(declared: Declared, file: Any, pieces: Pieces, field: str) -> str | None:
    """The text of a file, where both generations have theirs; a file of Gen 2 that is not there is told."""
    text = text_of(declared, _own(declared, file, pieces.generation, field), pieces.generation)
    if text is None and pieces.generation.side is Side.GEN2:
        return "(the file is not in the assembly)"
    return text if pieces.with_files else None


def _own(declared: Declared, file: Any, generation: Generation, field: str) -> Any:
    """The resolver's own file, where templates were built for stacks that the project holds (normalisation `slots`):
    resolvers that shared a file when the stacks were made may have different ones today."""
    found = _OF_RESOLVER.search(file) if isinstance(file, str) and generation.side is Side.GEN1 else None
    entry = generation.context.app.entry(declared.owner) if declared.owner else None
    if found is None or entry is None or found[2] == field:
        return file
    own = f"{found[1]}{field}{found[3]}"
    return own if entry.adds(f"build{own}") else file


DEFAULTS: tuple[Default, ...] = (
    *defaults(RESOLVER, "aws-resource-appsync-resolver", {"Kind": "UNIT", "MaxBatchSize": 0}),
    *defaults(SOURCE, "aws-resource-appsync-datasource", {}),
)
