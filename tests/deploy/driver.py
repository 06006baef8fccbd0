"""A program that deploys assemblies made by hand to a local AWS, as `migrate deploy` does: to be killed by tests.

python -m tests.deploy.driver FOLDER run|resume
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from migrator.aws.cloudformation import DEAD, read_stack, way_on
from migrator.deploy.execute import execute
from migrator.deploy.journal import Journal
from migrator.deploy.lock import deploying
from migrator.deploy.plan import Current, Plan, Wanted, make_plan, steps_of
from migrator.deploy.record import is_deployed, nothing_is_deployed, physical_ids, read_record
from migrator.deploy.site import Site
from migrator.deploy.steps import Step
from migrator.deploy.synthesis import Synthesized
from migrator.deploy.targets.interface import Slice, TargetName
from migrator.deploy.targets.local import LocalTarget
from migrator.deploy.trees import deployed
from migrator.verify.assembly import Assembly
from tests.deploy.assemblies import FEATURES, IDENTITY, synthesized

EVERYTHING = Wanted()


class HandmadeTarget(LocalTarget):
    """The local AWS; the outputs are the stack's own, because Amplify's packages know nothing of these stacks."""

    def outputs(self, slice_: Slice, assembly: Assembly) -> dict[str, Any]:
        live = self.current()
        return dict.fromkeys(live.children) if live else {}


def target(folder: Path) -> HandmadeTarget:
    return HandmadeTarget(folder, IDENTITY)


def current(place: HandmadeTarget, folder: Path) -> Current:
    live = place.current()
    if live is None or live.status in DEAD:
        nothing_is_deployed(folder)
        return Current(way=way_on(live.status).step if live else "", asked=True)
    features = read_record(folder).features_of(live)
    told = tuple(live.children) if features is None else features
    is_deployed(folder, told, live)
    return Current(told, deployed(live), physical_ids(live), live.status, True)


def planned(
    place: HandmadeTarget, folder: Path, features: Mapping[str, Any] = FEATURES, wanted: Wanted = EVERYTHING
) -> Plan:
    now = current(place, folder)
    made: list[Synthesized] = []
    held: Sequence[str] = now.features
    for names in steps_of(tuple(features), now.features, wanted):
        adds = tuple(name for name in names if name not in held)
        content = {name: features[name] for name in names}
        made.append(synthesized(folder / "assemblies" / "-".join(names), content, adds))
        held = names
    return make_plan(TargetName.LOCAL, "handmade", now, made, wanted, folder)


def deploy(
    place: HandmadeTarget,
    folder: Path,
    features: Mapping[str, Any] = FEATURES,
    wanted: Wanted = EVERYTHING,
    *,
    resume: bool = False,
) -> tuple[Step, ...]:
    journal = Journal(folder)
    run = journal.last() if resume else None
    plan = planned(place, folder, features, wanted)
    if run:
        journal.resume(run)
    else:
        journal.begin({})
    site = Site(place, folder, lambda deployed, slice_: deployed)
    return execute(plan.operations, site, journal, run.done if run else {})


def state(place: HandmadeTarget) -> dict[str, Any]:
    """What a deployment leaves: every resource of every stack, and everything that exists besides, without ids."""
    live = read_stack(place.session, place.current().name)  # type: ignore[union-attr]
    if live is None:
        return {}
    return {
        "resources": sorted((path, r.logical_id, r.type) for path, s in live.walk() for r in s.resources),
        "statuses": {s.status.split("_")[-1] for _, s in live.walk()},
        "tables": len(place.session.client("dynamodb").list_tables()["TableNames"]),
        "parameters": len(place.session.client("ssm").describe_parameters()["Parameters"]),
        "roles": len(place.session.client("iam").list_roles()["Roles"]),
    }


def main(folder: Path, resume: bool) -> None:
    with deploying(folder):
        place = target(folder)
        with place.opened(lambda line: None):
            print("open", flush=True)
            steps = deploy(place, folder, resume=resume)
    for step in steps:
        print(step.name, step.status, step.reason)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] == "resume")
