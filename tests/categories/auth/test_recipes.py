"""The code that rules of auth name under `instead` is what Gen 2 takes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from migrator.commands.convert import Request, convert
from migrator.engine.catalog import load_catalog
from migrator.node.packages import prepare_packages
from migrator.node.process import Processes
from migrator.node.toolchain import find_toolchain
from migrator.verify.synth import synthesize
from migrator.verify.workspace import Mode, mirrored
from tests.projects import ROOT

pytestmark = pytest.mark.node

DOMAIN = "addDomain('VerificationDomain', { cognitoDomain: { domainPrefix: '…' } })"
LINK = "{ defaultEmailOption: 'CONFIRM_WITH_LINK', emailSubjectByLink: '…', emailMessageByLink: '… {##confirm##} …' }"
FOUND = (
    "backend.auth.stack.node.findAll().find((one): one is CfnUserPoolIdentityProvider => "
    "one instanceof CfnUserPoolIdentityProvider && one.providerName === 'NAME')"
    "?.addPropertyOverride('ProviderDetails.token_url', '…')"
)


def instead(rule: str) -> str:
    """What a rule says to do."""
    return next(one.instead for one in load_catalog(("auth",)).rules if one.id == rule)


def synthesized(name: str, code: str, out: Path) -> Mapping[str, Mapping[str, Any]]:
    """The resources of a fixture with code of the user's own, by logical id."""
    convert(Request(ROOT / "tests/fixtures/gen1" / name, out))
    backend = out / "amplify" / "backend.ts"
    backend.write_text(f"{backend.read_text()}\n{code}\n")
    toolchain = find_toolchain(out, install=True, progress=print)
    packages = prepare_packages(out, toolchain, install=False, progress=print)
    with mirrored(out.resolve(), toolchain.modules, packages.folder) as workspace, Processes() as processes:
        made = synthesize(workspace, toolchain, processes, Mode.BRANCH, "main")
        assert made.assembly is not None, made.errors
        return {id: body for stack in made.assembly.stacks for id, body in stack.resources.items()}


def properties(made: Mapping[str, Mapping[str, Any]], kind: str) -> list[Mapping[str, Any]]:
    return [body["Properties"] for body in made.values() if body["Type"] == kind]


def test_cognito_sends_a_link_of_its_own(tmp_path: Path, node_tools: None) -> None:
    assert DOMAIN in instead("AUTH025")
    assert LINK in instead("AUTH025")
    code = "\n".join(
        (
            "const { userPool, cfnResources } = backend.auth.resources;",
            f"userPool.{DOMAIN.replace('…', 'gallery')};",
            "cfnResources.cfnUserPool.emailVerificationMessage = undefined;",
            "cfnResources.cfnUserPool.emailVerificationSubject = undefined;",
            f"cfnResources.cfnUserPool.verificationMessageTemplate = {LINK};",
        )
    )
    made = synthesized("several-buckets", code, tmp_path / "gen2")
    (pool,) = properties(made, "AWS::Cognito::UserPool")
    assert pool["VerificationMessageTemplate"]["DefaultEmailOption"] == "CONFIRM_WITH_LINK"
    assert "EmailVerificationMessage" not in pool
    assert len(properties(made, "AWS::Cognito::UserPoolDomain")) == 1


def test_settings_of_a_provider_are_added_to_its_construct(tmp_path: Path, node_tools: None) -> None:
    assert FOUND in instead("AUTH135")
    said = FOUND.replace("NAME", "Staff-SSO").replace("…", "https://sso.members.example/other")
    code = f"import {{ CfnUserPoolIdentityProvider }} from 'aws-cdk-lib/aws-cognito';\n{said};"
    made = synthesized("auth-by-hand", code, tmp_path / "gen2")
    providers = {one["ProviderName"]: one for one in properties(made, "AWS::Cognito::UserPoolIdentityProvider")}
    assert providers["Staff-SSO"]["ProviderDetails"]["token_url"] == "https://sso.members.example/other"
    assert set(providers) == {"Google", "Staff-SSO", "Partners", "Suppliers"}
