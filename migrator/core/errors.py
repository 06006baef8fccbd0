"""What stops the program. Everything about the user's project that does not stop it is a Finding."""

from __future__ import annotations

from migrator.core.location import Location


class MigratorError(Exception):
    """The program cannot go on: one line what, one line hint, and where (exit code 3)."""

    def __init__(self, message: str, *, hint: str = "", location: Location | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.location = location

    def __str__(self) -> str:
        place = f"{self.location}: " if self.location else ""
        return f"{place}{self.message}"


class ProjectError(MigratorError):
    """The folder is no project that can be read."""


class ArtifactError(MigratorError):
    """A file of the project cannot be read as what it should be."""


class RuleError(MigratorError):
    """A rules file is wrong."""


class ConversionError(MigratorError):
    """The Gen 2 project cannot be written as asked."""


class UsageError(MigratorError):
    """The command was asked for something that needs another choice first (exit code 2)."""


class VerifyError(MigratorError):
    """A proof could not be run."""


class DeployError(MigratorError):
    """A deployment could not be started."""


class LocalError(MigratorError):
    """The local AWS cannot be installed, started or used."""


class AwsError(MigratorError):
    """AWS refused, did not answer, or cannot be asked; `code` is AWS's name for it, where it gave one."""

    def __init__(self, message: str, *, hint: str = "", location: Location | None = None, code: str = "") -> None:
        super().__init__(message, hint=hint, location=location)
        self.code = code
