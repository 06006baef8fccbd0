"""Which app and environment `migrate fetch` is for, and where its files go."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from migrator.aws.amplify import BackendEnvironment, environment, environments
from migrator.aws.reading import Reading
from migrator.core.errors import AwsError, UsageError
from migrator.gen1.project import App, discover


class Place(Struct, frozen=True):
    """The app, as far as options and files tell."""

    amplify: Path
    """The Gen 1 folder; it may not exist yet."""
    app_id: str
    env: str
    region: str
    known: BackendEnvironment
    """What the project's files say of the environment."""
    checked_out: str = ""
    """The environment that the Gen 1 CLI works on here."""

    def environment(self, reading: Reading) -> BackendEnvironment:
        """The environment as Amplify knows it, else as the files do.

        Raises UsageError when it does not exist or has to be chosen, AwsError when neither AWS nor the files tell.
        """
        if not self.env:
            return self._only(reading)
        try:
            found = environment(reading, self.app_id, self.env)
        except AwsError:
            if not self.known.stack:
                raise
            return self.known  # the permission for this one question is missing; the files have the answer
        if found is None and not self.known.stack:
            listed = [one.name for one in environments(reading, self.app_id)]
            raise UsageError(
                f"the app {self.app_id} has no Gen 1 environment {self.env!r} in {self.region}",
                hint=f"There are: {', '.join(listed)}." if listed else "Check the app id, the region and the profile.",
            )
        if found is None:
            return self.known
        return replace(found, stack=found.stack or self.known.stack, bucket=found.bucket or self.known.bucket)

    def _only(self, reading: Reading) -> BackendEnvironment:
        listed = environments(reading, self.app_id)
        if len(listed) == 1:
            return listed[0]
        names = ", ".join(one.name for one in listed)
        said = f"has several environments: {names}" if listed else "has no Gen 1 environment"
        raise UsageError(
            f"the app {self.app_id} {said}", hint="Choose one with --env." if listed else "Check --app-id."
        )


def place_of(path: Path, name: str | None, env: str | None, app_id: str, region: str, profile: str) -> Place:
    """What the options and the project at `path` say. Raises UsageError for what has to be named first."""
    app = _app(path, name, env)
    found_id = app_id or (app.app_id.value if app else "")
    if not found_id:
        hint = "It stands in the Amplify console, App settings, General settings: the last part of the App ARN."
        raise UsageError("the id of the Amplify app is not known; name it with --app-id", hint=hint)
    where = region or (app.region.value if app else "") or _configured(profile)
    if not where:
        raise UsageError("the region is not known", hint="Name it with --region.")
    amplify = (app.folder if app else None) or path.resolve() / "amplify"
    chosen = env or (app.env if app else None) or ""
    fits = app is not None and app.env == chosen and app.app_id.value in ("", found_id)
    known = _known(app, chosen) if app and fits else BackendEnvironment(chosen)
    return Place(amplify, found_id, chosen, where, known, app.files.checked_out if app else "")


def _app(path: Path, name: str | None, env: str | None) -> App | None:
    if not path.is_dir():
        raise UsageError(f"there is no folder {path}", hint="Name the folder of the project, or make an empty one.")
    apps = [app for app in discover(path).apps if app.folder is not None and name in (None, app.name)]
    if len(apps) > 1:
        names = ", ".join(app.name for app in apps)
        raise UsageError(f"{path} holds several apps: {names}", hint="Choose one with --app.")
    if not apps:
        if name is not None:
            raise UsageError(f"no app is called {name!r} below {path}", hint="Leave --app out.")
        return None
    if not env or env not in apps[0].environments:
        return apps[0]
    again = [app for app in discover(path, env).apps if app.folder == apps[0].folder]
    return again[0] if again else apps[0]


def _known(app: App, env: str) -> BackendEnvironment:
    bucket = app.files.provider(app.files.deployed_meta, "DeploymentBucketName").value if app.deployed_fits else ""
    if not bucket and app.team is not None:
        said = app.team.part("awscloudformation", "DeploymentBucketName").root
        bucket = said if isinstance(said, str) else ""
    return BackendEnvironment(env, app.stack_name.value, bucket)


def _configured(profile: str) -> str:
    from migrator.aws.configured import configured_region  # boto3 is slow to import

    return configured_region(profile)
