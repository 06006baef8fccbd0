"""English plurals as Gen 1 builds them into names (the package pluralize, which the transformers use).

Operations and indexes are named after the plural of their model: `listCategories`, `peopleByCity`. A test compares
these words with the package itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_IRREGULAR: Mapping[str, str] = dict(
    pair.split(":")
    for pair in (  # noqa: SIM905
        "i:we me:us he:they she:they them:them myself:ourselves yourself:yourselves itself:themselves "
        "herself:themselves himself:themselves themself:themselves is:are was:were has:have this:these that:those "
        "echo:echoes dingo:dingoes volcano:volcanoes tornado:tornadoes torpedo:torpedoes genus:genera viscus:viscera "
        "stigma:stigmata stoma:stomata dogma:dogmata lemma:lemmata schema:schemata anathema:anathemata ox:oxen "
        "axe:axes die:dice yes:yeses foot:feet eave:eaves goose:geese tooth:teeth quiz:quizzes human:humans "
        "proof:proofs carve:carves valve:valves looey:looies thief:thieves groove:grooves pickaxe:pickaxes "
        "passerby:passersby"
    ).split()
)
_ALREADY_PLURAL = frozenset(_IRREGULAR.values())
_SAME = frozenset(
    (  # noqa: SIM905
        "adulthood advice agenda aid aircraft alcohol ammo analytics anime athletics audio bison blood bream "
        "buffalo butter carp cash chassis chess clothing cod commerce cooperation corps debris diabetes digestion "
        "elk energy equipment excretion expertise firmware flounder fun gallows garbage graffiti hardware "
        "headquarters health herpes highjinks homework housework information jeans justice kudos labour literature "
        "machinery mackerel mail media mews moose music mud manga news only personnel pike plankton pliers police "
        "pollution premises rain research rice salmon scissors series sewage shambles shrimp software species staff "
        "swine tennis traffic transportation trout tuna wealth welfare whiting wildebeest wildlife you"
    ).split()
)
_LATIN_US = "alumn|syllab|vir|radi|nucle|fung|cact|stimul|termin|bacill|foc|uter|loc|strat"
_LATIN_UM = "agend|addend|millenni|dat|extrem|bacteri|desiderat|strat|candelabr|errat|ov|symposi|curricul|automat|quor"
_GREEK_ON = "apheli|hyperbat|periheli|asyndet|noumen|phenomen|criteri|organ|prolegomen|hedr|automat"
_ENDINGS: tuple[tuple[str, str], ...] = (
    (r"(sheep|pox|o[iu]s|measles|fish|deer|[^aeiou]ese|pok[eé]mon)$", r"\g<0>"),
    (r"^thou$", "you"),
    (r"m[ae]n$", "men"),
    (r"eaux$", r"\g<0>"),
    (r"(child)(?:ren)?$", r"\1ren"),
    (r"(pe)(?:rson|ople)$", r"\1ople"),
    (r"\b((?:tit)?m|l)(?:ice|ouse)$", r"\1ice"),
    (r"(matr|cod|mur|sil|vert|ind|append)(?:ix|ex)$", r"\1ices"),
    (r"(x|ch|ss|sh|zz)$", r"\1es"),
    (r"([^ch][ieo][ln])ey$", r"\1ies"),
    (r"([^aeiouy]|qu)y$", r"\1ies"),
    (r"(?:(kni|wi|li)fe|(ar|l|ea|eo|oa|hoo)f)$", r"\1\2ves"),
    (r"sis$", "ses"),
    (rf"({_GREEK_ON})(?:a|on)$", r"\1a"),
    (rf"({_LATIN_UM})(?:a|um)$", r"\1a"),
    (r"(her|at|gr)o$", r"\1oes"),
    (r"(seraph|cherub)(?:im)?$", r"\1im"),
    (r"(alumn|alg|vertebr)(?:a|ae)$", r"\1ae"),
    (rf"({_LATIN_US})(?:us|i)$", r"\1i"),
    (r"([^l]ias|[aeiou]las|[ejzr]as|[iu]am)$", r"\1"),
    (r"(e[mn]u)s?$", r"\1s"),
    (r"(alias|[^aou]us|t[lm]as|gas|ris)$", r"\1es"),
    (r"(ax|test)is$", r"\1es"),
    (r"([^aeiou]ese)$", r"\1"),
    (r"[^\u0000-\u007F]$", r"\g<0>"),
    (r"s?$", "s"),
)
"""Ending and what takes its place; the first one that matches counts."""
_COMPILED = tuple((re.compile(ending, re.IGNORECASE), wanted) for ending, wanted in _ENDINGS)


def plural(word: str) -> str:
    """The plural of a word in its own case."""
    lower = word.lower()
    if lower in _ALREADY_PLURAL:
        return word
    if lower in _IRREGULAR:
        return _cased(word, _IRREGULAR[lower])
    if not word or lower in _SAME:
        return word
    for ending, wanted in _COMPILED:
        if found := ending.search(word):
            made = found.expand(wanted)
            like = found[0] or word[found.start() - 1]
            return word[: found.start()] + _cased(like, made) + word[found.end() :]
    return word


def _cased(like: str, word: str) -> str:
    """The word in the case of another: as it is, small, capitals, or with a first capital."""
    if like == word:
        return word
    if like == like.lower():
        return word.lower()
    if like == like.upper():
        return word.upper()
    return word[:1].upper() + word[1:].lower() if like[0] == like[0].upper() else word.lower()
