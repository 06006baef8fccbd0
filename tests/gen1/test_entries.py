"""Resources: which there are, what they are read from, and what their stacks are handed."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.core.ref import ResourceRef
from migrator.documents.document import format_pointer
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Evidence
from migrator.gen1.project import App
from tests.gen1.gen1_project import BUCKET_TEMPLATE, CONFIG, DEPLOYED, META, SOURCE, TEAM, Files, only_app, rules

PHOTOS = ResourceRef("storage", "photos")
HELLO = ResourceRef("function", "hello")


def entry(app: App, ref: ResourceRef) -> Entry:
    found = app.entry(ref)
    assert found is not None
    return found


def changed(files: Files, **changes: object) -> dict[str, object]:
    return {**files, **{name.replace("__", "/"): content for name, content in changes.items()}}


def of(root: Path, files: Files, ref: ResourceRef) -> Entry:
    return entry(only_app(root, files), ref)


# ---- which there are


def test_resources_come_in_the_order_of_the_index(tmp_path: Path) -> None:
    app = only_app(tmp_path, SOURCE)
    assert [str(e.ref) for e in app.entries] == ["auth/petsauth", "storage/photos", "function/hello"]


def test_a_complete_project_has_no_findings(tmp_path: Path) -> None:
    assert rules(only_app(tmp_path, SOURCE)) == []


def test_a_complete_deployed_project_has_no_findings(tmp_path: Path) -> None:
    assert rules(only_app(tmp_path, DEPLOYED)) == []


def test_a_resource_without_a_folder_is_dead(tmp_path: Path) -> None:
    config = {**CONFIG, "geo": {"places": {"service": "PlaceIndex"}}}
    app = only_app(tmp_path, {**SOURCE, "amplify/backend/backend-config.json": config})
    assert entry(app, ResourceRef("geo", "places")).dead
    assert rules(app) == ["GEN013"]


@pytest.mark.parametrize(
    ("category", "name", "body"),
    [
        ("notifications", "Pinpoint", {"service": "Pinpoint", "channels": ["APNS"]}),
        ("hosting", "amplifyhosting", {"service": "amplifyhosting", "type": "cicd"}),
        ("storage", "old", {"service": "S3", "serviceType": "imported"}),
        ("api", "hub", {"service": "API Gateway", "mobileHubMigrated": True}),
    ],
)
def test_some_resources_need_no_folder(tmp_path: Path, category: str, name: str, body: object) -> None:
    config = {**CONFIG, category: {**CONFIG.get(category, {}), name: body}}
    app = only_app(tmp_path, {**SOURCE, "amplify/backend/backend-config.json": config})
    assert not entry(app, ResourceRef(category, name)).dead
    assert rules(app) == []


def test_a_folder_that_no_index_names_is_read_and_said(tmp_path: Path) -> None:
    files = {**SOURCE, "amplify/backend/function/stray/stray-cloudformation-template.json": {"Resources": {}}}
    app = only_app(tmp_path, files)
    assert entry(app, ResourceRef("function", "stray")).service == "Lambda"
    assert rules(app) == ["GEN014"]


def test_a_folder_of_another_kind_is_said_but_is_no_resource(tmp_path: Path) -> None:
    app = only_app(tmp_path, {**SOURCE, "amplify/backend/function/shared/log.js": "x"})
    assert app.entry(ResourceRef("function", "shared")) is None
    assert rules(app) == ["GEN014"]


def test_without_an_index_the_folders_are_the_resources(tmp_path: Path) -> None:
    app = only_app(tmp_path, {**SOURCE, "amplify/backend/backend-config.json": None})
    assert {str(e.ref): e.service for e in app.entries} == {
        "auth/petsauth": "Cognito",
        "function/hello": "Lambda",
        "storage/photos": "S3",
    }
    assert rules(app) == []


@pytest.mark.parametrize(
    ("folder", "files", "service"),
    [
        ("api/a", {"schema.graphql": "type A { id: ID }"}, "AppSync"),
        ("api/a", {"schema/a.graphql": "type A { id: ID }"}, "AppSync"),
        ("api/a", {"api-params.json": {}}, "API Gateway"),
        ("auth/userPoolGroups", {"user-pool-group-precedence.json": []}, "Cognito-UserPool-Groups"),
        ("storage/t", {"cli-inputs.json": {"tableName": "t", "partitionKey": {}}}, "DynamoDB"),
        ("function/l", {"layer-configuration.json": {}}, "LambdaLayer"),
        ("custom/c", {"cdk-stack.ts": "export class cdkStack {}"}, "customCDK"),
        ("analytics/k", {"kinesis-cloudformation-template.json": {"Resources": {}}}, "Kinesis"),
    ],
)
def test_services_are_known_by_their_files(tmp_path: Path, folder: str, files: Files, service: str) -> None:
    named = {f"amplify/backend/{folder}/{name}": content for name, content in files.items()}
    category, name = folder.split("/")
    assert of(tmp_path, {**SOURCE, **named}, ResourceRef(category, name)).service == service


def test_categories_of_plugins_are_read(tmp_path: Path) -> None:
    config = {**CONFIG, "video": {"vod": {"service": "video", "providerPlugin": "awscloudformation"}}}
    files = {
        **SOURCE,
        "amplify/backend/backend-config.json": config,
        "amplify/backend/video/vod/props.json": {"shared": {"bucket": "b"}},
    }
    assert list(of(tmp_path, files, ResourceRef("video", "vod")).documents) == ["props.json", "backend-config"]


def test_environment_parameters_are_no_resources(tmp_path: Path) -> None:
    config = {**CONFIG, "parameters": {"AMPLIFY_function_hello_s3Key": {"usedBy": []}}}
    app = only_app(tmp_path, {**SOURCE, "amplify/backend/backend-config.json": config})
    assert len(app.entries) == 3
    assert "parameters" in app.documents


def test_what_stands_among_resources_but_is_none_is_said(tmp_path: Path) -> None:
    config = {**CONFIG, "exports": {"store": {"providerPlugin": "awscloudformation"}, "dependsOn": []}}
    app = only_app(
        tmp_path,
        {
            **SOURCE,
            "amplify/backend/backend-config.json": config,
            "amplify/backend/exports/store/template.yml": "Resources: {}\n",
        },
    )
    assert entry(app, ResourceRef("exports", "store")).template() is not None
    (found,) = app.findings
    assert found.location is not None
    assert (found.rule, found.location.pointer) == ("GEN013", "/exports/dependsOn")


@pytest.mark.parametrize(
    "content", [[], "x", 1, {"auth": []}, {"auth": {"a": None}}, {"auth": {"": {}}}, {"..": {"..": {}}}]
)
def test_an_index_of_the_wrong_shape_stops_nothing(tmp_path: Path, content: object) -> None:
    app = only_app(tmp_path, {**SOURCE, "amplify/backend/backend-config.json": content})
    assert entry(app, HELLO).template() is not None
    assert app.findings


def test_a_folder_in_another_case_is_found_and_said(tmp_path: Path) -> None:
    files = {
        name.replace("amplify/backend/storage/photos", "amplify/backend/Storage/Photos"): c
        for name, c in SOURCE.items()
    }
    app = only_app(tmp_path, files)
    assert entry(app, PHOTOS).cursor("cli-inputs.json").get("bucketName").text().value == "petphotos"
    assert {f.rule for f in app.tree.findings} == {"GEN021"}
    assert len(app.entries) == 3


# ---- what they are read from


def test_the_deployed_copy_is_the_evidence_of_what_was_pushed(tmp_path: Path) -> None:
    photos = of(tmp_path, DEPLOYED, PHOTOS)
    assert photos.evidence is Evidence.DEPLOYED
    assert photos.folder == tmp_path / "amplify/#current-cloud-backend/storage/photos"
    assert photos.source_folder == tmp_path / "amplify/backend/storage/photos"


def test_a_built_template_is_stronger_than_source(tmp_path: Path) -> None:
    files = {**SOURCE, "amplify/backend/storage/photos/build/cloudformation-template.json": BUCKET_TEMPLATE}
    app = only_app(tmp_path, files)
    assert entry(app, PHOTOS).evidence is Evidence.BUILT
    assert entry(app, ResourceRef("auth", "petsauth")).evidence is Evidence.SOURCE


def test_a_function_needs_no_build(tmp_path: Path) -> None:
    assert of(tmp_path, SOURCE, HELLO).evidence is Evidence.BUILT


def test_the_word_of_an_app_is_that_of_its_weakest_resource(tmp_path: Path) -> None:
    assert only_app(tmp_path, SOURCE).evidence is Evidence.SOURCE


def test_evidence_is_of_each_resource(tmp_path: Path) -> None:
    meta = {**META, "storage": {"photos": {"service": "S3"}}}
    app = only_app(tmp_path, {**DEPLOYED, "amplify/#current-cloud-backend/amplify-meta.json": meta})
    assert entry(app, PHOTOS).evidence is Evidence.BUILT
    assert entry(app, HELLO).evidence is Evidence.DEPLOYED
    assert entry(app, PHOTOS).pending == "it was never pushed."


def test_a_change_that_was_not_pushed_is_said(tmp_path: Path) -> None:
    inputs = {"resourceName": "photos", "bucketName": "other"}
    app = only_app(tmp_path, {**DEPLOYED, "amplify/backend/storage/photos/cli-inputs.json": inputs})
    assert rules(app) == ["GEN016"]
    assert entry(app, PHOTOS).cursor("cli-inputs.json").get("bucketName").text().value == "petphotos"


def test_another_layout_of_the_same_json_is_no_change(tmp_path: Path) -> None:
    text = '{"bucketName": "petphotos", "resourceName": "photos"}'
    assert rules(only_app(tmp_path, {**DEPLOYED, "amplify/backend/storage/photos/cli-inputs.json": text})) == []


def test_what_was_removed_from_the_source_is_still_deployed(tmp_path: Path) -> None:
    files = {name: c for name, c in DEPLOYED.items() if not name.startswith("amplify/backend/storage/")}
    app = only_app(tmp_path, files)
    assert entry(app, PHOTOS).evidence is Evidence.DEPLOYED
    assert entry(app, PHOTOS).pending == "its folder is not in the source; what is deployed is read."


def test_the_copy_of_another_environment_is_not_used(tmp_path: Path) -> None:
    team = {**TEAM, "prod": {"awscloudformation": {"StackName": "amplify-pets-prod-99999"}}}
    app = only_app(tmp_path, {**DEPLOYED, "amplify/team-provider-info.json": team}, env="prod")
    assert entry(app, PHOTOS).evidence is Evidence.BUILT
    assert entry(app, ResourceRef("auth", "petsauth")).output("UserPoolId").value == ""
    assert rules(app) == ["GEN017"]


def test_the_documents_are_the_settings_files_and_the_index_parts(tmp_path: Path) -> None:
    assert list(of(tmp_path, SOURCE, HELLO).documents) == [
        "amplify.state",
        "function-parameters.json",
        "template",
        "backend-config",
        "team-provider",
    ]


def test_a_deployed_resource_has_its_metadata(tmp_path: Path) -> None:
    app = only_app(tmp_path, DEPLOYED)
    auth = entry(app, ResourceRef("auth", "petsauth"))
    assert auth.documents["meta"].name == "amplify/#current-cloud-backend/amplify-meta.json"
    assert auth.output("UserPoolId").value == "eu-west-1_example"
    assert auth.output("Other").value == ""


def test_generated_files_can_be_read_but_do_not_count(tmp_path: Path) -> None:
    config = {**CONFIG, "api": {"pets": {"service": "AppSync"}}}
    files = {
        **SOURCE,
        "amplify/backend/backend-config.json": config,
        "amplify/backend/api/pets/schema.graphql": "type Pet @model { id: ID! }",
        "amplify/backend/api/pets/build/stacks/Pet.json": {"Resources": {"PetTable": {"Type": "AWS::DynamoDB::Table"}}},
        "amplify/backend/api/pets/stacks/CustomResources.json": {"Resources": {}},
        "amplify/backend/api/pets/resolvers/Query.pets.req.vtl": "$util.toJson($ctx)",
    }
    pets = of(tmp_path, files, ResourceRef("api", "pets"))
    assert "stacks/CustomResources.json" in pets.documents
    assert "build/stacks/Pet.json" not in pets.documents
    nested = pets.template("build/stacks/Pet.json")
    assert nested is not None
    assert [r.logical_id for r in nested.resources()] == ["PetTable"]
    assert pets.text("schema.graphql") == "type Pet @model { id: ID! }"
    assert pets.text("schema/none.graphql") is None
    assert pets.files("resolvers/*.vtl") == ("resolvers/Query.pets.req.vtl",)


def test_a_document_that_is_not_there_reads_as_nothing(tmp_path: Path) -> None:
    cursor = of(tmp_path, SOURCE, HELLO).cursor("custom-policies.json")
    assert not cursor.present
    assert list(cursor.elements()) == []
    assert cursor.whole().sources == ()


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["template.json"], "template.json"),
        (
            ["s3-cloudformation-template.json", "build/cloudformation-template.json"],
            "build/cloudformation-template.json",
        ),
        (["photos-cloudformation-template.yml"], "photos-cloudformation-template.yml"),
        (["parameters.json", "build/parameters.json"], None),
        (["build/auth-trigger-cloudformation-template.json"], None),
        (["photos-cloudformation-template.json", "old-template.json"], "photos-cloudformation-template.json"),
    ],
)
def test_the_template_is_chosen_as_the_cli_does(tmp_path: Path, names: list[str], chosen: str | None) -> None:
    files = {f"amplify/backend/storage/photos/{name}": '{"Resources": {}}' for name in names}
    assert of(tmp_path, {**SOURCE, **files}, PHOTOS).template_path == chosen


def test_two_templates_are_said(tmp_path: Path) -> None:
    files = {f"amplify/backend/storage/photos/{n}-template.json": {"Resources": {}} for n in ("photos", "old")}
    app = only_app(tmp_path, {**SOURCE, **files})
    assert entry(app, PHOTOS).template() is not None
    assert rules(app) == ["GEN024"]


def test_a_file_that_the_service_needs_is_missed(tmp_path: Path) -> None:
    files = {name: c for name, c in SOURCE.items() if "hello-cloudformation-template" not in name}
    app = only_app(tmp_path, files)
    assert rules(app) == ["GEN015"]
    assert app.findings[0].resource == HELLO


def test_an_unreadable_file_is_a_finding_of_its_resource(tmp_path: Path) -> None:
    app = only_app(tmp_path, {**SOURCE, "amplify/backend/function/hello/function-parameters.json": '{"a": '})
    found = next(f for f in app.findings if f.rule == "GEN010")
    assert found.resource == HELLO


# ---- dependencies and parameters


def test_dependencies_of_all_indexes_are_joined(tmp_path: Path) -> None:
    config = {**CONFIG, "storage": {"photos": {"service": "S3", "dependsOn": [
        {"category": "auth", "resourceName": "petsauth", "attributes": ["IdentityPoolId"]},
        {"category": "function", "resourceName": "hello", "attributes": ["Arn"], "triggerProvider": "S3"},
    ]}}}  # fmt: skip
    files = {**SOURCE, "amplify/backend/backend-config.json": config, "amplify/backend/amplify-meta.json": META}
    photos = of(tmp_path, files, PHOTOS)
    auth, hello = photos.dependencies.value
    assert auth.attributes == ("UserPoolId", "IdentityPoolId")
    assert (hello.ref, hello.trigger_provider) == (HELLO, "S3")
    assert len(photos.dependencies.sources) == 2


def test_dependencies_that_were_not_pushed_do_not_count_for_what_is_deployed(tmp_path: Path) -> None:
    config = {**CONFIG, "storage": {"photos": {"service": "S3", "dependsOn": []}}}
    app = only_app(tmp_path, {**DEPLOYED, "amplify/backend/backend-config.json": config})
    assert [d.ref.name for d in entry(app, PHOTOS).dependencies.value] == ["petsauth"]
    assert entry(app, PHOTOS).pending.startswith("backend-config.json changed")


def test_line_ends_are_no_change(tmp_path: Path) -> None:
    schema = "type Pet { id: ID }\n"
    files = {**DEPLOYED, "amplify/#current-cloud-backend/storage/photos/a.graphql": schema,
             "amplify/backend/storage/photos/a.graphql": schema.replace("\n", "\r\n").encode()}  # fmt: skip
    assert rules(only_app(tmp_path, files)) == []


def test_a_copy_that_is_missing_is_said(tmp_path: Path) -> None:
    files = {name: c for name, c in DEPLOYED.items() if not name.startswith("amplify/#current-cloud-backend/storage/")}
    app = only_app(tmp_path, files)
    assert entry(app, PHOTOS).evidence is Evidence.BUILT
    assert "is missing; the source is read" in entry(app, PHOTOS).pending


def test_the_deployed_root_stack_has_the_last_word(tmp_path: Path) -> None:
    value = of(tmp_path, DEPLOYED, PHOTOS).parameters["bucketName"]
    assert value.value == "petphotosdeployed"
    assert [s.document.name.rpartition("/")[2] for s in value.sources] == [
        "root-cloudformation-stack.json",
        "parameters.json",
    ]


def test_a_list_is_kept_where_the_root_stack_has_it_joined(tmp_path: Path) -> None:
    assert of(tmp_path, DEPLOYED, PHOTOS).parameters["allowed"].value == ["a", "b"]


def test_the_root_stacks_own_parameters_stay_open(tmp_path: Path) -> None:
    assert of(tmp_path, DEPLOYED, PHOTOS).parameters["authRoleName"].value == "${AuthRoleName}"


def test_an_output_of_a_dependency_is_a_placeholder(tmp_path: Path) -> None:
    parameters = of(tmp_path, SOURCE, PHOTOS).parameters
    assert parameters["authpetsauthUserPoolId"].value == "${authpetsauth.Outputs.UserPoolId}"


def test_an_output_of_an_imported_dependency_is_its_id(tmp_path: Path) -> None:
    imported = {"service": "Cognito", "serviceType": "imported", "output": {"UserPoolId": "eu-west-1_theirs"}}
    files = {
        **SOURCE,
        "amplify/backend/backend-config.json": {**CONFIG, "auth": {"petsauth": {**imported, "output": None}}},
        "amplify/backend/amplify-meta.json": {**CONFIG, "auth": {"petsauth": imported}},
    }
    value = of(tmp_path, files, PHOTOS).parameters["authpetsauthUserPoolId"]
    assert value.value == "eu-west-1_theirs"
    assert value.sources[0].document.name == "amplify/backend/amplify-meta.json"


def test_ids_of_what_was_imported_stand_in_the_team_file_as_well(tmp_path: Path) -> None:
    team = {"dev": {"categories": {"auth": {"petsauth": {"userPoolId": "eu-west-1_theirs"}}}}}
    config = {**CONFIG, "auth": {"petsauth": {"service": "Cognito", "serviceType": "imported"}}}
    files = {**SOURCE, "amplify/team-provider-info.json": team, "amplify/backend/backend-config.json": config}
    app = only_app(tmp_path, files)
    assert entry(app, ResourceRef("auth", "petsauth")).output("UserPoolId").value == "eu-west-1_theirs"
    assert entry(app, PHOTOS).parameters["authpetsauthUserPoolId"].value == "eu-west-1_theirs"


def test_values_of_the_environment_win_over_the_files(tmp_path: Path) -> None:
    files = {
        **SOURCE,
        "amplify/backend/function/hello/parameters.json": {"greeting": "hello", "CloudWatchRule": "NONE"},
    }
    parameters = of(tmp_path, files, HELLO).parameters
    assert parameters["greeting"].value == "hi"
    assert parameters["CloudWatchRule"].value == "NONE"
    assert [s.document.name.rpartition("/")[2] for s in parameters["greeting"].sources] == [
        "team-provider-info.json",
        "parameters.json",
    ]


def test_the_environment_is_handed_to_every_stack(tmp_path: Path) -> None:
    assert of(tmp_path, SOURCE, HELLO).parameters["env"].value == "dev"


def test_an_unknown_environment_is_a_placeholder(tmp_path: Path) -> None:
    app = only_app(tmp_path, {**SOURCE, "amplify/team-provider-info.json": None})
    assert entry(app, HELLO).parameters["env"].value == "${env}"


def test_a_bucket_is_named_as_the_cli_names_it(tmp_path: Path) -> None:
    template = of(tmp_path, DEPLOYED, PHOTOS).template()
    assert template is not None
    bucket = template.resource("S3Bucket")
    assert bucket is not None
    assert bucket.properties.get("BucketName").text().value == "petphotosdeployed12345-dev"
    assert bucket.properties.get("Tags", 0, "Value").text().value == "${authpetsauth.Outputs.UserPoolId}"


def test_every_place_of_a_value_is_known(tmp_path: Path) -> None:
    template = of(tmp_path, DEPLOYED, PHOTOS).template()
    assert template is not None
    bucket = template.resource("S3Bucket")
    assert bucket is not None
    sources = bucket.properties.get("BucketName").text().sources
    at = "/Resources/S3Bucket/Properties/BucketName/Fn::If"
    assert {format_pointer(s.pointer) for s in sources if s.document is template.document} == {
        f"{at}/0",
        f"{at}/1",
        f"{at}/2/Fn::Join/0",
        f"{at}/2/Fn::Join/1/0/Ref",
        f"{at}/2/Fn::Join/1/1/Fn::Select/0",
        f"{at}/2/Fn::Join/1/1/Fn::Select/1/Fn::Split/0",
        f"{at}/2/Fn::Join/1/1/Fn::Select/1/Fn::Split/1/Ref",
        f"{at}/2/Fn::Join/1/2",
        f"{at}/2/Fn::Join/1/3/Ref",
        "/Conditions/WithoutEnvironment",
        "/Parameters/env/Type",
        "/Parameters/bucketName/Type",
    }


def test_the_sources_of_a_value_are_the_documents_that_count(tmp_path: Path) -> None:
    photos = of(tmp_path, DEPLOYED, PHOTOS)
    template = photos.template()
    assert template is not None
    assert template.document is photos.documents["template"]
    assert photos.parameters["bucketName"].sources[1].document is photos.documents["build/parameters.json"]
