"""Writes the generated part of the documentation: docs/rules/, docs/findings.md and docs/cli.md.

python scripts/document_rules.py            write what is not current
python scripts/document_rules.py --check    only say what is not current, exit 1 when something is not
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from inspect import cleandoc
from itertools import groupby
from pathlib import Path

import click

from migrator.cli.main import COMMANDS, migrate
from migrator.commands.explain import catalogue, findings
from migrator.engine.catalog import SHIPPED
from migrator.engine.loader import parse_file
from migrator.engine.rule import Rule
from migrator.report.page import page_markdown, table_markdown
from migrator.report.rule_page import finding_page, rule_anchor, rule_page, support_word

ROOT = Path(__file__).resolve().parent.parent
_CLI = """\
# The command line

`migrate` has one command for each job. Results go to standard output; progress and messages go to standard error.
`PATH` is the current folder when it is left out, and may be the root of the project, its `amplify` folder, or a
repository with several apps (`--app` chooses one).

## Exit codes

| Code | Means |
| --- | --- |
| 0 | Clean. For `convert`: everything was written, gaps or not. |
| 1 | Findings at or above `--fail-on`, differences, or something that a command needs is missing. |
| 2 | Wrong usage: an unknown command, option, feature, environment or rule. |
| 3 | Could not run: a folder or file that cannot be read or written, a tool that is missing. |

An exit code other than 0 comes with a message that says what to do next; with `--format json` an error is JSON too
(`migrate/error/1`).

## The debug log

`--log-file FILE` may stand anywhere after `migrate`. The log of the run is added to FILE, which only you can read:
arguments, progress, programs that were run, calls of AWS with how they ended (not what was said), and where an error
happened. What is a secret by its name or shape is left out.

## Environment variables

| Name | Meaning |
| --- | --- |
| `NO_COLOR` | Text without colours. Files and pipes never have any. |
| `COLUMNS` | The width that text is set for, from 60 to 120; else the terminal's. |
| `MIGRATE_CACHE` | The folder for the Node packages that `verify` uses. |
| `MIGRATE_TRACEBACK` | Set to 1, an unexpected error shows where in the program it happened. |

The JSON of `migrate scan --format json` is described by [scan-1.json](schemas/scan-1.json).
That of `migrate lint --format json` by [lint-1.json](schemas/lint-1.json).
"""


def documents() -> Mapping[str, str]:
    """Every generated file: its path below the project, and what it should hold."""
    made = {f"docs/rules/{path.stem}.md": _rules_file(path) for path in sorted(SHIPPED.glob("*.yaml"))}
    return {
        **made,
        "docs/rules/README.md": _index(catalogue()),
        "docs/lint-rules.md": _lint_rules(catalogue()),
        "docs/findings.md": _findings(),
        "docs/cli.md": _cli(),
    }


def _rules_file(path: Path) -> str:
    parsed = parse_file(path)
    source = f"[rules/{path.name}](../../rules/{path.name})"
    pages = [page_markdown(rule_page(rule, source), level=2) for rule in sorted(parsed.rules, key=lambda r: r.id)]
    head = f"# Rules: {parsed.category}\n\nDocumentation of the service in Gen 2: <{parsed.documentation}>\n"
    return "\n".join([head, *pages])


def _index(rules: tuple[Rule, ...]) -> str:
    lines = [
        "# Rules",
        "",
        "What migrate knows about Gen 1, and what becomes of it. `migrate explain ID` shows a page.",
        "",
    ]
    for category, listed in groupby(rules, key=lambda rule: rule.category):
        rows = [(r.id, f"`{r.name}`", support_word(r), r.title) for r in listed]
        lines += [f"## [{category}]({category}.md)", "", *table_markdown(("Id", "Name", "Support", "Title"), rows), ""]
    return "\n".join([*lines, "Findings that are no rule's: [findings](../findings.md).", ""])


_LINT = """\
# What lint looks for

One line for each rule about source code; [what lint is and how it is set up](lint.md). *In* are the languages of the
rule's examples, *fix* says whether `--fix` changes something for one of them. `migrate explain ID` shows a rule with
its examples.
"""


def _lint_rules(rules: tuple[Rule, ...]) -> str:
    lines = [_LINT]
    for category, listed in groupby((rule for rule in rules if rule.about_sources), key=lambda rule: rule.category):
        rows = [_lint_row(rule) for rule in listed]
        lines += [f"## [{category}](rules/{category}.md)", ""]
        lines += [*table_markdown(("Rule", "Flags", "Severity", "In", "Fix", "Next step"), rows), ""]
    return "\n".join(lines)


def _lint_row(rule: Rule) -> tuple[str, ...]:
    severities = " ".join(dict.fromkeys(clause.severity for clause in rule.report))
    languages = " ".join(dict.fromkeys(example.language for example in rule.examples if example.report))
    fix = "yes" if any(example.fixed for example in rule.examples) else ""
    hint = next((clause.hint for clause in rule.report if clause.hint), rule.instead)
    link = f"[{rule.id}](rules/{rule.category}.md#{rule_anchor(rule)})"
    return (link, rule.title, severities, languages, fix, hint)


def _findings() -> str:
    head = "# Findings of the readers and the engine\n\nIds that no rule has. `migrate explain ID` shows them too.\n"
    return "\n".join([head, *(page_markdown(finding_page(kind), level=2) for kind in findings())])


def _cli() -> str:
    return "\n".join([_CLI, *_commands()])


def _commands() -> Iterator[str]:
    parent = click.Context(migrate, info_name="migrate")
    for name in available():
        command = migrate.get_command(parent, name)
        if command is not None:
            yield "\n".join(_command(name, command, COMMANDS[name]))
        for inner in command.commands.values() if isinstance(command, click.Group) else ():
            yield "\n".join(_command(f"{name} {inner.name}", inner, inner.short_help or ""))


def _command(name: str, command: click.Command, purpose: str) -> Iterator[str]:
    arguments = [_argument(p) for p in command.params if isinstance(p, click.Argument)]
    yield from (f"## migrate {name}", "", purpose, "")
    words = ["COMMAND"] if isinstance(command, click.Group) else ["[OPTIONS]", *arguments]
    yield from ("```text", " ".join(["migrate", name, *words]), "```", "")
    yield from (" ".join(cleandoc(command.help or "").replace("\n\n", "\0").split()).replace("\0", "\n\n"), "")
    rows = [_option(p) for p in command.params if isinstance(p, click.Option)]
    yield from (*table_markdown(("Option", "Meaning"), rows), "") if rows else ()


def _argument(argument: click.Argument) -> str:
    name = (argument.metavar or argument.name or "").upper()
    if name.startswith("["):
        return name
    name = f"{name}..." if argument.nargs == -1 else name
    return name if argument.required else f"[{name}]"


def _option(option: click.Option) -> tuple[str, str]:
    names = ", ".join(f"`{word}`" for word in (*option.opts, *option.secondary_opts))
    if isinstance(option.type, click.Choice):
        value = "|".join(str(choice) for choice in option.type.choices)
    else:
        value = "" if option.is_flag else option.metavar or option.type.name.upper()
    default = f" Default: `{option.default}`." if option.show_default and isinstance(option.default, str | int) else ""
    return f"{names} {value}".strip(), f"{option.help or ''}{default}".strip()


def available() -> tuple[str, ...]:
    """The commands whose module is there."""
    return tuple(name for name in COMMANDS if find_spec(f"migrator.cli.{name}"))


def stale() -> tuple[str, ...]:
    """Generated files that are missing, not current, or left over."""
    wanted = documents()
    left_over = {f"docs/rules/{path.name}" for path in (ROOT / "docs/rules").glob("*.md")} - set(wanted)
    return tuple(sorted([path for path, text in wanted.items() if _read(path) != text] + list(left_over)))


def _read(path: str) -> str | None:
    file = ROOT / path
    return file.read_text(encoding="utf-8") if file.exists() else None


def main(arguments: list[str]) -> int:
    """Writes or checks; returns the exit code."""
    outdated = stale()
    if "--check" in arguments:
        for path in outdated:
            print(f"{path} is not current: run python scripts/document_rules.py", file=sys.stderr)
        return 1 if outdated else 0
    wanted = documents()
    for path in outdated:
        file = ROOT / path
        if path not in wanted:
            file.unlink()
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(wanted[path], encoding="utf-8")
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
