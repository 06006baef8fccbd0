"""How long `migrate verify` takes beside npm, CDK and the compiler.

    python -m benchmarks.verify_speed              # the samples, and templates of 10 MB and 5,000 resources
    python -m benchmarks.verify_speed GEN1 GEN2    # an app that was converted
    python -m benchmarks.verify_speed GEN1 GEN2 --whole   # all of `migrate verify`, and what waits for synth

With `--whole` the command runs as it is, Node and all; printed is when each check was done, on the wall and by the
processor (this program and those that it started), and how long everything took after the last synth.

Limits: 2 s for an app (reading Gen 1 and comparing), 10 s for the large templates. The large project is the sample
`shop` with its model stacks many times over, in both generations, each under names of its own.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from migrator.commands.converted import Converted
from migrator.commands.deployed_subject import deployed_subject
from migrator.commands.verify import converted_branch, verify
from migrator.verify.assembly import Assembly, Stack, read_assembly
from migrator.verify.cycles import check_cycles
from migrator.verify.deployed import ASPECTS, Deployed
from migrator.verify.results import VerifyReport
from migrator.verify.sides import Sides
from tests.mutation.subjects import synthesized
from tests.projects import SAMPLES

SHOP = next(one for one in SAMPLES if one.name == "shop")
MODELS = ("Category", "Product", "Review", "Order", "OrderLine")
API = Path("amplify/#current-cloud-backend/api/papershop/build")
LARGE = 10_000_000
MANY = 5_000
APP_LIMIT, LARGE_LIMIT = 2.0, 10.0


class Clock:
    """Seconds of the processor by stage, and of the clock on the wall in all: other programs run beside this one."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self._start = time.perf_counter()
        self._last = time.process_time()

    def lap(self, stage: str) -> None:
        """Ends a stage."""
        now = time.process_time()
        self.stages[stage] = now - self._last
        self._last = now
        self.wall = time.perf_counter() - self._start

    @property
    def total(self) -> float:
        """All stages."""
        return sum(self.stages.values())


def timed(gen1: Path, gen2: Path, assembly: Assembly) -> Clock:
    """Everything that is done beside install, synth and compiler."""
    clock = Clock()
    subject = deployed_subject(Converted(gen1, gen2))
    if subject.context is None:
        raise SystemExit(subject.reason)
    clock.lap("read")
    both = Deployed(Sides(subject, subject.context, assembly, converted_branch(gen2)))
    both.sides.gen1  # noqa: B018  (read when it is asked for)
    clock.lap("observe gen1")
    both.sides.gen2  # noqa: B018
    clock.lap("observe gen2")
    for check in ASPECTS:
        both.check(check)
        clock.lap(check)
    check_cycles((assembly,))
    clock.lap("cycles")
    return clock


class Moment(NamedTuple):
    """What was told when: seconds on the wall, and of the processor here and in programs that have ended."""

    line: str
    wall: float
    own: float
    others: float


def whole(gen1: Path, gen2: Path) -> tuple[VerifyReport, list[Moment]]:
    """One run of the command, with the moments at which it told something."""
    start = time.perf_counter()
    told: list[Moment] = []

    def tell(line: str) -> None:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        told.append(Moment(line, time.perf_counter() - start, time.process_time(), used.ru_utime + used.ru_stime))

    report = verify(gen1, gen2, install=True, progress=tell)
    tell("end")
    return report, told


def whole_lines(name: str, report: VerifyReport, told: list[Moment]) -> Iterator[str]:
    """What is printed of it."""
    synth, end = next(one for one in told if one.line.startswith("synth:")), told[-1]
    yield f"{name}: {end.wall:.1f} s on the wall, {end.wall - synth.wall:.2f} s of it after synth"
    yield f"    here {end.own:.2f} s of the processor, {end.own - synth.own:.2f} after synth"
    yield f"    other programs {end.others:.1f} s of the processor, {end.others - synth.others:.2f} ended after synth"
    for one in report.checks:
        yield f"    {one.name:<12}{one.status:<8}{one.seconds:>7.2f} s on the wall"


def size(assembly: Assembly) -> tuple[int, int]:
    """Bytes and resources of the templates."""
    texts = (msgspec.json.encode(stack.template) for stack in assembly.stacks)
    return sum(map(len, texts)), sum(len(stack.resources) for stack in assembly.stacks)


def copies(assembly: Assembly) -> int:
    """How many times the model stacks are needed."""
    models = tuple(stack for stack in assembly.stacks if stack.path.rpartition("/")[2] in MODELS)
    length, count = size(replace(assembly, stacks=models))
    return max(LARGE // length, MANY // count) + 1


def larger_gen1(folder: Path, times: int) -> None:
    """Copies of the stacks of models, under other names."""
    root = folder / API / "cloudformation-template.json"
    template = msgspec.json.decode(root.read_bytes())
    for number in range(times):
        for model in MODELS:
            name = f"{model}{number}"
            text = (folder / API / "stacks" / f"{model}.json").read_text("utf-8")
            (folder / API / "stacks" / f"{name}.json").write_text(text.replace(model, name), "utf-8")
            body = msgspec.json.encode(template["Resources"][model]).decode().replace(model, name)
            template["Resources"][name] = msgspec.json.decode(body)
    root.write_bytes(msgspec.json.encode(template))


def larger_gen2(assembly: Assembly, times: int) -> Assembly:
    """The same in what is synthesized."""
    root = next(stack for stack in assembly.stacks if stack.path == "data")
    resources = dict(root.template["Resources"])
    stacks = [stack for stack in assembly.stacks if stack is not root]
    for number in range(times):
        for stack in (one for one in assembly.stacks if one.path.rpartition("/")[2] in MODELS):
            model = stack.path.rpartition("/")[2]
            name = f"{model}{number}"
            logical_id = f"{stack.logical_id}{number}"
            resources[logical_id] = resources[stack.logical_id]
            stacks.append(_copied(stack, model, name, logical_id))
    whole = replace(root, template=root.template | {"Resources": resources})
    first = [stack for stack in stacks if not stack.parent]
    return replace(assembly, stacks=(*first, whole, *(stack for stack in stacks if stack.parent)))


def _copied(stack: Stack, model: str, name: str, logical_id: str) -> Stack:
    template = msgspec.json.decode(msgspec.json.encode(stack.template).decode().replace(model, name))
    path = stack.path.rpartition("/")[0] + f"/{name}"
    return replace(stack, file=f"{name}.json", template=template, logical_id=logical_id, path=path)


def lines(name: str, clock: Clock, limit: float) -> Iterator[str]:
    """What is printed of a project."""
    yield f"{name:<44}{clock.total:>7.2f} s of {limit:g} s ({clock.total / limit:.0%}), {clock.wall:.2f} s on the wall"
    yield "    " + "  ".join(f"{stage} {seconds:.2f}" for stage, seconds in clock.stages.items())


def main() -> None:
    """Prints the seconds by stage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gen1", nargs="?", type=Path)
    parser.add_argument("gen2", nargs="?", type=Path)
    parser.add_argument("--whole", action="store_true", help="run the whole command, Node and all")
    parser.add_argument("--cache", type=Path, help="where assemblies are kept")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="migrate-verify-speed-") as scratch:
        cache = options.cache or Path(scratch)
        if options.gen1 and options.gen2 and options.whole:
            print(*whole_lines(str(options.gen1), *whole(options.gen1, options.gen2)), sep="\n")
            return
        if options.gen1 and options.gen2:
            clock = timed(options.gen1, options.gen2, made(options.gen2, cache))
            print(*lines(str(options.gen1), clock, APP_LIMIT), sep="\n")
            return
        for one in SAMPLES:
            clock = timed(one / "gen1", one / "gen2", made(one / "gen2", cache))
            print(*lines(one.name, clock, APP_LIMIT), sep="\n", flush=True)
        assembly = made(SHOP / "gen2", cache)
        times = copies(assembly)
        large = larger_gen2(assembly, times)
        gen1 = shutil.copytree(SHOP / "gen1", Path(scratch) / "gen1")
        larger_gen1(gen1, times)
        length, count = size(large)
        name = f"large ({length / 1e6:.1f} MB, {count} resources)"
        print(*lines(name, timed(gen1, SHOP / "gen2", large), LARGE_LIMIT), sep="\n")


def made(gen2: Path, cache: Path) -> Assembly:
    """What a project is synthesized to, once."""
    out = cache / (gen2.parent.name if gen2.name == "gen2" else gen2.name)
    if not out.is_dir():
        synthesized(gen2, out)
    return read_assembly(out)


if __name__ == "__main__":
    main()
