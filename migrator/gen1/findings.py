"""What the readers may find, for `migrate explain`: one row for each id."""

from __future__ import annotations

from migrator.core.finding import Finding, FindingKind, Severity
from migrator.core.location import Location
from migrator.core.ref import ResourceRef

_TABLE = (
    FindingKind(
        "GEN005",
        "A value has the wrong type",
        Severity.GAP,
        "The Gen 1 CLI writes another kind of value here, so this one cannot be understood and is not used.",
        "Compare the file with what `amplify pull` writes, and correct the value.",
    ),
    FindingKind(
        "GEN010",
        "A file cannot be read",
        Severity.BLOCKER,
        "The settings in it are unknown, so the converted project would lack them.",
        "Repair the file at the place named, restore it from version control, or run `amplify pull`.",
    ),
    FindingKind(
        "GEN011",
        "An intrinsic function cannot be evaluated",
        Severity.GAP,
        "The template uses a function or a form of one that is not known; the value stays as it is written.",
        "Write out what the function gives, or carry the value over by hand.",
    ),
    FindingKind(
        "GEN012",
        "A syntax error was passed over",
        Severity.WARNING,
        "The file has comments, trailing commas or a byte order mark, which JSON does not allow. Nothing is lost.",
        "Correct the file: other tools will refuse it.",
    ),
    FindingKind(
        "GEN013",
        "An index names a resource that has no folder",
        Severity.WARNING,
        "The resource was deleted, renamed or not committed. Only what the index says about it is known.",
        "Remove it from the index with `amplify remove`, or bring its folder back with `amplify pull`.",
    ),
    FindingKind(
        "GEN014",
        "A folder that no index names",
        Severity.WARNING,
        "`backend-config.json` does not list it, so the Gen 1 CLI does not deploy it. It is read all the same.",
        "Delete the folder if it is a leftover; otherwise add it to `backend-config.json`.",
    ),
    FindingKind(
        "GEN015",
        "A file is missing",
        Severity.WARNING,
        "A file that this kind of resource always has is not there, so its settings have to be taken from elsewhere.",
        "Run `amplify pull` to bring it back.",
    ),
    FindingKind(
        "GEN016",
        "The source differs from what is deployed",
        Severity.WARNING,
        "Changes were made that have not been pushed. The conversion follows what is deployed.",
        "Push the changes first, or make them again in the Gen 2 project.",
    ),
    FindingKind(
        "GEN017",
        "The environment is not known",
        Severity.WARNING,
        "Values that differ between environments are left open.",
        "Choose an environment with `--env`.",
    ),
    FindingKind(
        "GEN018",
        "A link leads out of the project",
        Severity.WARNING,
        "Files outside the project are never read.",
        "Put a copy in place of the link if the file belongs to the project.",
    ),
    FindingKind(
        "GEN019",
        "A file is too large",
        Severity.WARNING,
        "Settings files have some kilobytes; files over 50 MB are not read.",
        "Move the file out of the backend folder.",
    ),
    FindingKind(
        "GEN020",
        "A condition cannot be decided",
        Severity.WARNING,
        "It depends on values that are not in the files. It is taken as true.",
        "Check the values named, or run with the environment's deployed files at hand (`migrate fetch`).",
    ),
    FindingKind(
        "GEN021",
        "The case of a name differs",
        Severity.INFO,
        "The folder or file was found under another spelling, which works on some systems only.",
        "Rename it as the Gen 1 CLI spells it.",
    ),
    FindingKind(
        "GEN022",
        "A secret in a committed file",
        Severity.WARNING,
        "Everyone who can read the repository can read it. It is not copied into any output.",
        "Revoke it, and store its successor with `npx ampx sandbox secret set` or in the Amplify console.",
    ),
    FindingKind(
        "GEN023",
        "A value that is code",
        Severity.WARNING,
        "The file computes the value. Code of the project is never run, so the value is not known.",
        "Write the value in place of the code, or run `amplify pull` to write the file again.",
    ),
    FindingKind(
        "GEN024",
        "Several templates for one resource",
        Severity.WARNING,
        "The Gen 1 CLI refuses to push a resource with two templates. The one that its names suggest is read.",
        "Delete the one that is a leftover.",
    ),
)

READER_FINDINGS = {row.id: row for row in _TABLE}
"""By id."""


def finding(
    id: str, message: str, location: Location | None = None, resource: ResourceRef | None = None, hint: str = ""
) -> Finding:
    """A finding of the readers, with the severity and, unless another is given, the advice of its row."""
    row = READER_FINDINGS[id]
    return Finding(id, row.severity, message, location, hint or row.instead, resource)
