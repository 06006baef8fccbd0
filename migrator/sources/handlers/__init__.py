"""Code of functions, in JavaScript and Python: what it gets from Gen 1, and how Gen 1 has it written."""

from migrator.documents.source import Language
from migrator.engine.sources import Scanner, SourceCategory
from migrator.sources.handlers.javascript import environment, handler_code
from migrator.sources.handlers.python import python_environment, python_files
from migrator.sources.uses import ConfigurationRead, EnvironmentVariable, HandlerCode

_SCRIPTS = frozenset((Language.JAVASCRIPT, Language.TYPESCRIPT))
_PYTHON = frozenset((Language.PYTHON,))

CATEGORY = SourceCategory(
    name="handlers",
    prefix="FN",
    nodes=(EnvironmentVariable, HandlerCode, ConfigurationRead),
    scanners=(
        Scanner(_SCRIPTS, (b"process.env",), environment),
        Scanner(_SCRIPTS, (b"exports", b"require", b"aws-sdk"), handler_code),
        Scanner(_PYTHON, (b"environ", b"getenv"), python_environment),
        Scanner(_PYTHON, (b"aws-exports", b"amplifyconfiguration", b"awsconfiguration"), python_files),
    ),
)
