"""One place for the words of a light: every room shows those."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import wenpan
from wenpan.economy.judging import light_words
from wenpan.economy.judging.lights import Light

HOUSE = Path(wenpan.__file__).parent
# A table from the stored name to a word; "未判" and "不亮灯" are other words and stay where they are meant.
TABLE = re.compile(r'"?(?:RED|YELLOW|GREEN)"?\s*[:,]\s*_?\w*\(?"(?:红|黄|绿)灯?"')


def test_every_light_has_a_long_and_a_short_word():
    assert [light.label for light in Light] == [light_words.LIGHTS[light] for light in Light]
    assert list(light_words.LIGHTS) == list(light_words.SHORT) == list(light_words.ORDER)


@pytest.mark.parametrize(
    ("word", "name"), [("红灯", "RED"), ("黄", "YELLOW"), ("Green", "GREEN"), ("蓝单", ""), ("", "")]
)
def test_a_word_is_read_back(word, name):
    assert light_words.name_of(word) == name


def test_no_other_module_writes_the_words_down():
    found = [
        str(path.relative_to(HOUSE))
        for path in sorted(HOUSE.rglob("*.py"))
        if path.name != "light_words.py" and "migrations" not in path.parts and TABLE.search(path.read_text())
    ]
    assert found == []
