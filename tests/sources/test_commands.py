"""Calls of the Gen 1 CLI in shell text."""

from __future__ import annotations

import pytest

from migrator.sources.uses import Command, Place
from tests.sources.found import marked, nodes, said


@pytest.mark.parametrize(
    "text",
    [
        "# amplify push",
        "echo amplify push",
        'echo "amplify push"',
        "echo 'run: amplify push'",
        "printf '%s\\n' amplify push",
        "cat <<EOF\namplify push\nEOF",
        "cat <<-'EOF' > deploy.sh\n\tamplify push\n\tEOF\necho done",
        "cat<<EOF\namplify push\nEOF",
        "git push origin amplify",
        "cd amplify && git push",
        "aws amplify update-app --app-id a",
        "aws amplify delete-app --app-id a",
        "which amplify && amplify --version",
        "command -v amplify",
        "amplify",
        "amplify --help",
        "amplify help push",
        "amplify sandbox",
        "npx amplify generate outputs",
        "npx amplify configure profile",
        "npx ampx pipeline-deploy",
        "npm create amplify@latest",
        "npm init amplify",
        "npm run amplify push",
        "npm install aws-amplify @aws-amplify/ui-react",
        "npm uninstall -g @aws-amplify/cli",
        "npm ls @aws-amplify/cli",
        "npm install @aws-amplify/cli-core",
        "amplify-helper push",
        "my/amplify/push",
        "rm -rf amplify/backend",
        "amplify:push",
        "AMPLIFY=push ./run.sh",
        "grep -r 'amplify push' .",
    ],
)
def test_no_call(text: str) -> None:
    assert said("shell", text) == []


@pytest.mark.parametrize(
    ("text", "verb", "topic"),
    [
        ("amplify push", "push", ""),
        ("amplify push --yes", "push", ""),
        ("amplify push function hello -y", "push", "function"),
        ("amplify add auth", "add", "auth"),
        ("amplify auth add", "add", "auth"),
        ("amplify api gql-compile", "gql-compile", "api"),
        ("amplify codegen models", "codegen", "models"),
        ("amplify hosting add", "add", "hosting"),
        ("amplify env checkout dev", "env", "checkout"),
        ("amplify pull --appId $ID --envName dev", "pull", ""),
        ("amplify pull $ENV", "pull", ""),
        ("amplify --debug push", "push", ""),
        ("amplify configure", "configure", ""),
        ("amplifyPush --simple", "amplifyPush", ""),
        ("/usr/local/bin/amplifyPush", "amplifyPush", ""),
        ("npm i -g @aws-amplify/cli@latest", "install", "package"),
        ("yarn global add @aws-amplify/cli", "install", "package"),
        ("curl -sL https://aws-amplify.github.io/amplify-cli/install | bash && $SHELL", "install", "script"),
    ],
)
def test_verb_and_topic(text: str, verb: str, topic: str) -> None:
    found = [node for node in nodes("shell", text) if isinstance(node, Command)]
    assert [(node.verb, node.topic) for node in found] == [(verb, topic)]


@pytest.mark.parametrize(
    "text",
    [
        "npx amplify push",
        "npx -y amplify push",
        "npx --yes @aws-amplify/cli@12.8.2 push",
        "npx -p @aws-amplify/cli amplify push",
        "npx --package=@aws-amplify/cli amplify push",
        "yarn amplify push",
        "yarn run amplify push",
        "pnpm exec amplify push",
        "pnpm dlx @aws-amplify/cli push",
        "bunx amplify push",
        "npm exec -- amplify push",
        "./node_modules/.bin/amplify push",
        "$(npm bin)/amplify push",
        "~/.amplify/bin/amplify push",
        "sudo -E amplify push",
        "AWS_PROFILE=dev CI=true amplify push",
        "env AWS_PROFILE=dev amplify push",
        "timeout 600 amplify push",
        "cross-env CI=1 amplify push",
        "dotenv -e .env -- amplify push",
        "aws-vault exec dev -- amplify push",
        "if ! amplify push; then exit 1; fi",
        "for e in a b; do amplify push; done",
        "(cd app; amplify push)",
        "cd app && amplify push | tee log",
        "yes | amplify push",
        "npm ci & amplify push",
        "amplify \\\n  push \\\n  --yes",
        'bash -c "cd app && amplify push"',
        "ssh host 'amplify push'",
        'concurrently "amplify push" "vite"',
        'eval "amplify push"',
        'OUT="$(amplify push --yes)"',
        "OUT=$(amplify push)",
        "echo `amplify push`",
        'echo "It\'s on"; amplify push # now',
        "echo ${#LIST}; amplify push",
        "case $1 in deploy) amplify push ;; esac",
        "deploy() { amplify push; }",
        "cat <<EOF\ntext\nEOF\namplify push",
        "amplify push > log 2>&1",
        "amplify 'push'",
        "amplify.cmd push",
        "call amplify push",
    ],
)
def test_a_push_however_it_is_started(text: str) -> None:
    assert [node.verb for node in nodes("shell", text) if isinstance(node, Command)] == ["push"]


def test_a_script_of_its_own_is_a_build() -> None:
    assert [node.place for node in nodes("shell", "amplify push") if isinstance(node, Command)] == [Place.BUILD]


def test_the_call_is_marked_from_program_to_topic() -> None:
    assert marked("shell", "cd a && npx amplify add auth --yes") == ["amplify add auth"]


def test_every_call_of_a_line_is_found() -> None:
    assert said("shell", "amplify pull && amplify push") == ["amplify pull", "amplify push"]


@pytest.mark.parametrize("part", ['"', "'", "$(", "`", "<<A\n", "\\", 'bash -c "', "(", "amplify "])
def test_hostile_text_ends_soon(part: str) -> None:
    assert said("shell", part * 50_000) == []
