"""Calls of aws-amplify 5 as calls of version 6, where the one is the other in different words.

Every function here gives None where it is not certain: where what the call gives is used and has another form now,
where the arguments are not written out, or where TypeScript might not agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from migrator.documents.syntax import kind_of, literal, text_of
from migrator.sources.frontend.expressions import (
    awaited,
    is_cast_to_any,
    is_method,
    is_unused,
    object_text,
    path_text,
    plain_arguments,
    plain_members,
)

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode


class Rewrite(NamedTuple):
    """What a node becomes. `{}` in the text stands for the local name of the function that is imported."""

    node: SyntaxNode
    text: str
    module: str
    function: str


Rewriter = Callable[["SyntaxNode", bool], Rewrite | None]
"""Of a call, and whether it stands in TypeScript."""
_AUTH, _API, _STORAGE = "aws-amplify/auth", "aws-amplify/api", "aws-amplify/storage"
_PROVIDERS = {"Google": "Google", "Facebook": "Facebook", "Amazon": "Amazon", "Apple": "Apple"}
_OLD_PROVIDERS = {"LoginWithAmazon": "Amazon", "SignInWithApple": "Apple", **_PROVIDERS}
_MODES = {
    "API_KEY": "apiKey",
    "AWS_IAM": "iam",
    "AMAZON_COGNITO_USER_POOLS": "userPool",
    "OPENID_CONNECT": "oidc",
    "AWS_LAMBDA": "lambda",
}
_PROVIDER = re.compile(r"CognitoHostedUIIdentityProvider\.(\w+)")
_MODE = re.compile(r"GRAPHQL_AUTH_MODE\.(\w+)")


def rewrite_call(name: str, member: str, call: SyntaxNode, typed: bool) -> Rewrite | None:
    """The call as one of version 6; None where that is not certain."""
    function = _REWRITERS.get((name, member))
    return function(call, typed) if function else None


def _listed(function: str, names: str, optional: int = 0) -> Rewriter:
    """Arguments one by one, as the members of an object; nothing is done with what the call gives."""
    listed = names.split()

    def rewrite(call: SyntaxNode, typed: bool) -> Rewrite | None:
        arguments = plain_arguments(call, len(listed) - optional, len(listed))
        if arguments is None or not is_unused(call):
            return None
        if any(one.kind() == "object" for one in arguments):
            return None
        pairs = [(key, one.text()) for key, one in zip(listed, arguments, strict=False)]
        return Rewrite(call, "{}" + f"({object_text(pairs)})", _AUTH, function)

    return rewrite


def _without_arguments(function: str) -> Rewriter:
    def rewrite(call: SyntaxNode, typed: bool) -> Rewrite | None:
        if plain_arguments(call, 0, 0) is None or not is_unused(call):
            return None
        return Rewrite(call, "{}()", _AUTH, function)

    return rewrite


def _sign_out(call: SyntaxNode, typed: bool) -> Rewrite | None:
    arguments = plain_arguments(call, 0, 1)
    if arguments is None or (arguments and plain_members(arguments[0], "global") is None):
        return None
    return Rewrite(call, "{}(" + "".join(one.text() for one in arguments) + ")", _AUTH, "signOut")


def _sign_in(call: SyntaxNode, typed: bool) -> Rewrite | None:
    arguments = plain_arguments(call, 1, 2)
    if arguments is None or not is_unused(call):
        return None
    if len(arguments) == 1:
        whole = plain_members(arguments[0], "username password")
        return Rewrite(call, "{}(" + arguments[0].text() + ")", _AUTH, "signIn") if whole else None
    pairs = [("username", arguments[0].text()), ("password", arguments[1].text())]
    return Rewrite(call, "{}" + f"({object_text(pairs)})", _AUTH, "signIn")


def _sign_up(call: SyntaxNode, typed: bool) -> Rewrite | None:
    arguments = plain_arguments(call, 1, 1)
    given = plain_members(arguments[0], "username password attributes") if arguments else None
    if given is None or not is_unused(call) or not {"username", "password"} <= set(given):
        return None
    pairs = [(key, given[key].text()) for key in ("username", "password")]
    if "attributes" in given:
        if kind_of(given["attributes"]) != "object":
            return None
        pairs.append(("options", object_text((("userAttributes", given["attributes"].text()),))))
    return Rewrite(call, "{}" + f"({object_text(pairs)})", _AUTH, "signUp")


def _federated(call: SyntaxNode, typed: bool) -> Rewrite | None:
    arguments = plain_arguments(call, 0, 1)
    if arguments is None or not is_unused(call):
        return None
    if not arguments:
        return Rewrite(call, "{}()", _AUTH, "signInWithRedirect")
    given = plain_members(arguments[0], "provider")
    if not given:
        return None
    match = _PROVIDER.fullmatch(given["provider"].text())
    provider = _PROVIDERS.get(match.group(1)) if match else _OLD_PROVIDERS.get(literal(given["provider"]) or "")
    return Rewrite(call, "{}" + f"({{ provider: '{provider}' }})", _AUTH, "signInWithRedirect") if provider else None


def _rest(function: str) -> Rewriter:
    def rewrite(call: SyntaxNode, typed: bool) -> Rewrite | None:
        arguments = plain_arguments(call, 2, 3)
        if arguments is None or not is_unused(call):
            return None
        given = plain_members(arguments[2], "body headers queryStringParameters") if len(arguments) > 2 else {}
        if given is None or (typed and given):
            return None
        names = {"queryStringParameters": "queryParams"}
        options = [(names.get(key, key), value.text()) for key, value in given.items()]
        pairs = [("apiName", arguments[0].text()), ("path", arguments[1].text())]
        pairs += [("options", object_text(options))] if options else []
        return Rewrite(call, "{}" + f"({object_text(pairs)}).response", _API, function)

    return rewrite


def _graphql(call: SyntaxNode, typed: bool) -> Rewrite | None:
    arguments = plain_arguments(call, 1, 2)
    waited = awaited(call) is not None or is_method(call, "then", "catch")
    if arguments is None or is_method(call, "subscribe") or not (waited or is_unused(call)):
        return None  # it may be a subscription, which hands out `data` instead of `value`
    if typed and not (is_unused(call) or is_cast_to_any(call)):
        return None
    first = arguments[0]
    inner = _operation(first) if kind_of(first) == "call_expression" else _request(first)
    if inner is None:
        return None
    rest = "".join(f", {one.text()}" for one in arguments[1:])
    return Rewrite(call, "{}" + f".graphql({inner}{rest})", _API, "generateClient")


def _operation(call: SyntaxNode) -> str | None:
    """`graphqlOperation(query, variables, token)`."""
    if text_of(call.field("function")) != "graphqlOperation":
        return None
    arguments = plain_arguments(call, 1, 3)
    if arguments is None:
        return None
    pairs = [(key, one.text()) for key, one in zip(("query", "variables", "authToken"), arguments, strict=False)]
    return object_text(pairs)


def _request(node: SyntaxNode) -> str | None:
    given = plain_members(node, "query variables authMode authToken")
    if given is None or "query" not in given:
        return None
    pairs = []
    for key, value in given.items():
        text = value.text()
        if key == "authMode":
            match = _MODE.fullmatch(text)
            mode = _MODES.get(match.group(1) if match else literal(value) or "")
            if mode is None:
                return None
            text = f"'{mode}'"
        pairs.append((key, text))
    return object_text(pairs)


def _put(call: SyntaxNode, typed: bool) -> Rewrite | None:
    arguments = plain_arguments(call, 3, 3)
    allowed = "level contentType contentDisposition contentEncoding metadata"
    given = plain_members(arguments[2], allowed) if arguments else None
    path = path_text(_level(given), arguments[0]) if arguments and given else None
    if arguments is None or given is None or path is None or not is_unused(call):
        return None
    options = [(key, value.text()) for key, value in given.items() if key != "level"]
    pairs = [("path", path), ("data", arguments[1].text())]
    pairs += [("options", object_text(options))] if options else []
    return Rewrite(call, "{}" + f"({object_text(pairs)}).result", _STORAGE, "uploadData")


def _get(call: SyntaxNode, typed: bool) -> Rewrite | None:
    arguments = plain_arguments(call, 2, 2)
    given = plain_members(arguments[1], "level expires") if arguments else None
    path = path_text(_level(given), arguments[0]) if arguments and given else None
    if arguments is None or given is None or path is None:
        return None
    pairs = [("path", path)]
    if "expires" in given:
        pairs.append(("options", object_text((("expiresIn", given["expires"].text()),))))
    made = "{}" + f"({object_text(pairs)})"
    if (waiting := awaited(call)) is not None:
        return Rewrite(waiting, f"(await {made}).url.toString()", _STORAGE, "getUrl")
    return Rewrite(call, f"{made}.then(({{ url }}) => url.toString())", _STORAGE, "getUrl")


def _remove(call: SyntaxNode, typed: bool) -> Rewrite | None:
    arguments = plain_arguments(call, 2, 2)
    given = plain_members(arguments[1], "level") if arguments else None
    path = path_text(_level(given), arguments[0]) if arguments and given else None
    if arguments is None or path is None or not is_unused(call):
        return None
    return Rewrite(call, "{}" + f"({object_text((('path', path),))})", _STORAGE, "remove")


def _level(given: object) -> str:
    return literal(given["level"]) or "" if isinstance(given, dict) and "level" in given else ""


def _record(call: SyntaxNode, typed: bool) -> Rewrite | None:
    arguments = plain_arguments(call, 1, 1)
    allowed = "name" if typed else "name attributes metrics"
    if not arguments or not plain_members(arguments[0], allowed) or not is_unused(call):
        return None
    return Rewrite(call, "{}(" + arguments[0].text() + ")", "aws-amplify/analytics", "record")


_REWRITERS: dict[tuple[str, str], Rewriter] = {
    ("Auth", "signOut"): _sign_out,
    ("Auth", "signIn"): _sign_in,
    ("Auth", "signUp"): _sign_up,
    ("Auth", "confirmSignUp"): _listed("confirmSignUp", "username confirmationCode"),
    ("Auth", "resendSignUp"): _listed("resendSignUpCode", "username"),
    ("Auth", "forgotPassword"): _listed("resetPassword", "username"),
    ("Auth", "forgotPasswordSubmit"): _listed("confirmResetPassword", "username confirmationCode newPassword"),
    ("Auth", "federatedSignIn"): _federated,
    ("Auth", "deleteUser"): _without_arguments("deleteUser"),
    ("Auth", "rememberDevice"): _without_arguments("rememberDevice"),
    ("Auth", "forgetDevice"): _without_arguments("forgetDevice"),
    ("Auth", "currentAuthenticatedUser"): _without_arguments("getCurrentUser"),
    ("API", "get"): _rest("get"),
    ("API", "post"): _rest("post"),
    ("API", "put"): _rest("put"),
    ("API", "patch"): _rest("patch"),
    ("API", "head"): _rest("head"),
    ("API", "del"): _rest("del"),
    ("API", "graphql"): _graphql,
    ("Storage", "put"): _put,
    ("Storage", "get"): _get,
    ("Storage", "remove"): _remove,
    ("Analytics", "record"): _record,
}
