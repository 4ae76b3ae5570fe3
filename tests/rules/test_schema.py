"""One map of errors: whatever is wrong in a rule file is told as file, key, found, expected, in Chinese."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.rules import schema
from wenpan.rules.loading import RuleError
from wenpan.rules.schema import (
    DAY,
    FLAG,
    SOME,
    TEXT,
    KeptDataError,
    each_of,
    form,
    keep,
    one_of,
    read,
    read_kept,
    share,
    whole,
    whole_form,
)


@whole_form
@dataclass(frozen=True)
class Step:
    from_: Annotated[date, DAY]
    days: Annotated[int, whole(1, 12)]
    part: Annotated[float, share()] = 1.0
    colour: Annotated[str, one_of("red", "blue")] = "red"
    to: Annotated[tuple[str, ...], each_of(["lead", "office"])] = ()


@form
@dataclass(frozen=True)
class File:
    title: Annotated[str, TEXT]
    steps: Annotated[tuple[Step, ...], SOME]
    on: Annotated[bool, FLAG] = True
    more: dict[str, str] | None = None


GOOD = {"title": "甲", "steps": [{"from": date(2022, 1, 1), "days": 3}]}


def step(**values: object) -> dict:
    return GOOD | {"steps": [GOOD["steps"][0], GOOD["steps"][0] | values]}


def test_what_is_right_becomes_the_frozen_class_itself_and_other_keys_of_a_form_are_left_alone():
    assert read(File, GOOD | {"version": "1"}, "a.yaml") == File("甲", (Step(date(2022, 1, 1), 3),))


@pytest.mark.parametrize(
    ("data", "key", "found", "expected"),
    [
        ({}, "title", None, "一段文字"),
        (GOOD | {"title": " "}, "title", " ", "一段文字"),
        (GOOD | {"steps": []}, "steps", [], "至少一条"),
        (GOOD | {"steps": "x"}, "steps", "x", "至少一条"),
        (GOOD | {"steps": [3]}, "steps[1]", 3, "键值对"),
        (GOOD | {"on": "yes"}, "on", "yes", "true 或 false"),
        (GOOD | {"more": {"a": 1}}, "more.a", 1, "一段文字"),
        (step(days=0), "steps[2].days", 0, "1 到 12 的整数"),
        (step(days=13), "steps[2].days", 13, "1 到 12 的整数"),
        (step(days=True), "steps[2].days", True, "1 到 12 的整数"),
        (step(days="3"), "steps[2].days", "3", "1 到 12 的整数"),
        (step(part=1.01), "steps[2].part", 1.01, "0到1之间的比例"),
        (step(colour="green"), "steps[2].colour", "green", "red 或 blue"),
        (step(to=["nobody"]), "steps[2].to", ["nobody"], "lead、office的列表，可以为空"),
        (step(**{"from": "2022-01-01"}), "steps[2].from", "2022-01-01", "日期, 如 2022-01-01"),
        (step(until=3), "steps[2].until", 3, "已知的字段(colour、days、from、part、to)"),
        ([], "", [], "键值对"),
    ],
)
def test_what_is_wrong_is_told_with_file_key_found_and_expected(data, key, found, expected):
    with pytest.raises(RuleError) as error:
        read(File, data, "a.yaml")
    told = error.value
    assert (told.file, told.key, told.found, told.expected) == ("a.yaml", key or "(全文)", found, expected)


@pytest.mark.parametrize(("days", "fits"), [(0, False), (1, True), (12, True), (13, False)])
def test_a_bound_itself_still_fits(days, fits):
    if fits:
        assert read(File, step(days=days), "a.yaml").steps[1].days == days
    else:
        with pytest.raises(RuleError):
            read(File, step(days=days), "a.yaml")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(ANYTHING, st.sampled_from(["title", "steps", "on", "more"]))
def test_whatever_stands_there_is_taken_or_told_in_chinese(value, key):
    try:
        assert isinstance(read(File, GOOD | {key: value}, "a.yaml"), File)
    except RuleError as error:
        assert error.key.startswith(key)
        assert any("一" <= letter <= "鿿" for letter in error.expected) or error.expected == "true 或 false"


def test_every_kind_of_error_that_a_type_can_raise_has_a_chinese_sentence():
    for kind, wrong in [
        (int, "x"),
        (float, "x"),
        (bool, 3),
        (date, "x"),
        (str, 3),
        (tuple[int, ...], 3),
        (dict, 3),
    ]:
        with pytest.raises(RuleError) as error:
            read(kind, wrong, "a.yaml", "key")
        assert error.value.expected in schema._EXPECTED.values(), (kind, error.value.expected)


START = "import sys; sys.argv = ['wenpan', '--help']; from wenpan.cli import main; main()"


@pytest.mark.parametrize("start", [START, "import wenpan.rules"])
def test_the_library_is_not_loaded_before_a_rule_file_is_read(start):
    script = f"import atexit, os, sys\natexit.register(lambda: os._exit('pydantic' in sys.modules))\n{start}"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0


@dataclass(frozen=True)
class Sheet:
    """A record that is kept with what it was made of."""

    day: date
    points: Decimal
    events: tuple[int, ...]
    later: str = "as before"  # a field that came with a later release


SHEET = Sheet(date(2022, 9, 30), Decimal("-0.50"), (1, 2))


def test_what_is_kept_is_named_and_read_back_exactly_also_from_json_text():
    data = json.loads(json.dumps(keep(SHEET)))
    assert data == {"day": "2022-09-30", "points": "-0.50", "events": [1, 2], "later": "as before"}
    assert read_kept(Sheet, data) == SHEET
    assert str(read_kept(Sheet, data).points) == "-0.50"


def test_an_old_record_lacks_what_came_later_and_is_still_read():
    assert read_kept(Sheet, {"day": "2022-09-30", "points": "-0.50", "events": [1, 2]}) == SHEET


@pytest.mark.parametrize("data", [{}, {"day": "x", "points": "1", "events": []}, 3, {"day": None}])
def test_a_record_that_cannot_be_read_says_which_field_in_chinese(data):
    with pytest.raises(KeptDataError, match="保存的内容无法读出: “(day|points|.全文.)”实为.*应为"):
        read_kept(Sheet, data)
