"""What no calendar has is never silently a date or a weekday: no deadline, and a doubt with the words."""

from __future__ import annotations

from datetime import date

import pytest

from wenpan.documents.orders.deadlines import find
from wenpan.documents.orders.propose import propose
from wenpan.economy.time.calendars import Calendar
from wenpan.rules import load_yaml

ON = date(2022, 10, 14)  # a Friday
CALENDAR = Calendar.from_data(load_yaml("calendars/china")[0])

NEVER = (
    "2月30日前", "2月30日", "二月三十日前", "2023年2月30日前", "4月31日前", "6月31号前", "9月31日前",
    "11月31日", "11月31日前", "10月32日前", "10月0日前", "13月5日前", "13月底前", "十三月底前",
    "2022年13月5日前", "0月5日前",
    "32日前", "本月32日前", "下月31日前", "2022.13.5前", "2022.2.30前", "2022-11-31", "2.30前", "每周八",
    "每周八前", "每周八下班前", "每周一、周八", "周八前", "周七前", "本周八前", "下周七", "星期八前",
    "每月32日前", "每月5日、32日前", "每年2月30日前", "10月20日25时前", "10月20日17:75前", "今天25时前",
    "10月20日二十五时前", "11月8日(周八)前", "11月1日至31日", "11月31日至12月5日", "11月31日、12月10日前",
    "11月10日、12月32日前",
)  # fmt: skip
SENTENCE = "区住建局要在{}完成危房整改并报区政府办。"


def read(words, on=ON):
    (found,) = find(f"区住建局要在{words}完成整改", on=on, calendar=CALENDAR)
    return found


@pytest.mark.parametrize("words", NEVER)
def test_words_of_no_day_give_no_day(words):
    found = read(words)
    assert (found.text, found.kind, found.date, found.recurrence) == (words, "impossible", None, "")


@pytest.mark.parametrize("words", NEVER)
def test_the_proposal_leaves_the_deadline_empty_and_says_why(words):
    (proposal,) = propose([SENTENCE.format(words)], on=ON, calendar=CALENDAR)
    assert (proposal.deadline, proposal.recurrence, proposal.deadline_text) == (None, "", words)
    assert f"时限“{words}”在日历上没有, 请核对原文" in proposal.questions


def test_a_wrong_day_beside_a_right_one_is_asked_about():
    found = propose(["区住建局要在11月10日前完成危房排查，2月30日前完成整改。"], on=ON, calendar=CALENDAR)
    assert {p.deadline for p in found} <= {date(2022, 11, 10), None}
    assert any("时限“2月30日前”在日历上没有, 请核对原文" in p.questions for p in found)


@pytest.mark.parametrize(
    ("words", "doubt"),
    [
        (
            "11月8日（周三）前",
            "时限“11月8日（周三）前”中的“周三”与日期不符, 2022年11月8日是星期二, 请核对原文",
        ),
        ("11月8日（周二）前", ""),
    ],
)
def test_a_weekday_of_another_day_is_asked_about(words, doubt):
    (proposal,) = propose([SENTENCE.format(words)], on=ON, calendar=CALENDAR)
    assert proposal.deadline == date(2022, 11, 8)
    assert [question for question in proposal.questions if "不符" in question] == [doubt] * bool(doubt)


@pytest.mark.parametrize(
    ("words", "on", "expected"),
    [
        ("2023年2月28日前", ON, "2023-02-28"),
        ("2023年2月29日前", ON, None),
        ("2024年2月28日前", ON, "2024-02-28"),
        ("2024年2月29日前", ON, "2024-02-29"),
        ("2024年2月30日前", ON, None),
        ("2月28日前", ON, "2023-02-28"),
        ("2月29日前", ON, None),  # the next February is that of 2023
        ("2月29日前", date(2023, 10, 13), "2024-02-29"),
        ("2月29日前", date(2024, 2, 29), "2024-02-29"),
        ("2月29日前", date(2024, 3, 1), None),
        ("4月30日前", ON, "2023-04-30"),
        ("4月31日前", ON, None),
        ("12月31日前", ON, "2022-12-31"),
        ("31日前", ON, "2022-10-31"),
        ("31日前", date(2022, 11, 14), None),
        ("10月20日24时前", ON, "2022-10-20"),
        ("10月20日24时01分前", ON, None),
        ("10月20日17:59前", ON, "2022-10-20"),
        ("下周日前", ON, "2022-10-23"),
        ("下周天前", ON, "2022-10-23"),
        ("下周七前", ON, None),
        ("下周八前", ON, None),
    ],
)
def test_the_last_day_of_a_month_and_the_day_after_it(words, on, expected):
    found = read(words, on)
    assert (None if found.date is None else str(found.date)) == expected
    assert (found.kind == "impossible") is (expected is None)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("每月5日、20日前", "monthly:5,20"), ("每月5日和20日", "monthly:5,20"),
        ("每月5、20日前", "monthly:5,20"),
        ("每月20日、5日前", "monthly:5,20"), ("每月1日、11日、21日前", "monthly:1,11,21"),
        ("每月5日和每月20日前", "monthly:5,20"), ("每月31日前", "monthly:31"), ("每周一、周四", "weekly:1,4"),
        ("每周一、四下班前", "weekly:1,4"), ("每周日", "weekly:7"), ("每周天", "weekly:7"),
    ],
)  # fmt: skip
def test_a_rhythm_keeps_every_day_that_is_named(words, code):
    found = read(words)
    assert (found.text, found.kind, found.recurrence) == (words, "recurring", code)


@pytest.mark.parametrize("words", ["每周八次", "每周七天", "每周八小时"])
def test_a_number_of_times_is_no_weekday(words):
    found = find(f"区住建局要{words}巡查", on=ON, calendar=CALENDAR)
    assert [d.recurrence for d in found] == ["weekly"]


def test_45_days_are_a_length_of_time():
    assert read("45日内").date == date(2022, 11, 28)
