"""Code for aws-amplify 5 as code for version 6: only where it is certain."""

from __future__ import annotations

import pytest

from migrator.documents.source import example_file
from migrator.engine.fixes import applied
from migrator.engine.sources import Use
from migrator.sources.frontend.library import library

IMPORTS = "import { API, Auth, Hub, Storage, graphqlOperation } from 'aws-amplify';\n"


def rewritten(text: str, language: str = "javascript") -> str | None:
    file = example_file(language, text, "")
    found: list[Use] = list(library(file))
    fixes = {use.fix for use in found}
    fix = fixes.pop()
    return applied(text, [fix]) if fix is not None and not fixes else None


def body(text: str, language: str = "javascript") -> str | None:
    made = rewritten(IMPORTS + text, language)
    return made.split("\n", made.count("import "))[-1].strip() if made else None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Auth.signOut();", "signOut();"),
        ("Auth.signOut({ global: true });", "signOut({ global: true });"),
        ("await Auth.signIn(name, word);", "await signIn({ username: name, password: word });"),
        ("await Auth.signIn({ username, password });", "await signIn({ username, password });"),
        ("await Auth.confirmSignUp(a.b, code);", "await confirmSignUp({ username: a.b, confirmationCode: code });"),
        ("await Auth.resendSignUp(username);", "await resendSignUpCode({ username });"),
        ("Auth.federatedSignIn({ provider: 'LoginWithAmazon' });", "signInWithRedirect({ provider: 'Amazon' });"),
        ("await Auth.deleteUser();", "await deleteUser();"),
        ("await API.del('a', '/b');", "await del({ apiName: 'a', path: '/b' }).response;"),
        (
            "await API.post('a', '/b', { body: { c }, queryStringParameters: d });",
            "await post({ apiName: 'a', path: '/b', options: { body: { c }, queryParams: d } }).response;",
        ),
        ("await Storage.remove('a', { level: 'public' });", "await remove({ path: 'public/a' });"),
        (
            "const u = await Storage.get(k, { level: 'guest' });",
            "const u = (await getUrl({ path: `public/${k}` })).url.toString();",
        ),
        ("Hub.listen('news', show);", "Hub.listen('news', show);"),
    ],
)
def test_a_call_that_maps_one_to_one(before: str, after: str) -> None:
    assert body(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "const user = await Auth.signIn(name, word);",
        "Auth.signIn(name, word).then(show);",
        "return_(Auth.signIn(name, word));",
        "await Auth.signIn(...all);",
        "await Auth.signUp({ ...all });",
        "await Auth.signUp({ username, password, attributes });",
        "await Auth.signUp(name, word, mail);",
        "const user = await Auth.currentAuthenticatedUser();",
        "await Auth.currentSession();",
        "await Auth.changePassword(user, a, b);",
        "Auth.federatedSignIn({ provider: name });",
        "Auth.federatedSignIn({ customProvider: 'Own' });",
        "Auth[method]();",
        "show(Auth);",
        "const a = { Auth };",
        "const items = await API.get('a', '/b', {});",
        "await API.post('a', '/b', init);",
        "await API.post('a', '/b', { response: true });",
        "await API.graphql(request);",
        "await API.graphql({ query, authMode });",
        "API.graphql(graphqlOperation(q)).subscribe({ next });",
        "const stream = API.graphql(graphqlOperation(q));",
        "graphqlOperation(q);",
        "await Storage.put(key, file);",
        "await Storage.put(key, file, { level });",
        "await Storage.put(key, file, { level: 'private', progressCallback });",
        "const { key } = await Storage.put(k, file, { level: 'private' });",
        "await Storage.get(key, { level: 'private', download: true });",
        "await Storage.get('/a', { level: 'private' });",
        "await Storage.list('', { level: 'private' });",
        "Hub.listen('auth', show);",
        "Hub.listen('auth', ({ payload }) => show(payload));",
        "Hub.listen('auth', ({ payload }) => payload.event === 'signIn_failure' && show());",
        "Hub.listen(channel, () => show());",
        "Hub.remove('auth', show);",
        "Auth.signOut(/* everywhere */);",
        "export const broken = (;",
        "Auth.signOut(); jest.mock('aws-amplify');",
    ],
)
def test_what_is_not_certain_is_left(text: str) -> None:
    assert rewritten(IMPORTS + "Auth.signOut();\n" + text) is None


@pytest.mark.parametrize(
    "text",
    [
        "const { Auth } = require('aws-amplify'); Auth.signOut();",
        "import * as aws from 'aws-amplify'; aws.Auth.signOut();",
        "import Amplify, * as all from 'aws-amplify'; Amplify.Auth.signOut(all);",
    ],
)
def test_an_import_that_is_no_list_of_names_is_left(text: str) -> None:
    assert rewritten(text) is None


def test_typescript_is_left_where_it_might_not_agree() -> None:
    assert body("const r = await API.graphql(graphqlOperation(q));", "typescript") is None
    assert body("const r = await API.graphql(graphqlOperation(q));") is not None


def test_a_name_that_is_taken_gets_another() -> None:
    made = rewritten("import { Auth } from 'aws-amplify';\nasync function signOut() { await Auth.signOut(); }")
    assert made == (
        "import { signOut as amplifySignOut } from 'aws-amplify/auth';\n"
        "async function signOut() { await amplifySignOut(); }"
    )


def test_an_import_that_is_there_is_used() -> None:
    text = "import { Auth } from 'aws-amplify';\nimport { signOut as out } from 'aws-amplify/auth';\nAuth.signOut();"
    assert rewritten(text) == "import { signOut as out } from 'aws-amplify/auth';\nout();"


def test_what_else_is_imported_stays() -> None:
    text = 'import { Amplify, Auth } from "aws-amplify"\nAmplify.configure({})\nAuth.signOut()\n'
    assert rewritten(text) == (
        'import { Amplify } from "aws-amplify"\nimport { signOut } from "aws-amplify/auth"\n'
        "Amplify.configure({})\nsignOut()\n"
    )


def test_comments_and_layout_stay() -> None:
    text = "import { Auth } from 'aws-amplify'; // why\n\n\nif (a)   Auth . signOut (  );\n"
    assert rewritten(text) == "import { signOut } from 'aws-amplify/auth'; // why\n\n\nif (a)   signOut();\n"


def test_nothing_of_a_key_becomes_code() -> None:
    assert body("await Storage.remove('a${b}`', { level: 'private' });") is None


def test_only_the_script_of_a_vue_file_is_rewritten() -> None:
    text = "<template><p>Auth.signOut()</p></template>\n<script>\nimport { Auth } from 'aws-amplify'\n{}\n</script>\n"
    made = rewritten(text.replace("{}", "export default { out: () => Auth.signOut() }"), "vue")
    wanted = text.replace("{ Auth } from 'aws-amplify'", "{ signOut } from 'aws-amplify/auth'")
    assert made == wanted.replace("{}", "export default { out: () => signOut() }")


def test_in_a_vue_file_with_typescript_it_is_typescript() -> None:
    text = "<script setup lang=\"ts\">\nimport {{ API }} from 'aws-amplify'\nconst r = await {}\n</script>"
    assert (
        rewritten(text.replace("{{", "{").replace("}}", "}").replace("await {}", "await API.graphql({ query })"), "vue")
        is None
    )
