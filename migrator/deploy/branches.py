"""The branch that a backend is deployed for, as Amplify Hosting knows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrator.core.errors import AwsError
from migrator.core.finding import Finding
from migrator.deploy.findings import aws_finding
from migrator.deploy.preflight import Deployer
from migrator.deploy.targets.interface import BackendIdentity

if TYPE_CHECKING:
    from migrator.aws.reading import Reading

_MISSING = frozenset(("NotFoundException", "ResourceNotFoundException"))


def branch_findings(reading: Reading, identity: BackendIdentity, deployer: Deployer) -> Iterator[Finding]:
    """Whether app and branch are there, and whether Amplify Hosting deploys the branch by itself.

    https://docs.aws.amazon.com/amplify/latest/APIReference/API_GetBranch.html
    """
    app_id, name = identity.namespace, identity.name
    try:
        answer = reading.ask("amplify", "GetBranch", appId=app_id, branchName=name)
    except AwsError as problem:
        if problem.code not in _MISSING:
            message = f"Whether the branch {name} of {app_id} is there is not known: {problem.message}."
            yield aws_finding("AWS019", message, hint=problem.hint)
            return
        command = f"aws amplify create-branch --app-id {app_id} --branch-name {name} --region {deployer.region}"
        hint = f"Connect it in the Amplify console, or run `{command}{deployer.option}`."
        yield aws_finding("AWS020", f"The app {app_id} has no branch {name} in {deployer.region}.", hint=hint)
        return
    if answer.get("branch", {}).get("enableAutoBuild"):
        yield aws_finding("AWS021", f"Each commit of {name} starts a build of its own.")
