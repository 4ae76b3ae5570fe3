"""Kinds of meeting as dated data: what ships can be used, and a slip of the pen is told with its place."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from wenpan.district.meetings.policy import FIELDS, meeting_rules
from wenpan.rules import RuleError, catalogue
from wenpan.rules.loading import OURS

ON = date(2022, 10, 18)


@pytest.fixture
def place(tmp_path):
    """place(change): the shipped file with one thing changed, as a place's own."""

    def write(change):
        data = yaml.safe_load((OURS / "meetings.yaml").read_text("utf-8"))
        change(data)
        (tmp_path / "rules").mkdir(exist_ok=True)
        (tmp_path / "rules" / "meetings.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
        return tmp_path

    return write


def test_the_kinds_that_ship_are_monthly_weekly_and_three_topics():
    rules = meeting_rules(ON)
    assert list(rules.kinds) == ["monthly", "weekly", "gdp", "investment", "requests"]
    assert set(rules.questions) == set(FIELDS)


def test_every_indicator_that_ships_with_a_topic_is_in_the_catalogue():
    known = catalogue()
    for kind in meeting_rules(ON).kinds.values():
        assert set(kind.indicators) <= set(known)


def test_every_memo_opens_with_the_answers_and_ends_with_the_order():
    for kind in meeting_rules(ON).kinds.values():
        assert kind.sections[0] == "answers"
        assert kind.sections[-1] == "agenda"


@pytest.mark.parametrize(("day", "near"), [(17, 5), (18, 9), (19, 9)])
def test_a_kind_changes_on_its_day(place, day, near):
    def change(data):
        data["kinds"].append({**data["kinds"][0], "from": ON, "near_days": 9})

    assert meeting_rules(date(2022, 10, day), place(change)).kinds["monthly"].near_days == near


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda d: d["questions"]["new_red"].update(text="{nme}为何转红"), "questions.new_red.text"),
        (lambda d: d["questions"]["new_red"].update(text="{name为何转红"), "questions.new_red.text"),
        (lambda d: d["questions"].update(other={"points": 1, "text": "?"}), "questions.other"),
        (lambda d: d["questions"].pop("new_red"), "questions.new_red"),
        (lambda d: d["kinds"][0].update(sections=["answers", "weather"]), "kinds[1].sections"),
        (lambda d: d["kinds"][0].update(most=0), "kinds[1].most"),
        (lambda d: d["kinds"][0].update(colour="red"), "kinds[1].colour"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_key(place, change, key):
    with pytest.raises(RuleError) as told:
        meeting_rules(ON, place(change))
    assert told.value.key == key
