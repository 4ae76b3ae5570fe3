"""What the pipeline tells the pool: n, interval, ratio; and when it refuses."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from wenpan.district.attraction.chain.pool_entries import expected_entries
from wenpan.district.attraction.models import Deal, DealLink
from wenpan.district.projects.models import Project
from wenpan.economy.time.periods import Month
from wenpan.rules.deals import pipeline_rule
from wenpan.rules.loading import RuleError

pytestmark = pytest.mark.django_db
MONTH = Month(2022, 9)


@pytest.fixture
def deals(staff):
    """`started` deals of 2021 that started after 100 days, `waiting` ones signed in August 2022; `linked`
    of the started with a project that plans 80 % of what was agreed."""

    def make(started=20, waiting=10, linked=20, agreed="10000"):
        for n in range(started + waiting):
            signed = date(2021, 1, 4) + timedelta(days=n) if n < started else date(2022, 8, 1)
            reached = {"signed": signed.isoformat()}
            if n < started:
                reached["started"] = (signed + timedelta(days=100)).isoformat()
            deal = Deal.objects.create(
                code=f"D{n}", name=f"项目{n}", pinyin="x", stage="started" if n < started else "signed",
                signed_on=signed, since=signed, moved_on=signed, agreed=Decimal(agreed),
                standing={"reached": reached},
            )  # fmt: skip
            if n < linked:
                project = Project.objects.create(
                    code=f"P{n}", name=deal.name, pinyin="x", planned_total=Decimal(agreed) * 8 // 10,
                    band="large", state="in_library", kind="industry",
                )  # fmt: skip
                DealLink.objects.create(deal=deal, project=project, by=staff, at="2022-09-01T09:00+08:00")

    return make


def test_starts_and_planned_totals_come_with_n_and_interval(deals):
    """All started after 100 days; those that wait since 1 August will have waited 152 by the year's end: all
    start. 10 deals × 1亿元 agreed × 0.8 planned = 8亿元."""
    deals()
    answer = expected_entries(MONTH)
    basis = answer.basis
    assert (basis.waiting, basis.history, basis.started, basis.linked) == (10, 30, 20, 20)
    assert basis.deals == (10.0, 10.0, 10.0) and basis.ratio == 0.8
    assert basis.amount == pytest.approx((80_000.0, 80_000.0, 80_000.0))
    assert answer.entries.of_deals == {str(pk) for pk in Project.objects.values_list("pk", flat=True)}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"started": 9, "waiting": 10, "linked": 9}, "招商项目只有19个可作参照，不足20个"),
        ({"started": 20, "linked": 9}, "只有9个对应了统计项目，不足10个"),
        ({"started": 20, "linked": 15}, "已开工的20个招商项目中对应了统计项目的15个，不足80%"),
    ],
)
def test_from_too_few_it_refuses_and_says_why(deals, given, why):
    deals(**given)
    answer = expected_entries(MONTH)
    assert why in answer.basis.refused
    assert answer.entries is None and answer.basis.amount is None


def test_eight_in_ten_are_enough(deals):
    deals(started=20, linked=16)
    assert expected_entries(MONTH).basis.refused == ""


def test_without_deals_it_says_nothing(db):
    assert expected_entries(MONTH) is None


def test_deals_too_small_for_the_library_are_not_asked_for_a_link(deals):
    deals(agreed="499")
    assert expected_entries(MONTH) is None


def test_a_merged_or_retracted_deal_is_not_counted_twice(deals):
    deals()
    Deal.objects.filter(code="D25").update(duplicate_of=Deal.objects.get(code="D24"))
    Deal.objects.filter(code="D26").update(retracted=True)
    assert expected_entries(MONTH).basis.waiting == 8


def test_a_share_above_one_is_refused_when_the_rule_is_read(tmp_path):
    path = tmp_path / "rules/deals/pipeline.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(
        "version: '1'\neffective_from: 2022-01-01\nsource: 本地\nleast_linked: 5\nleast_linked_share: 80\n"
        "least_amount: 500\n", "utf-8",
    )  # fmt: skip
    with pytest.raises(RuleError, match="least_linked_share"):
        pipeline_rule(tmp_path)
