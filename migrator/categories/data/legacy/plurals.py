"""Plurals in the names of queries: transformer 1 appended an `s`, transformer 2 uses the package pluralize."""

from __future__ import annotations

_ENDINGS = """
s x z ch sh ese deer fish sheep pokemon man men person people child children mouse mice louse lice
hero ato gro arf lf eaf eof oaf hoof knife wife life eau eaux a ae i im iam uam um ix ex seraph cherub
helion hyperbaton asyndeton noumenon phenomenon criterion organon prolegomenon hedron automaton
iley iney eley eney oley oney
"""
"""Names that end so may have another plural; for these nothing is guessed."""
_WHOLE = """
i me we he she them my his her that proof thief echo dingo volcano tornado torpedo axe die foot goose tooth ox eave
looey groove pickaxe carve valve thou you
adulthood advice aid aircraft alcohol ammo anime audio bison blood bream buffalo butter carp cash chassis clothing cod
commerce cooperation debris digestion elk energy equipment excretion expertise firmware flounder fun gallows garbage
graffiti hardware health homework housework information justice labour literature machinery mackerel mail moose music
mud manga only personnel pike plankton police pollution rain research rice salmon scissors sewage shrimp software staff
swine tennis traffic transportation trout tuna wealth welfare whiting wildlife wildebeest
"""
"""Words without a plural of their own, or with an irregular one."""


def takes_an_s(name: str) -> bool:
    """Whether both transformers certainly form the plural with an `s`; false where it is not certain."""
    word = name.lower()
    ies = word.endswith("y") and word[-2:-1] not in "aeiou"
    certain = word.isascii() and not ies and not word.endswith(tuple(_ENDINGS.split()))
    return bool(word) and certain and word not in _WHOLE.split()
