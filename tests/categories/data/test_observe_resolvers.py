"""Resolvers in both generations: what is the same though it is called otherwise, and what is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from migrator.categories.data.observe import OBSERVER
from migrator.categories.data.observe_resolvers import FUNCTION, LAMBDA, RESOLVER, SOURCE, label, observe
from migrator.categories.data.observe_templates import template
from migrator.commands.assessment import Assessment
from migrator.core.ref import ResourceRef
from migrator.engine.comparison import compare
from migrator.engine.context import Context, Options
from migrator.engine.observed import Aspect, Declared, Generation, Observed, Side
from migrator.gen1.project import discover
from tests.gen1.gen1_project import only_app
from tests.projects import ROOT, apps

SHOP = ResourceRef("api", "papershop")
OWN = {"ApiId": "${GraphQL API.ApiId}"}
ARN = "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:"


@cache
def context() -> Context:
    shop = next(app for app in apps() if app.entry(SHOP))
    return Assessment(shop, Options()).context


def piece(kind: str, name: str, properties: Mapping[str, Any]) -> Declared:
    return Declared(f"api#{name}", kind, {**OWN, **properties}, owner=SHOP, name=name)


def api(
    functions: Iterable[tuple[str, str, str]], arn: str = ARN + "${function echo}", **resolver: Any
) -> list[Declared]:
    """A resolver with these functions: how they are referred to, what they are called, and a template."""
    listed = [
        piece(FUNCTION, ref, {"Name": name, "DataSourceName": "${source.Name}", "RequestMappingTemplate": text})
        for ref, name, text in functions
    ]
    pipeline = {"Functions": [f"${{{ref}.FunctionId}}" for ref, _, _ in functions]}
    own = {"TypeName": "Query", "FieldName": "getOrder", "PipelineConfig": pipeline, "Kind": "PIPELINE", **resolver}
    return [
        *listed,
        piece(SOURCE, "source", {"Name": "Any", "Type": "AWS_LAMBDA", "LambdaConfig": {"LambdaFunctionArn": arn}}),
        piece(RESOLVER, "resolver", own),
        Declared("f", LAMBDA, {"FunctionName": "echo-main"}, name="function echo"),
    ]


def observed(side: Side, declared: Iterable[Declared]) -> list[Observed]:
    found = OBSERVER.observe(Generation(side, tuple(declared), context()))
    return [one for one in found if one.aspect is Aspect.RESOLVERS]


def differing(gen1: Iterable[Declared], gen2: Iterable[Declared]) -> set[str]:
    return {one.attribute for one in compare(observed(Side.GEN1, gen1), observed(Side.GEN2, gen2)).mismatches}


STEPS = [
    ("a", "QuerylistOrdersauth0Function", "check"),
    ("b", "QuerygetCustomerpostAuth0Function", "end"),
    ("c", "QueryGetOrderDataResolverFn", "read"),
]
OWN_STEPS = [
    ("x", "QuerygetOrderauth0Function", "check"),
    ("y", "QuerygetOrderpostAuth0Function", "end"),
    ("z", "QueryGetOrderDataResolverFn", "read"),
]


def test_functions_that_gen_1_shares_are_those_that_gen_2_makes_for_each_resolver() -> None:
    assert differing(api(STEPS), api(OWN_STEPS)) == set()


def shared(folder: Path, added: Mapping[str, str]) -> Any:
    """What Gen 1's step says that two resolvers share, where these files were built."""
    files = {"schema.graphql": "type Note { id: ID! }", "parameters.json": {"AppSyncApiName": "notes"}}
    index = {"api": {"notes": {"service": "AppSync"}}}
    named = {f"amplify/backend/api/notes/{name}": content for name, content in files.items()}
    second = {"features": {"graphqltransformer": {"transformerversion": 2}}}
    app = only_app(folder, {"amplify/backend/backend-config.json": index, "amplify/cli.json": second, **named})
    notes = ResourceRef("api", "notes")
    entry = app.entry(notes)
    assert entry is not None
    entry.add_files({f"build/resolvers/{name}": text for name, text in added.items()})
    place = "https://files/resolvers/Query.listOrders.auth.1.req.vtl"
    step = {"Name": "QuerylistOrdersauth0Function", "RequestMappingTemplateS3Location": place}
    own = {"TypeName": "Query", "FieldName": "getOrder", "PipelineConfig": {"Functions": ["${f.FunctionId}"]}}
    declared = (
        Declared("f", FUNCTION, {**OWN, **step}, owner=notes, name="f"),
        Declared("r", RESOLVER, {**OWN, **own}, owner=notes, name="r"),
    )
    (found,) = observe(Generation(Side.GEN1, declared, Assessment(app, Options()).context))
    return found.attributes["Authorization.auth 0.RequestMappingTemplate.Text"]


def test_a_resolver_that_shared_a_file_is_read_from_its_own_where_templates_were_built(tmp_path: Path) -> None:
    both = {"Query.listOrders.auth.1.req.vtl": "theirs", "Query.getOrder.auth.1.req.vtl": "own"}
    assert shared(tmp_path, both) == "own"


def test_a_resolver_without_a_file_of_its_own_is_read_from_the_shared_one(tmp_path: Path) -> None:
    assert shared(tmp_path, {"Query.listOrders.auth.1.req.vtl": "theirs"}) == "theirs"


def test_a_function_that_gen_1_runs_twice_is_two_equal_ones_of_gen_2() -> None:
    twice = [("p", "QuerygetOrderpreAuth0Function", "set"), ("p", "QuerygetOrderpreAuth0Function", "set"), *STEPS]
    second = ("q", "QuerygetOrderpreAuth1Function", "set")
    assert differing(api(twice), api([twice[0], second, *OWN_STEPS])) == set()
    other = ("q", "QuerygetOrderpreAuth1Function", "unset")
    assert differing(api(twice), api([twice[0], other, *OWN_STEPS])) == {
        "Functions[preAuth 1].RequestMappingTemplate.Text"
    }


def test_a_resolver_without_its_authorization_is_told() -> None:
    found = differing(api(STEPS), api(OWN_STEPS[1:]))
    assert {"Pipeline", "Authorization.auth 0.RequestMappingTemplate.Text"} <= found


def test_another_authorization_is_told_as_such() -> None:
    other = [("x", "QuerygetOrderauth0Function", "let all in"), *OWN_STEPS[1:]]
    assert differing(api(STEPS), api(other)) == {"Authorization.auth 0.RequestMappingTemplate.Text"}


def test_another_order_is_told() -> None:
    assert differing(api(STEPS), api([OWN_STEPS[1], OWN_STEPS[0], OWN_STEPS[2]])) == {"Pipeline"}


def test_another_template_is_told() -> None:
    assert differing(api(STEPS), api([*OWN_STEPS[:2], ("z", "QueryGetOrderDataResolverFn", "scan")])) == {
        "Functions[data].RequestMappingTemplate.Text"
    }


def test_another_data_source_is_told() -> None:
    found = differing(api(STEPS), api(OWN_STEPS, ARN + "${function other}"))
    assert "Functions[data].DataSource" in found


def test_a_function_may_be_called_by_its_name() -> None:
    assert differing(api(STEPS, ARN + "echo-main"), api(OWN_STEPS)) == set()


def test_a_name_in_another_case_is_told_once() -> None:
    assert differing(api(STEPS, ARN + "Echo-main"), api(OWN_STEPS)) == {"MisspeltFunction"}


def live(env: str | None, called: str) -> list[tuple[str, str, Any]]:
    """What differs where a field calls a function of that name, which is not converted."""
    guests = discover(ROOT / "tests/fixtures/gen1/datastore-with-guests", env).apps[0]
    known = Assessment(guests, Options()).context
    gen1 = Generation(Side.GEN1, tuple(api(OWN_STEPS, ARN + "${function recount}")), known)
    gen2 = Generation(Side.GEN2, tuple(api(OWN_STEPS, ARN + called)), known)
    found = compare(OBSERVER.observe(gen1), OBSERVER.observe(gen2)).mismatches
    return [(one.key, one.attribute, one.gen2) for one in found]


def test_a_function_that_is_not_converted_is_the_live_one_by_its_name() -> None:
    assert live("dev", "recount-dev") == []


def test_another_function_in_the_place_of_the_live_one_is_told() -> None:
    assert (f"data source function {ARN}recount-test", "", "present") in live("dev", "recount-test")


def test_a_live_function_without_its_environment_is_told_once() -> None:
    source = f"data source function {ARN}${{function recount}}"
    assert live(None, "recount") == [(source, "FunctionOfNoEnvironment", "recount")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("MutationupdateOrderinit0Function", "init 0"),
        ("QueryEchoAuthFN", "auth"),
        ("InvokeEchoLambdaDataSource", "call"),
        ("OrderLinesDataResolverFn", "data"),
        ("MyOwn", "MyOwn"),
    ],
)
def test_a_function_has_a_place_in_its_pipeline(name: str, expected: str) -> None:
    assert label(piece(FUNCTION, "f", {"Name": name})) == expected


def test_a_template_is_what_it_puts_into_the_stash_and_its_other_lines() -> None:
    text = '$util.qr($ctx.stash.put("typeName", "Query"))\n\n#if( $a )  \n$util.toJson({})'
    assert template(text).said == {
        "Stash": {"typeName": '"Query"'},
        "Callers": {},
        "Text": "#if( $a )\n$util.toJson({})",
    }


OWNER = """#set( $isAuthorized = false )
#if( $util.authType() == "User Pool Authorization" )
  #if( $ctx.identity.username == "a" )
    #set( $isAuthorized = true )
  #end
#end
"""
IAM = """#if( $util.authType() == "IAM Authorization" )
  #if( $util.authType() == "IAM Authorization" && $util.isNull($ctx.identity.cognitoIdentityPoolId) && """
IAM += """$util.isNull($ctx.identity.cognitoIdentityId) )
    $util.qr($ctx.stash.put("hasAuth", true))
    #set( $isAuthorized = true )
  #else
$util.unauthorized()
  #end
#end
"""


def test_the_question_for_principals_outside_of_the_identity_pool_is_told_by_itself() -> None:
    old, new = template(OWNER), template(OWNER + IAM)
    assert (old.principals, new.principals) == (False, True)
    assert old.said == new.said


@pytest.mark.parametrize(
    ("found", "instead"),
    [
        ("isNull($ctx.identity.cognitoIdentityId)", "isNull($ctx.identity.username)"),
        ("$util.unauthorized()", "#set( $isAuthorized = true )"),
        ("  #else\n$util.unauthorized()\n", ""),
        ('"IAM Authorization" )\n', '"API Key Authorization" )\n'),
    ],
)
def test_another_question_is_none_of_these(found: str, instead: str) -> None:
    assert found in IAM
    assert template(OWNER).said != template(OWNER + IAM.replace(found, instead, 1)).said


LISTED = """#set( $ownerAllowedFields0 = ["id","name"] )
#set( $isAuthorizedOnAllFields0 = true )
#if( $isAuthorizedOnAllFields0 )
  #set( $isAuthorized = true )
#else
  $util.qr($allowedFields.addAll($ownerAllowedFields0))
#end
"""


def test_a_list_of_fields_that_is_never_read_says_nothing() -> None:
    assert template(LISTED).said == template(LISTED.replace('"id",', "")).said


@pytest.mark.parametrize(
    ("found", "instead"),
    [
        ("= true )\n#if", "= false )\n#if"),
        ("#else\n", "#end\n#if( $a )\n"),
        ("#end\n", "#end\n$util.qr($allowedFields.addAll($ownerAllowedFields0))\n"),
    ],
)
def test_a_list_of_fields_that_is_read_counts(found: str, instead: str) -> None:
    read = LISTED.replace(found, instead, 1)
    assert read != LISTED
    assert template(read).said != template(read.replace('"id",', "")).said


def test_a_mode_that_gets_nobody_in_is_as_good_as_none() -> None:
    empty = '#if( $util.authType() == "API Key Authorization" )\n#end\n'
    assert template(OWNER + empty).said == template(OWNER).said
    opened = empty.replace("#end", "#set( $isAuthorized = true )\n#end")
    assert template(OWNER + opened).said["Callers"]["API Key"] == "#set( $isAuthorized = true )"


def test_two_functions_of_one_place_do_not_hide_each_other() -> None:
    twice = [*STEPS[:1], ("d", "QuerylistOrdersauth0Function", "second"), *STEPS[1:]]
    other = [*STEPS[:1], ("d", "QuerylistOrdersauth0Function", "third"), *STEPS[1:]]
    assert differing(api(twice), api(other)) == {"Authorization.auth 1.RequestMappingTemplate.Text"}


def test_a_step_without_the_template_that_gen_1_has_in_a_file_is_told() -> None:
    def step(**files: str) -> list[Declared]:
        own = piece(FUNCTION, "a", {"Name": "QuerygetOrderauth0Function", "DataSourceName": "NONE_DS", **files})
        return [own, *api(STEPS[:1])[1:]]

    file = {"RequestMappingTemplateS3Location": "s3://bucket/resolvers/Query.getOrder.auth.1.req.vtl"}
    assert "Authorization.auth 0.RequestMappingTemplate.File" in differing(step(**file), step())
    assert "Authorization.auth 0.RequestMappingTemplate.Text" in differing(step(**file), step(**file))


def test_files_with_templates_that_are_not_there_are_told() -> None:
    (lacked,) = OBSERVER.lacks(context())
    assert lacked[0] is Aspect.RESOLVERS


@cache
def first() -> Context:
    """An API of transformer 1."""
    found = next(app for app in apps() if app.entry(ResourceRef("api", "notes")) and "first" in str(app.root))
    return Assessment(found, Options()).context


def reading(side: Side, *declared: Declared) -> dict[str, Any]:
    """What each resolver of an API of transformer 1 reads."""
    table = Declared("t", "AWS::DynamoDB::Table", {"TableName": "Note-${GraphQL API.ApiId}-dev"}, name="model Note")
    found = OBSERVER.observe(Generation(side, (*declared, table), first()))
    return {one.key: one.attributes.get("DataSource") for one in found if one.kind == RESOLVER}


def test_of_transformer_1_a_field_is_compared_by_what_it_reads() -> None:
    field = {"TypeName": "Query", "FieldName": "getNote"}
    table = {"DynamoDBConfig": {"TableName": "Note-${GraphQL API.ApiId}-dev"}}
    unit = piece(RESOLVER, "r", {**field, "DataSourceName": "${source.Name}"})
    steps = {"Functions": ["${auth.FunctionId}", "${read.FunctionId}"]}
    made = (
        piece(RESOLVER, "r", {**field, "PipelineConfig": steps}),
        piece(FUNCTION, "auth", {"Name": "QuerygetNoteauth0Function", "DataSourceName": "${none.Name}"}),
        piece(FUNCTION, "read", {"Name": "QueryGetNoteDataResolverFn", "DataSourceName": "${source.Name}"}),
        piece(SOURCE, "none", {"Name": "NONE_DS", "Type": "NONE"}),
        piece(SOURCE, "source", {"Name": "NoteTable", "DynamoDBConfig": {"TableName": "${model Note}"}}),
        piece(RESOLVER, "s", {"TypeName": "Subscription", "FieldName": "onCreateNote", "PipelineConfig": steps}),
    )
    old = reading(Side.GEN1, unit, piece(SOURCE, "source", {"Name": "NoteTable", **table}))
    assert old == {"resolver Query.getNote": ("table ${model Note}",), "resolvers of subscriptions": None}
    assert reading(Side.GEN2, *made) == old


PUT = '#if( $isAuthorized && $util.isNull($ownerEntity0) && !$ctx.args.input.containsKey("owner") )'
BECOMES = f"""{PUT}
$util.qr($ctx.args.input.put("owner", $ownerClaim0))
#end
"""


def callers(block: str) -> Any:
    return template(f'#if( $util.authType() == "User Pool Authorization" )\n{block}\n#end\n').said["Callers"]


def test_nobody_becomes_an_owner_where_nobody_was_let_in_before() -> None:
    assert callers(BECOMES + "#set( $a = 1 )") == callers("#set( $a = 1 )")


@pytest.mark.parametrize(
    ("before", "step"),
    [
        ("", BECOMES.replace("$isAuthorized && ", "")),
        ("", BECOMES.replace('put("owner"', 'remove("owner"')),
    ],
)
def test_other_steps_for_owners_are_told(before: str, step: str) -> None:
    assert callers(f"{before}{step}#set( $a = 1 )") != callers(f"{before}#set( $a = 1 )")


def test_who_is_let_in_already_and_becomes_an_owner_is_told_by_mode() -> None:
    block = f"#set( $isAuthorized = true )\n{BECOMES}#set( $a = 1 )"
    said = template(f'#if( $util.authType() == "User Pool Authorization" )\n{block}\n#end\n').said
    assert said["Owning"] == {"User Pool": True}
    assert "put(" not in said["Callers"]["User Pool"]


DYNAMIC = """#set( $groupAllowedFields0 = ["id","title"] )
#set( $isAuthorizedOnAllFields0 = true )
#foreach( $userGroup in $groupClaim0 )
#if( $groupEntity0.contains($userGroup) )
#if( $isAuthorizedOnAllFields0 )
#set( $isAuthorized = true )
#break
#else
$util.qr($allowedFields.addAll($groupAllowedFields0))
#end
#end
#end
"""


def test_fields_of_groups_in_a_row_that_may_all_are_not_read() -> None:
    assert callers(DYNAMIC) == callers(DYNAMIC.replace('"id",', ""))


def test_fields_of_groups_in_a_row_that_may_some_are_told() -> None:
    some = DYNAMIC.replace("Fields0 = true", "Fields0 = false")
    assert callers(some) != callers(some.replace('"id",', ""))


PASSES = (
    '#if( $util.authType() == "IAM Authorization" && $util.isNull($ctx.identity.cognitoIdentityPoolId) '
    "&& $util.isNull($ctx.identity.cognitoIdentityId) )"
)


def test_a_search_by_a_principal_outside_of_the_identity_pool_may_add_up_every_field() -> None:
    totals = '$util.qr($ctx.stash.put("allowedAggFields", ["id"]))'
    seen = template(f"{PASSES}\n{totals}\n#return($util.toJson({{}}))\n#end\n$util.unauthorized()")
    assert (seen.said["Text"], seen.principals) == ("$util.unauthorized()", True)


def test_anything_else_before_such_a_principal_passes_is_told() -> None:
    seen = template(f"{PASSES}\n#set( $a = 1 )\n#return($util.toJson({{}}))\n#end\n$util.unauthorized()")
    assert not seen.principals


STAFF = '{"claim":"groups","entity":"Staff","allowedFields":["id"],"isAuthorizedOnAllFields":true}'
GROUPS = f"""#set( $staticGroupRoles = [{STAFF}] )
#foreach( $groupRole in $staticGroupRoles )
#if( $groupRole.isAuthorizedOnAllFields )
#set( $isAuthorized = true )
#break
#else
$util.qr($allowedFields.addAll($groupRole.allowedFields))
#end
#end
"""


def test_fields_of_a_group_that_may_all_are_not_read() -> None:
    assert callers(GROUPS) == callers(GROUPS.replace('["id"]', '["id","name"]'))


@pytest.mark.parametrize(
    ("found", "instead"),
    [('"isAuthorizedOnAllFields":true', '"isAuthorizedOnAllFields":false'), ("#break\n#else\n", "")],
)
def test_fields_of_a_group_that_are_read_count(found: str, instead: str) -> None:
    other = GROUPS.replace(found, instead)
    assert callers(other) != callers(other.replace('["id"]', '["id","name"]'))


NOT_OF_THE_POOL = "$ctx.identity.userArn != $ctx.stash.authRole && $ctx.identity.userArn != $ctx.stash.unauthRole"
ADMINS = f"""#if( $util.authType() == "IAM Authorization" )
#foreach( $adminRole in $ctx.stash.adminRoles )
#if( $ctx.identity.userArn.contains($adminRole) && {NOT_OF_THE_POOL} )
#return($util.toJson({{}}))
#end
#end
#set( $isAuthorized = false )
#end
"""


def test_roles_that_pass_every_rule_are_told_by_themselves() -> None:
    assert template(ADMINS).admins
    assert template(ADMINS).said["Callers"] == {"IAM": "#set( $isAuthorized = false )"}


def test_a_wider_question_for_roles_is_none_of_these() -> None:
    wider = ADMINS.replace(" && $ctx.identity.userArn != $ctx.stash.unauthRole", "")
    assert not template(wider).admins
    assert "adminRole" in template(wider).said["Callers"]["IAM"]


def decided(arn: str) -> list[Declared]:
    """A resolver whose conflicts a function decides."""
    sync = {"ConflictHandler": "LAMBDA", "LambdaConflictHandlerConfig": {"LambdaConflictHandlerArn": arn}}
    first, *rest = api([("one", "QueryGetOrderDataResolverFn", "{}")])
    return [piece(FUNCTION, "one", {**first.properties, "SyncConfig": sync}), *rest]


def test_a_function_that_decides_is_the_one_that_its_name_means() -> None:
    assert differing(decided(ARN + "echo-main"), decided(ARN + "${function echo}")) == set()


def test_another_function_that_decides_is_told() -> None:
    decides = "Functions[data].SyncConfig.LambdaConflictHandlerConfig.LambdaConflictHandlerArn"
    assert differing(decided(ARN + "other"), decided(ARN + "${function echo}")) == {decides}
