"""amplify.yml: which commands are replaced, and that everything else stays as it was."""

from __future__ import annotations

from typing import Any

import pytest

from migrator.documents.yaml_text import load_yaml
from migrator.output.amplify_yml import amplify_yml

INSTALL = "npm ci --cache .npm --prefer-offline"
DEPLOY = "npx ampx pipeline-deploy --branch $AWS_BRANCH --app-id $AWS_APP_ID"

FULL = """\
version: 1
# settings of the whole build
env:
  variables:
    NODE_OPTIONS: --max-old-space-size=4096
backend:
  phases:
    build:
      commands:
        # keep this remark
        - '# Execute Amplify CLI with the helper script'
        - amplifyPush --simple
frontend:
  phases:
    preBuild:
      commands:
        - npm ci
    # IMPORTANT - Please verify your build commands
    build:
      commands:
        - npm run build   # vite
  artifacts:
    baseDirectory: dist
    files:
      - '**/*'
  cache:
    paths:
      - node_modules/**/*
customHeaders:
  - pattern: '**/*'
    headers:
      - key: X-Frame-Options
        value: DENY
test:
  phases:
    test:
      commands:
        - npx cypress run
"""


def settings(*commands: str, **options: Any) -> Any:
    """What becomes of these commands of the backend's build phase."""
    rows = "".join(f"        - {command}\n" for command in commands)
    text = f"version: 1\nbackend:\n  phases:\n    build:\n      commands:\n{rows}"
    made: Any = load_yaml(amplify_yml(text, **options).text, "amplify.yml")
    return made["backend"]["phases"]["build"]["commands"]


def test_only_the_lines_of_the_push_change() -> None:
    old = "        - '# Execute Amplify CLI with the helper script'\n        - amplifyPush --simple\n"
    new = f"        - {INSTALL}\n        - {DEPLOY}\n"
    assert amplify_yml(FULL).text == FULL.replace(old, new)


def test_settings_without_surprises_leave_no_task() -> None:
    assert amplify_yml(FULL).tasks == ()


def test_settings_that_deploy_gen2_stay_as_they_are() -> None:
    once = amplify_yml(FULL).text
    assert amplify_yml(once).text == once


def test_windows_line_ends_stay() -> None:
    text = amplify_yml(FULL.replace("\n", "\r\n")).text
    assert text == amplify_yml(FULL).text.replace("\n", "\r\n")


@pytest.mark.parametrize(
    "command",
    [
        "amplifyPush",
        "amplifyPush --simple",
        "amplifyPush --environment $AWS_BRANCH",
        "amplifyPush --simple --environment ${USER_BRANCH}",
        "amplify push --yes",
        "npx amplify push -y",
        "npx --yes @aws-amplify/cli@12 push --yes",
        "./node_modules/.bin/amplify push --yes",
        "yarn amplify push --yes",
        "amplify publish --yes",
        'amplify push --amplify "{\\"envName\\":\\"dev\\"}" --yes',
    ],
)
def test_a_push_of_any_kind_is_replaced(command: str) -> None:
    assert settings(command) == [INSTALL, DEPLOY]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("cd app && amplifyPush --simple && cd ..", f"cd app && {DEPLOY} && cd .."),
        ("amplifyPush --simple; echo done", f"{DEPLOY}; echo done"),
        (
            'if [ "$AWS_BRANCH" = main ]; then amplifyPush --simple; fi',
            f'if [ "$AWS_BRANCH" = main ]; then {DEPLOY}; fi',
        ),
        ("bash -c 'amplify push --yes'", f"bash -c '{DEPLOY}'"),
        ("(amplify push --yes)", f"({DEPLOY})"),
        ("npm i -g @aws-amplify/cli && amplify push --yes", DEPLOY),
    ],
)
def test_a_push_inside_a_command_is_replaced_alone(command: str, expected: str) -> None:
    assert settings(command) == [INSTALL, expected]


@pytest.mark.parametrize(
    "command",
    [
        "echo amplify push",
        "./scripts/push.sh amplifyPush",
        "my-amplifyPush",
        "amplify pushy",
        "'# amplifyPush --simple'",
        "./amplify push/x",
    ],
)
def test_what_only_looks_like_a_push_stays(command: str) -> None:
    assert settings(command)[0] == load_yaml(command, "x")


@pytest.mark.parametrize(
    "command",
    [
        "npm install -g @aws-amplify/cli",
        "npm i -g @aws-amplify/cli@12.1.0",
        "yarn global add @aws-amplify/cli",
        "curl -sL https://aws-amplify.github.io/amplify-cli/install | bash",
    ],
)
def test_installing_the_gen1_cli_goes(command: str) -> None:
    assert settings(command, "amplifyPush") == [INSTALL, DEPLOY]


def test_other_packages_of_an_installation_stay() -> None:
    assert settings("npm i -g @aws-amplify/cli typescript", "amplifyPush")[0] == "npm i -g typescript"


def test_a_phase_that_becomes_empty_has_an_empty_list() -> None:
    text = "backend:\n  phases:\n    preBuild:\n      commands: # cli\n        - npm i -g @aws-amplify/cli\n"
    text += "    build:\n      commands:\n        - amplifyPush\n"
    assert "    preBuild:\n      commands: []  # cli\n    build:\n" in amplify_yml(text).text


def test_nothing_is_installed_twice() -> None:
    assert settings("npm ci", "amplifyPush") == ["npm ci", DEPLOY]


def test_a_global_installation_is_none_of_the_project() -> None:
    assert settings("npm install -g typescript", "amplifyPush") == ["npm install -g typescript", INSTALL, DEPLOY]


def test_an_installation_in_an_earlier_phase_counts() -> None:
    text = "backend:\n  phases:\n    preBuild:\n      commands:\n        - yarn install\n"
    text += "    build:\n      commands:\n        - amplifyPush\n"
    assert INSTALL not in amplify_yml(text).text


def test_the_packages_of_another_manager_are_installed_by_it() -> None:
    assert settings("amplifyPush", package_manager="pnpm") == ["pnpm install", DEPLOY.replace("npx", "pnpm")]


def test_a_package_script_that_only_pushes_is_replaced() -> None:
    assert settings("yarn push", scripts={"push": "amplify push -y"}) == [INSTALL, DEPLOY]


def test_a_script_file_that_only_pushes_is_replaced() -> None:
    script = "#!/bin/bash\nset -e\n# deploy\namplify push --yes\n"
    assert settings("./bin/deploy.sh", scripts={"bin/deploy.sh": script}) == [INSTALL, DEPLOY]


def test_a_script_that_does_more_stays_and_becomes_a_task() -> None:
    text = "backend:\n  phases:\n    build:\n      commands:\n        - ./deploy.sh\n"
    made = amplify_yml(text, scripts={"deploy.sh": "aws s3 ls\namplify push --yes\n"})
    task = "amplify.yml:5 (backend.phases.build): `deploy.sh` runs Gen 1's push among other things: "
    assert made.tasks == (f"{task}replace it there by `{DEPLOY}`.",)


def test_a_script_that_does_more_deploys_already() -> None:
    assert settings("./deploy.sh", scripts={"deploy.sh": "aws s3 ls\namplify push --yes\n"}) == [INSTALL, "./deploy.sh"]


def test_an_unknown_script_gets_the_deployment_behind_it() -> None:
    assert settings("./deploy.sh") == ["./deploy.sh", INSTALL, DEPLOY]


def test_an_unknown_script_becomes_a_task() -> None:
    text = "backend:\n  phases:\n    build:\n      commands:\n        - TOKEN=hunter2 ./deploy.sh --key abc\n"
    (task,) = amplify_yml(text).tasks
    assert "Check `./deploy.sh`:" in task


def test_no_argument_of_a_command_reaches_a_task() -> None:
    text = "backend:\n  phases:\n    build:\n      commands:\n        - TOKEN=hunter2 ./deploy.sh --key abc\n"
    assert not {"hunter2", "abc"} & set(" ".join(amplify_yml(text).tasks).replace("=", " ").split())


def test_another_environment_than_the_branch_becomes_a_task() -> None:
    text = "backend:\n  phases:\n    build:\n      commands:\n        - amplifyPush --environment prod\n"
    assert "deployed the environment prod whatever" in amplify_yml(text).tasks[0]


def test_commands_that_read_gen1_files_become_one_task_for_each_file() -> None:
    text = FULL.replace("- npm ci\n", "- cp src/aws-exports.js a\n        - cat src/aws-exports.js\n")
    (task,) = amplify_yml(text).tasks
    assert task.startswith("amplify.yml:17 (frontend.phases.preBuild, also line 18): `aws-exports` belongs to Gen 1")


def test_a_push_in_the_front_end_goes() -> None:
    made: Any = load_yaml(amplify_yml(FULL.replace("- npm ci\n", "- amplifyPush\n        - npm ci\n")).text, "x")
    assert made["frontend"]["phases"]["preBuild"]["commands"] == ["npm ci"]


def test_a_front_end_without_backend_gets_one_before_it() -> None:
    text = "version: 1\n# the site\nfrontend:\n  phases:\n    build:\n      commands:\n        - npm run build\n"
    backend = f"backend:\n  phases:\n    build:\n      commands:\n        - {INSTALL}\n        - {DEPLOY}\n"
    assert amplify_yml(text).text == text.replace("# the site\n", f"{backend}# the site\n")


def test_without_settings_the_backend_is_deployed() -> None:
    made = load_yaml(amplify_yml(None).text, "x")
    assert made == {"version": 1, "backend": {"phases": {"build": {"commands": [INSTALL, DEPLOY]}}}}


def test_without_settings_the_console_is_mentioned() -> None:
    assert "Amplify console" in amplify_yml(None).tasks[0]


MONOREPO = """\
version: 1
applications:
  - appRoot: apps/web
    backend:
      phases:
        build:
          commands:
            - amplifyPush --simple
    frontend:
      phases: {build: {commands: [npm run build]}}
  - appRoot: apps/admin
    frontend: # the other one
      phases:
        build:
          commands:
            - npm run build
"""


def test_the_application_with_a_backend_is_changed() -> None:
    new = f"            - {INSTALL}\n            - {DEPLOY}\n"
    assert amplify_yml(MONOREPO).text == MONOREPO.replace("            - amplifyPush --simple\n", new)


def test_the_named_application_gets_a_backend() -> None:
    made: Any = load_yaml(amplify_yml(MONOREPO, app_root="apps/admin").text, "x")
    assert made["applications"][1]["backend"] == {"phases": {"build": {"commands": [INSTALL, DEPLOY]}}}


def test_the_other_application_is_left_alone() -> None:
    made: Any = load_yaml(amplify_yml(MONOREPO, app_root="apps/admin").text, "x")
    before: Any = load_yaml(MONOREPO, "x")
    assert made["applications"][0] == before["applications"][0]


def test_several_applications_without_backend_become_a_task() -> None:
    text = "applications:\n  - appRoot: a\n    frontend: {}\n  - appRoot: b\n    frontend: {}\n"
    made = amplify_yml(text)
    assert (made.text, len(made.tasks)) == (text, 1)


def test_a_block_of_lines_keeps_its_other_lines() -> None:
    text = "backend:\n  phases:\n    build:\n      commands:\n        - |\n"
    text += "".join(f"          {line}\n" for line in ("echo a", "amplifyPush -s", "echo b"))
    made: Any = load_yaml(amplify_yml(text).text, "x")
    assert made["backend"]["phases"]["build"]["commands"] == [INSTALL, f"echo a\n{DEPLOY}\necho b\n"]


def test_lists_in_one_line_are_understood() -> None:
    text = "backend: {phases: {build: {commands: [amplifyPush --simple]}}} # one line\n"
    made: Any = load_yaml(amplify_yml(text).text, "x")
    assert made["backend"]["phases"]["build"]["commands"] == [INSTALL, DEPLOY]


def test_lost_comments_are_said() -> None:
    text = "backend: {phases: {build: {commands: [amplifyPush --simple]}}} # one line\n"
    assert amplify_yml(text).tasks == ("amplify.yml had to be written anew: its comments are not in it any more.",)


@pytest.mark.parametrize(
    "backend", ["backend:\n", "backend: {}\n", "backend:\n  phases:\n    build:\n      commands: []\n"]
)
def test_an_empty_backend_is_filled(backend: str) -> None:
    made: Any = load_yaml(amplify_yml(f"version: 1\n{backend}frontend: {{}}\n").text, "x")
    assert made["backend"]["phases"]["build"]["commands"] == [INSTALL, DEPLOY]


@pytest.mark.parametrize("text", ["backend: [\n", "a: 1\na: 2\n", "- 1\n", "just text\n"])
def test_what_cannot_be_read_is_left_as_it_is(text: str) -> None:
    assert amplify_yml(text).text == text


def test_what_cannot_be_read_becomes_a_task_with_its_place() -> None:
    assert amplify_yml("a: 1\na: 2\n").tasks[0].startswith("amplify.yml:2:1: Not readable as YAML")


@pytest.mark.parametrize("commands", ["5", "{a: b}", "[1, {x: y}, null]", "text"])
def test_commands_of_the_wrong_kind_do_no_harm(commands: str) -> None:
    text = f"backend:\n  phases:\n    build:\n      commands: {commands}\n"
    made: Any = load_yaml(amplify_yml(text).text, "x")
    assert made["backend"]["phases"]["build"]["commands"][-1] == DEPLOY


def test_only_the_first_of_two_pushes_remains() -> None:
    assert settings("amplifyPush --simple", "amplifyPush --simple") == [INSTALL, DEPLOY]
