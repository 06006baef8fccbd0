"""Scripts, pipelines and instructions: where the Gen 1 CLI is called, or somebody is told to call it."""

from migrator.documents.source import Language
from migrator.engine.sources import Scanner, SourceCategory
from migrator.sources.pipelines.containers import dockerfile, makefile
from migrator.sources.pipelines.markdown import markdown
from migrator.sources.pipelines.packages import package_json
from migrator.sources.pipelines.programs import python_commands, script_commands
from migrator.sources.pipelines.shell import shell
from migrator.sources.pipelines.workflows import yaml
from migrator.sources.uses import Command

_MARKS = (b"amplify",)
_STARTERS = (b"'amplify", b'"amplify', b"`amplify", b" amplify ", b"@aws-amplify/cli")
"""How a program of Node.js names the CLI in a text; an import of a library names it otherwise."""

CATEGORY = SourceCategory(
    name="pipelines",
    prefix="CI",
    nodes=(Command,),
    scanners=(
        Scanner(frozenset((Language.SHELL,)), _MARKS, shell),
        Scanner(frozenset((Language.MAKEFILE,)), _MARKS, makefile),
        Scanner(frozenset((Language.DOCKERFILE,)), _MARKS, dockerfile),
        Scanner(frozenset((Language.YAML,)), _MARKS, yaml),
        Scanner(frozenset((Language.JSON,)), _MARKS, package_json),
        Scanner(frozenset((Language.MARKDOWN,)), _MARKS, markdown),
        Scanner(frozenset((Language.PYTHON,)), _MARKS, python_commands),
        Scanner(frozenset((Language.JAVASCRIPT, Language.TYPESCRIPT)), _STARTERS, script_commands),
    ),
)
