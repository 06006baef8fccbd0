"""Where shell text stands in other files: package.json, Makefiles, Dockerfiles, YAML, Markdown."""

from __future__ import annotations

import pytest

from migrator.documents.source import NotScanned
from migrator.sources.uses import Command, Place
from tests.sources.found import marked, nodes, said


@pytest.mark.parametrize(
    "text",
    [
        '{"description": "amplify push"}',
        '{"keywords": ["amplify push"], "scripts": {}}',
        '{"scripts": {"amplify push": "echo"}}',
        '{"config": {"deploy": "amplify push"}}',
        '{"scripts": {"hint": "echo \\"amplify push\\""}}',
    ],
)
def test_no_script(text: str) -> None:
    assert said("json", text) == []


@pytest.mark.parametrize(
    "text",
    [
        '{"scripts": {"deploy": "amplify push"}}',
        '{"name": "a", "scripts": {"a": "b", "deploy": "cd a \\u0026\\u0026 amplify push"}, "c": "d"}',
        '{"scripts": {"deploy": "bash -c \\"amplify push\\""}}',
        '{"husky": {"hooks": {"pre-push": "amplify push"}}}',
        '{"scripts": {"deploy": "amplify push",},}',
        '{"scripts": {"deploy": "amplify push"',
    ],
)
def test_a_script(text: str) -> None:
    assert said("json", text) == ["amplify push"]


def test_the_place_in_a_script_with_escapes_is_that_of_the_file() -> None:
    assert marked("json", '{"scripts": {"a": "x \\"y\\" \\u0026\\u0026 amplify push"}}') == ["amplify push"]


@pytest.mark.parametrize(
    "text",
    [
        "NAME = amplify push\n",
        "# amplify push\n",
        "deploy:\n\t# amplify push\n",
        "deploy:\n\t@echo amplify push\n",
        "amplify: push\n",
        "HELP = a; amplify push\n",
    ],
)
def test_no_recipe(text: str) -> None:
    assert said("makefile", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "deploy:\n\tamplify push\n",
        "deploy:\n\t-@amplify push\n",
        "deploy: build\n\tcd app && \\\n\t  amplify push\n",
        "deploy: ; amplify push\n",
    ],
)
def test_a_recipe(text: str) -> None:
    assert said("makefile", text) == ["amplify push"]


@pytest.mark.parametrize(
    "text",
    ["# RUN amplify push\n", 'LABEL how="amplify push"\n', "ENV CMD amplify push\n", "COPY amplify push\n"],
)
def test_no_instruction(text: str) -> None:
    assert said("dockerfile", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "RUN amplify push\n",
        "run --mount=type=cache,target=/root npm ci && amplify push\n",
        "RUN npm ci && \\\n# why\n    amplify push\n",
        'CMD ["amplify", "push", "--yes"]\n',
        'ENTRYPOINT [ "npx", "amplify", "push" ]\n',
    ],
)
def test_an_instruction(text: str) -> None:
    assert [node.verb for node in nodes("dockerfile", text) if isinstance(node, Command)] == ["push"]


@pytest.mark.parametrize(
    "text",
    [
        "name: amplify push\n",
        "# run: amplify push\n",
        "on:\n  push:\n    paths: [amplify push]\n",
        "steps:\n  - name: amplify push\n    run: npm test\n",
        "run: |\n  # amplify push\n  npm test\n",
        "env:\n  HOW: amplify push\n",
        "App:\n  BuildSpec: |-\n    {{x\n    amplify push\n",
    ],
)
def test_no_step(text: str) -> None:
    assert said("yaml", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "run: amplify push\n",
        "run: 'amplify push'\n",
        'run: "cd \\"a b\\" && amplify push"\n',
        "run: |\n  npm ci\n  amplify push\n",
        "run: >-\n  cd app &&\n  amplify\n  push\n",
        "commands:\n  - npm ci\n  - amplify push --yes\n",
        "commands: [npm ci, amplify push]\n",
        "script:\n  - &deploy amplify push\n",
        "jobs:\n  a:\n    steps:\n      - run:\n          command: amplify push\n",
        "a: 1\n---\nrun: amplify push\n",
        "custom: !Ref x\nrun: amplify push\n",
        "App:\n  BuildSpec: |-\n    build:\n      commands:\n        - amplify push\n",
    ],
)
def test_a_step(text: str) -> None:
    assert [node.verb for node in nodes("yaml", text) if isinstance(node, Command)] == ["push"]


def test_the_place_in_a_block_is_that_of_the_file() -> None:
    assert marked("yaml", "# ä\nsteps:\n  - run: |\n      npm ci\n      amplify push -y\n") == ["amplify push"]


def test_what_is_no_yaml_is_not_scanned() -> None:
    with pytest.raises(NotScanned, match=r"Not readable as YAML: .*\(line 2\)"):
        nodes("yaml", "run: amplify push\n  bad: [\n")


def test_what_is_no_yaml_and_says_nothing_of_amplify_is_no_matter() -> None:
    assert nodes("yaml", "{{ template }}\nname: amplify-app\n  bad: [\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "Run amplify push.",
        "# amplify push",
        "<!-- `amplify push` -->",
        "{/* `amplify push` */}",
        "See `amplify`.",
        "The file `amplify/backend` and a `push`.",
        "```js\namplify push\n```",
        "```diff\n- amplify push\n```",
        "```bash\n# amplify push\n```",
        "```console\n$ ampx sandbox\namplify push ended\n```",
        "* amplify push\n",
        "  amplify push\n",
    ],
)
def test_no_instruction_to_readers(text: str) -> None:
    assert said("markdown", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Run `amplify push`.",
        "Run ``amplify push``!",
        "Run <code>amplify push</code>",
        "| a | `amplify push` |",
        "```\namplify push\n```",
        "```bash\nnpm ci\namplify push\n```",
        '```bash title="x"\namplify push\n```',
        "~~~sh\n$ amplify push\n~~~",
        "1. do\n\n   ```sh\n   amplify push\n   ```\n",
        "- ```sh\n  amplify push\n  ```\n",
        "> ```sh\n> amplify push\n> ```\n",
        "```console\nme@host:~/app$ amplify push\nall is well\n```",
        "```powershell\nPS C:\\app> amplify push\n```",
        "    amplify push\n",
        "\t$ amplify push\n",
        "```yaml\nbuild:\n  commands:\n    - amplify push\n```",
        "````md\n```bash\namplify push\n```\n````\n\n`amplify push`",
        "```bash\namplify push",
    ],
)
def test_an_instruction_to_readers(text: str) -> None:
    assert said("markdown", text) == ["amplify push"]


def test_an_instruction_to_readers_is_documentation() -> None:
    found = [node for node in nodes("markdown", "`amplify push`") if isinstance(node, Command)]
    assert [node.place for node in found] == [Place.DOCUMENTATION]


def test_a_change_log_tells_what_was() -> None:
    assert said("markdown", "`amplify push`", "docs/CHANGELOG.md") == []


def test_the_place_in_a_quoted_block_is_that_of_the_file() -> None:
    assert marked("markdown", "> ```\n> $ amplify push -y\n> ```\n") == ["amplify push"]
