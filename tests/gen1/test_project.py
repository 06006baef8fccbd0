"""Projects: where apps lie, which environment is read, what the folder is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from migrator.core.errors import ProjectError
from migrator.core.ref import ResourceRef
from migrator.gen1.graph import Evidence
from migrator.gen1.project import App, EnvironmentChoice, Verdict, discover
from tests.gen1.gen1_project import DEPLOYED, META, SOURCE, TEAM, Files, only_app, rules, write

GEN2 = "import { defineBackend } from '@aws-amplify/backend';\nexport const backend = defineBackend({});\n"
PREVIEW = "import { Backend } from '@aws-amplify/backend';\nnew Backend({});\n"
EXPORTS = "const awsmobile = { aws_project_region: 'eu-west-1' };\nexport default awsmobile;\n"


def below(folder: str, files: Files) -> dict[str, object]:
    return {f"{folder}/{name}": content for name, content in files.items()}


def names(root: Path) -> list[str]:
    return [app.name for app in discover(root).apps]


# ---- where apps lie


@pytest.mark.parametrize("start", [".", "amplify", "amplify/backend"])
def test_a_project_is_found_from_its_root_and_from_its_amplify_folder(tmp_path: Path, start: str) -> None:
    write(tmp_path, SOURCE)
    project = discover(tmp_path / start)
    (app,) = project.apps
    assert (project.root, app.root, app.folder) == (tmp_path, tmp_path, tmp_path / "amplify")
    assert len(app.entries) == 3


def test_the_amplify_folder_may_lie_deeper(tmp_path: Path) -> None:
    write(tmp_path, below("packages/web", SOURCE))
    (app,) = discover(tmp_path).apps
    assert (app.place, app.name) == ("packages/web", "pets")


def test_a_monorepo_has_several_apps(tmp_path: Path) -> None:
    other = {**SOURCE, "amplify/.config/project-config.json": {"projectName": "shop"}}
    write(tmp_path, {**below("a", SOURCE), **below("b", other)})
    assert names(tmp_path) == ["pets", "shop"]


def test_apps_of_the_same_name_are_told_apart_by_their_place(tmp_path: Path) -> None:
    write(tmp_path, {**below("a", SOURCE), **below("b/c", SOURCE)})
    assert names(tmp_path) == ["a", "b/c"]


def test_the_amplify_folder_of_a_project_knows_the_front_end_beside_it(tmp_path: Path) -> None:
    write(tmp_path, {**SOURCE, "package.json": {}, "src/aws-exports.js": EXPORTS, "other/amplify/backend.ts": GEN2})
    project = discover(tmp_path / "amplify")
    (app,) = project.apps
    assert [d.name for d in app.front_ends] == ["src/aws-exports.js"]
    assert project.verdict is Verdict.GEN1


def test_an_amplify_folder_may_be_called_like_one_that_is_skipped(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": {}, **{name.replace("amplify/", "build/", 1): c for name, c in SOURCE.items()}})
    assert len(discover(tmp_path / "build").apps) == 1


def test_around_an_amplify_folder_that_lies_anywhere_nothing_is_searched(tmp_path: Path) -> None:
    write(tmp_path, {**SOURCE, "src/aws-exports.js": EXPORTS})
    assert discover(tmp_path / "amplify").apps[0].front_ends == ()


def test_the_amplify_folder_of_a_monorepo_is_one_app(tmp_path: Path) -> None:
    write(tmp_path, {**below("a", SOURCE), **below("b", SOURCE)})
    assert [app.place for app in discover(tmp_path / "b" / "amplify").apps] == [""]


def test_folders_of_dependencies_and_products_are_skipped(tmp_path: Path) -> None:
    for folder in ("node_modules/x", ".git/x", "dist", "build", "ios/Pods", ".next/cache"):
        write(tmp_path, below(folder, SOURCE))
    assert discover(tmp_path).apps == ()


def test_a_renamed_amplify_folder_is_found(tmp_path: Path) -> None:
    write(tmp_path, {name.replace("amplify/", "amplify-gen1/", 1): c for name, c in SOURCE.items()})
    (app,) = discover(tmp_path).apps
    assert app.folder == tmp_path / "amplify-gen1"


def test_folders_in_another_case_are_found_and_said(tmp_path: Path) -> None:
    write(tmp_path, {name.replace("amplify/backend/", "Amplify/Backend/"): c for name, c in SOURCE.items()
                     if name.startswith("amplify/backend/")})  # fmt: skip
    project = discover(tmp_path)
    (app,) = project.apps
    assert len(app.entries) == 3
    assert {f.rule for f in project.findings} == {"GEN021"}


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", SOURCE)
    root = write(tmp_path / "project", {"readme.md": "x"})
    (root / "amplify").symlink_to(tmp_path / "elsewhere" / "amplify")
    project = discover(root)
    assert project.apps == ()
    assert [f.rule for f in project.findings] == ["GEN018"]


def test_a_resource_behind_a_link_out_of_the_project_is_not_read(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", {"cli-inputs.json": {"resourceName": "secret"}})
    files = {name: c for name, c in SOURCE.items() if "storage/photos" not in name}
    root = write(tmp_path / "project", files)
    (root / "amplify/backend/storage").mkdir()
    (root / "amplify/backend/storage/photos").symlink_to(tmp_path / "elsewhere")
    project = discover(root)
    photos = project.apps[0].entry(ResourceRef("storage", "photos"))
    assert photos is not None
    assert "cli-inputs.json" not in photos.documents
    assert "GEN018" in [f.rule for f in project.findings]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    write(tmp_path, SOURCE)
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "amplify/backend/function/hello/self").symlink_to(tmp_path / "amplify/backend/function/hello")
    (tmp_path / "amplify/backend/function/hello/loop.json").symlink_to("loop.json")
    (app,) = discover(tmp_path).apps
    assert len(app.entries) == 3
    hello = app.entry(ResourceRef("function", "hello"))
    assert hello is not None
    assert len(hello.files()) < 10


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_is_said(tmp_path: Path) -> None:
    write(tmp_path, SOURCE)
    folder = tmp_path / "amplify/backend/storage"
    folder.chmod(0)
    try:
        project = discover(tmp_path)
        assert len(project.apps[0].entries) == 3
        assert "GEN010" in [f.rule for f in project.findings]
    finally:
        folder.chmod(0o755)


@pytest.mark.parametrize("name", ["gone", "file.txt", "file.txt/amplify", "\0", "circle"])
def test_what_is_no_folder_is_an_error_with_advice(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("x")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    with pytest.raises(ProjectError) as caught:
        discover(tmp_path / name)
    assert caught.value.hint


# ---- what the folder is


@pytest.mark.parametrize(
    ("files", "verdict"),
    [
        ({"readme.md": "x"}, Verdict.NONE),
        ({"backend.js": "const backend = new Backend({ loadPath: '/x' })"}, Verdict.NONE),
        (SOURCE, Verdict.GEN1),
        ({"src/aws-exports.js": EXPORTS}, Verdict.GEN1),
        ({"amplify/backend.ts": GEN2}, Verdict.GEN2),
        ({"amplify/backend.ts": PREVIEW}, Verdict.GEN2),
        ({"amplify/backend.ts": GEN2, "src/aws-exports.js": EXPORTS}, Verdict.GEN2),
        ({**SOURCE, "amplify/backend.ts": GEN2}, Verdict.MIXED),
        ({**below("old", SOURCE), "new/amplify/backend.ts": GEN2}, Verdict.MIXED),
    ],
)
def test_the_verdict(tmp_path: Path, files: Files, verdict: Verdict) -> None:
    assert discover(write(tmp_path, files)).verdict is verdict


@pytest.mark.parametrize(("text", "form"), [(GEN2, "released"), (PREVIEW, "preview")])
def test_both_forms_of_gen2_are_known(tmp_path: Path, text: str, form: str) -> None:
    (found,) = discover(write(tmp_path, {"amplify/backend.ts": text})).gen2
    assert (found.file, found.form) == ("amplify/backend.ts", form)


# ---- front ends


def test_a_front_end_alone_is_an_app_without_resources(tmp_path: Path) -> None:
    (app,) = discover(write(tmp_path, {"package.json": {}, "src/aws-exports.js": EXPORTS})).apps
    assert (app.folder, app.entries, app.region.value) == (None, (), "eu-west-1")
    assert app.exports().region.value == "eu-west-1"


def test_a_front_end_belongs_to_the_app_around_it(tmp_path: Path) -> None:
    write(tmp_path, {**below("a", SOURCE), **below("b", SOURCE), "b/src/aws-exports.js": EXPORTS})
    assert [len(app.front_ends) for app in discover(tmp_path).apps] == [0, 1]


def test_a_front_end_beside_the_only_backend_belongs_to_it(tmp_path: Path) -> None:
    write(tmp_path, {**below("backend-app", SOURCE), "web/package.json": {}, "web/src/aws-exports.js": EXPORTS})
    (app,) = discover(tmp_path).apps
    assert [d.name for d in app.front_ends] == ["web/src/aws-exports.js"]


def test_front_ends_of_different_packages_are_different_apps(tmp_path: Path) -> None:
    write(tmp_path, {"a/package.json": {}, "a/src/aws-exports.js": EXPORTS, "b/pubspec.yaml": "name: b",
                     "b/lib/amplifyconfiguration.dart": "const amplifyconfig = '''{}''';"})  # fmt: skip
    assert names(tmp_path) == ["a", "b"]


# ---- environment


def two(stack: str = "") -> dict[str, object]:
    return {
        **SOURCE,
        "amplify/team-provider-info.json": {
            **TEAM,
            "prod": {"awscloudformation": {"StackName": stack, "Region": "us-east-1"}},
        },
    }


def test_the_only_environment_is_taken(tmp_path: Path) -> None:
    app = only_app(tmp_path, SOURCE)
    assert (app.env, app.region.value, app.app_id.value) == ("dev", "eu-west-1", "d1example")
    assert app.require_env() == "dev"


def test_the_environment_asked_for_is_taken(tmp_path: Path) -> None:
    app = only_app(tmp_path, two(), env="prod")
    assert (app.env, app.region.value) == ("prod", "us-east-1")


def test_the_environment_that_is_checked_out_is_taken(tmp_path: Path) -> None:
    files = {**two(), "amplify/.config/local-env-info.json": {"envName": "prod"}}
    assert only_app(tmp_path, files).env == "prod"


def test_the_environment_of_the_deployed_copy_is_taken(tmp_path: Path) -> None:
    team = {**TEAM, "prod": {"awscloudformation": {"StackName": "amplify-pets-prod-1"}}}
    assert only_app(tmp_path, {**DEPLOYED, "amplify/team-provider-info.json": team}).env == "dev"


def test_among_several_environments_the_user_chooses(tmp_path: Path) -> None:
    app = only_app(tmp_path, two())
    assert app.env is None
    with pytest.raises(EnvironmentChoice, match="dev, prod") as caught:
        app.require_env()
    assert caught.value.environments == ("dev", "prod")
    assert rules(app) == ["GEN017"]


def test_an_environment_that_no_app_has_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentChoice, match="no environment 'staging'"):
        discover(write(tmp_path, two()), "staging")


def test_an_environment_that_no_file_lists_is_believed(tmp_path: Path) -> None:
    app = only_app(tmp_path, {**SOURCE, "amplify/team-provider-info.json": None}, env="staging")
    assert app.env == "staging"


def test_no_environment_at_all_is_said(tmp_path: Path) -> None:
    app = only_app(tmp_path, {**SOURCE, "amplify/team-provider-info.json": None})
    assert (app.env, app.require_env(), rules(app)) == (None, "", ["GEN017"])


def test_a_project_of_before_environments_hands_none_over(tmp_path: Path) -> None:
    files = {**SOURCE, "amplify/team-provider-info.json": None, ".amplifyrc": {"providers": {}}}
    hello = only_app(tmp_path, files).entry(ResourceRef("function", "hello"))
    assert hello is not None
    assert "env" not in hello.parameters


def test_the_deployed_values_win_over_the_team_file(tmp_path: Path) -> None:
    app = only_app(tmp_path, DEPLOYED)
    assert app.region.sources[0].document.name == "amplify/#current-cloud-backend/amplify-meta.json"
    assert app.evidence is Evidence.DEPLOYED


# ---- settings of the app


def flags(tmp_path: Path, files: Files) -> App:
    return only_app(tmp_path, {**SOURCE, **files})


def test_flags_are_found_in_any_case(tmp_path: Path) -> None:
    found = flags(tmp_path, {}).flags.get("graphqltransformer", "transformerversion")
    assert (found.value, found.sources[0].pointer) == (2, ("features", "graphQLTransformer", "TransformerVersion"))


def test_flags_of_the_environment_win(tmp_path: Path) -> None:
    own = {"features": {"graphqltransformer": {"transformerversion": 1}}}
    assert flags(tmp_path, {"amplify/cli.dev.json": own}).flags.transformer_version.value == 1


def test_an_absent_flag_means_what_it_means_for_existing_projects(tmp_path: Path) -> None:
    found = flags(tmp_path, {"amplify/cli.json": {"features": {}}}).flags
    assert found.transformer_version.value == 1
    assert found.enabled("graphqltransformer", "validatetypenamereservedwords").value is True
    assert found.enabled("graphqltransformer", "improvepluralization").value is False
    assert found.get("graphqltransformer", "improvepluralization").sources == ()


def test_a_project_without_cli_json_has_no_flags(tmp_path: Path) -> None:
    assert not flags(tmp_path, {"amplify/cli.json": None}).flags.present


@pytest.mark.parametrize("content", [[], {"features": []}, {"features": {"auth": 1}}, "text"])
def test_flags_of_the_wrong_shape_stop_nothing(tmp_path: Path, content: object) -> None:
    assert flags(tmp_path, {"amplify/cli.json": content}).flags.transformer_version.value == 1


def test_tags_hooks_and_the_root_override_are_found(tmp_path: Path) -> None:
    app = flags(tmp_path, {
        "amplify/hooks/pre-push.js": "x", "amplify/hooks/post-push.sh.sample": "x", "amplify/hooks/README.md": "x",
        "amplify/backend/awscloudformation/override.ts": "export function override() {}",
    })  # fmt: skip
    assert [tag.get("Key").text().value for tag in app.tags.elements()] == ["user:Stack"]
    assert app.hooks == ("amplify/hooks/pre-push.js",)
    assert app.root_override == tmp_path / "amplify/backend/awscloudformation/override.ts"


def test_files_beside_the_resources_are_settings_of_the_app(tmp_path: Path) -> None:
    app = flags(tmp_path, {"amplify/backend/api/APIGatewayAuthStack.json": {"Resources": {}}})
    assert app.cursor("api/APIGatewayAuthStack.json").get("Resources").present
    assert not app.cursor("api/other.json").present


def test_the_cli_version_is_the_newest_that_a_template_names(tmp_path: Path) -> None:
    def made(version: str) -> dict[str, object]:
        return {"Description": f'{{"createdWith":"{version}"}}', "Resources": {}}

    app = flags(tmp_path, {
        "amplify/backend/function/hello/hello-cloudformation-template.json": made("9.2.1"),
        "amplify/backend/storage/photos/build/cloudformation-template.json": made("12.10.0"),
    })  # fmt: skip
    assert app.cli_version == "12.10.0"


def test_a_description_in_words_names_no_version(tmp_path: Path) -> None:
    text = {"Description": "not JSON: createdWith", "Resources": {}}
    files = {"amplify/backend/function/hello/hello-cloudformation-template.json": text}
    assert flags(tmp_path, files).cli_version == ""


# ---- secrets


def test_a_secret_in_a_committed_file_is_said_but_never_shown(tmp_path: Path) -> None:
    team = {"dev": {"categories": {"auth": {"petsauth": {"facebookAppSecretUserPool": "s3cr3tvalue"}}}}}
    app = only_app(tmp_path, {**SOURCE, "amplify/team-provider-info.json": team})
    (found,) = app.findings
    assert (found.rule, found.location and found.location.file) == ("GEN022", "amplify/team-provider-info.json")
    assert "s3cr3tvalue" not in str(found)


def test_a_secret_in_a_function_variable_is_said(tmp_path: Path) -> None:
    template = {"Resources": {"LambdaFunction": {"Type": "AWS::Lambda::Function", "Properties": {
        "Environment": {"Variables": {"STRIPE": "sk_live_0123456789abcdef", "ENV": {"Ref": "env"}}}}}}}  # fmt: skip
    files = {"amplify/backend/function/hello/hello-cloudformation-template.json": template}
    (found,) = flags(tmp_path, files).findings
    assert found.rule == "GEN022"
    assert found.location is not None
    assert found.location.pointer.endswith("/Environment/Variables/STRIPE")


def test_metadata_is_not_held_against_anyone(tmp_path: Path) -> None:
    meta = {
        **META,
        "api": {"pets": {"service": "AppSync", "output": {"GraphQLAPIKeyOutput": "da2-abcdefghijklmnopqrstuvwxyz"}}},
    }
    app = only_app(tmp_path, {**DEPLOYED, "amplify/backend/amplify-meta.json": meta})
    assert "GEN022" not in rules(app)
