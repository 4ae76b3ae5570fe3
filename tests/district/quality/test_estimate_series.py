"""Month-end estimates with the day they were made: signed error, direction, against naive, own interval.

商务局 leads retail. Published: August 3.0 (18 Sept), September 5.0 (18 Oct).
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.district.observations.conftest import (  # noqa: F401  (fixtures)
    commerce,
    figure,
    liaison,
    statistician,
    stored,
)
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused
from wenpan.district.meetings.estimators import estimators
from wenpan.district.observations import queries as ledger
from wenpan.district.observations.actions import record_estimate
from wenpan.district.quality.estimates import actions, pasted, queries
from wenpan.district.quality.models import EarlierEstimate

pytestmark = pytest.mark.django_db
NAMES = {"社零": "retail"}


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def published(stored):  # noqa: F811
    stored(figure(value="3.0", period="2022-08"), at=at("2022-09-18T04:00"))
    stored(figure(value="5.0", period="2022-09"), at=at("2022-10-18T04:00"))


def expect(by, value, period="2022-09", on="2022-10-05T02:00"):
    return record_estimate(
        indicator="retail", period=period, measure="ytd_growth", value=Decimal(value), by=by, at=at(on)
    )


def lines(text):
    found, wrong = pasted.read(text, NAMES)
    assert wrong == []
    return found


def test_the_last_estimate_before_the_release_is_judged_by_sign_direction_and_naive(published, liaison):  # noqa: F811
    expect(liaison, "4.0", on="2022-10-05T02:00")
    expect(liaison, "5.5", on="2022-10-12T02:00")
    expect(liaison, "5.0", on="2022-10-18T05:00")  # on the day of release: no estimate any more
    (series,) = queries.estimate_series()
    (one,) = series.record.outcomes
    assert (one.estimate, one.released, one.error) == (5.5, 5.0, 0.5)
    assert (one.naive_error, one.direction_right) == (-2.0, True)
    assert [day for _p, day, _v, _l in series.made] == [
        date(2022, 10, 18),
        date(2022, 10, 12),
        date(2022, 10, 5),
    ]


def test_a_revision_later_does_not_change_how_the_estimate_came_out(published, liaison, stored):  # noqa: F811
    expect(liaison, "4.0")
    stored(figure(value="9.0", period="2022-09"), at=at("2022-12-18T04:00"))
    (series,) = queries.estimate_series()
    assert series.record.outcomes[0].released == 5.0


def test_an_interval_is_given_from_six_of_the_own_errors_on(stored, liaison):  # noqa: F811
    rows = []
    for n in range(1, 8):
        day = date(2022, n, 15)
        rows.append(f"社零,2022-{n:02},{5 + n % 2},{day},月度会材料")
    actions.bring_in_estimates(lines=lines("\n".join(rows)), by=liaison, at=at("2022-09-01T02:00"))
    for n in range(1, 7):
        if n == 6:
            (before,) = queries.estimate_series()
            assert (before.next.low, before.lacking) == (None, 1)
        stored(figure(value="5.0", period=f"2022-{n:02}"), at=at(f"2022-{n + 1:02}-18T04:00"))
    (series,) = queries.estimate_series()
    assert len(series.record.outcomes) == 6
    assert (series.next.period, series.next.value) == ("2022-07", 6.0)
    assert (series.next.low, series.next.high) == (5.0, 6.0), "errors were 1, 0, 1, 0, 1, 0"
    (told,) = estimators({"retail"}, date(2022, 9, 30))  # what the meeting's memo says of the same series
    assert (told.n, told.mean_error, told.naive) == (6, "+0.50", "0.00")
    assert told.coming == "2022-07预计6.00，八成落在5.00至6.00"
    assert estimators({"fai"}, date(2022, 9, 30)) == []


def test_as_known_on_a_day_leaves_out_what_came_later(published, liaison):  # noqa: F811
    expect(liaison, "4.0")
    assert queries.estimate_series(on=date(2022, 10, 4)) == []
    (series,) = queries.estimate_series(on=date(2022, 10, 17))
    assert (series.record.outcomes, series.next.period) == ((), "2022-09")
    assert queries.estimate_series(on=date(2022, 10, 18))[0].record.outcomes


def test_a_unit_sees_its_own_series_and_the_meeting_all(published, liaison, make_user):  # noqa: F811
    expect(liaison, "4.0")
    assert len(queries.estimate_series(make_user("leader"))) == 1
    assert queries.estimate_series(make_user("liaison", username="else")) == []


def test_earlier_estimates_are_brought_in_marked_and_are_no_figures(published, liaison):  # noqa: F811
    stamp = ledger.stamp()
    given = lines("指标,期间,预计值,作出日期,出处\n社零\t2022-08\t4.2\t2022-09-05\t月度会材料")
    assert actions.bring_in_estimates(lines=given, by=liaison, at=at("2022-11-01T02:00")) == 1
    assert actions.bring_in_estimates(lines=given, by=liaison, at=at("2022-11-01T02:00")) == 0
    (series,) = queries.estimate_series()
    assert series.made == (("2022-08", date(2022, 9, 5), 4.2, True),)
    assert ledger.stamp() == stamp
    other = lines("社零,2022-08,4.4,2022-09-05,月度会材料")
    with pytest.raises(Refused, match="另一个数"):
        actions.bring_in_estimates(lines=other, by=liaison, at=at("2022-11-01T02:00"))
    ahead = lines("社零,2022-12,4.4,2022-11-02,月度会材料")
    with pytest.raises(Refused, match="晚于今天"):
        actions.bring_in_estimates(lines=ahead, by=liaison, at=at("2022-11-01T02:00"))
    assert EarlierEstimate.objects.count() == 1


def test_only_a_unit_brings_in_and_only_for_what_it_leads(liaison, make_user):  # noqa: F811
    given = lines("社零,2022-08,4.2,2022-09-05,月度会材料")
    with pytest.raises(PermissionDenied):
        actions.bring_in_estimates(lines=given, by=make_user("analyst"))
    foreign, _wrong = pasted.read("投资,2022-08,4.2,2022-09-05,x", {"投资": "fai"})
    with pytest.raises(NotYours):
        actions.bring_in_estimates(lines=foreign, by=liaison)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("社零,2022-08,4.2,2022-09-05", "五列"),
        ("工业,2022-08,4.2,2022-09-05,x", "没有指标"),
        ("社零,8月,4.2,2022-09-05,x", "期间"),
        ("社零,2022-08,约4,2022-09-05,x", "不是数"),
        ("社零,2022-08,nan,2022-09-05,x", "不是数"),
        ("社零,2022-08,4.2,9月5日,x", "日期"),
        ("社零,2022-08,4.2,2022-09-05, ", "出处"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_number(line, words):
    found, (wrong,) = pasted.read("\n" + line, NAMES)
    assert found == [] and words in wrong and "第2行" in wrong


def test_the_page_shows_the_series_and_takes_pasted_lines(published, liaison, make_user, client):  # noqa: F811
    client.force_login(liaison)
    client.post("/quality/estimates/bring-in/", {"lines": "retail,2022-09,4.0,2022-10-05,月度会材料"})
    page = client.get("/quality/estimates/").content.decode()
    assert "补录" in page and "平均偏差-1.00" in page
    assert client.get("/quality/estimates/?export=xlsx").status_code == 200
    client.post("/quality/estimates/bring-in/", {"lines": "retail,x"})
    assert EarlierEstimate.objects.count() == 1
    client.force_login(make_user("leader"))
    assert "平均偏差" in client.get("/quality/estimates/").content.decode()
