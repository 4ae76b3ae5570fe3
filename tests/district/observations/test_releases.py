"""The release calendar: due, arrived with its file, late; by rules that a place may change."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from wenpan.district.observations.releases import release_calendar
from wenpan.economy.time.periods import Month
from wenpan.rules import RuleError
from wenpan.rules.releases import releases

pytestmark = pytest.mark.django_db
OCTOBER = Month(2022, 10)


def row(code, today=date(2022, 10, 19), month=OCTOBER):
    return next((r for r in release_calendar(month, today).rows if r.release.code == code), None)


def test_a_release_is_due_until_its_last_day_and_late_from_the_day_after(regions):
    states = [row("consumption", date(2022, 10, day)).state for day in (19, 20, 21)]
    assert states == ["due", "due", "late"]


def test_a_last_day_off_moves_to_the_next_working_day():
    """5 October 2022 is a holiday; the 8th is worked."""
    release = next(r for r in releases()[0] if r.code == "returns")
    from wenpan.rules.working_days import calendar

    assert release.due(Month(2022, 9), calendar()) == date(2022, 10, 8)


CONSUMPTION = ("retail", "wholesale", "retail_trade", "lodging", "catering")


def test_what_has_arrived_says_its_day_and_its_file(stored, make_figure):
    stored(*(make_figure(code) for code in CONSUMPTION), at=datetime(2022, 10, 22, 3, tzinfo=UTC))
    found = row("consumption", date(2022, 10, 25))
    assert (found.state, found.arrived, found.days_late) == ("arrived", date(2022, 10, 22), 2)
    assert len(found.files) == 1


def test_what_is_partly_there_names_what_is_missing(stored, make_figure):
    stored(make_figure("retail"), at=datetime(2022, 10, 18, tzinfo=UTC))
    found = row("consumption", date(2022, 10, 25))
    assert found.state == "late"
    assert "限上餐饮" in found.lacking and "社零" not in found.lacking


def test_figures_of_the_quarter_are_due_with_its_last_month_only(regions):
    assert row("gdp").expected == 1
    assert row("gdp", month=Month(2022, 11)) is None


def test_a_january_that_is_not_published_is_not_due(regions):
    assert row("consumption", date(2022, 2, 10), Month(2022, 2)) is None
    assert row("fiscal", date(2022, 2, 10), Month(2022, 2)).expected == 2


def test_what_is_missing_of_the_months_before_stays_in_sight(regions):
    found = release_calendar(OCTOBER, date(2022, 10, 19))
    assert {r.month for r in found.overdue if r.release.code == "consumption"} == {
        Month(2022, 6), Month(2022, 7), Month(2022, 8),
    }  # fmt: skip


def test_the_page_is_for_who_collects(regions, make_user, client):
    client.force_login(make_user("statistician"))
    assert "发布日程" in client.get("/ledger/releases/?month=2022-10").content.decode()
    client.force_login(make_user("leader"))
    assert client.get("/ledger/releases/").status_code == 403


BAD = [
    ("day: 0", "day"),
    ("day: 31", "day"),
    ("day: x", "day"),
    ("indicators: [nonsense]", "indicators"),
    ("kind: nonsense", "indicators"),
    ("colour: red", "colour"),
]


@pytest.mark.parametrize("line, key", BAD, ids=[b[0] for b in BAD])
def test_a_calendar_that_cannot_be_used_says_where_and_what(line, key, tmp_path):
    fields = {"code": "a", "name": "甲", "publisher": "统计局", "months_after": "1", "day": "3"}
    fields["indicators"] = "[retail]"
    name, value = line.split(": ")
    body = "\n".join(f"    {k}: {v}" for k, v in {**fields, name: value}.items())
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "releases.yaml").write_text(
        f"version: '1'\neffective_from: 2022-01-01\nsource: 测试\nreleases:\n  -\n{body}\n", "utf-8"
    )
    with pytest.raises(RuleError, match=key) as error:
        releases(tmp_path)
    assert "releases[1]" in str(error.value)
