"""What a call of the Gen 1 CLI looks like, through whatever runs it.

Gen 2's packages bring a program `amplify` too (another name of `ampx`), so that only verbs of Gen 1 count.
https://docs.amplify.aws/gen1/react/tools/cli/commands/
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_VERBS = (
    "init add push pull publish status update remove delete import override mock codegen env configure console "
    "export build serve run upgrade uninstall diagnose logout plugin"
)
_CATEGORIES = "auth api storage function analytics geo hosting interactions predictions notifications custom video"
_ONLY_WITH_CATEGORY = "enable gql-compile add-graphql-datasource rebuild update-secrets migrate invoke"
_PASS_ON = (
    "sudo env exec nohup command builtin timeout nice xargs call retry doas stdbuf cross-env dotenv dotenvx env-cmd "
    "npx bunx pnpx yarn pnpm npm bun dlx x --"
)
VERBS = frozenset(_VERBS.split())
CATEGORIES = frozenset(_CATEGORIES.split())
CATEGORY_VERBS = VERBS | frozenset(_ONLY_WITH_CATEGORY.split())
"""Verbs that follow a category: `amplify api gql-compile`."""
_GEN2_TOPICS = frozenset((("configure", "profile"), ("configure", "telemetry")))
"""`amplify configure profile` is a command of Gen 2."""
_PROGRAM = re.compile(r"(?:.*[/\\])?amplify(?:\.cmd|\.exe)?$|@aws-amplify/cli(?:@[\w.^~*-]+)?$")
_PUSH_SCRIPT = re.compile(r"(?:.*/)?amplifyPush$")
_CLI_PACKAGE = re.compile(r"@aws-amplify/cli(?:@[\w.^~*-]+)?$")
_INSTALL_SCRIPT = re.compile(r"https?://aws-amplify\.github\.io/amplify-cli/install")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*\+?=")
_DURATION = re.compile(r"\d+(?:\.\d+)?[smhd]?$")
_TOPIC = re.compile(r"[A-Za-z][\w-]*$")
_KEYWORDS = frozenset(("if", "then", "else", "elif", "do", "while", "until", "!", "{", "time", "@"))
_WRAPPERS = frozenset(_PASS_ON.split())
"""Programs that run what follows."""
_RUNNERS = frozenset(("yarn", "pnpm", "bun"))
"""Package managers whose `run` also starts the programs of packages."""
_MANAGERS = frozenset(("npm", "yarn", "pnpm", "bun", "npx"))
_INSTALLS = frozenset(("install", "i", "add", "global", "ci"))


class Gen1Call(NamedTuple):
    """A call: the indexes of its first and last word that matter, and what it says."""

    first: int
    last: int
    verb: str
    topic: str
    said: str


def gen1_call(words: Sequence[str]) -> Gen1Call | None:
    """The call of the Gen 1 CLI that a simple command is; None for any other command."""
    if not any("amplify" in word for word in words):
        return None
    at = _program(words)
    if at < len(words):
        if _PUSH_SCRIPT.match(words[at]):
            return Gen1Call(at, at, "amplifyPush", "", "amplifyPush")
        if _PROGRAM.match(words[at]):
            return _verb(words, at)
    return _installation(words)


def _program(words: Sequence[str]) -> int:
    """The index of the program that a command ends up running."""
    if "--" in words and words.index("--") + 1 < len(words):
        behind = words.index("--") + 1
        if _PROGRAM.match(words[behind]) or _PUSH_SCRIPT.match(words[behind]):
            return behind
    wrapped = False
    for index, word in enumerate(words):
        if word in _WRAPPERS:
            wrapped = True
        elif word == "run" and index and words[index - 1] in _RUNNERS:
            continue
        elif _CLI_PACKAGE.match(word) and index + 1 < len(words) and words[index + 1] == "amplify":
            continue  # npx -p @aws-amplify/cli amplify push
        elif word in _KEYWORDS or _ASSIGNMENT.match(word) or (wrapped and (word[0:1] == "-" or _DURATION.match(word))):
            continue
        else:
            return index
    return len(words)


def _verb(words: Sequence[str], at: int) -> Gen1Call | None:
    rest = [(index, words[index]) for index in range(at + 1, len(words)) if not words[index].startswith("-")]
    if not rest:
        return None
    (last, verb), topic = rest[0], ""
    following = rest[1] if len(rest) > 1 and rest[1][0] == last + 1 else None
    if verb in CATEGORIES and following and following[1] in CATEGORY_VERBS:
        topic, (last, verb) = verb, following
    elif verb not in VERBS:
        return None
    elif following and _TOPIC.match(following[1]):
        last, topic = following
    if (verb, topic) in _GEN2_TOPICS:
        return None
    return Gen1Call(at, last, verb, topic, " ".join(["amplify", *words[at + 1 : last + 1]]))


def _installation(words: Sequence[str]) -> Gen1Call | None:
    for index, word in enumerate(words):
        if _INSTALL_SCRIPT.match(word):
            return Gen1Call(index, index, "install", "script", word)
        if _CLI_PACKAGE.match(word) and _INSTALLS & set(words[:index]) and _MANAGERS & set(words[:index]):
            return Gen1Call(index, index, "install", "package", word)
    return None
