"""`migrate lint` and the ast-grep CLI over the same repository: `python -m benchmarks.lint_speed AST_GREP [FILES]`.

AST_GREP is the program of the npm or PyPI package `ast-grep-cli`. It gets a rule for each of the patterns that our own
rules look for in TypeScript; both report as JSON. Prints wall and processor time (median of several runs, in turn),
the ratio, the number of findings, and the largest memory for two sizes of the repository.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.lint_repository import FILES, write

RUNS = 5
_PATTERNS = (
    "Auth.$METHOD($$$)",
    "API.$METHOD($$$)",
    "Storage.$METHOD($$$)",
    "Hub.$METHOD($$$)",
    "DataStore.$METHOD($$$)",
    "Analytics.$METHOD($$$)",
    "PubSub.$METHOD($$$)",
    "Predictions.$METHOD($$$)",
    "Interactions.$METHOD($$$)",
    "Geo.$METHOD($$$)",
    "Cache.$METHOD($$$)",
    "I18n.$METHOD($$$)",
    "new Logger($$$)",
    "graphqlOperation($$$)",
    "withSSRContext($$$)",
    "Amplify.configure($$$)",
    "Amplify.addPluggable($$$)",
    "process.env.$NAME",
    "require($MODULE)",
    "uploadData($$$)",
    "<AmplifySignOut $$$ />",
    "<AmplifyAuthenticator $$$ />",
    "<AmplifyProvider $$$>$$$</AmplifyProvider>",
    "<StorageImage $$$ />",
)
_MODULES = (
    "aws-exports",
    "amplifyconfiguration",
    "awsconfiguration",
    "aws-amplify-react",
    "aws-amplify-vue",
    "@aws-amplify/ui-components",
    "aws-sdk",
)


def rules() -> str:
    """The patterns as rules of ast-grep: one document each."""
    documents = [
        {"id": f"pattern-{at}", "language": "tsx", "rule": {"pattern": pattern}} for at, pattern in enumerate(_PATTERNS)
    ]
    documents += [
        {"id": f"module-{at}", "language": "tsx", "rule": {"kind": "string", "regex": module.replace("/", ".")}}
        for at, module in enumerate(_MODULES)
    ]
    documents.append({"id": "key", "language": "tsx", "rule": {"kind": "property_identifier", "regex": "^aws_[a-z]"}})
    return "\n---\n".join(json.dumps(document) for document in documents)


def measured(command: list[str], folder: Path) -> tuple[float, float, int, bytes]:
    """Wall and processor seconds, the largest memory in kilobytes so far of any child, and the output."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, used, after.ru_maxrss, done.stdout


def main(ast_grep: str, files: int) -> None:
    """Prints the comparison."""
    with tempfile.TemporaryDirectory() as name:
        small, large = Path(name, "small"), Path(name, "large")
        write(small, max(files // 10, 1))
        write(large, files)
        for folder in (small, large):
            subprocess.run(("git", "init", "--quiet", str(folder)), check=True)
        Path(name, "rules.yml").write_text(rules(), encoding="utf-8")
        lint = [sys.executable, "-m", "migrator", "lint", "--format", "json", "--fail-on", "never"]
        grep = [ast_grep, "scan", "--rule", str(Path(name, "rules.yml")), "--json=stream", "."]
        memory = [measured(lint, folder)[2] for folder in (small, large)]
        ours = [measured(lint, large) for _ in range(RUNS)]
        theirs = [measured(grep, large) for _ in range(RUNS)]
        found = json.loads(ours[0][3])["summary"]["findings"]
        print(f"{files} files, {os.cpu_count()} cores, {RUNS} runs each")
        for title, runs, number in (
            ("migrate lint", ours, found),
            ("ast-grep", theirs, len(theirs[0][3].splitlines())),
        ):
            wall, used = median(run[0] for run in runs), median(run[1] for run in runs)
            print(f"  {title:13} {wall:6.2f} s wall, {used:6.2f} s processor, {number} findings")
        for at, title in ((0, "wall"), (1, "processor")):
            ratio = median(run[at] for run in ours) / median(run[at] for run in theirs)
            print(f"  ratio ({title}): {ratio:.2f}")
        few, (low, high) = max(files // 10, 1), (kilobytes / 1024 for kilobytes in memory)
        print(f"  memory of migrate lint: {low:.0f} MB for {few} files, {high:.0f} MB for {files}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else FILES)
