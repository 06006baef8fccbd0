"""Styled lines as text with the terminal's colours: the only module that imports rich."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO

from rich.console import Console
from rich.text import Text

from migrator.report.scan_text import Line


def painted(lines: Iterable[Line]) -> str:
    """The lines with escape sequences for as many colours as the terminal has; not wrapped."""
    written = StringIO()
    console = Console(
        file=written, force_terminal=True, highlight=False, markup=False, emoji=False, legacy_windows=False
    )
    for line in lines:
        console.print(Text.assemble(*line), soft_wrap=True)
    return written.getvalue()
