"""What to do before a deployment touches live resources: back up, protect, and know what would now destroy them.

Nothing is done here: these are the commands, for this project's resources, in the order in which they are to be run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrator.deploy.preparation_steps import PreparationStep, Site, Stage
from migrator.deploy.preparation_tables import of_models, of_table
from migrator.engine.context import Context
from migrator.gen1.entries import Entry
from migrator.gen1.live import read_live


def preparation(context: Context, features: Iterable[str]) -> tuple[PreparationStep, ...]:
    """The list for the features that will be deployed; by stage, then by resource.

    Where `migrate fetch` has looked at the live resources, their names are certain and what is protected already is
    marked as done.
    """
    app = context.app
    site = Site(context, read_live(app), app.region.value, app.stack_name.value, app.app_id.value, app.env or "")
    wanted = frozenset(features)
    entries = [entry for entry in app.entries if context.features.get(entry.ref, "") in wanted and not entry.imported]
    steps = [*_freeze(site, entries), *(step for entry in entries for step in _of_entry(site, entry))]
    order = tuple(Stage)
    return tuple(sorted(dict.fromkeys(steps), key=lambda step: order.index(step.stage)))


def _of_entry(site: Site, entry: Entry) -> Iterator[PreparationStep]:
    category, service = entry.ref.category, entry.service
    if (category, service) == ("auth", "Cognito"):
        yield from _pool(site, entry)
    elif (category, service) == ("storage", "S3"):
        yield from _bucket(site, entry)
    elif (category, service) == ("storage", "DynamoDB"):
        yield from of_table(site, entry.output("Name").value or f"{entry.ref.name}-{site.env}", entry)
    elif (category, service) == ("api", "AppSync"):
        yield from of_models(site, entry)


# ---- Gen 1 itself


def _freeze(site: Site, entries: list[Entry]) -> Iterator[PreparationStep]:
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


def _freeze_reused(site: Site, stack: str) -> Iterator[PreparationStep]:
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


def _pool(site: Site, entry: Entry) -> Iterator[PreparationStep]:
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


def _bucket(site: Site, entry: Entry) -> Iterator[PreparationStep]:
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
