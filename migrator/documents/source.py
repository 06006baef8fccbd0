"""Files of a repository as text in a language: what rules about source code are matched against."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property

from msgspec import Struct


class Language(StrEnum):
    """What a file is written in; also the keys of examples in rules about source code."""

    JAVASCRIPT = "javascript"
    TYPESCRIPT = "typescript"
    VUE = "vue"
    SVELTE = "svelte"
    SHELL = "shell"
    MAKEFILE = "makefile"
    DOCKERFILE = "dockerfile"
    YAML = "yaml"
    JSON = "json"
    MARKDOWN = "markdown"
    GRAPHQL = "graphql"
    PYTHON = "python"
    SWIFT = "swift"
    KOTLIN = "kotlin"
    JAVA = "java"
    DART = "dart"
    PATH = "path"
    """No text: that a file of this path is there."""
    LISTING = "listing"
    """The paths of all files, one on each line."""


_SUFFIXES = {
    Language.JAVASCRIPT: ".js .jsx .mjs .cjs",
    Language.TYPESCRIPT: ".ts .tsx .mts .cts",
    Language.VUE: ".vue",
    Language.SVELTE: ".svelte",
    Language.SHELL: ".sh .bash .zsh .ksh .ps1 .bat .cmd",
    Language.MAKEFILE: ".mk",
    Language.DOCKERFILE: ".dockerfile",
    Language.YAML: ".yml .yaml",
    Language.MARKDOWN: ".md .mdx .markdown",
    Language.GRAPHQL: ".graphql .gql",
    Language.PYTHON: ".py",
    Language.SWIFT: ".swift",
    Language.KOTLIN: ".kt .kts",
    Language.JAVA: ".java",
    Language.DART: ".dart",
}
_BY_SUFFIX = {suffix: language for language, listed in _SUFFIXES.items() for suffix in listed.split()}
_BY_NAME = {
    "package.json": Language.JSON,
    "cli.json": Language.JSON,
    "team-provider-info.json": Language.JSON,
    "amplify-meta.json": Language.JSON,
    "Makefile": Language.MAKEFILE,
    "makefile": Language.MAKEFILE,
    "GNUmakefile": Language.MAKEFILE,
    "Dockerfile": Language.DOCKERFILE,
    "Containerfile": Language.DOCKERFILE,
}
_USUAL = {
    Language.JAVASCRIPT: "src/index.js",
    Language.TYPESCRIPT: "src/main.tsx",
    Language.VUE: "src/App.vue",
    Language.SVELTE: "src/App.svelte",
    Language.SHELL: "deploy.sh",
    Language.MAKEFILE: "Makefile",
    Language.DOCKERFILE: "Dockerfile",
    Language.YAML: ".github/workflows/deploy.yml",
    Language.JSON: "package.json",
    Language.MARKDOWN: "README.md",
    Language.GRAPHQL: "amplify/backend/api/shop/schema.graphql",
    Language.PYTHON: "amplify/backend/function/report/src/index.py",
    Language.SWIFT: "App/AppDelegate.swift",
    Language.KOTLIN: "app/src/main/java/App.kt",
    Language.JAVA: "app/src/main/java/App.java",
    Language.DART: "lib/main.dart",
    Language.LISTING: "",
}


def language_of(path: str) -> Language | None:
    """The language of a file, by its name; None when no rule could say anything about it.

    A file without a suffix may be a shell script: only its first line tells (`is_shell_script`).
    """
    name = path.rpartition("/")[2]
    if name in _BY_NAME:
        return _BY_NAME[name]
    if name.startswith("cli.") and name.endswith(".json"):
        return Language.JSON  # cli.<env>.json
    if name.startswith(("Dockerfile.", "Containerfile.")):
        return Language.DOCKERFILE
    dot = name.rfind(".")
    return _BY_SUFFIX.get(name[dot:].lower()) if dot > 0 else None


def is_shell_script(data: bytes) -> bool:
    """Whether a file without a suffix begins as a shell script does."""
    return data.startswith(b"#!") and b"sh" in data[: data.find(b"\n") if b"\n" in data else 100].split(b"/")[-1]


class SourceFile(Struct, frozen=True, dict=True):
    """One file: its path (relative, forward slashes), its language and its text."""

    path: str
    language: Language
    text: str
    folder: str = ""
    """The absolute path of the folder that `path` starts from."""
    beside: Mapping[str, str] | None = None
    """The other files, where they are not those of the disk."""

    @cached_property
    def whole_path(self) -> str:
        """The path with the folder it starts from, for what hangs on where a file lies."""
        return f"{self.folder}/{self.path}"

    def other(self, path: str) -> str | None:
        """The text of another file of the repository; None when it is not there or not readable."""
        if self.beside is not None:
            return self.beside.get(path)
        try:
            with open(os.path.join(self.folder, path), encoding="utf-8", errors="replace") as file:
                return file.read()
        except OSError:
            return None

    def others(self, folder: str) -> tuple[str, ...]:
        """The names in another folder; with a slash at the end those of folders. Empty when it is not there."""
        if self.beside is not None:
            begin = f"{folder}/" if folder else ""
            rest = [path[len(begin) :] for path in self.beside if path.startswith(begin)]
            return tuple(sorted({name.partition("/")[0] + ("/" if "/" in name else "") for name in rest}))
        try:
            with os.scandir(os.path.join(self.folder, folder)) as found:
                return tuple(sorted(entry.name + ("/" if entry.is_dir() else "") for entry in found))
        except OSError:
            return ()


class NotScanned(Exception):
    """A file in which nothing can be looked for, with the reason."""


def example_file(language: str, text: str, path: str, beside: Mapping[str, str] | None = None) -> SourceFile:
    """The file that an example of a rule stands for."""
    kind = Language(language)
    if kind is Language.PATH:
        return SourceFile(text, kind, "")
    return SourceFile(path or _USUAL[kind], kind, text, "", beside or {})
