"""What to do before a deployment touches live resources: back up, protect, and know what would now destroy them.

Nothing is done here: these are the commands, for this project's resources, in the order in which they are to be run.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from migrator.engine.context import Context
from migrator.gen1.entries import Entry
from migrator.gen1.live import Live, read_live

UNKNOWN = ("USER_POOL_ID", "BUCKET", "GEN1_ROOT_STACK", "BRANCH", "ACCOUNT", "REGION")
"""What stands in commands in place of names that no file says."""


class Stage(StrEnum):
    """When a step has its turn."""

    BACK_UP = "back up"
    PROTECT = "protect"
    FREEZE = "freeze"
    """Nobody changes the Gen 1 backend from here on. It comes after the steps that push it."""
    KNOW = "know"
    """Nothing to run: what would take data from now on."""


class PreparationStep(Struct, frozen=True):
    """One step: why, and the commands. `done` when the live resource shows that it is so already."""

    stage: Stage
    subject: str
    """What it is about: `table Todo-abc-main`."""
    text: str
    commands: tuple[str, ...] = ()
    done: bool = False
    manual: str = ""
    """What to do where there is no safe command."""


class _Site(Struct, frozen=True):
    """One environment, as far as it is known."""

    context: Context
    live: Live | None
    region: str
    stack: str
    app_id: str
    env: str

    def aws(self, *words: str) -> str:
        """A command of the AWS CLI, for the app's region."""
        region = ("--region", self.region) if self.region else ()
        return " ".join(("aws", *(shlex.quote(word) for word in (*words, *region))))

    def property(self, id: str, *path: str) -> object:
        """What `migrate fetch` saw of a live resource; None when it saw nothing."""
        found = self.live.get(id) if self.live else None
        value: object = found.properties if found else None
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return value


def preparation(context: Context, features: Iterable[str]) -> tuple[PreparationStep, ...]:
    """The list for the features that will be deployed; by stage, then by resource.

    Where `migrate fetch` has looked at the live resources, their names are certain and what is protected already is
    marked as done.
    """
    app = context.app
    site = _Site(context, read_live(app), app.region.value, app.stack_name.value, app.app_id.value, app.env or "")
    wanted = frozenset(features)
    entries = [entry for entry in app.entries if context.features.get(entry.ref, "") in wanted and not entry.imported]
    steps = [*_freeze(site, entries), *(step for entry in entries for step in _of_entry(site, entry))]
    order = tuple(Stage)
    return tuple(sorted(dict.fromkeys(steps), key=lambda step: order.index(step.stage)))


def _of_entry(site: _Site, entry: Entry) -> Iterator[PreparationStep]:
    category, service = entry.ref.category, entry.service
    if (category, service) == ("auth", "Cognito"):
        yield from _pool(site, entry)
    elif (category, service) == ("storage", "S3"):
        yield from _bucket(site, entry)
    elif (category, service) == ("storage", "DynamoDB"):
        yield from _table(site, entry.output("Name").value or f"{entry.ref.name}-{site.env}", entry)
    elif (category, service) == ("api", "AppSync"):
        yield from _models(site, entry)


# ---- Gen 1 itself


def _freeze(site: _Site, entries: list[Entry]) -> Iterator[PreparationStep]:
    holding = [entry for entry in entries if entry.service in ("Cognito", "S3", "DynamoDB", "AppSync")]
    if not holding:
        return
    stack = site.stack or "GEN1_ROOT_STACK"
    names = ", ".join(str(entry.ref) for entry in holding)
    yield PreparationStep(
        Stage.KNOW,
        f"stack {stack}",
        "`amplify delete`, `amplify env remove`, and `amplify remove` with a push delete the Gen 1 stack or a part of "
        f"it, and everything in it that has no Retain policy: {names}. Buckets are retained by Gen 1; user pools, "
        "identity pools and tables are not.",
    )
    yield PreparationStep(
        Stage.PROTECT,
        f"stack {stack}",
        "Let nobody delete the Gen 1 stack: `amplify delete` then fails, also for the stacks nested in it.",
        (
            site.aws(
                "cloudformation", "update-termination-protection", "--enable-termination-protection",
                "--stack-name", stack,
            ),
        ),
    )  # fmt: skip
    if any(site.context.reused(entry.ref) for entry in holding):
        yield from _freeze_reused(site, stack)


def _freeze_reused(site: _Site, stack: str) -> Iterator[PreparationStep]:
    yield PreparationStep(
        Stage.KNOW,
        f"stack {stack}",
        "The live resources stay in the Gen 1 stack although Gen 2 works with them. A Gen 1 push that renames or "
        "removes a model, changes a key, or removes a category replaces or deletes them under the Gen 2 backend.",
    )
    policy = '{"Statement":[{"Effect":"Deny","Action":"Update:*","Principal":"*","Resource":"*"}]}'
    yield PreparationStep(
        Stage.FREEZE,
        f"stack {stack}",
        "Let no Gen 1 push change anything any more. (To push again: the same command with `Allow`.)",
        (site.aws("cloudformation", "set-stack-policy", "--stack-name", stack, "--stack-policy-body", policy),),
    )
    if site.app_id:
        branch = site.env or "BRANCH"
        yield PreparationStep(
            Stage.FREEZE,
            f"branch {branch}",
            f"Stop builds that push Gen 1 from the branch that is connected to {site.env or 'the environment'} (its "
            "name may be another).",
            (
                site.aws(
                    "amplify", "update-branch", "--app-id", site.app_id, "--branch-name", branch,
                    "--no-enable-auto-build",
                ),
            ),
        )  # fmt: skip


# ---- users


def _pool(site: _Site, entry: Entry) -> Iterator[PreparationStep]:
    pool = entry.output("UserPoolId").value or "USER_POOL_ID"
    identity = entry.output("IdentityPoolId").value
    subject = f"user pool {pool}"
    yield PreparationStep(
        Stage.BACK_UP,
        subject,
        "Keep a list of users and groups and the settings. Passwords cannot be exported from Cognito: a pool that is "
        "gone is gone, with every user's sub, and no backup brings it back.",
        (
            f"{site.aws('cognito-idp', 'describe-user-pool', '--user-pool-id', pool)} > user-pool.json",
            f"{site.aws('cognito-idp', 'list-users', '--user-pool-id', pool)} > users.json",
            f"{site.aws('cognito-idp', 'list-groups', '--user-pool-id', pool)} > groups.json",
        ),
    )
    yield PreparationStep(
        Stage.PROTECT,
        subject,
        "Switch deletion protection on, so that no stack and no command can delete the pool. Not with "
        "`aws cognito-idp update-user-pool`: it sets every setting that is not named back to its default.",
        done=site.property(pool, "DeletionProtection") == "ACTIVE",
        manual="In the Cognito console: the pool, Settings, Deletion protection, Activate.",
    )
    yield PreparationStep(
        Stage.PROTECT,
        subject,
        "Retain the pool, its clients and the identity pool in Gen 1, before its stack is ever deleted.",
        ("amplify override auth", "amplify push"),
        manual=(
            "In override.ts: `resources.userPool.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN`, and the same "
            "for `userPoolClient`, `userPoolClientWeb` and `identityPool`."
        ),
    )
    if identity:
        yield PreparationStep(
            Stage.BACK_UP,
            f"identity pool {identity}",
            "Identity ids are part of the paths of private and protected files; another identity pool gives every user "
            "another id. Keep its settings and roles.",
            (
                f"{site.aws('cognito-identity', 'describe-identity-pool', '--identity-pool-id', identity)}"
                " > identity-pool.json",
                f"{site.aws('cognito-identity', 'get-identity-pool-roles', '--identity-pool-id', identity)}"
                " > identity-pool-roles.json",
            ),
        )


# ---- files


def _bucket(site: _Site, entry: Entry) -> Iterator[PreparationStep]:
    bucket = entry.output("BucketName").value or "BUCKET"
    subject = f"bucket {bucket}"
    copy = f"{bucket[:50]}-backup"
    yield PreparationStep(
        Stage.BACK_UP,
        subject,
        "Copy the files into another bucket (it costs what they weigh; the identity ids in the paths stay).",
        (
            site.aws("s3", "mb", f"s3://{copy}"),
            site.aws("s3", "sync", f"s3://{bucket}", f"s3://{copy}"),
        ),
    )
    yield PreparationStep(
        Stage.PROTECT,
        subject,
        "Keep old versions of files, so that what is deleted or overwritten by mistake can be brought back.",
        (
            site.aws(
                "s3api", "put-bucket-versioning", "--bucket", bucket, "--versioning-configuration", "Status=Enabled"
            ),
        ),
        done=site.property(bucket, "Versioning") == "Enabled",
    )


# ---- rows


def _models(site: _Site, entry: Entry) -> Iterator[PreparationStep]:
    """The tables of the models: as they were seen, else by their names, else the command that lists them."""
    tables = _model_tables(site, entry)
    if not tables:
        yield PreparationStep(
            Stage.BACK_UP,
            str(entry.ref),
            "The names of the model tables are not known from the files: `migrate fetch` brings them, or:",
            (site.aws("dynamodb", "list-tables", "--query", f"TableNames[?ends_with(@, '-{site.env}')]"),),
        )
    for table in tables:
        yield from _table(site, table, entry)
    if site.context.reused(entry.ref):
        yield PreparationStep(
            Stage.PROTECT,
            str(entry.ref),
            "Set the model tables to Retain in Gen 1, before its stack is ever deleted: feature flag "
            "`enablegen2migration` (under `graphqltransformer` in amplify/cli.json), then a push.",
            ("amplify push",),
        )


def _model_tables(site: _Site, entry: Entry) -> tuple[str, ...]:
    if site.live is not None:
        inside = f"{entry.ref.category}{entry.ref.name}"
        tables = [one.id for one in site.live.of(_TABLE) if one.stack.split("/")[0] == inside]
        if tables:
            return tuple(sorted(tables))
    api = entry.output("GraphQLAPIIdOutput").value
    if not api:
        return ()
    models = [path.rpartition("/")[2].removesuffix(".json") for path in entry.files("build/stacks/*.json")]
    found = [model for model in models if model not in _NO_MODELS and _has_table(entry, model)]
    return tuple(f"{model}-{api}-{site.env}" for model in sorted(found))


_TABLE = "AWS::DynamoDB::Table"
_NO_MODELS = frozenset(("ConnectionStack", "CustomResources", "FunctionDirectiveStack", "SearchableStack"))


def _has_table(entry: Entry, model: str) -> bool:
    template = entry.template(f"build/stacks/{model}.json")
    return template is not None and next(iter(template.resources(_TABLE)), None) is not None


def _table(site: _Site, table: str, entry: Entry) -> Iterator[PreparationStep]:
    subject = f"table {table}"
    recovery = "PointInTimeRecoveryEnabled=true"
    yield PreparationStep(
        Stage.BACK_UP,
        subject,
        "A backup that stays until it is deleted, also when the table is gone.",
        (site.aws("dynamodb", "create-backup", "--table-name", table, "--backup-name", f"{table[:230]}-before-gen2"),),
    )
    yield PreparationStep(
        Stage.BACK_UP,
        subject,
        "Recovery to any second of the last 35 days.",
        (
            site.aws(
                "dynamodb", "update-continuous-backups", "--table-name", table,
                "--point-in-time-recovery-specification", recovery,
            ),
        ),
        done=site.property(table, *_RECOVERY) == "ENABLED",
    )  # fmt: skip
    reused = site.context.reused(entry.ref)
    needed = " Amplify's importer refuses a model table without it." if reused and entry.service == "AppSync" else ""
    yield PreparationStep(
        Stage.PROTECT,
        subject,
        f"Deletion protection: no stack and no command deletes the table.{needed}",
        (site.aws("dynamodb", "update-table", "--table-name", table, "--deletion-protection-enabled"),),
        done=site.property(table, "DeletionProtectionEnabled") is True,
    )
    if reused and entry.service == "AppSync":
        yield from _tags(site, table)


_RECOVERY = ("ContinuousBackups", "PointInTimeRecoveryDescription", "PointInTimeRecoveryStatus")


def _tags(site: _Site, table: str) -> Iterator[PreparationStep]:
    """Plans of AWS Backup that choose by tags lose an imported table with its tags."""
    account = site.context.app.account or "ACCOUNT"
    arn = f"arn:aws:dynamodb:{site.region or 'REGION'}:{account}:table/{table}"
    yield PreparationStep(
        Stage.KNOW,
        f"table {table}",
        "Taking the table over removes tags that the Gen 2 stack does not have. Backup plans and cost reports that "
        "choose by such tags lose the table without a word: look at its tags and recovery points first, and give the "
        "plan the table by its ARN, or the backend the tags (`Tags.of(backend.stack)` in amplify/backend.ts).",
        (
            site.aws("dynamodb", "list-tags-of-resource", "--resource-arn", arn),
            site.aws("backup", "list-recovery-points-by-resource", "--resource-arn", arn),
        ),
    )
