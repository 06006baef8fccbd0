"""What stands before the emulator: the routes of this program, and the refusal of strangers.

A page in the user's browser can send requests to this machine. So the host must be a name of this machine (no other
name may be made to point here), and an origin, where a browser names one, too. Of images and links from other sites a
browser names no origin: they are let in where the page that they stand on is one of this machine.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from .settings import Refusal

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]
Answer = tuple[int, dict[str, Any]]
Route = Callable[[dict[str, Any]], Answer]

PREFIX = "/_local/"
BODY_LIMIT = 20_000_000
_OWN_HOST = re.compile(
    r"(?:127\.0\.0\.1|\[::1\]|(?:[\w.-]+\.)?localhost|[\w.-]+\.amazonaws\.com)(?::\d+)?", re.IGNORECASE
)
_OWN_ORIGIN = re.compile(
    r"(?:https?|capacitor|ionic)://(?:127\.0\.0\.1|\[::1\]|(?:[\w.-]+\.)?localhost)(?::\d+)?", re.IGNORECASE
)


class Gate:
    """An ASGI application around the emulator's."""

    def __init__(self, app: App, routes: dict[str, Route], services: dict[str, Callable[..., Answer]]) -> None:
        self._app = app
        self._routes = routes
        self._services = services
        """Services that the emulator lacks, by their name in a signature: method, path as sent, body → answer."""

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self._app(scope, receive, send)
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if not _own(headers):
            return await _refuse(scope, receive, send)
        if scope["type"] == "http":
            if scope["path"].startswith(PREFIX):
                return await self._control(scope, receive, send)
            signed = re.search(r"Credential=[^/]*/[^/]*/[^/]*/([\w-]+)/aws4_request", headers.get(b"authorization", ""))
            if signed and signed[1] in self._services:
                body = await _body(receive)
                path = (scope.get("raw_path") or scope["path"].encode()).decode("ascii").split("?")[0]
                answer = self._services[signed[1]](scope["method"], path, body)
                return await _answer(send, answer)
        await self._app(scope, receive, send)

    async def _control(self, scope: Message, receive: Receive, send: Send) -> None:
        route = self._routes.get(f"{scope['method']} {scope['path'][len(PREFIX) :]}")
        if route is None:
            return await _answer(send, (404, {"message": "no such route"}))
        try:
            given = json.loads(await _body(receive) or b"{}")
            answer = await asyncio.to_thread(route, given)
        except Refusal as refusal:
            answer = (409, {"message": refusal.message, "hint": refusal.hint})
        except (ValueError, TypeError, KeyError) as problem:
            answer = (400, {"message": f"the request cannot be read: {problem}"})
        await _answer(send, answer)


def _own(headers: dict[bytes, str]) -> bool:
    if not _OWN_HOST.fullmatch(headers.get(b"host", "localhost")):
        return False
    if origin := headers.get(b"origin"):
        return bool(_OWN_ORIGIN.fullmatch(origin))
    if headers.get(b"sec-fetch-site") != "cross-site":
        return True
    page = "/".join(headers.get(b"referer", "").split("/")[:3])
    return bool(_OWN_ORIGIN.fullmatch(page))


async def _refuse(scope: Message, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        return await send({"type": "websocket.close", "code": 1008})
    await _answer(send, (403, {"message": "requests come from this machine only"}))


async def _body(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if len(body) > BODY_LIMIT:
            raise ValueError("it is too long")
        if not message.get("more_body"):
            return body


async def _answer(send: Send, answer: Answer) -> None:
    status, document = answer
    headers = [(b"content-type", b"application/json")]
    if "__type" in document:
        headers.append((b"x-amzn-errortype", str(document["__type"]).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(document).encode()})
