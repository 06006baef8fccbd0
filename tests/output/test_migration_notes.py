"""MIGRATION.md."""

from __future__ import annotations

from migrator.gen2.backend import Secret
from migrator.output.migration_notes import (
    CallbackUrls,
    ConvertedResource,
    DeferredGrant,
    LiveEffect,
    Notes,
    OpenPoint,
    OpenReference,
    print_notes,
)

EVERYTHING = Notes(
    "shop",
    env="dev",
    folder="gen2",
    features=("auth", "function"),
    remaining=("data", "storage"),
    branches=("main",),
    resources=(
        ConvertedResource("function", "resize", "Lambda", "automatic"),
        ConvertedResource("auth", "pool", "Cognito", "assisted", reused=True),
    ),
    open_points=(
        OpenPoint("function/resize", "FUN090", "The layer is not converted.", "Publish it again."),
        OpenPoint("auth/pool", "AUTH091", "The trigger loader is gone."),
        OpenPoint("", "GEN050", "The schema does not parse.", blocks=True),
    ),
    secrets=(Secret("GOOGLE_SECRET", "Client secret of Google sign-in.", "AUTH060"),),
    callbacks=(CallbackUrls("Google", "https://console.cloud.google.com/", ("https://x.example/oauth2/idpresponse",)),),
    references=(OpenReference("amplify/references.ts", "STORAGE_X_NAME", "name of the bucket"),),
    left_behind=(LiveEffect("storage", "Files stay in the old bucket."),),
    touched=(LiveEffect("auth", "The pool gets deletion protection."),),
    deferred=(DeferredGrant("resize may read files", ("storage",)),),
)

EXPECTED = """\
# Migration of shop to Amplify Gen 2

## What was done

Converted from the environment `dev`: auth, function.
Not converted yet: data, storage.

- `auth/pool` (Cognito): assisted, the live resource is kept
- `function/resize` (Lambda): automatic, a new resource

## What must be solved before you deploy

### The project as a whole

- **GEN050** The schema does not parse.

`migrate explain RULE` has the reason and an example for each of them.

## What is left to do

### auth/pool

- **AUTH091** The trigger loader is gone.

### function/resize

- **FUN090** The layer is not converted.
  Publish it again.

`migrate explain RULE` has the reason and an example for each of them.

## What to enter where

### Secrets

For your sandbox, each command asks for the value:

```sh
npx ampx sandbox secret set GOOGLE_SECRET
```

For each branch (main): Amplify console, your app, Hosting, Secrets, Manage secrets, with the same names \
(https://docs.amplify.aws/react/deploy-and-host/fullstack-branching/secrets-and-vars/).

- `GOOGLE_SECRET`: Client secret of Google sign-in.

### Addresses to register with sign-in providers

DOMAIN is `auth.oauth.domain` in amplify_outputs.json; each branch has one of its own.

- Google, at https://console.cloud.google.com/:
  - `https://x.example/oauth2/idpresponse`

### Values that were not known

- `STORAGE_X_NAME` in `amplify/references.ts`, for each branch: name of the bucket

## What stays behind with the Gen 1 resources

New resources start empty. The old ones stay as they are, with what is in them:

- storage: Files stay in the old bucket.

## What changes on live resources

These resources are kept, and deploying the Gen 2 backend touches them:

- auth: The pool gets deletion protection.

## What waits for features to come

- resize may read files (comes with storage)

## Next commands

```sh
cd gen2
npm install          # also updates the lock file; commit it
npx tsc --noEmit -p amplify
npx ampx sandbox          # a backend of your own, for trying it out
```

The next slice: `migrate convert --feature data`. To go back: `migrate convert --undo`.
"""


def test_everything_is_said_in_its_place() -> None:
    assert print_notes(EVERYTHING) == EXPECTED


def test_sections_without_content_are_left_out() -> None:
    headings = [line for line in print_notes(Notes("shop")).splitlines() if line.startswith("## ")]
    assert headings == ["## What was done", "## What is left to do", "## Next commands"]


def test_nothing_left_is_said() -> None:
    assert "## What is left to do\n\nNothing.\n" in print_notes(Notes("shop"))


def test_the_same_point_twice_is_said_once() -> None:
    point = OpenPoint("auth/pool", "AUTH091", "Text.")
    assert print_notes(Notes("shop", open_points=(point, point))).count("AUTH091") == 1


def test_a_secret_needed_twice_is_set_once() -> None:
    secrets = (Secret("S", "for a", "R1"), Secret("S", "for b", "R2"))
    assert print_notes(Notes("shop", secrets=secrets)).count("secret set S\n") == 1


def test_the_order_of_what_is_given_does_not_matter() -> None:
    points = (OpenPoint("b/b", "X2", "Two."), OpenPoint("a/a", "X1", "One."))
    assert print_notes(Notes("s", open_points=points)) == print_notes(Notes("s", open_points=points[::-1]))


def test_a_text_cannot_begin_a_heading_of_its_own() -> None:
    point = OpenPoint("auth/pool", "AUTH091", "Text.\n\n# Title")
    assert "\n# Title" not in print_notes(Notes("shop", open_points=(point,)))


def test_a_backtick_does_not_end_inline_code() -> None:
    text = print_notes(Notes("shop", env="a`b"))
    assert "`` a`b ``" in text


def test_the_last_slice_leads_to_verify() -> None:
    assert "migrate verify" in print_notes(Notes("shop", features=("auth",)))


def test_the_packages_are_installed_by_the_projects_manager() -> None:
    assert "pnpm install " in print_notes(Notes("shop", package_manager="pnpm"))
