"""The backend's files: definitions, features, references, and what waits."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from migrator.core.errors import ConversionError
from migrator.core.ref import ResourceRef
from migrator.engine.category import Category
from migrator.engine.context import Context, Options
from migrator.gen1.graph import Evidence, Fact, Node, Resource, ResourceGraph
from migrator.gen2.backend import (
    Asset,
    Backend,
    Construct,
    Definition,
    DefinitionOf,
    Override,
    Piece,
    Preamble,
    Reference,
    Setting,
    Shared,
    Wiring,
)
from migrator.output.emit import Emission, emit
from migrator.typescript.build import call, const, expr, member
from migrator.typescript.nodes import Do, Expr, Lit, Name, Stmt
from tests.gen1.gen1_project import DEPLOYED, only_app

POOL, BUCKET = ResourceRef("auth", "petsauth"), ResourceRef("storage", "photos")
BELL, TABLE, GONE = ResourceRef("function", "bell"), ResourceRef("storage", "table"), ResourceRef("function", "gone")
SERVICES = {POOL: "Cognito", BUCKET: "S3", BELL: "Lambda", TABLE: "DynamoDB"}
FEATURES = {ref: ref.category for ref in SERVICES}
AUTH = Definition(POOL, "auth", "auth", "auth", "auth/resource.ts", Name("defineAuth", "@aws-amplify/backend"))
RING = Definition(
    BELL, "function", "bell", "bell", "function/bell/resource.ts", Name("defineFunction", "@aws-amplify/backend")
)


class Thing(Node, frozen=True):
    name: str = ""


def output(ref: ResourceRef, attribute: str, context: Context) -> Expr | None:
    known: dict[str, Expr] = {
        "UserPoolId": member("backend", "auth.resources.userPool.userPoolId"),
        "userPool": member("backend", "auth.resources.userPool"),
        "lambda": member("backend", "bell.resources.lambda"),
        "table": Shared("storage", "table"),
    }
    return known.get(attribute)


def read(entry: Any, app: Any) -> Resource:
    raise NotImplementedError


CATEGORIES = {"all": Category(name="all", nodes=(Thing,), read=read, outputs=dict.fromkeys(SERVICES.values(), output))}


def emitted(
    folder: Path,
    *pieces: Piece,
    held: tuple[ResourceRef, ...] = (POOL, BUCKET, BELL, TABLE),
    features: Mapping[ResourceRef, str] = FEATURES,
    options: Options = Options(),
) -> Emission:
    resources = tuple(
        Resource(ref, service, Evidence.SOURCE, (Fact(ref, ref.name, Thing()),)) for ref, service in SERVICES.items()
    )
    app = only_app(folder / "app", DEPLOYED, "dev")
    context = Context(ResourceGraph(resources), app, options, frozenset(held), features)
    return emit(Backend(pieces), context, CATEGORIES)


def files(found: Emission) -> dict[str, str]:
    return {file.path.removeprefix("amplify/"): str(file.content) for file in found.files}


def setting(path: str, value: Any, definition: Definition = AUTH) -> Setting:
    return Setting(definition, path, expr(value), "AUTH010")


def wiring(*body: Stmt, feature: str = "auth", **more: Any) -> Wiring:
    return Wiring(feature, body, "AUTH010", **more)


def do(name: str, *args: Any) -> Do:
    return Do(call(name, *args))


def test_settings_become_the_definition(tmp_path: Path) -> None:
    assert files(emitted(tmp_path, setting("loginWith.email", True)))["auth/resource.ts"] == (
        "import { defineAuth } from '@aws-amplify/backend';\n\n"
        "export const auth = defineAuth({ loginWith: { email: true } });\n"
    )


def test_a_definition_without_settings_is_a_plain_call(tmp_path: Path) -> None:
    assert "export const auth = defineAuth();" in files(emitted(tmp_path, AUTH))["auth/resource.ts"]


def test_statements_before_the_definition_stand_before_it(tmp_path: Path) -> None:
    code = files(emitted(tmp_path, setting("name", "x"), Preamble(AUTH, (const("a", 1),), "AUTH011")))
    assert "const a = 1;\n\nexport const auth" in code["auth/resource.ts"]


def test_a_definition_with_a_value_of_its_own_keeps_it(tmp_path: Path) -> None:
    whole = msgspec.structs.replace(AUTH, value=call("made"))
    before = Preamble(AUTH, (const("a", 1),), "AUTH011")
    for pieces in ((whole, before), (before, whole)):
        assert "export const auth = made();" in files(emitted(tmp_path, *pieces))["auth/resource.ts"]


def test_settings_follow_the_ids_of_their_rules(tmp_path: Path) -> None:
    later, first = Setting(AUTH, "b", Lit(1), "AUTH020"), Setting(AUTH, "a", Lit(2), "AUTH010")
    code = files(emitted(tmp_path, later, first))["auth/resource.ts"]
    assert code.index("a: 2") < code.index("b: 1")


def test_two_definitions_may_not_have_one_key(tmp_path: Path) -> None:
    other = Definition(GONE, "function", "bell", "bell", "function/gone/resource.ts", RING.factory)
    with pytest.raises(ConversionError, match="function/bell and function/gone would both be bell"):
        emitted(tmp_path, RING, other)


def test_the_definition_of_another_resource_is_imported(tmp_path: Path) -> None:
    code = files(emitted(tmp_path, setting("triggers.preSignUp", DefinitionOf(BELL)), RING))["auth/resource.ts"]
    assert "import { bell } from '../function/bell/resource';" in code
    assert "preSignUp: bell" in code


def test_in_wiring_the_definition_of_another_resource_is_part_of_the_backend(tmp_path: Path) -> None:
    code = files(emitted(tmp_path, RING, wiring(do("use", DefinitionOf(BELL)))))["auth/wiring.ts"]
    assert "use(backend.bell);" in code


def test_a_definition_that_is_not_in_the_backend_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConversionError, match="function/gone is referred to, but is not in the backend"):
        emitted(tmp_path, setting("triggers.preSignUp", DefinitionOf(GONE)))


def test_features_list_every_definition_by_its_key(tmp_path: Path) -> None:
    code = files(emitted(tmp_path, RING, AUTH))["features.ts"]
    assert "export const features = {\n  auth,\n  bell,\n};" in code
    assert "import { bell } from './function/bell/resource';" in code


def test_features_are_wired_with_the_constants_they_need(tmp_path: Path) -> None:
    made = wiring(const("table", 1), feature="storage", exports=("table",))
    used = wiring(do("use", Shared("storage", "table")), feature="function")
    code = files(emitted(tmp_path, used, made, wiring(do("a"))))["features.ts"]
    made_first = "  wireAuth(backend);\n  const storageWiring = wireStorage(backend);\n"
    assert made_first + "  wireFunction(backend, storageWiring);\n}" in code


def test_an_output_may_be_a_constant_of_another_feature(tmp_path: Path) -> None:
    made = wiring(const("table", 1), feature="storage", exports=("table",))
    code = files(emitted(tmp_path, made, wiring(do("use", Reference(TABLE, "table")), feature="function")))
    assert "use(storage.table);" in code["function/wiring.ts"]
    assert "wireFunction(backend, storageWiring);" in code["features.ts"]


def test_an_override_may_use_a_constant_of_another_feature(tmp_path: Path) -> None:
    made = wiring(const("table", 1), feature="storage", exports=("table",))
    override = Override(Construct("auth", "pool", Name("x")), "name", Reference(TABLE, "table"), "AUTH010")
    code = files(emitted(tmp_path, made, override))
    assert "pool.name = storage.table;" in code["auth/wiring.ts"]
    assert code["features.ts"].index("wireStorage(") < code["features.ts"].index("wireAuth(backend, storageWiring)")


def test_in_its_own_feature_a_constant_is_a_name(tmp_path: Path) -> None:
    made = wiring(const("table", 1), do("use", Reference(TABLE, "table")), feature="storage")
    assert "use(table);" in files(emitted(tmp_path, made))["storage/wiring.ts"]


def test_the_backend_file_is_the_same_for_every_backend(tmp_path: Path) -> None:
    one = files(emitted(tmp_path / "a", AUTH))["backend.ts"]
    assert one == files(emitted(tmp_path / "b", RING, wiring(do("a"))))["backend.ts"]


def test_wiring_stands_in_its_order(tmp_path: Path) -> None:
    code = files(emitted(tmp_path, wiring(do("late"), order=60), wiring(do("usual")), wiring(do("early"), order=10)))
    body = code["auth/wiring.ts"]
    assert body.index("early()") < body.index("usual()") < body.index("late()")


def test_pieces_of_one_section_come_one_after_the_other(tmp_path: Path) -> None:
    said = [("a1", "a", "AUTH011"), ("b1", "b", "AUTH012"), ("a2", "a", "AUTH013"), ("b2", "b", "AUTH014")]
    pieces = [Wiring("auth", (do(name),), rule, section=section) for name, section, rule in said]
    assert "  a1();\n  a2();\n\n  b1();\n  b2();\n" in files(emitted(tmp_path, *pieces))["auth/wiring.ts"]


def test_a_deferrable_piece_waits_for_what_it_mentions(tmp_path: Path) -> None:
    grant = wiring(do("grant", Reference(BELL, "lambda")), deferrable=True)
    found = emitted(tmp_path, AUTH, grant, held=(POOL,))
    assert found.deferred == (grant,)
    assert "auth/wiring.ts" not in files(found)


def test_a_deferrable_piece_appears_when_the_feature_does(tmp_path: Path) -> None:
    grant = wiring(do("grant", Reference(BELL, "lambda")), deferrable=True)
    found = emitted(tmp_path, AUTH, grant, RING)
    assert found.deferred == ()
    assert "grant(backend.bell.resources.lambda);" in files(found)["auth/wiring.ts"]


def test_a_deferrable_piece_waits_for_a_definition(tmp_path: Path) -> None:
    grant = wiring(do("grant", DefinitionOf(BELL)), deferrable=True)
    assert emitted(tmp_path, AUTH, grant, held=(POOL,)).deferred == (grant,)


def test_a_deferrable_piece_waits_for_an_id_of_a_feature_to_come(tmp_path: Path) -> None:
    grant = wiring(do("grant", Reference(POOL, "UserPoolId")), feature="storage", deferrable=True)
    assert emitted(tmp_path, grant, held=(BUCKET,)).deferred == (grant,)


def test_an_id_of_a_resource_that_no_feature_holds_is_looked_up(tmp_path: Path) -> None:
    grant = wiring(do("grant", Reference(GONE, "Name")), deferrable=True)
    assert "grant(reference('FUNCTION_GONE_NAME'));" in files(emitted(tmp_path, grant))["auth/wiring.ts"]


@pytest.mark.parametrize("mention", [Reference(GONE, "lambda"), DefinitionOf(GONE)])
def test_a_construct_that_no_feature_holds_is_never_looked_up(mention: Expr, tmp_path: Path) -> None:
    grant = wiring(do("grant", mention), deferrable=True)
    assert emitted(tmp_path, grant).deferred == (grant,)


def test_other_pieces_look_values_up(tmp_path: Path) -> None:
    found = emitted(tmp_path, wiring(do("use", Reference(POOL, "UserPoolId")), feature="storage"), held=(BUCKET,))
    code = files(found)
    assert "import { reference } from '../references';" in code["storage/wiring.ts"]
    assert "use(reference('AUTH_PETSAUTH_USERPOOLID'));" in code["storage/wiring.ts"]


def test_without_look_ups_there_is_no_file_of_references(tmp_path: Path) -> None:
    assert "references.ts" not in files(emitted(tmp_path, AUTH, wiring(do("use", Reference(POOL, "UserPoolId")))))


def looked_up(folder: Path, attribute: str, **more: Any) -> Emission:
    return emitted(folder, wiring(do("use", Reference(POOL, attribute)), feature="storage"), held=(BUCKET,), **more)


def test_known_values_are_kept_by_branch(tmp_path: Path) -> None:
    found = looked_up(tmp_path, "UserPoolId")
    assert found.references == {"AUTH_PETSAUTH_USERPOOLID": "eu-west-1_example"}
    assert found.findings == ()
    assert "  dev: {\n    AUTH_PETSAUTH_USERPOOLID: 'eu-west-1_example',\n  },\n" in files(found)["references.ts"]


def test_the_branch_of_an_environment_may_be_another(tmp_path: Path) -> None:
    found = looked_up(tmp_path, "UserPoolId", options=Options(branch_map={"dev": "main"}))
    assert "  main: {\n    AUTH_PETSAUTH_USERPOOLID" in files(found)["references.ts"]


def test_unknown_values_are_empty_and_a_finding(tmp_path: Path) -> None:
    found = looked_up(tmp_path, "AppClientID")
    assert found.references == {"AUTH_PETSAUTH_APPCLIENTID": ""}
    assert [(one.rule, one.resource) for one in found.findings] == [("GEN030", POOL)]


def test_a_value_looked_up_twice_is_one_finding(tmp_path: Path) -> None:
    use = do("use", Reference(POOL, "AppClientID"))
    pieces = [wiring(use, feature="storage"), wiring(use, do("b"), feature="function")]
    assert len(emitted(tmp_path, *pieces, held=()).findings) == 1


def test_secrets_are_never_written_to_the_references(tmp_path: Path) -> None:
    project = {**DEPLOYED, "amplify/#current-cloud-backend/amplify-meta.json": SECRET}
    app = only_app(tmp_path / "secret", {**project, "amplify/backend/amplify-meta.json": SECRET}, "dev")
    entry = app.entry(POOL)
    assert entry is not None
    assert entry.output("AppClientSecret").value == PASSWORD
    resources = ResourceGraph((Resource(POOL, "Cognito", Evidence.SOURCE, (Fact(POOL, "a", Thing()),)),))
    context = Context(resources, app, Options(), frozenset({BUCKET}), FEATURES)
    piece = wiring(do("use", Reference(POOL, "AppClientSecret")), feature="storage")
    found = emit(Backend((piece,)), context, CATEGORIES)
    assert found.references == {"AUTH_PETSAUTH_APPCLIENTSECRET": ""}
    assert not any(PASSWORD in text for text in files(found).values())


PASSWORD = "v3ryS3cretV4lue9xQ7"
SECRET: dict[str, Any] = {
    **DEPLOYED["amplify/backend/amplify-meta.json"],  # type: ignore[dict-item]
    "auth": {
        "petsauth": {
            "service": "Cognito",
            "providerPlugin": "awscloudformation",
            "output": {"AppClientSecret": PASSWORD, "UserPoolId": "eu-west-1_example"},
        }
    },
}


def test_two_values_do_not_share_a_name(tmp_path: Path) -> None:
    one, other = ResourceRef("function", "a_b"), ResourceRef("function", "a")
    piece = wiring(do("use", Reference(one, "Name"), Reference(other, "B_Name")))
    found = emitted(tmp_path, piece)
    assert set(found.references) == {"FUNCTION_A_B_NAME", "FUNCTION_A_B_NAME_2"}


def test_a_definition_cannot_use_what_only_wiring_knows(tmp_path: Path) -> None:
    with pytest.raises(ConversionError, match="UserPoolId of auth/petsauth is known in wiring code only"):
        emitted(tmp_path, setting("name", Reference(POOL, "UserPoolId"), RING))


def test_a_definition_may_look_up_what_is_not_in_the_backend(tmp_path: Path) -> None:
    code = files(emitted(tmp_path, setting("name", Reference(POOL, "UserPoolId"), RING), held=(BELL,)))
    assert "import { reference } from '../../references';" in code["function/bell/resource.ts"]


def test_modules_below_amplify_are_imported_from_where_the_file_lies(tmp_path: Path) -> None:
    late = Name("Late", "amplify:function/late")
    code = files(emitted(tmp_path, wiring(do("a", late)), wiring(do("b", late), feature="function")))
    assert "from '../function/late';" in code["auth/wiring.ts"]
    assert "from './late';" in code["function/wiring.ts"]


def test_assets_are_files_below_amplify(tmp_path: Path) -> None:
    assert files(emitted(tmp_path, Asset("data", "data/schema.graphql", "type A", "DATA010")))["data/schema.graphql"]


def test_the_order_of_pieces_changes_nothing(tmp_path: Path) -> None:
    pieces: tuple[Piece, ...] = (
        Setting(AUTH, "a", Lit(1), "AUTH011"),
        Setting(AUTH, "b", Lit(2), "AUTH012"),
        RING,
        Wiring("auth", (do("x"),), "AUTH013"),
        Wiring("auth", (do("y"),), "AUTH014"),
        Override(Construct("auth", "pool", Name("p")), "x", Lit(1), "AUTH015"),
        Override(Construct("auth", "pool", Name("p")), "y", Lit(1), "AUTH016"),
    )
    assert files(emitted(tmp_path / "a", *pieces)) == files(emitted(tmp_path / "b", *reversed(pieces)))
