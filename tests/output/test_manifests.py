"""package.json, tsconfig.json, .gitignore."""

from __future__ import annotations

import json

import pytest

from migrator.core.errors import ArtifactError
from migrator.core.ref import ResourceRef
from migrator.gen2.backend import Dependency
from migrator.node.toolchain import pinned
from migrator.output.manifests import MODULE_PACKAGE, PINNED, TSCONFIG, PackageConflict, gitignore, package_json


def need(package: str, version: str, function: str = "f", *, dev: bool = False) -> Dependency:
    return Dependency(package, version, "FUN001", ResourceRef("function", function), dev)


def test_the_pinned_versions_are_those_that_checks_run_with() -> None:
    assert {name: version for name, version in PINNED.items() if name in pinned()} == pinned()


def test_every_pinned_version_is_exact() -> None:
    assert all(version.replace(".", "").isdigit() for version in PINNED.values())


def test_a_new_package_is_private_and_no_module() -> None:
    content = json.loads(package_json("app", ()).text)
    assert content == {"name": "app", "private": True, "devDependencies": PINNED}


def test_only_the_backend_folder_is_a_module() -> None:
    assert json.loads(MODULE_PACKAGE) == {"type": "module"}


@pytest.mark.parametrize(
    ("project", "name"),
    [("My App", "my-app"), ("_x", "x"), ("Ünï", "n"), ("", "amplify-backend"), ("esbuild", "esbuild-backend")],
)
def test_the_name_is_one_that_npm_accepts(project: str, name: str) -> None:
    assert json.loads(package_json(project, ()).text)["name"] == name


def test_packages_of_functions_are_dependencies() -> None:
    made = package_json("app", (need("axios", "^1.2.0"),))
    assert json.loads(made.text)["dependencies"] == {"axios": "^1.2.0"}


def test_development_packages_of_functions_are_development_dependencies() -> None:
    made = package_json("app", (need("@types/uuid", "^9.0.0", dev=True),))
    assert json.loads(made.text)["devDependencies"]["@types/uuid"] == "^9.0.0"


def test_the_higher_of_two_ranges_that_agree_is_kept_without_a_word() -> None:
    made = package_json("app", (need("axios", "^1.2.0", "a"), need("axios", "^1.4.0", "b")))
    assert (json.loads(made.text)["dependencies"], made.conflicts) == ({"axios": "^1.4.0"}, ())


def test_the_higher_of_two_ranges_that_differ_is_kept_and_reported() -> None:
    made = package_json("app", (need("axios", "^1.4.0", "b"), need("axios", "^0.27.2", "a")))
    assert made.conflicts == (PackageConflict("axios", "^1.4.0", (("function/a", "^0.27.2"),)),)


def test_a_package_in_a_folder_is_left_out_and_reported() -> None:
    made = package_json("app", (need("shared", "file:../shared"),))
    assert made.conflicts == (PackageConflict("shared", "", (("function/f", "file:../shared"),)),)
    assert "dependencies" not in json.loads(made.text)


def test_a_function_does_not_change_a_pinned_version() -> None:
    made = package_json("app", (need("typescript", "^4.0.0"),))
    assert made.conflicts == (PackageConflict("typescript", "5.9.3", (("function/f", "^4.0.0"),)),)


EXISTING = """{
    "name": "shop",
    "type": "commonjs",
    "scripts": {"start": "next"},
    "dependencies": {
        "next": "latest",
        "axios": "^0.27.2"
    },
    "x-own": [1.5, true]
}"""


def test_an_existing_package_keeps_all_its_keys_in_order() -> None:
    merged = json.loads(package_json("app", (need("uuid", "^9.0.0"),), EXISTING).text)
    assert list(merged) == ["name", "type", "scripts", "dependencies", "x-own", "devDependencies"]


def test_an_existing_package_keeps_its_values() -> None:
    merged = json.loads(package_json("app", (need("uuid", "^9.0.0"),), EXISTING).text)
    assert {k: v for k, v in merged.items() if k not in ("dependencies", "devDependencies")} == {
        "name": "shop",
        "type": "commonjs",
        "scripts": {"start": "next"},
        "x-own": [1.5, True],
    }


def test_an_unsorted_section_is_extended_at_its_end() -> None:
    merged = json.loads(package_json("app", (need("a", "^9.0.0"),), EXISTING).text)
    assert list(merged["dependencies"]) == ["next", "axios", "a"]


def test_a_sorted_section_stays_sorted() -> None:
    merged = json.loads(package_json("app", (), '{"devDependencies": {"vite": "5"}}').text)
    assert list(merged["devDependencies"])[-2:] == ["typescript", "vite"]


def test_the_users_range_stays_and_the_conflict_is_reported() -> None:
    made = package_json("app", (need("axios", "^1.4.0"),), EXISTING)
    assert made.conflicts == (PackageConflict("axios", "^0.27.2", (("function/f", "^1.4.0"),)),)


def test_the_users_version_of_a_pinned_package_stays_and_is_reported() -> None:
    made = package_json("app", (), '{"dependencies": {"typescript": "^4.9.5"}}')
    assert made.conflicts == (PackageConflict("typescript", "^4.9.5", (("Amplify Gen 2", "5.9.3"),)),)
    assert "typescript" not in json.loads(made.text)["devDependencies"]


def test_indentation_and_the_missing_last_line_end_stay() -> None:
    text = package_json("app", (), EXISTING).text
    assert text.startswith('{\n    "name"')
    assert text.endswith("}")


def test_a_package_that_has_everything_is_left_byte_for_byte() -> None:
    text = package_json("app", (), '{"files": ["a",  "b"]}').text.replace('\n    "a"', '"a"')
    assert package_json("app", (), text).text == text


def test_windows_line_ends_stay() -> None:
    text = package_json("app", (), '{\r\n  "name": "x"\r\n}\r\n').text
    assert text.count("\n") == text.count("\r\n")


def test_an_unreadable_package_is_an_error_with_its_place() -> None:
    with pytest.raises(ArtifactError) as caught:
        package_json("app", (), '{\n  "name": \n}')
    assert str(caught.value.location) == "package.json:3:1"


def test_a_section_of_the_wrong_kind_is_an_error() -> None:
    with pytest.raises(ArtifactError, match="'dependencies' is not an object"):
        package_json("app", (), '{"dependencies": []}')


def test_the_compiler_settings_are_json() -> None:
    assert json.loads(TSCONFIG)["compilerOptions"]["strict"] is True


def test_a_new_gitignore_has_what_gen2_makes() -> None:
    assert gitignore(None) == "# Amplify Gen 2\nnode_modules\n.amplify/\namplify_outputs*\n"


def test_lines_that_are_there_are_not_repeated() -> None:
    assert gitignore("/node_modules/\n.amplify\n") == "/node_modules/\n.amplify\n\n# Amplify Gen 2\namplify_outputs*\n"


def test_a_complete_gitignore_stays_as_it_is() -> None:
    assert gitignore(gitignore("dist")) == gitignore("dist")


def test_what_the_user_wants_committed_is_not_ignored() -> None:
    assert "\namplify_outputs*" not in gitignore("!/amplify_outputs.json\n")


def test_what_was_ignored_in_a_renamed_folder_stays_ignored() -> None:
    text = gitignore("amplify/\\#current-cloud-backend\n/amplify/logs\nsrc/amplify/x\n", ("amplify", "amplify-gen1"))
    assert text.endswith("# Amplify Gen 1, renamed\namplify-gen1/\\#current-cloud-backend\n/amplify-gen1/logs\n")


def test_carrying_over_twice_adds_nothing() -> None:
    once = gitignore("amplify/logs\n", ("amplify", "amplify-gen1"))
    assert gitignore(once, ("amplify", "amplify-gen1")) == once
