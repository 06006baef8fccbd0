"""The local AWS: one emulator with our patches, on the loopback interface. Started by `migrator.local.process`.

The first line on standard output is JSON: the port it listens on, or why it does not. Everything after goes to the log.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import socket
import sys
import threading
from typing import Any

from . import patches
from .gate import Gate
from .running import Running
from .settings import Refusal, Settings, prepare_variables, read_settings
from .snapshots import SERVER_FILE, Snapshots, take_lock

HOST = "127.0.0.1"


def main() -> None:
    """Starts and serves until told to stop, or until the parent is gone."""
    settings = read_settings(sys.argv[1])
    try:
        lock = take_lock(settings.state)
        snapshots = Snapshots(settings)
        snapshots.restore()
        listening = _listen(settings, snapshots)
        prepare_variables(settings, snapshots.services, snapshots.objects)
        snapshots.move_to(settings.port)
        applied = patches.apply(settings)
    except Refusal as refusal:
        _say({"message": refusal.message, "hint": refusal.hint})
        sys.exit(1)
    running = Running(settings, snapshots, applied)
    try:
        asyncio.run(_serve(settings, running, listening))
    finally:
        running.finish()
        (settings.state / SERVER_FILE).unlink(missing_ok=True)
        lock.close()
        os._exit(0)  # a thread may sit in a custom resource's wait; nothing is left to do for it


def _listen(settings: Settings, snapshots: Snapshots) -> socket.socket:
    """A socket on the loopback interface: on the port asked for, else the one of last time, else any that is free."""
    for port in dict.fromkeys((settings.port or snapshots.port, 0)):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, port))
        except OSError as problem:
            listening.close()
            if settings.port:
                message = f"port {settings.port} cannot be used: {problem.strerror or problem}"
                raise Refusal(message, "choose another with --port, or leave it out") from problem
            continue
        listening.listen(128)
        settings.port = int(listening.getsockname()[1])
        return listening
    raise Refusal("no port of this machine can be used", "check the loopback interface")


async def _serve(settings: Settings, running: Running, listening: socket.socket) -> None:
    from hypercorn.asyncio import serve
    from hypercorn.config import Config
    from ministack import app

    config = Config()
    config.bind = [f"fd://{listening.detach()}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 3
    config.loglevel = "WARNING"
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def end() -> None:
        loop.call_soon_threadsafe(stop.set)

    running.stop = end
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows: it is told to stop by a route
            loop.add_signal_handler(number, stop.set)
    if settings.owned:
        threading.Thread(target=_watch_parent, args=(running,), daemon=True).start()
    gate = Gate(app.app, running.routes(), patches.services(settings))
    announcing = asyncio.create_task(_announce(settings))  # a task that nobody holds may vanish

    async def ended() -> None:
        await stop.wait()
        await running.settled()

    await serve(gate, config, shutdown_trigger=ended)
    announcing.cancel()


async def _announce(settings: Settings) -> None:
    """Tells the parent when the emulator answers."""
    while True:
        try:
            reader, writer = await asyncio.open_connection(HOST, settings.port)
            writer.write(b"GET /_ministack/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            line = await reader.readline()
            writer.close()
        except OSError:
            line = b""
        if b" 200 " in line:
            break
        await asyncio.sleep(0.02)
    about = {"pid": os.getpid(), "port": settings.port, "version": settings.version, "owned": settings.owned}
    part = settings.state / f"{SERVER_FILE}.part"
    part.write_text(json.dumps(about))
    part.replace(settings.state / SERVER_FILE)
    _say(about)


def _watch_parent(running: Running) -> None:
    sys.stdin.buffer.read()  # ends when the parent closes it, or is killed
    running.stop()


def _say(document: dict[str, Any]) -> None:
    """One line for the parent; from then on standard output is the log."""
    try:
        sys.stdout.write(json.dumps(document) + "\n")
        sys.stdout.flush()
    except OSError:
        pass  # the parent is gone; the server notices on its own
    os.dup2(2, 1)


if __name__ == "__main__":
    for name in ("hypercorn.access", "persistence"):
        logging.getLogger(name).setLevel(logging.WARNING)
    main()
