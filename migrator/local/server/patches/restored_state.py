"""A service whose state cannot be read back keeps the local AWS from starting."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NoReturn

from ..settings import Settings

DEFECT = (
    "A service whose state cannot be read at the start begins empty, with a line in the log; the next save writes that "
    "over what was there, and a deployment that goes on finds stacks without their resources."
)
REPLACES = {
    "ministack.app:_load_persisted_state": "",
    "ministack.app:_state_map": "",
    "ministack.app:_get_module": "name",
    "ministack.core.persistence:load_state": "service",
    "ministack.core.persistence:STATE_DIR": "",
}


def apply(settings: Settings) -> None:
    """Restores all services, or none."""
    from ministack import app

    app._load_persisted_state = lambda: _restore(settings.state)


def _restore(state: Path) -> None:
    from ministack import app
    from ministack.core import persistence

    for name, module in app._state_map.items():
        if not Path(persistence.STATE_DIR, f"{name}.json").is_file():
            continue
        data = persistence.load_state(name)
        if data is None:
            _refuse(state, f"the state of {name} cannot be read")
        try:
            if data:
                app._get_module(module).load_persisted_state(data)
        except Exception as problem:  # whatever the service makes of it
            _refuse(state, f"the state of {name} cannot be restored: {problem}")


def _refuse(state: Path, message: str) -> NoReturn:
    """Tells the parent, and ends before anything is saved."""
    hint = f"see {state / 'server.log'}; `migrate local reset` throws the state away"
    print(json.dumps({"message": f"{message}; nothing was changed", "hint": hint}), flush=True)
    os._exit(1)
