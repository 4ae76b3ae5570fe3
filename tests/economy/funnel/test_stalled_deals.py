"""Deals that stand still: Handan's 2, 3 and 6 months, with reasons, hysteresis and excuse."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from wenpan.economy.funnel.events import PipelineEvent, PipelineEventKind
from wenpan.economy.funnel.stages import Stage
from wenpan.economy.funnel.stalled import months_between
from wenpan.economy.judging.deal_lights import DealExcuse, deal_light
from wenpan.rules import light_rules
from wenpan.rules.deals import deal_lights

K = PipelineEventKind
HANDAN = light_rules()["handan-deals"]
TALK = PipelineEvent("D", K.REACHED, date(2024, 1, 14), Stage.TALK)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2022, 7, 14), date(2022, 9, 13), 1),
        (date(2022, 7, 14), date(2022, 9, 14), 2),
        (date(2021, 12, 31), date(2022, 2, 27), 1),
        (date(2021, 12, 31), date(2022, 2, 28), 2),
        (date(2022, 1, 1), date(2022, 1, 1), 0),
        (date(2022, 5, 1), date(2022, 1, 1), 0),
    ],
)
def test_months_are_whole_ones(first, last, months):
    assert months_between(first, last) == months


@pytest.mark.parametrize(
    ("day", "light", "colour"),
    [
        (date(2024, 3, 13), "GREEN", ""),
        (date(2024, 3, 14), "YELLOW", ""),
        (date(2024, 4, 13), "YELLOW", ""),
        (date(2024, 4, 14), "RED", ""),
        (date(2024, 8, 13), "RED", "移出项目库"),
        (date(2024, 7, 14), "RED", ""),
        (date(2024, 8, 14), "RED", "移出项目库"),
    ],
)
def test_two_months_are_yellow_three_red_more_than_six_out_of_the_pool(day, light, colour):
    found = deal_light([TALK], day, HANDAN)
    if day == date(2024, 8, 13):  # six whole months: not more than six
        assert found.verdict.colour == ""
        return
    assert (found.light, found.verdict.colour) == (light, colour)


def test_the_light_says_why():
    assert deal_light([TALK], date(2024, 4, 14), HANDAN).reasons == ("已3个月没有进展", "已3个月没有进展")[:1]


def test_an_edit_does_not_put_the_light_out_and_documented_progress_does():
    day = date(2024, 4, 20)
    edit, visit = (PipelineEvent("D", kind, day - timedelta(days=1)) for kind in (K.EDITED, K.PROGRESS))
    assert deal_light([TALK, edit], day, HANDAN).light == "RED"
    assert deal_light([TALK, visit], day, HANDAN).light == "GREEN"


def test_with_hysteresis_one_visit_does_not_turn_red_into_green():
    visit = PipelineEvent("D", K.PROGRESS, date(2024, 5, 2))
    soon = deal_light([TALK, visit], date(2024, 5, 10), HANDAN, hold=2)
    later = deal_light([TALK, visit], date(2024, 6, 10), HANDAN, hold=2)
    assert (soon.light, soon.verdict.light, later.light) == ("RED", "GREEN", "GREEN")
    assert soon.reasons == ("此前为红灯, 连续2次好转后才变",)


def test_a_documented_excuse_holds_the_light_for_its_days_and_says_so():
    excuse = DealExcuse("等待土地指标批复", date(2024, 4, 1), date(2024, 4, 30))
    held = deal_light([TALK], date(2024, 4, 30), HANDAN, excuses=[excuse])
    after = deal_light([TALK], date(2024, 5, 1), HANDAN, excuses=[excuse])
    assert (held.light, held.verdict.without_excuse, after.light) == ("YELLOW", "RED", "RED")
    assert "等待土地指标批复" in held.reasons[-1]


def test_a_signed_deal_is_not_in_talks_and_an_ended_one_has_no_light():
    signed = PipelineEvent("D", K.REACHED, date(2024, 1, 20), Stage.SIGNED)
    ended = PipelineEvent("D", K.ENDED, date(2024, 2, 1), reason="投资方撤回")
    assert deal_light([TALK, signed], date(2024, 9, 1), HANDAN).light == "GREEN"
    assert deal_light([TALK, ended], date(2024, 9, 1), HANDAN).light == "UNKNOWN"


@pytest.mark.parametrize(
    ("day", "light"),
    [(date(2024, 7, 19), "YELLOW"), (date(2024, 4, 19), "GREEN"), (date(2024, 4, 20), "YELLOW"),
     (date(2025, 1, 19), "YELLOW"), (date(2025, 1, 20), "RED")],
)  # fmt: skip
def test_signed_and_neither_registered_nor_started(day, light):
    rules, hold = deal_lights(day)
    signed = PipelineEvent("D", K.REACHED, date(2024, 1, 20), Stage.SIGNED)
    assert deal_light([signed], day, rules, hold=hold).light == light
