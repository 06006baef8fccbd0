"""The scan as text and as Markdown: what is said, in which order, and how it is set."""

from __future__ import annotations

import re

import pytest

from migrator.commands.scan import Scan, ScannedApp
from migrator.core.finding import Severity, Topic
from migrator.engine.ledger import Dropped, Row
from migrator.engine.rule import Outcome
from migrator.gen1.project import Verdict
from migrator.report.scan_markdown import scan_markdown
from migrator.report.scan_text import scan_text
from tests.report.made import finding, resource, scan

LONG = "a sentence of some words " * 12
MANUAL = Row("pool", "queries", Outcome.MANUAL, "AUTH090")
UNREAD = tuple(("cli-inputs.json", f"/key{n}") for n in range(6))


def text(made: Scan, verbose: bool = False, quiet: bool = False) -> str:
    return scan_text(made, verbose=verbose, quiet=quiet, plain=True)


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")


def test_what_blocks_comes_before_the_resources() -> None:
    said = text(scan(resource(), findings=(finding("DAT090", Severity.BLOCKER, "DataStore is on."),)))
    assert said.index("DataStore is on.") < said.index("App shop")


def test_the_sum_of_settings_is_written_out() -> None:
    said = text(scan(resource(counts={Outcome.NATIVE: 3, Outcome.DROPPED: 2})))
    assert "5 settings = 3 native + 0 cdk + 0 default + 2 dropped + 0 manual + 0 gap." in said


def test_the_table_ends_with_the_totals() -> None:
    made = scan(resource(counts={Outcome.NATIVE: 30}), resource("auth/two", {Outcome.NATIVE: 12}))
    line = next(line for line in text(made).splitlines() if line.startswith("  total"))
    assert line.split() == ["total", "42", "42", "0", "0", "0", "0", "0"]


def test_a_manual_step_is_listed_with_its_instruction() -> None:
    made = scan(resource(rows=(MANUAL,)), findings=(finding(severity=Severity.WARNING),))
    lines = text(made).splitlines()
    at = lines.index("What you have to do")
    assert lines[at + 2] == "    AUTH090  manual  auth/pool has admin queries."
    assert lines[at + 3] == "      → Define a function."


def test_a_warning_that_asks_for_nothing_is_worth_a_look() -> None:
    said = text(scan(resource(), findings=(finding("GEN012", message="A comma too many."),)))
    assert "What you have to do" not in said
    assert said.index("Worth a look") < said.index("A comma too many.")


def test_one_rule_is_one_line_with_all_its_places() -> None:
    places = tuple(finding(place=f"file{n}.json") for n in range(3))
    said = text(scan(resource(rows=(MANUAL,)), findings=places))
    assert said.count("auth/pool has admin queries.") == 1
    assert [said.count(f"file{n}.json") for n in range(3)] == [1, 1, 1]


def test_more_places_than_fit_are_counted() -> None:
    made = scan(resource(rows=(MANUAL,)), findings=tuple(finding(place=f"file{n}.json") for n in range(9)))
    assert "and 6 more (-v lists them)" in text(made)


def test_verbose_lists_every_place() -> None:
    made = scan(resource(rows=(MANUAL,)), findings=tuple(finding(place=f"file{n}.json") for n in range(9)))
    said = text(made, verbose=True)
    assert all(f"file{n}.json" in said for n in range(9))


def test_an_instruction_is_given_once_and_referred_to() -> None:
    two = finding(on="auth/two", message="auth/two has admin queries.")
    said = text(scan(resource(), resource("auth/two"), findings=(finding(), two)))
    assert said.count("Define a function.") == 1
    assert "As for auth/pool above." in said


def test_what_becomes_of_data_has_its_own_part() -> None:
    said = text(scan(resource(), findings=(finding(message="Users stay in Gen 1.", topic=Topic.DATA),)))
    assert said.index("What becomes of users, files and rows") < said.index("Users stay in Gen 1.")


def test_nothing_is_said_of_data_without_a_finding() -> None:
    assert "users, files and rows" not in text(scan(resource()))


def test_unread_settings_are_counted_and_the_first_shown() -> None:
    said = text(scan(resource(unread=UNREAD)))
    assert "auth/pool: 6 settings not read" in said
    assert "/key2" in said
    assert "/key3" not in said


def test_verbose_shows_every_unread_setting() -> None:
    said = text(scan(resource(unread=UNREAD)), verbose=True)
    assert all(pointer in said for _, pointer in UNREAD)


def test_an_unclaimed_attribute_is_named_with_its_fact() -> None:
    row = Row("web", "token.access", Outcome.GAP, "GEN002")
    found = finding("GEN002", Severity.GAP, "No rule says what becomes of token.access (web).")
    said = text(scan(resource(rows=(row,), findings=(found,)), findings=(found,)))
    assert "1 setting read, but claimed by no rule\n    web\n      token.access\n" in said


def test_verbose_shows_every_attribute_with_rule_and_reason() -> None:
    row = Row("pool", "name", Outcome.DROPPED, "AUTH001", "Derived by the CLI.")
    said = text(scan(resource(rows=(row,))), verbose=True)
    assert "every setting of pool\n  name  dropped  AUTH001\n      Derived by the CLI.\n" in said


def test_verbose_shows_what_is_left_out_with_rule_and_reason() -> None:
    drop = Dropped("cli-inputs.json", "/version", "AUTH001", "The format of the file.")
    said = text(scan(resource(dropped=(drop,))), verbose=True)
    assert "  AUTH001  The format of the file.\n    amplify/backend/auth/pool/cli-inputs.json\n      /version\n" in said


def test_markdown_with_verbose_shows_what_is_left_out() -> None:
    drop = Dropped("cli-inputs.json", "/version", "AUTH001", "The format of the file.")
    said = scan_markdown(scan(resource(dropped=(drop,))), verbose=True)
    assert "- AUTH001: The format of the file.\n  - `amplify/backend/auth/pool/cli-inputs.json`: `/version`\n" in said


def test_quiet_leaves_the_totals_and_what_blocks() -> None:
    blocker = finding("DAT090", Severity.BLOCKER, "DataStore is on.")
    said = text(scan(resource(rows=(MANUAL,)), findings=(blocker, finding())), quiet=True)
    assert "DataStore is on." in said
    assert "admin queries" not in said


def test_two_apps_are_told_apart() -> None:
    apps = (ScannedApp("one", "dev", ("dev",)), ScannedApp("two", None, ("dev", "prod")))
    said = text(scan(resource(app="one"), resource("auth/other", app="two"), apps=apps))
    assert said.index("App one") < said.index("auth/pool") < said.index("App two") < said.index("auth/other")


def test_an_environment_that_was_not_chosen_is_asked_for() -> None:
    said = text(scan(resource(), apps=(ScannedApp("shop", None, ("dev", "prod")),)))
    assert "no environment chosen (there are dev, prod: choose with --env)" in said
    assert "Choose an environment first: --env dev." in said


def test_the_next_step_of_a_blocked_project_is_what_blocks() -> None:
    made = scan(resource(), findings=(finding("DAT090", Severity.BLOCKER),))
    assert text(made).endswith("Next step\n  Solve what blocks first; `migrate explain ID` says more about each.\n")


def test_the_next_step_of_a_clear_project_is_to_convert() -> None:
    assert "Next step\n  `migrate convert` writes" in text(scan(resource()))


def test_a_gen2_project_has_nothing_to_migrate() -> None:
    assert "There is nothing to migrate here." in text(scan(verdict=Verdict.GEN2, apps=()))


@pytest.mark.parametrize("width", ["80", "120"])
def test_sentences_keep_to_the_width(width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    made = scan(resource(rows=(MANUAL,)), findings=(finding(message=LONG, hint=LONG),))
    assert max(len(line) for line in text(made).splitlines()) <= int(width)


def test_the_columns_of_the_table_stand_below_their_heads() -> None:
    made = scan(resource("function/one-with-a-long-name-of-many-words", {Outcome.NATIVE: 1234}), resource("auth/two"))
    lines = [line for line in text(made).splitlines() if line.startswith(("  resource", "  function", "  total"))]
    ends = [re.search(r"(settings|1234)\b", line) for line in lines]
    assert len({end.end() for end in ends if end}) == 1


def test_a_long_service_goes_on_in_the_next_line() -> None:
    said = text(scan(resource(service="Cognito-UserPool-Groups")))
    assert [line.split()[0] for line in said.splitlines() if line.strip().startswith(("UserPool", "Groups"))]


def test_a_narrow_terminal_gets_lines_instead_of_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    said = text(scan(resource(counts={Outcome.NATIVE: 3})))
    assert "Cognito, read from settings files; 3 settings = 3 native." in said


def test_text_for_a_file_has_no_colours() -> None:
    assert "\x1b" not in text(scan(resource(), findings=(finding("DAT090", Severity.BLOCKER),)))


def test_brackets_in_names_are_not_markup() -> None:
    assert "[bold]x" in text(scan(resource(), findings=(finding(message="[bold]x is odd."),)))


def test_markdown_has_a_row_for_each_resource() -> None:
    said = scan_markdown(scan(resource(counts={Outcome.CDK: 2})), verbose=False)
    assert "| auth/pool | Cognito | source | 2 | 0 | 2 | 0 | 0 | 0 | 0 | automatic |" in said


def test_markdown_says_what_blocks_first() -> None:
    made = scan(resource(), findings=(finding("DAT090", Severity.BLOCKER, "DataStore is on."),))
    said = scan_markdown(made, verbose=False)
    assert said.index("## Blocked") < said.index("DataStore is on.") < said.index("| Resource")


def test_markdown_keeps_names_with_underscores() -> None:
    said = scan_markdown(scan(resource(), findings=(finding(message="a_b_c and `d_e` are odd."),)), verbose=False)
    assert "a\\_b\\_c and `d_e` are odd." in said


def test_markdown_with_verbose_lists_every_attribute() -> None:
    row = Row("pool", "name", Outcome.DROPPED, "AUTH001", "Derived by the CLI.")
    assert "| `name` | dropped | AUTH001 | Derived by the CLI. |" in scan_markdown(scan(resource(rows=(row,))), True)
