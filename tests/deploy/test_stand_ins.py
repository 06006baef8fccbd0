"""Secrets of the local AWS get stand-ins; nobody's own value is asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

from migrator.aws.session import Session
from migrator.deploy.stand_ins import secret_parameters, store_stand_ins
from migrator.verify.assembly import Assembly, Stack
from tests.aws.stubbed import Stubbed


def _assembly(**resources: dict[str, Any]) -> Assembly:
    return Assembly(Path("x"), (Stack("x.json", {"Resources": resources}),), {})


def _function(told: Any) -> dict[str, Any]:
    variables = {"AMPLIFY_SSM_ENV_CONFIG": told}
    return {"Type": "AWS::Lambda::Function", "Properties": {"Environment": {"Variables": variables}}}


def test_secrets_of_sign_in_providers_are_found() -> None:
    told = {"namespace": "app", "secretNames": ["GOOGLE_ID"]}
    fetcher = {"Type": "Custom::AmplifySecretFetcherResource", "Properties": told}
    assert secret_parameters(_assembly(It=fetcher)) == ("/amplify/shared/app/GOOGLE_ID",)


def test_secrets_of_functions_are_found() -> None:
    told = json.dumps({"KEY": {"path": "/amplify/app/main/KEY", "sharedPath": "/amplify/shared/app/KEY"}})
    assert secret_parameters(_assembly(It=_function(told))) == ("/amplify/shared/app/KEY",)


def test_variables_that_are_no_secrets_are_left_alone() -> None:
    assert secret_parameters(_assembly(It=_function(json.dumps({"NAME": {"path": "/amplify/app/main/NAME"}})))) == ()


def test_parameters_that_the_backend_makes_itself_are_left_alone() -> None:
    path = "/amplify/links/app/report/API_ID"
    told = json.dumps({"API_ID": {"path": path, "sharedPath": path}})
    made = {"Type": "AWS::SSM::Parameter", "Properties": {"Name": path, "Value": "x"}}
    assert secret_parameters(_assembly(It=_function(told), Link=made)) == ()


def test_odd_templates_are_no_error() -> None:
    odd = [_function({"Fn::Sub": "x"}), _function("{"), {"Type": "X", "Properties": None}, {"Type": "X"}]
    assert secret_parameters(_assembly(**{f"R{i}": one for i, one in enumerate(odd)})) == ()


def test_only_what_has_no_value_gets_a_stand_in() -> None:
    stubbed = Stubbed().answers("ssm", "get_parameters", {"Parameters": [], "InvalidParameters": ["/b"]})
    stubbed.answers("ssm", "put_parameter", {"Version": 1})
    assert store_stand_ins(cast("Session", stubbed), ("/a", "/b")) == ("/b",)
