"""A claim window reminds by the outbox: once a window and stage, in working hours, whom it concerns."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.district.supervision.conftest import day
from wenpan.district.firms.models import WindowNotice
from wenpan.district.firms.policies import window_pages, windows
from wenpan.district.firms.policies.actions import keep_clause
from wenpan.district.ground.journal.models import Entry
from wenpan.district.outbox.models import Message
from wenpan.district.ui.awaited import awaited_of
from wenpan.economy.policies.windows import WindowStage, stage_on
from wenpan.rules.claim_windows import claim_window_rules
from wenpan.rules.loading import RuleError

pytestmark = pytest.mark.django_db
STAGES = (
    WindowStage("opened", "开始", after_opening=0),
    WindowStage("month", "一个月", before_closing=30),
    WindowStage("last", "最后一天", before_closing=1),
)


@pytest.mark.parametrize(
    ("on", "stage"),
    [("2022-08-31", ""), ("2022-09-01", "opened"), ("2022-11-30", "opened"), ("2022-12-01", "month"),
     ("2022-12-29", "month"), ("2022-12-30", "last"), ("2022-12-31", "last"), ("2023-01-01", "")],
)  # fmt: skip
def test_a_day_asks_for_the_last_stage_that_has_come(on, stage):
    found = stage_on(date(2022, 9, 1), date(2022, 12, 31), date.fromisoformat(on), STAGES)
    assert (found.code if found else "") == stage


def test_a_window_without_an_opening_day_begins_with_its_first_countdown():
    assert stage_on(None, date(2022, 12, 31), date(2022, 11, 30), STAGES) is None
    assert stage_on(None, None, date(2022, 11, 30), STAGES) is None


def test_a_window_shorter_than_a_stage_opens_with_the_stage_that_is_later():
    """Opened on 20 December: the month's stage lies before the opening and is not said."""
    assert stage_on(date(2022, 12, 20), date(2022, 12, 31), date(2022, 12, 20), STAGES).code == "opened"


@pytest.fixture
def clause(people, units, firm):
    def keep(claim_to="2022-12-31", code="energy", condition=None, **more):
        data = {
            "code": code, "name": "用能补助", "source": "区政规〔2022〕6号", "valid_from": "2022-01-01",
            "claim_from": "2022-09-01", "claim_to": claim_to,
            "conditions": [condition or {"fact": "lists", "has": "规上工业"}],
            "support": {"fixed": 5},
        } | more  # fmt: skip
        for name in ("valid_from", "claim_from", "claim_to"):
            data[name] = date.fromisoformat(data[name]) if data[name] else None
        data = {name: value for name, value in data.items() if value is not None}
        return keep_clause(data=data, by=people["office"], office=units["zjj"], at=day("2022-08-01"))

    return keep


def told(**more) -> set[str]:
    return set(Message.objects.filter(**more).values_list("user__username", flat=True))


def test_the_office_the_unit_in_charge_and_the_towns_with_candidates_are_told_once(clause, people):
    clause()
    at = day("2022-12-01")
    assert windows.remind(at=at) == 4
    assert told() == {"office", "second", "handler", "town"}  # not the other town: no candidate there
    (town,) = Message.objects.filter(user=people["town"])
    assert "条件已具备1户" in town.text and "由主管部门认定" in town.text and town.kind == "due"
    assert windows.remind(at=at) == 0 and windows.remind(at=at + timedelta(days=3)) == 0
    notice = WindowNotice.objects.get()
    assert (notice.stage, notice.met, notice.unknown, notice.towns) == ("month", 1, 0, ["tongxi"])
    assert Entry.objects.filter(action="policies.window").count() == 1


def test_each_stage_is_told_once_and_a_new_wording_of_the_same_window_is_not_told_again(clause):
    clause()
    for on in ("2022-09-01", "2022-09-02", "2022-12-01", "2022-12-24", "2022-12-25", "2022-12-30"):
        windows.remind(at=day(on))
    assert list(WindowNotice.objects.order_by("pk").values_list("stage", flat=True)) == [
        "opened",
        "month",
        "week",
        "last",
    ]
    clause()  # version 2
    assert windows.remind(at=day("2022-12-31")) == 0


def test_a_window_that_was_prolonged_is_another_window(clause):
    clause()
    windows.remind(at=day("2022-12-30"))
    clause(claim_to="2023-01-31")
    assert windows.remind(at=day("2023-01-02")) == 4


@pytest.mark.parametrize("on", ["2022-08-31", "2023-01-01"])
def test_nothing_is_said_before_the_opening_or_after_the_end(clause, on):
    clause()
    assert windows.remind(at=day(on)) == 0


def test_words_wait_for_working_hours(clause):
    clause()
    saturday = day("2022-12-03")
    windows.remind(at=saturday)
    ready = {timezone.localtime(one.not_before) for one in Message.objects.all()}
    assert len(ready) == 1 and min(ready) > saturday and min(ready).weekday() == 0


def test_the_database_holds_one_notice_a_window_and_stage(clause):
    clause()
    windows.remind(at=day("2022-12-01"))
    values = WindowNotice.objects.values().get() | {"id": None}
    with pytest.raises(IntegrityError), transaction.atomic():
        WindowNotice.objects.create(**values)


def test_the_town_finds_it_on_its_day_and_another_town_does_not(clause, people):
    clause()
    windows.remind(at=day("2022-12-05"))

    def codes(name):
        groups = awaited_of(people[name], day("2022-12-05"), shown=5).groups
        return {group.code: group.count for group in groups if group.code == "firms-windows"}

    assert codes("town") == codes("office") == {"firms-windows": 1}
    assert codes("other") == {}


def test_the_page_says_what_is_due_and_who_was_told(clause, signed_in, today_is):
    clause()
    clause(code="next", claim_to="2023-03-31", claim_from="2022-12-20", name="设备补助")
    windows.remind(at=day("2022-12-05"))
    today_is("2022-12-05")
    office = signed_in("office")
    page = office.get("/firms/policies/windows/").content.decode()
    assert "用能补助" in page and "设备补助" not in page and "条件已具备1户" in page
    assert "设备补助" in office.get("/firms/policies/windows/?show=next").content.decode()
    assert office.get("/firms/policies/windows/?export=xlsx").content[:2] == b"PK"
    town = signed_in("town").get("/firms/policies/windows/?sort=-left&page=²").content.decode()
    assert "用能补助" in town and "条件已具备" not in town


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("{code: a, name: 甲}", "之一"),
        ("{code: a, name: 甲, after_opening: 0, before_closing: 1}", "之一"),
        ("{code: a, name: 甲, before_closing: 400}", "before_closing"),
    ],
)
def test_a_file_of_stages_that_cannot_be_used_names_what_is_wrong(tmp_path, change, said):
    folder = tmp_path / "rules" / "firm_policies"
    folder.mkdir(parents=True)
    text = f'version: "1"\neffective_from: 2022-01-01\nsource: 测试\nstages:\n  - {change}\ntell: [staff]\n'
    (folder / "windows.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=said):
        claim_window_rules(tmp_path)


@pytest.mark.parametrize(
    ("on", "closing"), [("2022-11-30", False), ("2022-12-01", True), ("2022-12-31", True)]
)
def test_a_window_is_closing_from_the_day_of_its_first_reminder_to_its_last_day(clause, on, closing):
    """31 December, first spoken of thirty days before."""
    clause()
    assert bool(window_pages.windows(date.fromisoformat(on))["closing"]) is closing
