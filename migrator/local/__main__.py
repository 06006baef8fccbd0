"""`python -m migrator.local`: installs what the local AWS needs, as far as this machine lets it."""

from __future__ import annotations

import sys

from migrator.core.errors import MigratorError
from migrator.local.environment import find_environment
from migrator.local.packages import find_packages


def main() -> None:
    """Says why something cannot be installed; what needs it says so again."""
    for install in (find_environment, find_packages):
        try:
            install(install=True, progress=print)
        except MigratorError as problem:
            print(f"{problem}\n  hint: {problem.hint}", file=sys.stderr)


if __name__ == "__main__":
    main()
