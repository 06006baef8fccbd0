"""Providers of the hosted UI that an override made, and what else of Cognito stands beside the pool."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.commands.convert import Conversion, Request, convert
from tests.projects import ROOT

BY_HAND = ROOT / "tests/fixtures/gen1/auth-by-hand"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Conversion:
    return convert(Request(BY_HAND, tmp_path_factory.mktemp("gen2")))[0]


@pytest.fixture(scope="module")
def resource(done: Conversion) -> str:
    return " ".join((done.folder / "amplify/auth/resource.ts").read_text(encoding="utf-8").split())


@pytest.fixture(scope="module")
def wiring(done: Conversion) -> str:
    return " ".join((done.folder / "amplify/auth/wiring.ts").read_text(encoding="utf-8").split())


def test_an_openid_provider_has_its_issuer_and_all_endpoints(resource: str) -> None:
    assert "issuerUrl: 'https://sso.members.example', attributeRequestMethod: 'POST'," in resource
    assert "jwksUri: 'https://sso.members.example/keys'," in resource


def test_an_openid_provider_has_secrets_of_its_own_name(resource: str) -> None:
    assert "clientSecret: secret('STAFF_SSO_CLIENT_SECRET')," in resource


def test_no_secret_of_gen1_is_written(done: Conversion) -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in done.folder.rglob("*.*") if path.is_file())
    assert "invented secret" not in written
    assert "members-backend" not in written


def test_secrets_to_enter_are_listed(done: Conversion) -> None:
    assert "STAFF_SSO_CLIENT_SECRET" in (done.folder / "MIGRATION.md").read_text(encoding="utf-8")


def test_one_saml_provider_is_that_of_the_definition(resource: str) -> None:
    assert "saml: { name: 'Partners', metadata: {" in resource
    assert "idpSignout: true," in resource


def test_another_saml_provider_is_a_construct_that_the_client_offers(wiring: str) -> None:
    assert "providerDetails: { MetadataURL: 'https://idp.suppliers.example/metadata.xml', IDPInit: 'true', }," in wiring
    assert "...(cfnUserPoolClient.supportedIdentityProviders ?? []), 'Suppliers'," in wiring
    assert "cfnUserPoolClient.addDependency(suppliers);" in wiring


def test_a_provider_with_some_of_the_endpoints_is_left_to_the_user(done: Conversion, resource: str) -> None:
    assert "Partial" not in resource
    assert ["Partial" in found.message for found in done.findings if found.rule == "AUTH135"] == [True]


def test_the_identity_pool_takes_the_tokens_of_the_same_apps(wiring: str) -> None:
    assert "'appleid.apple.com': 'example.members.app'," in wiring
    assert "'graph.facebook.com': '4711000000000001'," in wiring


def test_the_identity_pool_takes_the_same_assertions(wiring: str) -> None:
    assert "samlProviderArns = [ 'arn:aws:iam::123456789012:saml-provider/Partners', ]" in wiring


def test_scopes_of_a_resource_server_are_there_before_the_client(wiring: str) -> None:
    assert "scopes: [{ scopeName: 'read', scopeDescription: 'Read' }]," in wiring
    assert "cfnUserPoolClient.addDependency(clubServer);" in wiring


def test_risk_settings_are_for_the_new_client(wiring: str) -> None:
    assert "clientId: cfnUserPoolClient.ref, compromisedCredentialsRiskConfiguration:" in wiring


def test_a_resource_of_another_service_is_a_gap(done: Conversion) -> None:
    assert ["AuditTopic" in found.message for found in done.findings if found.rule == "AUTH900"] == [True]


def test_providers_of_a_live_pool_stay(tmp_path: Path) -> None:
    kept = convert(Request(BY_HAND, tmp_path, reuse=frozenset({"auth"})))[0]
    assert [found.rule for found in kept.findings if found.rule in ("AUTH132", "AUTH135")] == []
