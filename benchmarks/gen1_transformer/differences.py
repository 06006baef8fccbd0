"""What is not the same in two results of the transformer: tables, resolvers, API.

What has no effect does not count: the order of names in lists that templates only look into, and the lists of allowed
fields beside the word that a rule allows all of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from benchmarks.gen1_transformer import Resolver, Synthesized
from migrator.categories.data.sdl import Definition, Field, parse

_NAMES = re.compile(r'\[(?:"\w+",)*"\w+"\]')
_ALL_FIELDS = (
    re.compile(r'(?:"(?:nullA|a)llowedFields":\[[^\]]*\],)+(?="isAuthorizedOnAllFields":true)'),
    re.compile(r"(?:#set\( \$\w+AllowedFields\d+ = [^\n]*\n\s*)+(?=#set\( \$isAuthorizedOnAllFields\d+ = true)"),
)
_FILTER = re.compile(r"Model(?:Subscription)?(\w+)FilterInput\.(\w+)")
_ALWAYS = frozenset({"aws_iam"})
"""Gen 2's API has IAM in any case."""
_OWN = frozenset({"AmplifyAIConversationTurnErrorInput"})
"""An input that Gen 2 adds to every schema."""
_DEFAULTS = {
    "AMAZON_COGNITO_USER_POOLS": "aws_cognito_user_pools",
    "API_KEY": "aws_api_key",
    "AWS_IAM": "aws_iam",
    "OPENID_CONNECT": "aws_oidc",
    "AWS_LAMBDA": "aws_lambda",
}


def table_differences(gen1: Synthesized, gen2: Synthesized) -> list[str]:
    """What is not the same in the tables: keys, attributes, indexes."""
    return list(_unlike(gen1.tables, gen2.tables))


def resolver_differences(gen1: Synthesized, gen2: Synthesized) -> list[str]:
    """What is not the same in the resolvers: templates, functions and data sources."""
    return list(_unlike(_texts(gen1.resolvers), _texts(gen2.resolvers)))


def api_differences(gen1: Synthesized, gen2: Synthesized, default: str, closed: Collection[str] = ()) -> list[str]:
    """What is not the same in the API, IAM apart; `default` is the default mode.

    `gen1` is to be synthesized without `iam`: a field without directives is then the default mode's. For models that
    are `closed`, without any rule, it does not count who may call what their resolvers refuse to everybody.
    """
    word = f"@{_DEFAULTS[default]}"
    connections = (f"{kind}{name}Connection" for name in closed for kind in ("Model", "Searchable"))
    shut = frozenset((*closed, *connections))
    one, two = dict(_places(gen1.api, word, shut)), dict(_places(gen2.api, word, shut))
    odd = {place for place in one.keys() - two.keys() if (field := _filtered(place, one)) and field not in one}
    gained = {
        place for place in two.keys() - one.keys() if (field := _filtered(place, two)) and field in one and field in two
    }
    kept = [{place: said[place] for place in said.keys() - odd - gained} for said in (one, two)]
    return list(_unlike(*kept))


def _filtered(place: str, api: Collection[str]) -> str:
    """The field of the model that a filter is about; empty for another place.

    Gen 1 puts a foreign key that it makes itself into the filter of the parent, which does not have the field; the
    filter of the child gets it only when the field is written out.
    """
    found = _FILTER.fullmatch(place)
    if not found:
        return ""
    name = found[1] if found[1] in api else found[1][0].lower() + found[1][1:]
    return f"{name}.{found[2]}"


def _texts(resolvers: Mapping[str, Resolver]) -> dict[str, str]:
    """Each resolver as text: its templates, and those of its functions with their names and data sources."""
    found = {}
    for place, one in resolvers.items():
        parts = [one.source, one.request, one.response]
        for step in one.functions:
            parts += ["--", step.name, step.source, step.request, step.response, step.reference]
        found[place] = _settled("\n".join(part or "" for part in parts))
    return found


def _settled(template: str) -> str:
    for pattern in _ALL_FIELDS:
        template = pattern.sub("", template)
    return _NAMES.sub(lambda names: str(sorted(names[0][1:-1].split(","))), template)


def _places(text: str, default: str, shut: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Types and fields with what they are and who may reach them."""
    for one in parse(text):
        if one.name in _OWN:
            continue
        words = sorted((*one.interfaces, *one.members, *(value.name for value in one.values)))
        yield one.name, f"{one.kind} {words}"
        for field in one.fields:
            arguments = sorted(f"{a.name}: {a.type} {a.default}" for a in field.arguments)
            sources = [str(d.arguments) for d in field.directives if d.name == "aws_subscribe"]
            access = _access(field) or _access(one) or {default}
            counts = one.kind == "type" and not {one.name, field.base} & shut
            said = sorted(access - {f"@{name}" for name in _ALWAYS}) if counts else ""
            yield f"{one.name}.{field.name}", f"{field.type} {arguments} {sources} {said}"


def _access(holder: Definition | Field) -> set[str]:
    said = (d for d in holder.directives if d.name.startswith("aws_") and d.name != "aws_subscribe")
    return {f"@{d.name} {d.arguments.get('cognito_groups', '')}".strip() for d in said}


def _unlike(one: Mapping[str, object], two: Mapping[str, object]) -> Iterator[str]:
    for name in sorted(one.keys() | two.keys()):
        if name not in two:
            yield f"only Gen 1: {name}"
        elif name not in one:
            yield f"only Gen 2: {name}"
        elif one[name] != two[name]:
            yield f"{name}: {_first(str(one[name]), str(two[name]))}"


def _first(one: str, two: str) -> str:
    """The first line that differs, around the place where it does."""
    pairs = zip((*one.split("\n"), ""), (*two.split("\n"), ""), strict=False)
    left, right = next(((a, b) for a, b in pairs if a != b), ("", ""))
    at = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    return f"…{left[max(0, at - 40) : at + 120]} became …{right[max(0, at - 40) : at + 120]}"
