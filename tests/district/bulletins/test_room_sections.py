"""What other rooms tell in the analysis: the numbers of their own page, registered as facts, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests.documents.papers.test_wording_briefing import given
from wenpan.district.firms.requests import paper_section as requests
from wenpan.district.firms.requests.queries import ServiceReport
from wenpan.district.fiscal.page import paper_section as fiscal
from wenpan.district.fiscal.page.queries import RefundPlace
from wenpan.district.supports import paper_section as supports
from wenpan.district.ui.paper_sections import sections_of
from wenpan.documents.papers.briefing.compose import compose
from wenpan.documents.papers.briefing.room_sections import RoomSection
from wenpan.documents.papers.paper import block_text
from wenpan.economy.requests.counts import ServiceCounts, durations
from wenpan.economy.time.periods import Month

SEPTEMBER = Month(2022, 9)
COUNTS = ServiceCounts(
    received=41, valid=38, answered=36, checked=35, solved=30, cannot=2, explained=1, withdrawn=1, open=3,
    late=2, called_back=20, satisfied=19, reopened=0,
)  # fmt: skip
REPORT = ServiceReport(date(2022, 9, 1), date(2022, 9, 30), COUNTS, (), (), "", "", durations([]))


def told(*parts):
    """The paper with a section of these paragraphs: its words and its facts."""
    section = RoomSection("某项", tuple(tuple(one) for one in parts if one))
    paper, register = compose(given(rooms=(section,)))
    return "\n".join(block_text(block) for block in paper.blocks), register.facts


def test_requests_are_the_service_reports_own_counts():
    words, facts = told(requests._counts(REPORT), requests._rates(REPORT))
    assert (
        "9月1日至9月30日登记企业诉求41件，有效38件，已答复36件，解决30件，无法办理2件，在办3件，超期2件。"
        in words
    )
    assert "解决率78.9%（按有效诉求38件计），回访满意率95.0%（按有效回访20件计）。" in words
    assert facts["requests/received"].shown == "41"


@pytest.mark.parametrize(("valid", "said"), [(4, False), (5, True)])
def test_a_rate_from_four_is_not_said(valid, said):
    few = replace(REPORT, counts=replace(COUNTS, valid=valid, solved=3, called_back=2, satisfied=2))
    assert bool(requests._rates(few)) is said


@pytest.mark.parametrize(
    ("name", "ahead", "words"),
    [
        ("年初预算", 2.4, "一般公共预算收入完成年初预算的77.4%，快于时序进度2.4个百分点。"),
        ("第1次调整", -2.0, "一般公共预算收入完成第1次调整预算的77.4%，慢于时序进度2.0个百分点。"),
        ("年初预算", None, "一般公共预算收入完成年初预算的77.4%。"),
    ],
)
def test_the_budget_in_force_is_told(name, ahead, words):
    page = SimpleNamespace(budgets=(SimpleNamespace(name=name, percent=77.4, ahead=ahead),))
    assert words in told(fiscal._budget(page))[0]


def test_a_budget_without_a_figure_is_not_told():
    page = SimpleNamespace(budgets=(SimpleNamespace(name="年初预算", percent=None, ahead=None),))
    assert fiscal._budget(page) == [] and fiscal._budget(SimpleNamespace(budgets=())) == []


def test_a_place_of_refunds_is_withheld_where_too_few_are_known():
    assert (
        "留抵退税减少当年收入6.50亿元，在10个已知的地区中居第1位。"
        in told(fiscal._refunds(RefundPlace(6.5, 1, 10, 10)))[0]
    )
    assert "居第" not in told(fiscal._refunds(RefundPlace(6.5, None, 3, 10)))[0].split("留抵退税减少")[1][:20]


def test_a_gap_of_a_support_is_told_with_its_interval_and_its_unit():
    line = SimpleNamespace(
        industry="construction", name="建筑业", indicator_name="建筑业总产值", gap=6.9,
        gap_pull=(0.1, 0.25, 0.4), duty=SimpleNamespace(unit=SimpleNamespace(short_name="住建局")),
    )  # fmt: skip
    words, _facts = told([*supports._gap(line), "。"])
    assert (
        "建筑业总产值（住建局）补齐与目标的差距6.9个百分点，可带动地区生产总值约0.25个百分点（区间0.10至0.40）。"
        in words
    )


@pytest.mark.django_db
def test_rooms_that_know_nothing_of_the_month_tell_nothing():
    assert sections_of(SEPTEMBER, timezone.now()) == ()
