"""Python: what is read of the environment, which files are opened, and what cannot be read."""

from __future__ import annotations

import pytest

from migrator.documents.source import NotScanned
from migrator.sources.uses import ConfigurationRead, EnvironmentVariable
from tests.sources.found import marked, nodes, said


def variables(text: str, path: str = "") -> list[str]:
    return [node.name for node in nodes("python", text, path) if isinstance(node, EnvironmentVariable)]


@pytest.mark.parametrize(
    "text",
    [
        "import os\nos.environ['REGION']",
        'import os\nos.environ["REGION"]',
        "import os\nos.environ.get('REGION')",
        "import os\nos.environ.get('REGION', 'eu')",
        "import os\nos.getenv('REGION')",
        "from os import environ\nenviron['REGION']",
        "from os import getenv\ngetenv('REGION')",
        "import os\ndef f(a=os.environ['REGION']): pass",
        "import os\nx = f'{os.environ[\"REGION\"]}'",
    ],
)
def test_a_variable_however_it_is_read(text: str) -> None:
    assert variables(text) == ["REGION"]


@pytest.mark.parametrize(
    "text",
    [
        "# os.environ['REGION']\nimport os; os.environ",
        "'os.environ[\"REGION\"]'",
        "environ_of(a)['REGION']",
        "a.environ.get('b'); settings['REGION']",
        "import os\nos.environ['AWS_REGION']",
        "import os\nos.environ[REGION]",
        "import os\nos.environ[f'{a}REGION']",
    ],
)
def test_what_only_looks_like_it(text: str) -> None:
    assert variables(text) == []


def test_a_variable_elsewhere_counts_only_when_nobody_else_has_it() -> None:
    text = "import os\nos.environ['REGION'], os.environ['AUTH_SHOP_USERPOOLID']"
    assert variables(text, "scripts/a.py") == ["AUTH_SHOP_USERPOOLID"]


def test_the_place_is_that_of_the_name_behind_letters_of_many_bytes() -> None:
    assert marked("python", "import os\nä = 'ü', os.environ['REGION']") == ["REGION"]


@pytest.mark.parametrize(
    "text",
    [
        "open('src/aws-exports.js')",
        "Path('aws-exports.js').read_text()",
        "os.path.join(root, 'amplifyconfiguration.json')",
    ],
)
def test_a_file_that_is_opened(text: str) -> None:
    assert [type(node) for node in nodes("python", text, "scripts/a.py")] == [ConfigurationRead]


@pytest.mark.parametrize(
    "text",
    [
        "subprocess.run(['amplify', 'push'])",
        "subprocess.check_call(('npx', 'amplify', 'push', '--yes'))",
        "subprocess.run('amplify push', shell=True)",
        "os.system('cd a && amplify push')",
        "subprocess.run(['amplify', 'push', env])",
    ],
)
def test_a_command_that_is_started(text: str) -> None:
    assert said("python", text, "deploy.py") == ["amplify push"]


@pytest.mark.parametrize(
    "text", ["print('amplify push')", "run(['git', 'push', 'amplify'])", "subprocess.run(command)"]
)
def test_what_starts_no_command(text: str) -> None:
    assert said("python", text, "deploy.py") == []


@pytest.mark.parametrize(
    "text",
    [
        "x = (os.environ['REGION']",
        "os.environ['REGION'] print 'a'",
        "x = " + "(" * 5000 + "os.environ[REGION]" + ")" * 5000,
        "os.environ" + ".REGION" * 20_000,
        "x = os.environ " + "+ REGION " * 20_000,
        "os.environ['REGION']\0",
    ],
    ids=["open", "python 2", "parentheses", "attributes", "sums", "null"],
)
def test_what_is_no_python_is_not_scanned(text: str) -> None:
    with pytest.raises(NotScanned, match="Not readable as Python"):
        nodes("python", text)
