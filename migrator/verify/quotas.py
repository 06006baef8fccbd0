"""What CloudFormation takes of one template: a project over a quota is refused at the deployment, after a long wait.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from migrator.verify.assembly import Assembly, Stack
from migrator.verify.results import CheckResult, Detail, Status

SECTIONS = {"Resources": 500, "Parameters": 200, "Outputs": 200, "Mappings": 200}
"""Members that a section of a template may have."""
BYTES = 1_000_000
"""Of a template."""
_NEAR = 0.9
"""The part of a quota from which the user is told."""
_HINT = (
    "Spread resolvers over more stacks with `stackMappings` of `defineData` (`{ CreateTodoResolver: 'Mutations' }`), "
    "or move resources of your own into another stack of `backend.createStack`."
)


def with_quotas(result: CheckResult, assemblies: Iterable[Assembly]) -> CheckResult:
    """What a check says of templates, with what else CloudFormation refuses them for."""
    details = tuple(quota_details(assemblies))
    over = next((one.message for one in details if one.severity == "error"), "")
    found = replace(result, details=(*result.details, *details))
    return replace(found, status=Status.FAILED, reason=result.reason or over) if over else found


def quota_details(assemblies: Iterable[Assembly]) -> Iterator[Detail]:
    """What is over a quota (an error) or near it (a warning); branch and sandbox are told once."""
    told: set[str] = set()
    for assembly in assemblies:
        for stack in assembly.stacks:
            for what, used, most in _used(assembly, stack):
                place = stack.path or "the root stack"
                if used < most * _NEAR or f"{place} {what}" in told:
                    continue
                told.add(f"{place} {what}")
                severity = "error" if used > most else "warning"
                said = f"the template has {used} {what}; CloudFormation takes {most}"
                yield Detail(severity, said, place, hint=_HINT)


def _used(assembly: Assembly, stack: Stack) -> Iterator[tuple[str, int, int]]:
    for section, most in SECTIONS.items():
        yield section.lower(), len(stack.template.get(section) or {}), most
    yield "bytes", (assembly.folder / stack.file).stat().st_size, BYTES
