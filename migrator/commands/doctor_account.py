"""The part of `migrate doctor` that asks AWS, on request: whether credentials work, and the bootstrap."""

from __future__ import annotations

from collections.abc import Sequence

from migrator.aws.reading import Reading
from migrator.aws.session import Session
from migrator.commands.doctor import BOOTSTRAP, CREDENTIALS, Probe, State
from migrator.core.finding import Finding
from migrator.deploy.preflight import Deployer, account_findings
from migrator.deploy.targets.chosen import Account


def asked(probes: Sequence[Probe], profile: str, region: str, session: Session | None = None) -> tuple[Probe, ...]:
    """The probes, with what AWS says in place of what could only be seen on this machine. Changes nothing."""
    from migrator.aws.configured import uses_sso

    session = session or Account(profile, region).session()
    deployer = Deployer(profile, session.region, uses_sso(profile))
    found = account_findings(Reading(session), deployer)
    answers = {CREDENTIALS: _credentials(found, profile), BOOTSTRAP: _bootstrap(found, session.region)}
    return tuple(answers.get(probe.name, probe) for probe in probes)


def _credentials(found: Sequence[Finding], profile: str) -> Probe:
    bad = next((one for one in found if one.rule in ("AWS010", "AWS011")), None)
    if bad is not None:
        return Probe(CREDENTIALS, State.MISSING, bad.message.rstrip("."), bad.hint)
    return Probe(CREDENTIALS, State.OK, f"they work (profile {profile})" if profile else "they work")


def _bootstrap(found: Sequence[Finding], region: str) -> Probe:
    missing = next((one for one in found if one.rule == "AWS012"), None)
    if missing is not None:
        return Probe(BOOTSTRAP, State.MISSING, missing.message.rstrip("."), missing.hint)
    unknown = next((one for one in found if one.rule in ("AWS010", "AWS011", "AWS019")), None)
    if unknown is not None:
        return Probe(BOOTSTRAP, State.NOTE, "not known: AWS could not be asked", unknown.hint)
    return Probe(BOOTSTRAP, State.OK, f"{region} is bootstrapped")
