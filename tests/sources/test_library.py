"""Uses of the Amplify libraries as they were before version 6."""

from __future__ import annotations

import pytest

from migrator.sources.uses import LibraryUse
from tests.sources.found import nodes


def said(text: str, language: str = "javascript") -> list[str]:
    return [node.said for node in nodes(language, text) if isinstance(node, LibraryUse)]


@pytest.mark.parametrize(
    "text",
    [
        "import { Auth } from 'aws-amplify'; Auth.signOut()",
        "import { Auth as A } from 'aws-amplify'; A.signOut()",
        "import * as aws from 'aws-amplify'; aws.Auth.signOut()",
        "import Amplify from 'aws-amplify'; Amplify.Auth.signOut()",
        "import Auth from '@aws-amplify/auth'; Auth.signOut()",
        "import { Auth } from '@aws-amplify/auth'; Auth.signOut()",
        "const { Auth } = require('aws-amplify'); Auth.signOut()",
        "const { Auth: A } = require('aws-amplify'); A.signOut()",
        "const Auth = require('aws-amplify').Auth; Auth.signOut()",
        "const Auth = require('@aws-amplify/auth').default; Auth.signOut()",
        "const aws = require('aws-amplify'); aws.Auth.signOut()",
        "const { Auth } = await import('aws-amplify'); Auth.signOut()",
        "import { Auth } from 'aws-amplify'; const { b } = { b: () => Auth.signOut() }",
        "import { Auth } from 'aws-amplify'; export default { methods: { out() { return Auth?.signOut() } } }",
    ],
)
def test_a_use_however_it_is_imported(text: str) -> None:
    assert [one for one in said(text) if one.endswith("signOut")] != []


@pytest.mark.parametrize(
    "text",
    [
        "import { Auth } from './aws-amplify'; Auth.signOut()",
        "import { Auth } from 'aws-amplify-like'; Auth.signOut()",
        "import { Auth } from 'firebase/auth'; Auth.signOut()",
        "const Auth = make(); Auth.signOut()",
        "other.Auth.signOut()",
        "const a = { Auth: 1 }",
        "import { Amplify } from 'aws-amplify'; Amplify.configure({})",
        "import { Amplify } from '@aws-amplify/core'; Amplify.configure({})",
        "import { signOut } from 'aws-amplify/auth'; signOut()",
        "import { PubSub } from '@aws-amplify/pubsub'; new PubSub({})",
        "// import { Auth } from 'aws-amplify'\n'Auth.signOut()'",
    ],
)
def test_what_only_looks_like_it(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "function f(Auth) { Auth.signOut() }",
        "const f = (Auth) => Auth.signOut()",
        "const f = Auth => Auth.signOut()",
        "const f = ({ Auth }) => Auth.signOut()",
        "const f = ({ a: Auth }) => Auth.signOut()",
        "const f = ([Auth]) => Auth.signOut()",
        "const f = (Auth = 1) => Auth.signOut()",
        "const f = (...Auth) => Auth.signOut()",
        "{ const Auth = 1; Auth.signOut() }",
        "for (const Auth of all) Auth.signOut()",
        "try { a() } catch (Auth) { Auth.signOut() }",
        "{ class Auth {} Auth.signOut() }",
        "function f() { function Auth() {} Auth.signOut() }",
    ],
)
def test_another_thing_of_the_same_name_is_not_meant(text: str) -> None:
    assert said(f"import {{ Auth }} from 'aws-amplify'; {text}") == ["Auth"]


def test_an_import_without_a_use_is_one() -> None:
    assert said("import { API, Auth } from 'aws-amplify'; Auth.signOut()") == ["Auth.signOut", "API"]


def test_an_element_is_named_once() -> None:
    text = "import { AmplifyProvider } from '@aws-amplify/ui-react'; const a = <AmplifyProvider>b</AmplifyProvider>"
    assert said(text) == ["AmplifyProvider"]


def test_a_type_argument_does_not_confuse_typescript() -> None:
    text = "import { API } from 'aws-amplify';\nconst a = <T,>(b: T) => API.get<T>('a', '/b', {} as any);"
    assert said(text, "typescript") == ["API.get"]


@pytest.mark.parametrize("part", ["(", "[{", "`${", "<a>", "Auth.", "{Auth:", "=>"])
def test_hostile_code_ends_soon(part: str) -> None:
    assert said(f"import {{ Auth }} from 'aws-amplify';\n{part * 20_000}") is not None
