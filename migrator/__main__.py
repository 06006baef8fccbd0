"""The command `migrate`."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command line and exits with its code (docs/cli.md)."""
    from migrator.cli.main import migrate
    from migrator.cli.outcome import run

    sys.exit(run(migrate, sys.argv[1:]))


if __name__ == "__main__":
    main()
