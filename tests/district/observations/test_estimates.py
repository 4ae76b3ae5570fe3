"""A unit's estimates: a layer of their own, never mixed into the official figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from wenpan.district.ground.journal.models import Entry
from wenpan.district.observations import estimates, queries
from wenpan.district.observations.actions import record_estimate
from wenpan.district.observations.models import Estimate
from wenpan.economy.time.periods import Month

pytestmark = pytest.mark.django_db


def expect(by, value="4.3", **more):
    said = {
        "indicator": "retail",
        "period": "2022-10",
        "measure": "ytd_growth",
        "value": Decimal(value),
    } | more
    return record_estimate(**said, by=by)


def asked(user) -> dict[tuple[str, str], estimates.EstimateLine]:
    return {(line.indicator, line.measure): line for line in estimates.lines(user, as_of=Month(2022, 10))}


def test_an_estimate_is_no_figure_of_the_ledger(liaison):
    expect(liaison)
    assert queries.frame().is_empty() and queries.latest_month() is None


def test_a_new_estimate_supersedes_the_old_which_stays_readable(liaison):
    expect(liaison, "4.3")
    expect(liaison, "4.6")
    first, second = Estimate.objects.order_by("pk")
    assert (first.value, second.value) == (Decimal("4.3"), Decimal("4.6"))
    assert first.superseded_at is not None and second.superseded_at is None


def test_saying_the_same_again_writes_nothing(liaison):
    expect(liaison, "4.3")
    before = Entry.objects.count()
    expect(liaison, "4.30")
    assert Estimate.objects.count() == 1 and Entry.objects.count() == before


def test_a_unit_estimates_only_what_it_leads(liaison, make_user):
    with pytest.raises(PermissionDenied):
        expect(liaison, indicator="fai")
    with pytest.raises(PermissionDenied):
        expect(make_user("analyst"))


def test_the_next_unpublished_period_is_asked_for_with_the_official_figure_beside(
    liaison, stored, make_figure
):
    stored(make_figure("retail", "5.1", period="2022-09"), make_figure("retail", "4.8", period="2022-08"))
    line = asked(liaison)["retail", "ytd_growth"]
    assert (line.period, line.period_label, line.official, line.official_period) == (
        "2022-10", "2022年1—10月", Decimal("5.1"), "2022-09",
    )  # fmt: skip


def test_after_december_comes_february_where_january_is_not_published(liaison, stored, make_figure):
    stored(make_figure("retail", "5.1", period="2022-12"))
    assert asked(liaison)["retail", "ytd_growth"].period == "2023-02"


def test_the_form_is_prefilled_with_what_was_said_last(liaison, stored, make_figure):
    expect(liaison, "4.3", period="2022-09")
    stored(make_figure("retail", "5.1", period="2022-09"))
    line = asked(liaison)["retail", "ytd_growth"]
    assert (line.period, line.value, line.sent_at) == ("2022-10", Decimal("4.3"), None)
    expect(liaison, "100", period="2022-09", measure="ytd")
    assert asked(liaison)["retail", "ytd"].value_text == "100", "not 1E+2"
    past = estimates.history(liaison)[-1]
    assert past.missed == Decimal("0.8")


def test_the_page_saves_all_or_says_what_is_no_number(client, liaison, stored, make_figure):
    stored(make_figure("retail", "5.1"))
    client.force_login(liaison)
    url = reverse("observations:estimates")
    assert "社会消费品零售总额" in client.get(url).content.decode()
    wrong = {"value:retail:ytd_growth:2022-10": "约4.3", "value:catering:ytd_growth:2022-10": "1"}
    assert "不是数" in client.post(url, wrong, follow=True).content.decode()
    assert not Estimate.objects.exists()
    right = client.post(url, {"value:retail:ytd_growth:2022-10": "４.3%"}, follow=True)
    assert "已报 1 项预计" in right.content.decode()
    assert Estimate.objects.get().value == Decimal("4.3")


@pytest.mark.parametrize("role", ["leader", "analyst", "supervisor", "auditor"])
def test_only_liaison_officers_estimate(client, make_user, role):
    client.force_login(make_user(role))
    assert client.get(reverse("observations:estimates")).status_code == 403
