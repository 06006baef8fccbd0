"""The real `ampx sandbox --once`, driven by `migrate deploy --target sandbox`, against the local AWS.

    python -m benchmarks.sandbox GEN1 GEN2 [--identifier NAME] [--keep]

GEN2 is a converted project with its packages installed (`npm install`: about 1 GB). A local AWS is started
on a state of its own; ampx reaches it by AWS_ENDPOINT_URL. Secrets get stand-in values. What is quoted is the exit code
and the wall time of each command: deploy, list the sandboxes, delete. The exit code is 1 when one of them fails.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from migrator.aws.publish import bootstrap_local
from migrator.deploy.backend_names import secret_prefixes
from migrator.deploy.targets.chosen import Account, ampx_target
from migrator.deploy.targets.interface import TargetName
from migrator.deploy.wanted_secrets import wanted_secrets
from migrator.local.process import LocalAws


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gen1", type=Path)
    parser.add_argument("gen2", type=Path)
    parser.add_argument("--identifier", default="bench")
    parser.add_argument("--keep", action="store_true", help="leave the sandbox in the state that was used")
    chosen = parser.parse_args()
    gen2 = chosen.gen2.resolve()
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalAws.start(Path(folder), node_modules=gen2 / "node_modules", progress=print) as local,
    ):
        bootstrap_local(local.session, local.account)
        _store_stand_ins(local, gen2, chosen.identifier)
        words = (
            "deploy",
            str(chosen.gen1),
            "--gen2",
            str(gen2),
            "--target",
            "sandbox",
            "--identifier",
            chosen.identifier,
        )
        commands = [(*words, "--yes"), ("deploy", str(chosen.gen1), "--gen2", str(gen2), "--sandboxes")]
        commands += [] if chosen.keep else [(*words, "--destroy", "--yes")]
        return max([_timed(local, command) for command in commands])


def _store_stand_ins(local: LocalAws, gen2: Path, identifier: str) -> None:
    target = ampx_target(TargetName.SANDBOX, gen2, Account(region=local.region), identifier=identifier)
    own, _ = secret_prefixes(target.identity)
    for secret in wanted_secrets(gen2):
        local.session.client("ssm").put_parameter(
            Name=f"{own}/{secret.name}", Type="SecureString", Value="stand-in", Overwrite=True
        )


def _timed(local: LocalAws, command: tuple[str, ...]) -> int:
    start = time.monotonic()
    environment = {**os.environ, **local.session.environment()}
    done = subprocess.run((sys.executable, "-m", "migrator", *command), env=environment, check=False)
    print(
        f"\n== exit {done.returncode} after {time.monotonic() - start:.0f} s: migrate {' '.join(command)}\n", flush=True
    )
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
