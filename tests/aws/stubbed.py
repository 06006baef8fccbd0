"""Clients of AWS whose answers are written down; anything else that is asked of them fails the test."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.stub import Stubber


class Stubbed:
    """Stands in the place of a session: one stubbed client per service, answering in the order of `answers`."""

    def __init__(self) -> None:
        self._clients: dict[str, Any] = {}
        self._stubs: dict[str, Stubber] = {}

    def client(self, service: str) -> Any:
        if service not in self._clients:
            client = boto3.client(service, region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x")
            self._clients[service] = client
            self._stubs[service] = Stubber(client)
            self._stubs[service].activate()
        return self._clients[service]

    def answers(self, service: str, method: str, answer: dict[str, Any]) -> Stubbed:
        self.client(service)
        self._stubs[service].add_response(method, answer)
        return self

    def fails(self, service: str, method: str, code: str, message: str = "no", **metadata: Any) -> Stubbed:
        """An error; `metadata` is botocore's about the answer."""
        self.client(service)
        self._stubs[service].add_client_error(method, code, message, response_meta=metadata or None)
        return self
