"""What the engine and the emitter may find, for `migrate explain`: one row for each id."""

from __future__ import annotations

from migrator.core.finding import Finding, FindingKind, Severity
from migrator.core.location import Location

_TABLE = (
    FindingKind(
        "GEN001",
        "Settings that were not read",
        Severity.GAP,
        "A value stands in a file that describes the resource, and nothing in migrate looked at it. The converted "
        "project does not have it. It is counted as a gap, so that it cannot get lost unnoticed.",
        "List the places with `migrate scan -v`. Where the setting matters to your app, say it by hand in the "
        "generated code; a rule of your own (`--rules DIR`) can drop it with a reason.",
    ),
    FindingKind(
        "GEN002",
        "A setting that no rule claims",
        Severity.GAP,
        "The value was read and differs from what a Gen 2 project gets when it says nothing, and no rule says what "
        "becomes of it. It is counted as a gap.",
        "Set it by hand in the generated code if your app relies on it, or add a rule of your own (`--rules DIR`).",
    ),
    FindingKind(
        "GEN003",
        "Two rules write different values to one property",
        Severity.BLOCKER,
        "Rules have no order, so neither may win over the other. Nothing is written.",
        "Narrow the `when` of one of the two rules. With shipped rules alone this is a defect of migrate: please "
        "report it.",
    ),
    FindingKind(
        "GEN004",
        "A rule failed",
        Severity.BLOCKER,
        "The code behind a rule threw an error. The other rules went on. Where its condition failed, the settings that "
        "this rule knows are counted as gaps; where it failed to write something, that is missing in the output.",
        "This is a defect of migrate, or of a rule given with `--rules`: please report it with the message. Leave the "
        "feature out with `--feature` until it is solved.",
    ),
    FindingKind(
        "GEN006",
        "A resource could not be read",
        Severity.BLOCKER,
        "The reader of the resource's category gave up. The resource is listed, and every setting of it is counted as "
        "a gap; the other resources are not affected.",
        "When the message names a file, repair it or bring it back with `amplify pull`; otherwise this is a defect of "
        "migrate: please report it with the message.",
    ),
    FindingKind(
        "GEN007",
        "There is no Amplify backend here",
        Severity.BLOCKER,
        "Neither a Gen 1 nor a Gen 2 backend, nor the configuration of a front end, lies in or below the folder. "
        "Folders of dependencies and build results, and hidden folders, are not searched.",
        "Name the folder that holds `amplify/backend`, the `amplify` folder itself, or a repository with several of "
        "them. If the folder was never committed, `amplify pull` brings it back from the account.",
    ),
    FindingKind(
        "GEN008",
        "The backend of an app is not here",
        Severity.WARNING,
        "Only the configuration that the Gen 1 CLI wrote for a front end lies here. It holds ids, regions and modes; "
        "the settings of the backend are elsewhere.",
        "Scan the repository that holds `amplify/backend`, or bring it here with `amplify pull`.",
    ),
    FindingKind(
        "GEN030",
        "A value of a resource that is not in the Gen 2 backend is not known",
        Severity.WARNING,
        "The generated code refers to a Gen 1 resource that this backend does not hold, and the files do not say its "
        "name, id or address. Its place in `amplify/references.ts` is empty; the backend still synthesizes.",
        "Enter the value in `amplify/references.ts` for each branch, or convert that resource too.",
    ),
    FindingKind(
        "GEN040",
        "Something in the build settings is left to you",
        Severity.WARNING,
        "`amplify.yml` builds front end and backend of each branch. Commands of the Gen 1 CLI in it have been "
        "replaced; what could not be replaced for certain was left as it is, because a wrong build command deploys the "
        "wrong thing.",
        "Look at the lines of `amplify.yml` that are named before a branch is connected.",
    ),
    FindingKind(
        "GEN041",
        "Functions ask for different versions of a package",
        Severity.WARNING,
        "In Gen 1 each function had its own `package.json`. A Gen 2 project has one, so all functions share one "
        "version.",
        "Try the functions that asked for another version, and change the version in `package.json` if one fails.",
    ),
    FindingKind(
        "GEN050",
        "A typed schema that did not pass its proof",
        Severity.WARNING,
        "What the typed schema gives to Gen 2 is compared with Gen 1's schema before anything is written. It was not "
        "the same, so the whole schema is written as SDL instead; the client has no types for it.",
        "This is a defect of migrate: please report it with the differences. `migrate convert --schema auto` tries "
        "again with a later version.",
    ),
    FindingKind(
        "GEN051",
        "A schema that is not Gen 1's",
        Severity.BLOCKER,
        "What `amplify/data` gives to Gen 2 was compared with Gen 1's schema and is not the same. Tables, operations "
        "or access rules would differ from those that are live.",
        "Look at the places that are named before you deploy; `migrate verify --only schema` lists all of them.",
    ),
    FindingKind(
        "GEN060",
        "A value that clients need is in no file",
        Severity.WARNING,
        "`amplify_outputs.json` is written from what the project says of the live backend: deployed outputs, and the "
        "files that the CLI wrote for front ends. Ids are never invented. A section without what clients need first is "
        "left out as a whole.",
        "`migrate fetch` brings the deployed outputs; `amplify pull` writes the front end's files as well.",
    ),
    FindingKind(
        "GEN061",
        "Something that amplify_outputs.json has no place for",
        Severity.INFO,
        "The layout of the file has fewer places than Gen 1's configuration of front ends.",
        "Hand it to `Amplify.configure` in code, beside what the file says.",
    ),
    FindingKind(
        "GEN062",
        "Clients get no models",
        Severity.WARNING,
        "`generateClient().models` works from `data.model_introspection`, which Amplify's own generator makes of the "
        "schema. Requests by `client.graphql(...)` need none of it.",
        "Install Node and run `migrate verify --install` once, then write the file again; or put the result of "
        "`amplify codegen model-introspection` there.",
    ),
    FindingKind(
        "GEN063",
        "Front-end files of an environment that is not known, or of another",
        Severity.WARNING,
        "The CLI writes `aws-exports.js` and its like for the environment that is checked out; they do not name it. "
        "Files that are known to be of another environment are not used.",
        "Run `amplify env checkout` for the environment, or `migrate fetch --env` for its deployed outputs.",
    ),
    FindingKind(
        "GEN064",
        "A section that clients could not read",
        Severity.WARNING,
        "What the project says does not fit the layout of `amplify_outputs.json`, so the section is left out.",
        "Compare the value that is named with the live resource, and correct the file that says it.",
    ),
    FindingKind(
        "LINT001",
        "A suppression without rules or without a reason",
        Severity.WARNING,
        "`migrate-ignore` takes the ids of rules and, after a colon, the reason. Without both it is not honoured: "
        "nobody could tell later whether it still has to be there.",
        "Write `migrate-ignore JS010: the reason`, on the line of the finding or alone on the line above it.",
    ),
    FindingKind(
        "LINT002",
        "A suppression that suppresses nothing",
        Severity.INFO,
        "The rules that it names find nothing in its place, because the code has changed or another rule was meant.",
        "Remove the comment.",
    ),
)

ENGINE_FINDINGS = {row.id: row for row in _TABLE}
"""By id."""


def engine_finding(id: str, message: str, location: Location | None = None, app: str = "") -> Finding:
    """A finding with the severity and the advice of its row."""
    row = ENGINE_FINDINGS[id]
    return Finding(id, row.severity, message, location, row.instead, app=app)
