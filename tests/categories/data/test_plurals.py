"""Plurals as the transformers make them."""

from __future__ import annotations

import json
import subprocess

import pytest

from migrator.categories.data.plurals import plural
from migrator.node.toolchain import Toolchain

WORDS = (
    "Child Box Bus Status Address Day Key Data UserData Metadata Index Appendix Life "
    "Wife Knife Leaf Loaf Half Hero Potato Photo Atlas Alias Gas Iris Emu Menu Axis Testis Chinese Sheep Deer BlogFish "
    "Man Woman Human Mouse House Louse Titmouse Buzz Quiz Honey Journey Valley Basis Analysis Crisis Phenomenon Datum "
    "Criterion Memo Radius Cactus Focus Seraph Alumnus Vertebra Beau Beaux Thou Bias Christmas Canvas S s A X x "
    "PT SPA API URL UUID id Foo_Bar foo1 T Café _ __ Team Exam Classes Class Process News BlogNews TV OS Series Roof "
    "Chief Belief Shelf Wolf Elf Dwarf Echo Schema Media Staff StaffMember Quiz QUIZ Ox Axe Foot FOOT Genus They Police"
    " Post Category Person SalesPerson PostTags PTx My"
)


@pytest.mark.parametrize(
    ("word", "wanted"),
    [("Post", "Posts"), ("Category", "Categories"), ("Person", "People"), ("PT", "PTS"), ("Sheep", "Sheep"), ("", "")],
)
def test_a_model_has_an_english_plural(word: str, wanted: str) -> None:
    assert plural(word) == wanted


@pytest.mark.node
def test_plurals_are_those_of_the_transformers(toolchain: Toolchain) -> None:
    words = WORDS.split()
    code = "const p=require('pluralize');console.log(JSON.stringify(JSON.parse(process.argv[1]).map(w=>p(w))))"
    command = ["node", "-e", code, json.dumps(words)]
    done = subprocess.run(command, cwd=toolchain.folder, capture_output=True, text=True, check=True)
    assert [plural(word) for word in words] == json.loads(done.stdout)
