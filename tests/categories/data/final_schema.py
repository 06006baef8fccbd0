"""The schema that is deployed, from both generations, as values that can be compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from graphql import print_ast
from graphql.language import ast, parse

_DIGEST = re.compile(r"[0-9a-f]{64}\.graphql")
ALWAYS = frozenset({"@aws_iam", "@aws_iam()"})
"""Gen 2's API has IAM in any case."""
OWN = frozenset({"AmplifyAIConversationTurnErrorInput"})
"""An input that Gen 2 adds to every schema."""


def synthesized(assembly: Path) -> str:
    """The schema of the only API in a folder of synthesized templates."""
    for file in assembly.glob("*.template.json"):
        for resource in json.loads(file.read_text()).get("Resources", {}).values():
            if resource["Type"] == "AWS::AppSync::GraphQLSchema":
                said = resource["Properties"]
                digest = _DIGEST.search(json.dumps(said))
                return said.get("Definition") or next(assembly.glob(f"*{digest[0]}")).read_text()  # type: ignore[index]
    raise AssertionError("no schema was synthesized")


def places(text: str, default: str) -> Mapping[str, str]:
    """Types, fields and who may read them. `default` is the directive of the default mode.

    A field without directives of its own has its type's; where that has none either, the default mode.
    """
    return dict(_places(text, default))


def _places(text: str, default: str) -> Iterator[tuple[str, str]]:
    for node in parse(text, no_location=True).definitions:
        if not isinstance(node, ast.TypeDefinitionNode) or node.name.value in OWN:
            continue
        name = node.name.value
        yield name, f"{node.kind} {_words(node)}"
        of_type = _access(node) or {default}
        for field in getattr(node, "fields", None) or ():
            place = f"{name}.{field.name.value}"
            arguments = sorted(print_ast(a) for a in getattr(field, "arguments", None) or ())
            others = sorted(print_ast(d) for d in field.directives or () if d.name.value == "aws_subscribe")
            yield place, f"{print_ast(field.type)} {arguments} {others}"
            if isinstance(node, ast.ObjectTypeDefinitionNode):
                yield f"{place} access", " ".join(sorted((_access(field) or of_type) - ALWAYS))


def _words(node: ast.TypeDefinitionNode) -> list[str]:
    return sorted(v.name.value for part in ("values", "types", "interfaces") for v in getattr(node, part, None) or ())


def _access(node: ast.TypeDefinitionNode | ast.FieldDefinitionNode) -> set[str]:
    said = (print_ast(d) for d in node.directives or () if d.name.value.startswith("aws_"))
    return {one for one in said if not one.startswith("@aws_subscribe")}


def differences(gen1: str, gen2: str, default: str) -> list[str]:
    """What is not the same, IAM apart."""
    one, two = places(gen1, default), places(gen2, default)
    found = [f"only {'Gen 1' if key in one else 'Gen 2'}: {key}" for key in sorted(one.keys() ^ two.keys())]
    shared = sorted(one.keys() & two.keys())
    return found + [f"{key}: {one[key]} became {two[key]}" for key in shared if one[key] != two[key]]
