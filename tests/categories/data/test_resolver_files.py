"""Templates in `resolvers/`: what each is for, and where it ends up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migrator.categories.data.function_sources import data_source
from migrator.categories.data.model import ResolverFile
from migrator.engine.assemble import assemble
from migrator.output.emit import emit
from tests.categories.data.gen1_api import API, CONFIG, assess, project

SCHEMA = """\
type Plant @model @auth(rules: [{ allow: private }]) { id: ID! name: String }

type Query {
  echo: String @function(name: "echo-${env}") @auth(rules: [{ allow: private }])
  chain: String @function(name: "echo-${env}") @function(name: "echo-${env}") @auth(rules: [{ allow: private }])
  ping: String @http(url: "https://example.com") @auth(rules: [{ allow: private }])
  again: String @aws_cognito_user_pools
}
"""
FUNCTION = {
    "Parameters": {"env": {"Type": "String"}},
    "Resources": {
        "LambdaFunction": {
            "Type": "AWS::Lambda::Function",
            "Properties": {
                "Runtime": "nodejs20.x",
                "Handler": "index.handler",
                "FunctionName": {"Fn::Sub": "echo-${env}"},
            },
        }
    },
}
BY_HAND = {
    "Resources": {
        "AgainResolver": {
            "Type": "AWS::AppSync::Resolver",
            "Properties": {
                "ApiId": {"Ref": "AppSyncApiId"},
                "TypeName": "Query",
                "FieldName": "again",
                "DataSourceName": "EchoLambdaDataSource",
                "RequestMappingTemplate": "{}",
                "ResponseMappingTemplate": "{}",
            },
        }
    }
}


def garden(root: Path, *names: str, **given: Any) -> Path:
    files: dict[str, Any] = {f"{API}/resolvers/{name}": "{}\n" for name in names}
    files["amplify/backend/function/echo/echo-cloudformation-template.json"] = FUNCTION
    files["amplify/backend/function/echo/src/index.js"] = "exports.handler = async () => 1;\n"
    files[f"{API}/stacks/CustomResources.json"] = BY_HAND
    echo = {"service": "Lambda", "providerPlugin": "awscloudformation"}
    return project(root, schema=SCHEMA, config={**CONFIG, "function": {"echo": echo}}, files=files, **given)


def template(root: Path, name: str) -> ResolverFile:
    (found,) = assess(garden(root, name)).context.graph.facts(ResolverFile)
    return found.node


def wiring(root: Path, *names: str, style: str = "sdl", path: str = "wiring.ts", **given: Any) -> str:
    assessment = assess(garden(root, *names, **given), schema=style)
    backend, failed = assemble(assessment.matches.matches, assessment.context, assessment.categories)
    assert failed == ()
    emission = emit(backend, assessment.context, assessment.categories)
    return next(str(file.content) for file in emission.files if file.path == f"amplify/data/{path}")


def test_a_slot_may_have_no_number(tmp_path: Path) -> None:
    found = template(tmp_path, "Query.getPlant.postAuth.req.vtl")
    assert (found.slot, found.index) == ("postAuth", 0)


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("Query.getPlant.res.vtl", "QueryGetPlantDataResolverFn"),
        ("Plant.name.req.vtl", "PlantNameDataResolverFn"),
        ("InvokeEchoLambdaDataSource.req.vtl", "InvokeEchoLambdaDataSource"),
        ("Query.echo.auth.req.vtl", "QueryEchoAuthFN"),
        ("Query.echo.res.vtl", ""),
    ],
)
def test_a_template_replaces_the_generated_one_of_its_name(name: str, function: str, tmp_path: Path) -> None:
    found = template(tmp_path, name)
    assert (found.used, found.known, found.slot, found.function) == (True, True, "", function)


@pytest.mark.parametrize(
    "name", ["notes.vtl", "Query.echo.postAuth.1.req.vtl", "Query.echo.req.vtl", "Query.ping.req.vtl"]
)
def test_what_gen_1_does_nothing_with_is_left_out(name: str, tmp_path: Path) -> None:
    assert template(tmp_path, name).used is False


@pytest.mark.parametrize(
    "name",
    ["Query.ping.DataResolver.req.vtl", "Mutation.createPlant.validate.1.req.vtl", "odd.req.vtl", "a.b.c.d.res.vtl"],
)
def test_a_name_whose_place_is_not_known_is_a_gap(name: str, tmp_path: Path) -> None:
    assessment = assess(garden(tmp_path, name))
    assert "DATA312" in {one.rule for one in assessment.findings}


def test_slots_are_filled_in_the_order_of_gen_1(tmp_path: Path) -> None:
    names = [f"Query.getPlant.preDataLoad.{number}.req.vtl" for number in (1, 2, 10)]
    text = wiring(tmp_path, "Query.getPlant.preDataLoad.req.vtl", *names)
    found = [text.index(f"'preDataLoad', {number}, {{") for number in (0, 1, 10, 2)]
    assert found == sorted(found)


def test_a_resolver_by_hand_finds_the_data_source_of_a_typed_operation(tmp_path: Path) -> None:
    assert "cfnDataSources['EchoLambdaDataSource'].attrName" in wiring(tmp_path / "sdl")
    assert "cfnDataSources['FnEchoLambdaDataSource'].attrName" in wiring(tmp_path / "typed", style="typed")


def test_a_template_for_a_function_is_set_for_every_typed_operation(tmp_path: Path) -> None:
    text = wiring(tmp_path, "InvokeEchoLambdaDataSource.req.vtl", style="typed")
    for name in ("FnEcho", "FnChain", "FnChain2"):
        assert f"cfnFunctionConfigurations['Invoke{name}LambdaDataSource']" in text


def test_stacks_of_functions_are_named_for_every_typed_operation(tmp_path: Path) -> None:
    conf = {"StackMapping": {"InvokeEchoLambdaDataSource": "Calls", "GetPlantResolver": "Plants"}}
    text = wiring(tmp_path, style="typed", path="resource.ts", conf=conf)
    assert "GetPlantResolver: 'Plants'," in text
    assert "InvokeFnChain2LambdaDataSource: 'Calls'," in text


@pytest.mark.parametrize(
    ("function", "name"),
    [
        ("echo-${env}", "EchoLambdaDataSource"),
        ("re-size_it", "ReSize_itLambdaDataSource"),
        ("9lives", "LivesLambdaDataSource"),
    ],
)
def test_data_sources_are_named_as_the_transformer_names_them(function: str, name: str) -> None:
    assert data_source(function) == name
