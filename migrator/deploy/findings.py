"""What asking AWS may find, for `migrate explain`: one row for each id."""

from __future__ import annotations

from migrator.core.finding import Finding, FindingKind, Severity
from migrator.core.location import Location

_TABLE = (
    FindingKind(
        "AWS001",
        "A question that AWS did not answer",
        Severity.WARNING,
        "The permission is missing, the service is not offered in the region, or the resource is gone. Everything else "
        "was asked all the same; only what is named is not known.",
        "Allow the permission that is named to the user or role of the credentials, and run the command again.",
    ),
    FindingKind(
        "AWS002",
        "The deployed backend could not be downloaded",
        Severity.WARNING,
        "`#current-cloud-backend.zip` in the deployment bucket holds what the last push sent. Without it the project "
        "is read from its source only, which may differ from what is deployed.",
        "Allow `s3:GetObject` on the deployment bucket, or run `amplify pull` in the project.",
    ),
    FindingKind(
        "AWS003",
        "A downloaded archive is refused",
        Severity.BLOCKER,
        "It holds a name that leads out of its folder, a link, a name that stands for two files, or far more than a "
        "backend has. The Gen 1 CLI writes nothing of the kind, so none of it is trusted, and none of it was written.",
        "Look at who can write to the deployment bucket, and push the backend again.",
    ),
    FindingKind(
        "AWS004",
        "Secrets were left out of what was downloaded",
        Severity.INFO,
        "Client secrets, API keys and values of variables that look secret stand in the deployed files. A mark stands "
        "in their place; migrate takes it for a secret whose value it does not know.",
        "Nothing. Store the values with `npx ampx sandbox secret set NAME`, or in the Amplify console.",
    ),
    FindingKind(
        "AWS005",
        "The downloaded backend is of another stack",
        Severity.WARNING,
        "The metadata in the deployment bucket names another root stack than the environment has, so the bucket was "
        "shared or copied.",
        "Check the app id and the environment; `migrate scan` does not use a copy of another stack.",
    ),
    FindingKind(
        "AWS006",
        "The Gen 1 CLI has another environment checked out",
        Severity.INFO,
        "`#current-cloud-backend` is one folder for all environments. The Gen 1 CLI compares the source with it, and "
        "would compare with the wrong environment now.",
        "Run `amplify env checkout` for the environment of the CLI before you use it again.",
    ),
    FindingKind(
        "AWS007",
        "A live resource differs from what was pushed",
        Severity.WARNING,
        "It was changed in the console or by a script, or the last push failed. The other commands go by what was "
        "pushed: a new Gen 2 resource would lack the change, and Amplify's importer refuses a table that is otherwise "
        "than its model says.",
        "Make the same change in Gen 1 and push, or make it by hand in the Gen 2 project.",
    ),
    FindingKind(
        "AWS010",
        "The AWS credentials cannot be used",
        Severity.BLOCKER,
        "There are none, they have expired, or AWS does not know them. Nothing can be deployed.",
        "`aws sso login --profile NAME` for an SSO profile; else `npx ampx configure profile`.",
    ),
    FindingKind(
        "AWS011",
        "No region is chosen",
        Severity.BLOCKER,
        "Neither an option, nor the environment, nor the profile says where to deploy to.",
        "Name it with `--region`.",
    ),
    FindingKind(
        "AWS012",
        "The region is not bootstrapped for CDK",
        Severity.BLOCKER,
        "CDK uploads templates and code to a bucket, and deploys with roles, that `cdk bootstrap` makes once for each "
        "account and region.",
        "Run the command that is named, once.",
    ),
    FindingKind(
        "AWS013",
        "Node or its packages are missing",
        Severity.BLOCKER,
        "Amplify deploys with its own tool, `ampx`, which runs on Node and is installed with the project's packages.",
        "Install Node 20 or newer, then run the package manager's install command in the Gen 2 project.",
    ),
    FindingKind(
        "AWS014",
        "There is no lock file",
        Severity.WARNING,
        "Amplify Hosting installs with `npm ci` (or its like), which fails without a lock file; and without one every "
        "machine may deploy with other versions.",
        "Run the install command once and commit the lock file.",
    ),
    FindingKind(
        "AWS015",
        "A secret is not stored",
        Severity.BLOCKER,
        "The backend calls `secret('NAME')`, and the deployment fails when no value is stored for this backend or for "
        "all of the app.",
        "Store it with the command that is named. Secrets of Gen 1 are not taken over.",
    ),
    FindingKind(
        "AWS016",
        "Permissions may be missing",
        Severity.WARNING,
        "The deployment needs more than reading: CloudFormation, the bucket and the roles of the bootstrap, and the "
        "services of the features.",
        "Attach the managed policy `AdministratorAccess-Amplify`, or the policy that `migrate deploy` prints.",
    ),
    FindingKind(
        "AWS017",
        "The disk is nearly full",
        Severity.BLOCKER,
        "The synthesized backend with the bundles of its functions is written to the temporary folder.",
        "Free some space, or point TMPDIR at another disk.",
    ),
    FindingKind(
        "AWS018",
        "A sandbox on live resources",
        Severity.BLOCKER,
        "The project keeps live Gen 1 resources (`--reuse`). A sandbox is for trying things out, and deleting it or "
        "changing a model in it would touch what real users rely on.",
        "Convert without `--reuse` into another folder for sandboxes, or enter resources of a test environment for "
        "`sandbox` in `amplify/references.ts`.",
    ),
    FindingKind(
        "AWS019",
        "Something could not be checked",
        Severity.WARNING,
        "AWS did not answer the question, mostly because a permission to read is missing. The deployment may work all "
        "the same.",
        "Allow the permission that is named, or go on.",
    ),
    FindingKind(
        "AWS020",
        "The branch is not there",
        Severity.BLOCKER,
        "A backend is deployed for a branch that Amplify Hosting knows; the deployment sets the branch's stack at its "
        "end, and fails without the branch.",
        "Connect the repository in the Amplify console, or make the branch with the command that is named.",
    ),
    FindingKind(
        "AWS021",
        "Amplify Hosting deploys this branch too",
        Severity.WARNING,
        "Builds start by themselves for each commit of the branch. Two deployments of one stack at the same time fail.",
        "Deploy with a commit instead, or switch the branch's builds off while you deploy from here.",
    ),
)

AWS_FINDINGS = {row.id: row for row in _TABLE}
"""By id."""


def aws_finding(
    id: str, message: str, location: Location | None = None, hint: str = "", severity: Severity | None = None
) -> Finding:
    """A finding with the severity and, unless another is given, the advice of its row."""
    row = AWS_FINDINGS[id]
    return Finding(id, severity or row.severity, message, location, hint or row.instead)
