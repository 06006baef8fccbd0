"""Names of stacks and parameters, as Amplify's own library makes them."""

from __future__ import annotations

import pytest

from migrator.deploy.backend_names import StackName, parsed_stack_name, secret_prefixes, stack_name
from migrator.deploy.targets.interface import BackendIdentity
from migrator.verify.workspace import Mode

_LONG = "feature/very-long-" + "x" * 80


@pytest.mark.parametrize(
    ("identity", "name"),
    [
        (BackendIdentity(Mode.BRANCH, "d1a2b3c4", "main"), "amplify-d1a2b3c4-main-branch-cd70825dbf"),
        (BackendIdentity(Mode.BRANCH, "my-app_é", _LONG), f"amplify-myapp-featureverylong{'x' * 35}-branch-b01a983cd5"),
        (
            BackendIdentity(Mode.SANDBOX, "@scope/" + "n" * 140, "bob"),
            f"amplify-scope{'n' * 91}-bob-sandbox-6e27809190",
        ),
    ],
)
def test_the_stack_is_named_as_amplify_names_it(identity: BackendIdentity, name: str) -> None:
    assert stack_name(identity) == name


def test_secrets_lie_below_the_backend_and_below_the_app() -> None:
    assert secret_prefixes(BackendIdentity(Mode.BRANCH, "d1a2b3c4", "main")) == (
        "/amplify/d1a2b3c4/main-branch-cd70825dbf",
        "/amplify/shared/d1a2b3c4",
    )


def test_a_name_tells_what_it_was_made_of() -> None:
    assert parsed_stack_name("amplify-shop-bob-sandbox-6e27809190") == StackName("shop", "bob", "sandbox", "6e27809190")


@pytest.mark.parametrize(
    "name", ["amplify-shop-dev-4c1e9", "CDKToolkit", "amplify-shop-bob-sandbox-6e27809190-auth179371D7"]
)
def test_other_stacks_are_no_backends(name: str) -> None:
    assert parsed_stack_name(name) is None
