"""The Node process that evaluates resolvers: started when the first request comes, one for all APIs.

Requests and answers are lines of JSON with a number, on its standard input and output: it listens nowhere.
"""

from __future__ import annotations

import itertools
import json
import logging
import os
import subprocess
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from ..settings import Settings
from .configuration import configuration, fingerprint

log = logging.getLogger("migrate.local")
PROGRAM = Path(__file__).resolve().parent / "evaluator.cjs"
LIMIT = 60.0
"""Seconds for one request, and for loading an API."""


class EvaluationError(Exception):
    """The process cannot answer: it did not start, it ended, or an API could not be loaded."""


class Evaluator:
    """Answers GraphQL requests for what is deployed now."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._numbers = itertools.count(1)
        self._waiting: dict[int, Future[Any]] = {}
        self._loaded: dict[str, int] = {}
        self._process: subprocess.Popen[str] | None = None
        self._starting = threading.Lock()
        self._writing = threading.Lock()

    def run(self, api_id: str, request: dict[str, Any]) -> dict[str, Any]:
        """The answer of the API. Raises EvaluationError."""
        with self._starting:
            self._start()
            current = fingerprint(api_id)
            if self._loaded.get(api_id) != current:
                self._ask({"do": "load", "api": api_id, "config": configuration(api_id, self._settings)})
                self._loaded[api_id] = current
        answer: dict[str, Any] = self._ask({"do": "run", "api": api_id, **request})
        return answer

    def close(self) -> None:
        """Ends the process."""
        if self._process and self._process.stdin:
            self._process.stdin.close()

    def _start(self) -> None:
        if self._process and self._process.poll() is None:
            return
        self._loaded.clear()
        try:
            self._process = subprocess.Popen(
                ["node", str(PROGRAM), self._settings.simulator, f"http://127.0.0.1:{self._settings.port}"],
                env={**os.environ, **self._credentials()},
                cwd=os.environ["TMPDIR"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
        except OSError as problem:
            raise EvaluationError(f"Node does not run: {problem}") from problem
        threading.Thread(target=self._read, args=(self._process,), daemon=True).start()

    def _credentials(self) -> dict[str, str]:
        return {
            "AWS_ACCESS_KEY_ID": self._settings.account,
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_REGION": self._settings.region,
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self._settings.port}",
        }

    def _ask(self, message: dict[str, Any]) -> Any:
        number, future = next(self._numbers), Future[Any]()
        self._waiting[number] = future
        process = self._process
        try:
            with self._writing:
                if process is None or process.stdin is None:
                    raise EvaluationError("the evaluation of resolvers has ended")
                process.stdin.write(json.dumps({"number": number, **message}) + "\n")
                process.stdin.flush()
            answer = future.result(LIMIT)
        except (OSError, TimeoutError) as problem:
            raise EvaluationError(f"the evaluation of resolvers does not answer: {problem}") from problem
        finally:
            self._waiting.pop(number, None)
        if "failure" in answer:
            raise EvaluationError(str(answer["failure"]))
        return answer["answer"]

    def _read(self, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            try:
                answer = json.loads(line)
            except ValueError:
                log.info("evaluator: %s", line.rstrip())
                continue
            future = self._waiting.get(answer.get("number", 0))
            if future and not future.done():
                future.set_result(answer)
        for future in list(self._waiting.values()):
            if not future.done():
                future.set_result({"failure": "the evaluation of resolvers ended (see server.log)"})
