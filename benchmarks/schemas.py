"""What migrate makes of many schemas: how each is written in Gen 2, and whether that is proven.

    python -m benchmarks.schemas [FOLDER ...] [--transformer] [--style STYLE] [--only NAME] [--keep DIR] [--time]

A folder holds `.graphql` files, or Gen 1 projects; by default they are those of the corpus and the project's own. Each
loose file is wrapped into the smallest Gen 1 project that needs it, with the flags of a new project of the CLI 12, and
converted like any other. One line for each schema; with --transformer Amplify's own transformer says whether Gen 1
accepts it, and what reaches `defineData` is synthesized and type-checked. Nothing is asserted; the exit code is 1 when
a conversion ended with a traceback, a proof differs, or something that Gen 1 accepts cannot be synthesized.

--time measures the proof of 100 schemas instead.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from benchmarks.gen1_transformer import Synthesized
from benchmarks.schema_checks import Judged, judged, prepared, proofs
from benchmarks.schema_samples import Sample, samples
from migrator.commands.convert import Request, convert
from migrator.core.errors import MigratorError
from migrator.engine.proof import Outcome
from migrator.node.toolchain import find_toolchain

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
FOLDERS = (CORPUS / "schemas", CORPUS / "apps", ROOT / "tests" / "fixtures" / "schemas")
HEAD = f"{'schema':<52} v {'gen 1':<8} {'style':<6} {'proof':<9} {'patches':>7}"


class Converted(Struct, frozen=True):
    """A schema after its conversion: the Gen 2 project's folder, the style, and why; or what went wrong."""

    sample: Sample
    folder: Path
    style: str = ""
    reasons: tuple[str, ...] = ()
    crash: str = ""
    told: tuple[str, ...] = ()
    """Rules of findings about what Gen 2 does otherwise."""

    @property
    def handed(self) -> bool:
        """Whether there is a schema that reaches `defineData`."""
        return (self.folder / "amplify" / "data" / "resource.ts").is_file()


def main() -> None:
    """Prints the table and the totals."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="*", type=Path, default=[f for f in FOLDERS if f.is_dir()])
    parser.add_argument("--transformer", action="store_true", help="also ask Amplify's transformer and the compiler")
    parser.add_argument("--style", default="", help="`typed` or `sdl` instead of what migrate chooses")
    parser.add_argument("--only", action="append", default=[], help="only these schemas")
    parser.add_argument("--keep", type=Path, help="keep the projects there")
    parser.add_argument("--time", action="store_true", help="measure the proof of 100 schemas")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="migrate-table-") as name:
        scratch = (options.keep or Path(name)).resolve()
        listed = [s for f in options.folder for s in samples(f.resolve(), scratch / "gen1", frozenset(options.only))]
        done = [converted(sample, scratch / "gen2", options.style) for sample in listed]
        if options.time:
            measure(done, options.style)
            return
        sys.exit(table(done, options.transformer, options.style))


def converted(sample: Sample, home: Path, style: str) -> Converted:
    """One schema, converted; a traceback is noted and not raised."""
    out = home / sample.group / f"{sample.name} {sample.app}".strip().replace(" ", "-")
    request = Request(sample.project, out, env=sample.env, app=sample.app or None, schema=style)
    try:
        (conversion,) = convert(request)
    except MigratorError as error:
        return Converted(sample, out, "refused", (error.message,))
    except Exception as error:  # what the measurement is looking for
        place = traceback.extract_tb(error.__traceback__)[-1]
        crash = f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"
        return Converted(sample, out, "crash", (), crash)
    found = [finding for finding in conversion.findings if finding.resource in (sample.resource, None)]
    defects = [finding.message for finding in found if finding.rule == "GEN006"]
    reasons = tuple(f"{f.rule} {f.message}" for f in found if f.rule in WHY)
    style = conversion.schema.outline.style if conversion.schema else "none"
    told = tuple(sorted({finding.rule for finding in found if finding.rule in TOLD}))
    return Converted(sample, out, style, reasons, "; ".join(defects), told)


WHY = frozenset({"DATA420", "DATA421", "DATA900", "DATA901", "DATA902", "DATA903", "DATA904"})
"""Rules that say what is not typed."""
TOLD = frozenset({"DATA110", "DATA133", "DATA134", "DATA135", "DATA136", "DATA137"})
"""Rules about the sandbox and about flags, which change resolvers in a way that no schema of Gen 2 can say."""


def table(done: Sequence[Converted], transformer: bool, style: str) -> int:
    """Prints the table and the totals; the exit code."""
    toolchain = find_toolchain(ROOT, install=True, progress=print)
    checked = list(judged([(c.sample, c.folder if c.handed else None) for c in done], toolchain, transformer, style))
    print("Flags of schemas without a cli.json: those of a new project of the CLI 12.")
    failed = 0
    for group in dict.fromkeys(one.sample.group for one in done):
        print(f"\n{HEAD} {'tables' if transformer else ''}  [{group}]")
        for one, found in zip(done, checked, strict=True):
            if one.sample.group == group:
                for line in _lines(one, found):
                    failed += line.startswith("!")
                    print(line, flush=True)
    print()
    for group in (*dict.fromkeys(one.sample.group for one in done), ""):
        chosen = [(c, j) for c, j in zip(done, checked, strict=True) if group in ("", c.sample.group)]
        for line in totals(group or "all", chosen, transformer):
            print(line)
    return 1 if failed else 0


def _lines(one: Converted, found: Judged) -> Iterator[str]:
    accepted = _accepted(one.sample, found.gen1)
    patches = sum(found.patches.values())
    row = f"{one.sample.name[:52]:<52} {one.sample.version} {accepted:<8} {one.style:<6} {found.proof:<9} {patches:>7}"
    reasons = found.reasons or one.reasons
    first = f"  {reasons[0][:110]}" + (f" (+{len(reasons) - 1})" if len(reasons) > 1 else "") if reasons else ""
    compared = "told" if found.tables == "differ" and one.told else found.tables
    yield f"{row} {compared:<6}{first}"
    if one.crash:
        yield f"!   {one.crash}"
    if found.proof == Outcome.DIFFERENT or (found.reason and one.handed):
        yield f"!   proof: {found.reason[:300]}"
    for difference in found.differences[:3]:
        yield f"~   {difference[:300]}"
    if accepted == "yes" and one.handed and found.gen2 and found.gen2.error:
        yield f"!   synth: {found.gen2.error[:300]}".replace("\n", " ")
    for message in found.types[:3]:
        yield f"!   types: {message[:300]}"
    want = one.sample.expected.get("style", "typed") if one.sample.expected else one.style
    if accepted in ("yes", "?") and one.style in ("typed", "mixed", "sdl") and want != one.style:
        yield f"    expected {want}"
    yield from _unexpected(one.sample, found, accepted)


def _unexpected(sample: Sample, found: Judged, accepted: str) -> Iterator[str]:
    """Where Gen 1's transformer is of another opinion than the folder's index."""
    if found.gen1 and sample.expected and (accepted == "yes") != sample.expected.get("accepted", True):
        yield f"    expected {'refused' if accepted == 'yes' else 'accepted'}: {found.gen1.error[:200]}"


def _accepted(sample: Sample, found: Synthesized | None) -> str:
    if sample.version == 1:
        return "v1"  # the transformer of the first generation is not published any more
    if found is None:
        return "?"
    return "refused" if found.error else "yes"


def totals(name: str, chosen: Sequence[tuple[Converted, Judged]], transformer: bool) -> Iterator[str]:
    """The shares of a group."""
    ruled = [c for c, j in chosen if c.sample.version == 2 and c.sample.ruled and not (j.gen1 and j.gen1.error)]
    words = "v2, a rule on every model" + (", accepted by Gen 1" if transformer else "")
    yield f"{name}: {len(chosen)} schemas"
    for label, group in ((words, ruled), ("all", [c for c, _ in chosen])):
        count = {style: sum(c.style == style for c in group) for style in ("typed", "mixed", "sdl")}
        share = 100 * count["typed"] / len(group) if group else 0
        rest = len(group) - sum(count.values())
        yield (
            f"  {label}: {count['typed']} of {len(group)} typed in full ({share:.0f} %), {count['mixed']} mixed,"
            f" {count['sdl']} SDL, {rest} not converted"
        )
    proven = {outcome: sum(j.proof == outcome for _, j in chosen) for outcome in Outcome}
    yield "  proofs: " + ", ".join(f"{n} {outcome}" for outcome, n in proven.items())
    crashes = sum(bool(c.crash) for c, _ in chosen)
    yield f"  crashes: {crashes}"
    if transformer:
        yield "  " + _synthesized(chosen)


def _synthesized(chosen: Sequence[tuple[Converted, Judged]]) -> str:
    accepted = [(c, j) for c, j in chosen if j.gen1 and not j.gen1.error]
    made = [(c, j) for c, j in accepted if c.handed and j.gen2]
    fine = sum(not j.gen2.error for _, j in made if j.gen2)
    types = sum(not j.types for c, j in chosen if c.handed)
    same = sum(j.tables == "same" for _, j in made)
    told = sum(j.tables == "differ" and bool(c.told) for c, j in made)
    return (
        f"accepted by Gen 1: {len(accepted)}, of these synthesized: {fine},"
        f" with the same tables, resolvers and API: {same}, different as findings tell: {told};"
        f" type-checked: {types} of {sum(c.handed for c, _ in chosen)}"
    )


def measure(done: Sequence[Converted], style: str) -> None:
    """Prints the seconds that the proof of 100 schemas takes."""
    handed = [(one.sample, one.folder) for one in done if one.handed]
    hundred = [handed[n % len(handed)] for n in range(100)]
    toolchain = find_toolchain(ROOT, install=True, progress=print)
    ready = prepared(hundred, style)
    start = time.perf_counter()
    found = proofs(ready, toolchain)
    print(f"the proof of {len(found)} schemas took {time.perf_counter() - start:.1f} s (limit 10 s)")


if __name__ == "__main__":
    main()
