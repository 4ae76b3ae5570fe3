"""Every form of an order finds what its own example marks."""

from __future__ import annotations

import re

import pytest

from wenpan.documents.orders.items import LINE_FORMS, LineForm, items
from wenpan.documents.orders.note_places import PLACES, NotePlace
from wenpan.documents.orders.units import actors
from wenpan.documents.orders.units import clauses as clause_reader
from wenpan.documents.orders.units.clause_steps import STEPS
from wenpan.documents.orders.units.forms import GROUPS, SINGLE, ClauseForm
from wenpan.documents.orders.units.gazetteer import Gazetteer

ALL = [form for group in GROUPS for form in group] + list(SINGLE)


@pytest.mark.parametrize("form", ALL, ids=lambda form: form.name)
def test_the_form_finds_what_its_example_marks(form: ClauseForm) -> None:
    found = re.search(form.words, re.sub("[【】]", "", form.example))
    assert found
    assert found[0] == form.example[form.example.index("【") + 1 : form.example.index("】")]


@pytest.mark.parametrize("group", GROUPS, ids=["before", "not a subject", "gone", "goes on"])
def test_no_form_of_a_group_is_idle(group: tuple[ClauseForm, ...]) -> None:
    """Each example is found by its own form and by no form before it: none could be left out."""
    for n, form in enumerate(group):
        plain = re.sub("[【】]", "", form.example)
        earlier = [other.name for other in group[:n] if re.match(other.words, plain)]
        assert earlier == [], form.name


@pytest.mark.parametrize("form", LINE_FORMS, ids=lambda form: form.name)
def test_the_lines_of_its_example_make_one_item(form: LineForm) -> None:
    (item,) = items(form.example)
    assert (form.example[item.start : item.end], item.note) == form.reads


@pytest.mark.parametrize("form", LINE_FORMS, ids=lambda form: form.name)
def test_no_form_of_a_line_is_idle(form: LineForm, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it its example is read otherwise."""
    from wenpan.documents.orders import items as reader

    monkeypatch.setattr(reader, "LINE_FORMS", tuple(one for one in LINE_FORMS if one is not form))
    told = [(form.example[i.start : i.end], i.note) for i in items(form.example)]
    assert told != [form.reads]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_the_note_of_its_example_is_found_at_its_place_and_at_none_before(place: NotePlace) -> None:
    words = place.example
    found = place.find(words, 0, len(words), Gazetteer())
    assert found
    assert tuple((words[part.start : part.end], part.note) for part in found.parts) == place.reads
    for earlier in PLACES[: PLACES.index(place)]:
        other = earlier.find(words, 0, len(words), Gazetteer())
        assert other is None or not other.parts, earlier.name


@pytest.mark.parametrize("form", actors.NO_ACTOR, ids=lambda form: form.name)
def test_the_name_of_its_example_is_told_nothing_and_without_the_form_it_would_be(form, monkeypatch) -> None:
    before, listed, behind = re.split("[【】]", form.example)
    word = before if before == "请" else ""
    tail = listed + behind if behind == "主要负责人" else ""
    piece = before + listed + behind
    assert actors._told(word, listed, len(before), piece, bool(word), tail) is None
    monkeypatch.setattr(actors, "NO_ACTOR", tuple(one for one in actors.NO_ACTOR if one is not form))
    assert actors._told(word, listed, len(before), piece, bool(word), tail) is not None


@pytest.mark.parametrize(
    ("behind", "told"),
    [
        ("为牵头部门", "牵头"),
        ("一是核对床位", "一是核对床位"),
        ("手里的7宗地", "手里的7宗地"),
        ("的实施方案务于2月3日前报送", "务于2月3日前报送"),
        ("反映资金不足", None),
        ("道路破损问题", None),
        ("要完成改造", "要完成改造"),
    ],
)
def test_what_stands_behind_a_name_is_read_on_by_its_form(behind: str, told: str | None) -> None:
    assert actors._read_on(behind) == told


def read_clauses(words: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = clause_reader.clauses(words, 0, len(words), Gazetteer())
    return tuple((words[one.start : one.end], one.roles.lead) for one in found)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_the_sentence_of_its_example_comes_to_its_clauses_and_without_the_step_to_others(step, monkeypatch):
    assert read_clauses(step.example) == step.reads
    without = tuple(one for one in STEPS if one is not step)
    monkeypatch.setattr(clause_reader, "STEPS", without)
    assert read_clauses(step.example) != step.reads
