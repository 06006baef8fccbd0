"""Imports of JavaScript, TypeScript, Vue and Svelte."""

from __future__ import annotations

import pytest

from migrator.sources.uses import Import, ImportForm
from tests.sources.found import marked, modules, nodes

CONFIG = "./aws-exports"


@pytest.mark.parametrize(
    "text",
    [
        "// import config from './aws-exports';",
        "/* import config from './aws-exports';\n require('./aws-exports') */",
        "const text = \"import config from './aws-exports'\";",
        "const text = `import config from './aws-exports'`;",
        "const text = `a ${b} import config from './aws-exports'`;",
        "const config = './aws-exports';",
        "load.import('./aws-exports');",
        "loader.require('./aws-exports');",
        "const found = /from '.\\/aws-exports'/;",
        "const found = [/[/'\"]/, /import '.\\/aws-exports'/];",
        "<p>copy it from './aws-exports' today</p>",
        "<p>import it from './aws-exports'</p>",
        "array.from('./aws-exports');",
        "jest.fn('./aws-exports');",
    ],
)
def test_no_import(text: str) -> None:
    assert modules(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "import './aws-exports'",
        "import config from './aws-exports'",
        'import config from "./aws-exports"',
        "import * as config from './aws-exports'",
        "import { default as config, other } from './aws-exports'",
        "import type { Config } from './aws-exports'",
        "import\n  config\nfrom\n  './aws-exports'",
        "import/*why*/config/*not*/from'./aws-exports'",
        "export { default } from './aws-exports'",
        "export * from './aws-exports'",
        "require('./aws-exports')",
        "const { aws_project_region } = require(`./aws-exports`).default",
        "require.resolve('./aws-exports')",
        "const lazy = () => import(/* webpackChunkName: 'x' */ './aws-exports')",
        "import config = require('./aws-exports')",
        "type Config = typeof import('./aws-exports')",
        "const half = a / b; import './aws-exports' // c / d",
        "const url = 'https://example.com'; import './aws-exports'",
        "const odd = /[\"'`]/g;\nimport './aws-exports'",
        "const text = `it's ${more ? `a ${deep} b` : '}'} done`;\nimport './aws-exports'",
        "<p>Don't</p>;\nimport './aws-exports'",
        "const broken = (;\nimport './aws-exports'",
        "const broken = `no end\nimport './aws-exports'",
    ],
)
def test_an_import(text: str) -> None:
    assert CONFIG in modules(text)


def test_a_mock_is_told_from_an_import() -> None:
    found = nodes("javascript", "jest.mock('./aws-exports');\nvi.importActual('../aws-exports');")
    assert found == [Import(CONFIG, ImportForm.MOCK), Import("../aws-exports", ImportForm.MOCK)]


def test_a_require_is_told_from_an_import() -> None:
    assert nodes("javascript", "require('./aws-exports')") == [Import(CONFIG, ImportForm.REQUIRE)]


def test_a_file_without_a_mark_is_not_scanned() -> None:
    assert modules("import React from 'react'") == []


def test_modules_that_no_rule_is_about_are_left_out() -> None:
    assert modules("import React from 'react';\nimport c from './aws-exports';") == [CONFIG]


def test_the_module_is_marked_without_its_quotes() -> None:
    assert marked("javascript", "import './aws-exports'") == [CONFIG]


def test_the_template_of_a_vue_file_is_no_code() -> None:
    assert modules("<template>import './aws-exports'</template>\n<script>const a = 1</script>", "vue") == []


def test_a_script_in_a_comment_of_a_vue_file_is_no_code() -> None:
    assert modules("<!-- <script>import './aws-exports'</script> -->", "vue") == []


def test_both_scripts_of_a_vue_file_are_code() -> None:
    second = '<script setup lang="ts" generic="T extends A<B>">import \'aws-amplify\'</script>'
    text = f"<script>\nimport './aws-exports'\n</script>\n{second}"
    assert modules(text, "vue") == [CONFIG, "aws-amplify"]


def test_the_place_in_a_svelte_file_is_that_of_the_file() -> None:
    assert marked("svelte", "<h1>x</h1>\n<script>import './aws-exports'</script>") == [CONFIG]


@pytest.mark.parametrize("part", ["`${", "`", "}", "/*", "'", "${`", "</script", "<!--", "\\"])
def test_hostile_text_ends_soon(part: str) -> None:
    assert modules(part * 100_000 + " aws-exports", "vue") == []
    assert modules(part * 20_000 + " aws-exports") == []
