"""What keeps a deployment from beginning, all of it at once, each with the command that mends it.

Nothing is changed: what AWS is asked gets, lists or describes.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from migrator.core.errors import AwsError, MigratorError
from migrator.core.finding import Finding, Severity
from migrator.core.location import Location
from migrator.deploy.backend_names import secret_prefixes
from migrator.deploy.findings import aws_finding
from migrator.deploy.targets.interface import BackendIdentity
from migrator.deploy.wanted_secrets import WantedSecret, wanted_secrets
from migrator.verify.workspace import LOCK_FILES, Mode

if TYPE_CHECKING:
    from migrator.aws.reading import Reading

BOOTSTRAP_VERSION = 6
"""The oldest bootstrap that `ampx` deploys with."""
BOOTSTRAP_PARAMETER, BOOTSTRAP_STACK = "/cdk-bootstrap/hnb659fds/version", "CDKToolkit"
NEEDED_BYTES = 500_000_000
"""Free space asked for where synth writes; bundles of some dozen functions have about 100 MB."""
_NO_CREDENTIALS = frozenset(
    (
        "NoCredentialsError",
        "PartialCredentialsError",
        "ProfileNotFound",
        "CredentialRetrievalError",
        "InvalidClientTokenId",
        "UnrecognizedClientException",
        "InvalidAccessKeyId",
        "SignatureDoesNotMatch",
        "AuthFailure",
    )
)
_EXPIRED = frozenset(
    (
        "ExpiredToken",
        "ExpiredTokenException",
        "RequestExpired",
        "TokenRefreshRequired",
        "SSOTokenLoadError",
        "UnauthorizedSSOTokenError",
        "TokenRetrievalError",
    )
)
_MISSING = frozenset(("ParameterNotFound", "ValidationError"))
_INSTALL = {"package-lock.json": "npm ci", "yarn.lock": "yarn install", "pnpm-lock.yaml": "pnpm install"}


class Caller(Struct, frozen=True):
    """Who AWS takes us for."""

    account: str
    arn: str


class Deployer(Struct, frozen=True):
    """How AWS will be reached: profile and region, as they are used."""

    profile: str = ""
    region: str = ""
    sso: bool = False
    """The profile's credentials come from a login in the browser."""

    @property
    def option(self) -> str:
        return f" --profile {self.profile}" if self.profile else ""


def machine_findings(project: Path, *, ampx: bool = True) -> Iterator[Finding]:
    """Node, the project's packages, its lock file and the disk. `ampx`: whether Amplify's own tool is needed."""
    from migrator.node.runtime import find_node

    try:
        find_node()
    except MigratorError as problem:
        yield aws_finding("AWS013", f"{problem.message}.", hint=_sentence(problem.hint))
    lock = _lock_file(project)
    if ampx and not (project / "node_modules" / ".bin" / "ampx").exists():
        install = _INSTALL.get(lock.name, "npm install") if lock else "npm install"
        message = f"`ampx` is not installed in {project}."
        yield aws_finding("AWS013", message, hint=f"Run `{install}` there.")
    if ampx and lock is None:
        hint = "Run `npm install` once and commit package-lock.json."
        yield aws_finding("AWS014", f"{project} has no lock file.", Location("package.json"), hint)
    free = shutil.disk_usage(tempfile.gettempdir()).free
    if free < NEEDED_BYTES:
        yield aws_finding("AWS017", f"{tempfile.gettempdir()} has {free / 1e6:.0f} MB left.")


def account_findings(
    reading: Reading, deployer: Deployer, identity: BackendIdentity | None = None, project: Path | None = None
) -> list[Finding]:
    """Credentials, region, bootstrap, and the project's secrets. Without credentials the others cannot be asked, which
    is said."""
    found: list[Finding] = []
    if not deployer.region:
        return [aws_finding("AWS011", "No region is chosen.")]
    caller = _caller(reading, deployer, found)
    wanted = wanted_secrets(project) if project is not None else ()
    if caller is None:
        names = f", nor whether {_listed(wanted)} are stored" if wanted else ""
        message = f"The bootstrap of {deployer.region} was not looked at{names}: there is nobody to ask as."
        found.append(aws_finding("AWS019", message, hint="Mend the credentials first."))
        return found
    found.extend(_bootstrap(reading, deployer, caller))
    if identity is not None:
        found.extend(_secrets(reading, deployer, identity, wanted))
    return found


def _caller(reading: Reading, deployer: Deployer, found: list[Finding]) -> Caller | None:
    try:
        answer = reading.ask("sts", "GetCallerIdentity")
    except AwsError as problem:
        if problem.code not in _NO_CREDENTIALS | _EXPIRED:
            found.append(aws_finding("AWS010", f"{problem.message}.", hint=_sentence(problem.hint)))
        else:
            found.append(aws_finding("AWS010", _unusable(problem, deployer), hint=_log_in(problem, deployer)))
        return None
    return Caller(str(answer.get("Account", "")), str(answer.get("Arn", "")))


def _unusable(problem: AwsError, deployer: Deployer) -> str:
    whose = f"the profile {deployer.profile}" if deployer.profile else "this shell"
    if problem.code in _EXPIRED:
        return (
            f"The credentials of {whose} have expired."
            if not deployer.sso
            else f"The SSO login of {whose} has expired."
        )
    if problem.code == "NoCredentialsError":
        return f"There are no AWS credentials for {whose}."
    return f"{problem.message}."


def _log_in(problem: AwsError, deployer: Deployer) -> str:
    if deployer.sso:
        return f"Run `aws sso login{deployer.option}`, then this command again."
    if problem.code == "ProfileNotFound":
        return "`aws configure list-profiles` shows the profiles there are; add it with `aws configure --profile NAME`."
    if problem.code in _EXPIRED:
        return "Get new temporary credentials (for an SSO profile: `aws sso login --profile NAME`)."
    return "`npx ampx configure profile` makes a profile; name it with --profile."


def _bootstrap(reading: Reading, deployer: Deployer, caller: Caller) -> Iterator[Finding]:
    """https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html"""
    command = f"npx aws-cdk@2 bootstrap aws://{caller.account}/{deployer.region}{deployer.option}"
    hint = f"Once for this account and region: `{command}`."
    try:
        answer = reading.ask("ssm", "GetParameter", Name=BOOTSTRAP_PARAMETER)
    except AwsError as problem:
        if problem.code in _MISSING:
            yield aws_finding(
                "AWS012", f"{deployer.region} of {caller.account} is not bootstrapped for CDK.", hint=hint
            )
        else:
            yield from _bootstrap_by_stack(reading, deployer, problem, hint)
        return
    version = str(answer.get("Parameter", {}).get("Value", ""))
    if version.isdecimal() and int(version) < BOOTSTRAP_VERSION:
        message = f"{deployer.region} was bootstrapped with version {version}; `ampx` needs {BOOTSTRAP_VERSION}."
        yield aws_finding("AWS012", message, hint=hint)


def _bootstrap_by_stack(reading: Reading, deployer: Deployer, refused: AwsError, hint: str) -> Iterator[Finding]:
    """The parameter may not be read: the stack that made it says as much."""
    try:
        answer = reading.ask("cloudformation", "DescribeStacks", StackName=BOOTSTRAP_STACK)
    except AwsError as problem:
        if problem.code in _MISSING:
            yield aws_finding("AWS012", f"There is no stack {BOOTSTRAP_STACK} in {deployer.region}.", hint=hint)
        else:
            message = f"Whether {deployer.region} is bootstrapped for CDK is not known: {refused.message}."
            yield aws_finding("AWS019", message, hint=refused.hint)
        return
    status = "".join(str(row.get("StackStatus", "")) for row in answer.get("Stacks", [])[:1])
    if not status.endswith("_COMPLETE") or status.startswith(("DELETE", "ROLLBACK")):
        yield aws_finding("AWS012", f"The stack {BOOTSTRAP_STACK} in {deployer.region} is {status}.", hint=hint)


def _secrets(
    reading: Reading, deployer: Deployer, identity: BackendIdentity, wanted: tuple[WantedSecret, ...]
) -> Iterator[Finding]:
    if not wanted:
        return
    stored: set[str] = set()
    for prefix in secret_prefixes(identity):
        try:
            listed = reading.listed("ssm", "GetParametersByPath", "Parameters", Path=prefix, WithDecryption=False)
        except AwsError as problem:
            message = f"Whether {_listed(wanted)} are stored is not known: {problem.message}."
            yield aws_finding("AWS019", message, hint=problem.hint)
            return
        stored.update(str(row.get("Name", "")).rpartition("/")[2] for row in listed)
    for one in wanted:
        if one.name not in stored:
            hint = how_to_store(one.name, identity, deployer)
            yield aws_finding("AWS015", f"The secret {one.name} has no value.", one.place, hint)


def how_to_store(name: str, identity: BackendIdentity, deployer: Deployer) -> str:
    """The command, or the way in the console, that gives a secret its value.

    https://docs.amplify.aws/react/deploy-and-host/fullstack-branching/secrets-and-vars/
    """
    if identity.mode is Mode.SANDBOX:
        return f"`npx ampx sandbox secret set {name} --identifier {identity.name}{deployer.option}` asks for it."
    region = deployer.region
    console = f"https://{region}.console.aws.amazon.com/amplify/apps/{identity.namespace}/secrets"
    path = f"{secret_prefixes(identity)[0]}/{name}"
    return (
        f"In the console: {console} (Hosting, Secrets, Manage secrets). "
        f"Or `aws ssm put-parameter --type SecureString --name {path} --region {region}{deployer.option} --value ...`."
    )


def _listed(wanted: tuple[WantedSecret, ...]) -> str:
    return ", ".join(one.name for one in wanted)


def _lock_file(project: Path) -> Path | None:
    """The lock file of the project, or of the workspace that it is part of."""
    for folder in (project, *project.resolve().parents):
        found = next((folder / name for name in sorted(LOCK_FILES) if (folder / name).is_file()), None)
        if found is not None:
            return found
        if (folder / ".git").exists():
            return None
    return None


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("." if text and not text.endswith(".") else "")


def blocking(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those that keep the deployment from beginning."""
    return tuple(found for found in findings if found.severity is Severity.BLOCKER)
