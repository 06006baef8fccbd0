"""English plurals as Gen 1 builds them into names: `listCategories`, `peopleByCity`.

The transformers use https://www.npmjs.com/package/pluralize 8.0.0; a test compares these words with that package.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pluralizer import Pluralizer


def plural(name: str) -> str:
    """The plural that the transformers make of a model's name."""
    said: str = _pluralizer().plural(name)
    return said


_NEWER = ("canvas", "her", "his", "its", "my", "our", "their")
"""Words that the Python package treats in a way of its own, which `pluralize` 8.0.0 does not know."""


@cache
def _pluralizer() -> Pluralizer:
    from pluralizer import Pluralizer  # compiles many expressions: only where an index or a join model needs a name

    rules = Pluralizer()  # type: ignore[no-untyped-call]
    for word in _NEWER:
        rules.irregularPlurals.pop(rules.irregularSingles.pop(word, word), None)
        rules.irregularPlurals.pop(word, None)
    return rules
