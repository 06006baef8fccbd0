"""graphql-core's parser without the rest of graphql-core, whose import takes longer than all our own modules.

`import graphql` brings the type system, validation and execution along. Reading a schema needs the language package
only, which imports nothing of them; but Python imports a package's `__init__` before any of its parts.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphql import DocumentNode, GraphQLSyntaxError


@cache
def language() -> tuple[Callable[[str], DocumentNode], type[GraphQLSyntaxError]]:
    """The function that parses a document, and the error that it raises."""
    package = "graphql"
    spec = find_spec(package)
    alone = package not in sys.modules and spec is not None
    if alone and spec is not None:
        sys.modules[package] = module_from_spec(spec)  # never executed: it only says where the parts lie
    try:
        parser = import_module("graphql.language.parser")
        error = import_module("graphql.error.syntax_error")
    finally:
        if alone:
            del sys.modules[package]  # whoever imports graphql later gets all of it
    return parser.parse, error.GraphQLSyntaxError
