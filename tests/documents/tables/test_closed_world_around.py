"""The closed world around the columns: a word that nobody knows in the title, the sheet's name, a group above the
columns, a unit or a row's name leaves nothing silently read."""

# ruff: noqa: E501
from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.documents.fixtures import workbooks as made
from tests.documents.fixtures.place import context, facts, reading
from wenpan.documents.tables.names import Names

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=4)
TITLE = "安禾区2022年1-9月主要经济指标"
KIND = context().kinds["indicator_table"]
NAMES = Names(context().catalogue, context().regions, False, context().units)


def unknown(text: str, word: str) -> bool:
    """Whether the cut of the text leaves a character of the word over."""
    left = [t.text for t in NAMES.lexicon(KIND).read(text) if t.kind == "left"]
    return any(set(part) & set(word) for part in left)


def table(title=TITLE, group=None, unit="亿元", label="一般公共预算收入", name="Sheet1", note=None):
    rows = [
        [title],
        ["指标", "单位", group or "1-9月", None],
        [None, None, "累计", "同比增长(%)"],
        [label, unit, 22.4, 4.6],
    ]
    rows += [[note]] if note else []
    return reading(made.xlsx(rows, ["A2:A3", "B2:B3", "C2:D2"], name))


def test_the_plain_table_is_read_without_a_question():
    got = table()
    assert set(facts(got)) == {"C4", "D4"} and got.question is None


@settings(max_examples=40, deadline=None)
@given(word=HAN, at=st.integers(0, len(TITLE)))
def test_in_the_title(word, at):
    title = TITLE[:at] + word + TITLE[at:]
    assume(unknown(title, word))
    got = table(title=title)
    assert not got.figures or got.question is not None or not facts(got), title


@settings(max_examples=30, deadline=None)
@given(word=HAN)
def test_in_the_sheet_s_name(word):
    assume(unknown(word, word) and not any(w in word for w in KIND.words.sheet_filler))
    got = table(name=word)
    assert not got.figures and got.question is not None


@settings(max_examples=30, deadline=None)
@given(word=HAN, before=st.booleans())
def test_in_a_group_above_the_columns(word, before):
    group = word + "1-9月" if before else "1-9月" + word
    assume(unknown(group, word))
    assert not facts(table(group=group)), group


@settings(max_examples=30, deadline=None)
@given(word=HAN, form=st.sampled_from(["亿元({})", "亿元,{}", "{}", "亿元/{}"]))
def test_in_the_unit(word, form):
    unit = form.format(word)
    assume(unknown(unit, word))
    got = table(unit=unit)
    assert "C4" not in facts(got), unit
    assert any(f.cell == "B4" or "B4" in f.found for f in got.findings), unit


@settings(max_examples=40, deadline=None)
@given(
    word=HAN,
    form=st.sampled_from(
        ["一般公共预算收入({})", "{}一般公共预算收入", "一般公共预算收入{}", "其中:{}一般公共预算收入"]
    ),
)
def test_in_the_name_of_a_row(word, form):
    label = form.format(word)
    assume(unknown(label, word))
    got = table(label=label)
    assert not facts(got), label
    assert any(f.cell == "A4" for f in got.findings), label


def test_the_note_of_how_growth_is_published_changes_nothing_unless_it_names_an_indicator():
    assert facts(table(note="注:增速按可比口径计算,不能由绝对额直接推算。"))
    assert not facts(table(note="注:一般公共预算收入按可比口径计算。"))


@pytest.mark.parametrize("word", KIND.words.note_alarms)
def test_in_a_note_below(word):
    assert not facts(table(note=f"注:本表{word}某项。")), word
