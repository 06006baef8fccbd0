"""Preparation of tables: those of models, and those of the storage category."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.deploy.preparation_steps import PreparationStep, Site, Stage
from migrator.gen1.entries import Entry


def of_models(site: Site, entry: Entry) -> Iterator[PreparationStep]:
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
        yield from of_table(site, table, entry)
    if site.context.reused(entry.ref):
        yield PreparationStep(
            Stage.PROTECT,
            str(entry.ref),
            "Set the model tables to Retain in Gen 1, before its stack is ever deleted: feature flag "
            "`enablegen2migration` (under `graphqltransformer` in amplify/cli.json), then a push.",
            ("amplify push",),
        )


def _model_tables(site: Site, entry: Entry) -> tuple[str, ...]:
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


def of_table(site: Site, table: str, entry: Entry) -> Iterator[PreparationStep]:
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


def _tags(site: Site, table: str) -> Iterator[PreparationStep]:
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
