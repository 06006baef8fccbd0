"""`migrate convert --outputs-only`: what front ends are told of the live Gen 1 backend."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from migrator.commands.outputs_only import Outputs, Request, folders, outputs_only
from migrator.core.errors import ConversionError, UsageError
from migrator.gen1.app import EnvironmentChoice
from migrator.gen2.client_config import FILE
from migrator.output.plan import FileState
from migrator.output.write import undo
from tests.projects import ROOT

SHOP = ROOT / "sample_projects" / "shop" / "gen1"
CLUB = ROOT / "sample_projects" / "club" / "gen1"
FIXTURES = ROOT / "tests" / "fixtures" / "gen1"
POOL = {"UserPoolId": "eu-west-1_FakePool7", "AppClientIDWeb": "7fakeweb", "AppClientID": "7fakenative"}


def run(path: Path, out: Path, **more: Any) -> Outputs:
    return outputs_only(Request(path, out, models=False, **more))[0]


def held(done: Outputs) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((done.folder / FILE).read_text())
    return found


def said(done: Outputs, rule: str) -> list[str]:
    return [found.message for found in done.findings if found.rule == rule]


def project(folder: Path, meta: Mapping[str, Any], exports: Mapping[str, Any] | None = None, **config: str) -> Path:
    """A project of which the deployed metadata is there, and maybe a front end's file."""
    listed = {
        category: {name: {key: value for key, value in body.items() if key != "output"} for name, body in some.items()}
        for category, some in meta.items()
    }
    providers = {"providers": {"awscloudformation": {"Region": "eu-west-1", "StackName": "amplify-fair-main-11111"}}}
    team = {"main": {"awscloudformation": {"Region": "eu-west-1", "StackName": "amplify-fair-main-11111"}}}
    files: dict[str, Any] = {
        "amplify/.config/project-config.json": {"projectName": "fair", "frontend": "javascript", **config},
        "amplify/team-provider-info.json": team,
        "amplify/backend/backend-config.json": listed,
        "amplify/#current-cloud-backend/amplify-meta.json": {**providers, **meta},
        **({"src/amplifyconfiguration.json": exports} if exports is not None else {}),
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(content))
    return folder


def auth(**outputs: str) -> dict[str, Any]:
    return {"auth": {"fairUsers": {"service": "Cognito", "output": {**POOL, **outputs}}}}


def test_ids_are_those_of_the_deployed_outputs(tmp_path: Path) -> None:
    found = held(run(SHOP, tmp_path, env="main"))["auth"]
    assert found["user_pool_id"] == "eu-west-1_FakePool1"
    assert found["user_pool_client_id"] == "1fakewebclientid0000000001"
    assert found["identity_pool_id"] == "eu-west-1:00000000-1111-4222-8333-444455556666"


def test_what_users_need_is_said_in_the_words_of_gen2(tmp_path: Path) -> None:
    found = held(run(SHOP, tmp_path, env="main"))["auth"]
    assert found["standard_required_attributes"] == ["email", "name"]
    assert (found["mfa_configuration"], found["mfa_methods"]) == ("OPTIONAL", ["TOTP"])
    assert found["password_policy"]["min_length"] == 10


def test_the_api_is_told_with_its_modes_and_its_public_key(tmp_path: Path) -> None:
    found = held(run(SHOP, tmp_path, env="main"))["data"]
    assert found["default_authorization_type"] == "AMAZON_COGNITO_USER_POOLS"
    assert found["authorization_types"] == ["API_KEY"]
    assert found["api_key"] == "da2-fakeapikeyfakeapikey1234"


def test_the_bucket_has_its_name_in_gen2_as_well(tmp_path: Path) -> None:
    found = held(run(SHOP, tmp_path, env="main"))["storage"]
    assert [one["name"] for one in found["buckets"]] == ["media"]
    assert found["buckets"][0]["bucket_name"] == found["bucket_name"]


def test_the_hosted_ui_is_that_of_the_front_end_s_file(tmp_path: Path) -> None:
    found = held(run(CLUB, tmp_path, env="prod"))["auth"]["oauth"]
    assert found["domain"] == "rowclub-login-prod.auth.eu-central-1.amazoncognito.com"
    assert found["identity_providers"] == ["GOOGLE"]
    assert found["redirect_sign_in_uri"] == ["http://localhost:5173/", "https://rowclub.example.org/"]


def test_the_hosted_ui_is_read_from_outputs_where_no_file_says_it(tmp_path: Path) -> None:
    metadata = {
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid"],
        "CallbackURLs": ["https://fair.example/"],
        "LogoutURLs": ["https://fair.example/bye"],
    }
    meta = auth(HostedUIDomain="fair-main", OAuthMetadata=json.dumps(metadata))
    found = held(run(project(tmp_path / "gen1", meta), tmp_path / "out"))["auth"]["oauth"]
    assert found["domain"] == "fair-main.auth.eu-west-1.amazoncognito.com"
    assert (found["response_type"], found["scopes"]) == ("code", ["openid"])


def test_a_file_of_another_environment_is_not_used(tmp_path: Path) -> None:
    with pytest.raises(ConversionError) as refused:
        run(CLUB, tmp_path, env="dev")
    assert "is of the environment prod" in refused.value.hint


def test_an_id_that_differs_from_the_deployed_one_is_not_used(tmp_path: Path) -> None:
    other = {"aws_user_pools_id": "eu-west-1_Other", "aws_user_pools_web_client_id": "other"}
    done = run(project(tmp_path / "gen1", auth(), other), tmp_path / "out")
    assert held(done)["auth"]["user_pool_client_id"] == "7fakeweb"
    assert "auth/fairUsers" in said(done, "GEN063")[0]


def test_nothing_of_a_file_is_used_where_one_id_differs(tmp_path: Path) -> None:
    other = {"aws_user_pools_id": "eu-west-1_Other", "aws_mobile_analytics_app_id": "otherpinpoint"}
    assert run(project(tmp_path / "gen1", auth(), other), tmp_path / "out").sections == ("auth",)


def test_an_environment_has_to_be_chosen(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentChoice):
        run(CLUB, tmp_path)


def test_no_id_is_invented(tmp_path: Path) -> None:
    done = run(FIXTURES / "imported-storage", tmp_path)
    assert "auth" not in held(done)
    assert "No file says the id of the user pool; the section auth is left out." in said(done, "GEN060")


def test_how_a_pool_signs_up_is_not_guessed(tmp_path: Path) -> None:
    done = run(FIXTURES / "imported-pool", tmp_path)
    assert "password_policy" not in held(done)["auth"]
    assert any("how users sign up" in message for message in said(done, "GEN060"))


def test_a_key_that_was_left_out_of_a_download_is_lacking(tmp_path: Path) -> None:
    outputs = {
        "GraphQLAPIEndpointOutput": "https://fakefair.appsync-api.eu-west-1.amazonaws.com/graphql",
        "GraphQLAPIKeyOutput": "<redacted by migrate>",
    }
    said_of_key = {"aws_appsync_authenticationType": "API_KEY"}
    meta = {"api": {"fair": {"service": "AppSync", "output": outputs}}}
    done = run(project(tmp_path / "gen1", meta, said_of_key), tmp_path / "out")
    assert "api_key" not in held(done)["data"]
    assert "No file says the API key." in said(done, "GEN060")


@pytest.mark.parametrize(("front_end", "client"), [("javascript", "7fakeweb"), ("ios", "7fakenative")])
def test_native_apps_get_the_client_of_native_apps(tmp_path: Path, front_end: str, client: str) -> None:
    gen1 = project(tmp_path / "gen1", auth(), frontend=front_end)
    assert held(run(gen1, tmp_path / "out"))["auth"]["user_pool_client_id"] == client


def test_a_native_client_with_a_secret_is_not_named(tmp_path: Path) -> None:
    secret = {
        "CognitoUserPool": {"Default": {"PoolId": POOL["UserPoolId"], "AppClientId": "7", "AppClientSecret": "fake"}}
    }
    done = run(project(tmp_path / "gen1", auth(), secret, frontend="android"), tmp_path / "out")
    assert held(done)["auth"]["user_pool_client_id"] == "7fakeweb"
    assert "fake" not in (done.folder / FILE).read_text().replace("7fakeweb", "").replace("FakePool", "")
    assert "has a secret" in said(done, "GEN061")[0]


def test_rest_apis_stand_under_custom_by_their_names(tmp_path: Path) -> None:
    url = "https://fake1.execute-api.eu-west-1.amazonaws.com/main"
    meta = {"api": {"stalls": {"service": "API Gateway", "output": {"ApiName": "stalls", "RootUrl": url}}}}
    found = held(run(project(tmp_path / "gen1", meta), tmp_path / "out"))
    assert found["custom"]["API"] == {"stalls": {"endpoint": url, "region": "eu-west-1", "apiName": "stalls"}}


def test_maps_are_told_with_their_styles_and_the_default(tmp_path: Path) -> None:
    maps = {
        "plan": {"service": "Map", "output": {"Name": "plan-main", "Style": "VectorEsriStreets"}},
        "night": {"service": "Map", "isDefault": True, "output": {"Name": "night-main", "Style": "VectorHereBerlin"}},
    }
    places = {"stands": {"service": "PlaceIndex", "output": {"Name": "stands-main"}}}
    found = held(run(project(tmp_path / "gen1", {"geo": {**maps, **places}}), tmp_path / "out"))["geo"]
    assert found["maps"]["default"] == "night-main"
    assert found["maps"]["items"]["plan-main"] == {"style": "VectorEsriStreets"}
    assert found["search_indices"] == {"items": ["stands-main"], "default": "stands-main"}


def test_maps_of_a_front_end_s_file_are_told_as_they_are(tmp_path: Path) -> None:
    location = {
        "region": "eu-central-1",
        "maps": {"items": {"plan-main": {"style": "VectorEsriStreets"}}, "default": "plan-main"},
        "geofenceCollections": {"items": ["fences-main"], "default": "fences-main"},
    }
    exports = {"geo": {"amazon_location_service": location}}
    found = held(run(project(tmp_path / "gen1", auth(), exports), tmp_path / "out"))["geo"]
    assert found["aws_region"] == "eu-central-1"
    assert found["geofence_collections"]["default"] == "fences-main"


def test_pinpoint_is_told_with_the_channels_of_clients(tmp_path: Path) -> None:
    pinpoint = {"Id": "fakepinpoint1", "Region": "eu-west-1"}
    channels = {**pinpoint, "InAppMessaging": {"Enabled": True}, "FCM": {"Enabled": False}}
    meta = {
        "analytics": {"visits": {"service": "Pinpoint", "output": pinpoint}},
        "notifications": {"visits": {"service": "Pinpoint", "output": channels}},
    }
    found = held(run(project(tmp_path / "gen1", meta), tmp_path / "out"))
    assert found["analytics"] == {"amazon_pinpoint": {"aws_region": "eu-west-1", "app_id": "fakepinpoint1"}}
    assert found["notifications"]["channels"] == ["IN_APP_MESSAGING"]


def test_predictions_are_handed_on_as_the_front_end_had_them(tmp_path: Path) -> None:
    predictions = {"convert": {"translateText": {"region": "eu-west-1", "proxy": False}}}
    found = held(run(project(tmp_path / "gen1", auth(), {"predictions": predictions}), tmp_path / "out"))
    assert found["custom"]["Predictions"] == predictions


def test_bots_have_no_place(tmp_path: Path) -> None:
    meta = {**auth(), "interactions": {"guide": {"service": "Lex", "output": {}}}}
    assert "Lex V1" in said(run(project(tmp_path / "gen1", meta), tmp_path / "out"), "GEN061")[0]


def test_a_front_end_alone_is_enough(tmp_path: Path) -> None:
    done = run(FIXTURES / "front-end-only", tmp_path)
    assert done.sections == ("auth", "data", "storage")


def test_a_value_that_clients_do_not_know_leaves_the_section_out(tmp_path: Path) -> None:
    exports = {"aws_cognito_mfa_types": ["PIGEON"], "aws_cognito_mfa_configuration": "ON"}
    meta = {**auth(), "storage": {"files": {"service": "S3", "output": {"BucketName": "b", "Region": "eu-west-1"}}}}
    done = run(project(tmp_path / "gen1", meta, exports), tmp_path / "out")
    assert done.sections == ("storage",)
    assert "mfa_methods" in said(done, "GEN064")[0]


def test_the_file_lies_beside_the_amplify_folder(tmp_path: Path) -> None:
    gen1 = project(tmp_path, auth())
    done = outputs_only(Request(gen1, models=False))[0]
    assert done.folder == gen1.resolve()
    assert folders(gen1, None, None) == (gen1.resolve(),)


def test_an_edited_file_is_kept_and_its_difference_shown(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"version": "1", "mine": true}\n')
    done = run(SHOP, tmp_path, env="main")
    assert [change.state for change in done.written.pending] == [FileState.KEPT]
    assert held(done)["mine"] is True


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    done = run(SHOP, tmp_path, env="main", dry_run=True)
    assert "eu-west-1_FakePool1" in done.diff
    assert list(tmp_path.iterdir()) == []


def test_a_run_can_be_undone(tmp_path: Path) -> None:
    run(SHOP, tmp_path, env="main")
    undo(tmp_path)
    assert not (tmp_path / FILE).exists()


def test_files_of_a_conversion_in_the_same_folder_stay_and_it_stays_with_them(tmp_path: Path) -> None:
    from migrator.commands.convert import Request as Conversion
    from migrator.commands.convert import convert

    convert(Conversion(SHOP, tmp_path, env="main", features=("auth",)))
    before = {path for path in tmp_path.rglob("*") if ".migrate" not in path.parts}
    run(SHOP, tmp_path, env="main")
    assert before <= set(tmp_path.rglob("*"))
    convert(Conversion(SHOP, tmp_path, env="main", features=("auth",)))
    assert (tmp_path / FILE).exists()


def test_a_folder_without_amplify_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        run(tmp_path, tmp_path / "out")


@pytest.mark.node
def test_models_are_those_of_amplify_s_generator(tmp_path: Path, pinned_packages: None) -> None:
    done = outputs_only(Request(SHOP, tmp_path, env="main"))[0]
    assert sorted(held(done)["data"]["model_introspection"]["models"]) == [
        "Category",
        "Order",
        "OrderLine",
        "Product",
        "Review",
    ]


@pytest.mark.node
@pytest.mark.parametrize(("gen1", "env"), [(SHOP, "main"), (CLUB, "prod")])
def test_the_file_has_the_type_that_amplify_declares(
    tmp_path: Path, gen1: Path, env: str, pinned_packages: None
) -> None:
    from migrator.node.toolchain import find_toolchain

    tools = find_toolchain(tmp_path, install=False, progress=print)
    text = (run(gen1, tmp_path / "out", env=env).folder / FILE).read_text()
    (tmp_path / "node_modules").symlink_to(tools.modules)
    types = Path(tools.module("@aws-amplify/client-config/lib/client-config-schema/client_config_v1.4"))
    source = f"import type {{ AWSAmplifyBackendOutputs }} from '{types.as_posix()}.js';\n"
    (tmp_path / "check.ts").write_text(f"{source}export const told: AWSAmplifyBackendOutputs = {text};\n")
    options = ("--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--target", "es2022")
    compiler = (tools.node.program, tools.module("typescript/bin/tsc"), *options, str(tmp_path / "check.ts"))
    checked = subprocess.run(compiler, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (checked.returncode, checked.stdout) == (0, "")


def test_several_apps_get_a_file_each(tmp_path: Path) -> None:
    for name in ("one", "two"):
        shutil.copytree(project(tmp_path / "made", auth()), tmp_path / "all" / name)
        config = tmp_path / "all" / name / "amplify" / ".config" / "project-config.json"
        config.write_text(json.dumps({"projectName": name, "frontend": "javascript"}))
    done = outputs_only(Request(tmp_path / "all", tmp_path / "out", models=False))
    assert sorted(one.folder.name for one in done) == ["one", "two"]
