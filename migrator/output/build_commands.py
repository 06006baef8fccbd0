"""Shell commands of a build: which of them belong to Gen 1, and what Gen 2 runs instead."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

_ARGUMENTS = r"""(?:\$\([^()\n]*\)|"(?:\\.|[^"\\])*"|'[^']*'|[^&;|\n"'()`])*"""
_RUNNER = r"(?:(?:sudo|npx|yarn|pnpm|bunx|dlx|exec|--yes|-y)\s+)*(?:\./)?(?:node_modules/\.bin/)?"
_PUSH = re.compile(
    rf"(?<![\w/.@-]){_RUNNER}(?:amplifyPush|(?:amplify|@aws-amplify/cli(?:@[\w.^~-]+)?)\s+(?:push|publish))"
    rf"(?![\w/.-])({_ARGUMENTS})"
)
_COMMAND_BEGINS = re.compile(
    r"(?:.*[\"'(`{])?\s*(?:(?:!|do|else|env|eval|exec|if|nohup|then|time|until|while)\s+)*(?:\w+=\S*\s+)*", re.DOTALL
)
"""What may stand before a program, so that it is not the argument of another one."""
_GEN2 = re.compile(r"\bampx\s+(?:pipeline-)?deploy\b")
_HELPER_COMMENT = re.compile(r"#\s*execute amplify cli\b.*", re.IGNORECASE)
_CLI_SCRIPT = re.compile(r"curl\b[^;&]*aws-amplify\.github\.io/amplify-cli/install[^;&]*")
_CLI_PACKAGE = re.compile(r"\s@aws-amplify/cli(?:@[\w.^~-]+)?(?=\s|$)")
_INSTALL = re.compile(r"(?:sudo\s+)?(npm|yarn|pnpm|bun)\s+(?:(?:install|i|add|global)\b|-\S+\s)")
_PROJECT_INSTALL = re.compile(
    r"(?:^|[;&|(\n])\s*(?:npm\s+(?:ci|install|i)|(?:pnpm|bun|yarn)\s+install|yarn(?=\s*(?:$|[;&-])))"
)
_GLOBAL = re.compile(r"\s(?:-g|--global|--location=global)\b")
_TRACE = re.compile(
    r"#current-cloud-backend|amplify-meta\.json|team-provider-info\.json|\benvCache\b|aws-exports\b"
    r"|amplify/backend/|amplify/\.config/|(?<![\w/.@-])amplify\s+(?:pull|env|init|codegen|configure|delete)\b"
)
_PACKAGE_SCRIPT = re.compile(r"(?:npm\s+run(?:-script)?|(?:yarn|pnpm|bun)(?:\s+run)?)\s+([\w:.-]+)")
_SCRIPT_FILE = re.compile(
    r"(?:(?:bash|sh|zsh|source|node|python3?|\.)\s+)?(?:\./)?([\w.@-]+(?:/[\w.@-]+)*\.\w+)(?=\s|$)"
)
_IDLE_LINE = re.compile(r"\s*(?:#.*|set\s+[-+]\w+.*|echo\b.*|exit\s+\d+)?\s*")
_OTHER_ENVIRONMENT = re.compile(r"--environment[ =]+[\"']?(?!\$\{?(?:AWS_BRANCH|USER_BRANCH)\b)(\$?[\w{}-]+)")


class Manager(Struct, frozen=True):
    """A package manager's commands for a build."""

    install: str
    deploy: str


class Rewritten(Struct, frozen=True):
    """What becomes of one command.

    `commands` takes its place (None: it stays). `kept` is what runs afterwards. `deploys` says that it deploys the
    backend, `gen2` that it did so before. `calls` names the program of a command that was left as it is.
    """

    commands: tuple[str, ...] | None = None
    kept: tuple[str, ...] = ()
    deploys: bool = False
    gen2: bool = False
    tasks: tuple[str, ...] = ()
    calls: str = ""


_DEPLOY = "ampx pipeline-deploy --branch $AWS_BRANCH --app-id $AWS_APP_ID"
_MANAGERS = {
    "npm": Manager("npm ci --cache .npm --prefer-offline", f"npx {_DEPLOY}"),
    "yarn": Manager("yarn install", f"yarn {_DEPLOY}"),
    "pnpm": Manager("pnpm install", f"pnpm {_DEPLOY}"),
    "bun": Manager("bun install", f"bunx {_DEPLOY}"),
}


def manager(name: str) -> Manager:
    """The commands of npm, yarn, pnpm or bun; npm's for any other name."""
    return _MANAGERS.get(name, _MANAGERS["npm"])


def installs(commands: tuple[str, ...]) -> bool:
    """Whether one of the commands installs the project's packages."""
    return any(_PROJECT_INSTALL.search(command) and not _GLOBAL.search(command) for command in commands)


class Rewriter:
    """Rewrites commands one by one; `scripts` are the texts that they may call."""

    def __init__(self, tools: Manager, scripts: Mapping[str, str]) -> None:
        self._tools = tools
        self._scripts = {name.removeprefix("./"): text for name, text in scripts.items()}

    def rewrite(self, command: str) -> Rewritten:
        """What becomes of a command."""
        stripped = command.strip()
        if _HELPER_COMMENT.fullmatch(stripped):
            return Rewritten(())
        if stripped.startswith("#") and "\n" not in stripped:
            return Rewritten(kept=(command,))
        if _GEN2.search(command):
            return Rewritten(None, (command,), deploys=True, gen2=True)
        slim = _without_cli(command)
        if not slim.strip():
            return Rewritten(())
        pushed, environments = self._replace_push(slim)
        deploys = pushed != slim
        tasks = tuple(
            f"Gen 1 deployed the environment {name} whatever the branch was; Gen 2 deploys the branch that is built."
            for name in environments
        )
        tasks += tuple(
            f"`{trace}` belongs to Gen 1 and is not there any more; say what the command needs in Gen 2's terms "
            "(amplify_outputs.json has the deployed values)."
            for trace in dict.fromkeys(match.group(0) for match in _TRACE.finditer(pushed))
        )
        if deploys:
            return Rewritten((pushed,), (pushed,), deploys=True, tasks=tasks)
        called = self._called(slim)
        if called is not None:
            return called
        commands = None if pushed == command else (pushed,)
        return Rewritten(commands, (pushed,), tasks=tasks, calls=_program(pushed))

    def _replace_push(self, command: str) -> tuple[str, tuple[str, ...]]:
        environments: list[str] = []

        def replaced(match: re.Match[str]) -> str:
            before = re.split(r"[&;|\n]", command[: match.start()])[-1]
            if re.match(r"\s*(?:echo\b|printf\b|#)", before) or not _COMMAND_BEGINS.fullmatch(before):
                return match.group(0)
            environments.extend(_OTHER_ENVIRONMENT.findall(match.group(1)))
            arguments = match.group(1)
            return self._tools.deploy + arguments[len(arguments.rstrip()) :]

        return _PUSH.sub(replaced, command), tuple(environments)

    def _called(self, command: str) -> Rewritten | None:
        """A command that calls a script which pushes."""
        match = _PACKAGE_SCRIPT.match(command.strip()) or _SCRIPT_FILE.match(command.strip())
        text = self._scripts.get(match.group(1), "") if match else ""
        if match is None or not _PUSH.search(text):
            return None
        whole = match.end() == len(command.strip())
        lines = (_without_cli(_PUSH.sub("", part)) for line in text.splitlines() for part in line.split("&&"))
        if whole and all(_IDLE_LINE.fullmatch(line) for line in lines):
            return Rewritten((self._tools.deploy,), (self._tools.deploy,), deploys=True)
        task = f"`{match.group(1)}` runs Gen 1's push among other things: replace it there by `{self._tools.deploy}`."
        return Rewritten(None, (command,), deploys=True, tasks=(task,))


def _without_cli(command: str) -> str:
    """The command without the steps that install the Gen 1 CLI."""
    if "@aws-amplify/cli" not in command and "amplify-cli/install" not in command:
        return command
    parts = re.split(r"(\s*(?:&&|;)\s*)", command)
    kept: list[str] = []
    for step, joint in zip(parts[::2], [*parts[1::2], ""], strict=True):
        slim = _slim_step(step)
        if slim.strip():
            kept += [slim, joint]
    return "".join(kept[:-1]) if kept else ""


def _slim_step(step: str) -> str:
    if _CLI_SCRIPT.match(step.strip()):
        return ""
    if not _INSTALL.match(step.strip()) or not _CLI_PACKAGE.search(step):
        return step
    slim = _CLI_PACKAGE.sub("", step)
    words = [word for word in slim.split()[1:] if not word.startswith("-")]
    return slim if set(words) - {"install", "i", "add", "global"} else ""


def _program(command: str) -> str:
    """The first word that is no assignment: what is run, without its arguments (they may hold secrets)."""
    words = (word for word in command.split() if "=" not in word.split("/")[0])
    first = next(words, "")
    second = next(words, "") if first in ("npm", "yarn", "pnpm", "bun", "make", "bash", "sh", "npx", "node") else ""
    third = next(words, "") if second == "run" else ""
    return " ".join(word for word in (first, second, third) if word and not word.startswith("-"))
