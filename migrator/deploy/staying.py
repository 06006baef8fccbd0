"""What of the live Gen 1 backend holds users, files or rows and is not kept: Gen 2 begins without what is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from migrator.engine.context import Context
from migrator.gen1.entries import Entry


class Staying(Struct, frozen=True):
    """A live resource that stays behind."""

    feature: str
    """The word for `--reuse` that keeps it, where it can be kept."""
    kind: str
    """Such as `user pool`, `bucket`, `table`."""
    name: str
    """Its id, or its name."""
    holds: str

    @property
    def reusable(self) -> bool:
        """Whether `--reuse` keeps it; of the others Gen 2 always makes its own."""
        return self.feature in _REUSABLE


_REUSABLE = frozenset({"auth", "data", "storage"})
_HOLDING = (
    ("auth", "Cognito", "UserPoolId", "user pool", "users"),
    ("auth", "Cognito", "IdentityPoolId", "identity pool", "the identities that files and rows belong to"),
    ("storage", "S3", "BucketName", "bucket", "files"),
    ("storage", "DynamoDB", "Name", "table", "rows"),
    ("analytics", "Kinesis", "kinesisStreamId", "stream", "records"),
    ("geo", "GeofenceCollection", "Name", "geofence collection", "geofences"),
    ("analytics", "Pinpoint", "Id", "Pinpoint app", "endpoints"),
    ("notifications", "Pinpoint", "Id", "Pinpoint app", "endpoints"),
)


def staying(context: Context, features: Iterable[str], models: Iterable[str]) -> tuple[Staying, ...]:
    """The live resources of the deployed `features` that Gen 2 makes anew; `models` are those of the API.

    Nothing for resources whose ids the project does not hold: `amplify pull` or `migrate fetch` brings them.
    """
    held = frozenset(features)
    listed = tuple(models)
    entries = (one for one in context.app.entries if not context.reused(one.ref) and context.converted(one.ref))
    found = (each for entry in entries for each in _of(entry, context, listed))
    return tuple(one for one in found if one.feature in held)


def _of(entry: Entry, context: Context, models: tuple[str, ...]) -> Iterator[Staying]:
    feature = context.features.get(entry.ref, "")
    for category, service, output, kind, holds in _HOLDING:
        if (entry.ref.category, entry.service) == (category, service) and (name := entry.output(output).value):
            yield Staying(feature, kind, name, holds)
    api = entry.output("GraphQLAPIIdOutput").value if entry.service == "AppSync" else ""
    for model in models if api else ():
        yield Staying(feature, "table", f"{model}-{api}-{context.app.env}", "rows")
