"""Loaded before a Python function: it reaches this machine and nothing else, and ends when the local AWS is gone.

It keeps mistakes in, not code that means harm.
"""

from __future__ import annotations

import ipaddress
import os
import sys
import threading
import time
from typing import Any

_STARTING = frozenset(
    ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "pty.spawn")
)


def _refuse(what: str) -> None:
    raise PermissionError(f"the network is off for functions of the local AWS: {what}")


def _own(host: Any) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if not host or host == "localhost" or str(host).endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(str(host).split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _look(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        if isinstance(address, tuple) and _own(address[0]):
            return
        if address is not None:
            _refuse(f"a connection to {address}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        if not _own(arguments[0]):
            _refuse(f"looking up {arguments[0]}")
    elif event in _STARTING:
        _refuse(f"starting {arguments[0] if arguments else 'a program'}")


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()
if os.environ.get("MIGRATE_LOCAL_NETWORK") != "on":
    sys.addaudithook(_look)
