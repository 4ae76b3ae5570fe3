"""The record of a reporter: due, sent, reminder served, sent after, errors by kind. Facts only."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook

from tests.district.quality.conftest import AT, SEPTEMBER
from wenpan.district.accounts.models import Unit
from wenpan.district.ground.refused import Refused
from wenpan.district.quality import rules
from wenpan.district.quality.models import ReminderServed
from wenpan.district.quality.reporters import actions, records

pytestmark = pytest.mark.django_db
DUE, SERVED, UNTIL = date(2022, 10, 10), date(2022, 10, 12), date(2022, 10, 17)


@pytest.mark.parametrize(
    ("sent", "served", "state"),
    [
        (DUE, None, rules.ON_TIME),
        (date(2022, 10, 11), None, rules.BEFORE_REMINDER),
        (date(2022, 10, 11), SERVED, rules.BEFORE_REMINDER),
        (SERVED, SERVED, rules.IN_TERM),
        (UNTIL, SERVED, rules.IN_TERM),
        (date(2022, 10, 18), SERVED, rules.AFTER_TERM),
        (None, SERVED, rules.MISSING),
    ],
)
def test_how_a_return_came_in_is_one_of_these(sent, served, state):
    until = UNTIL if served else None
    assert rules.sending_state(due=DUE, sent=sent, served=served, until=until, on=date(2022, 11, 1)) == state


def test_a_return_is_missing_only_after_its_day():
    told = {"due": DUE, "sent": None, "served": None, "until": None}
    assert rules.sending_state(**told, on=DUE) == rules.NOT_DUE
    assert rules.sending_state(**told, on=DUE + timedelta(days=1)) == rules.MISSING


@pytest.fixture
def tongxi(returned):
    return Unit.objects.get(code="tongxi")


def serve(unit, by, **changed):
    told = {"month": SEPTEMBER, "way": "letter", "served_on": SERVED, "until": UNTIL, "at": AT, **changed}
    return actions.serve_reminder(unit=unit, by=by, **told)


def of(unit, on=date(2022, 10, 20)):
    return next(row for row in records.reporter_months(SEPTEMBER, on) if row.unit == unit)


def test_a_reminder_is_served_and_stands_in_the_record(tongxi, people):
    serve(tongxi, people["office"])
    serve(tongxi, people["office"], served_on=date(2022, 10, 18), until=date(2022, 10, 21))
    row = of(tongxi)
    assert [(one.number, one.served_on) for one in row.served] == [(1, SERVED), (2, date(2022, 10, 18))]
    assert row.first_reminder == SERVED


def test_errors_stand_by_kind_and_those_of_last_month_too_are_repeat_errors(tongxi, people, accepted, files):
    row = of(tongxi)
    assert dict(row.errors) == {"自开始建设累计等于上年末自开始累计与本年自年初累计之和": 1}
    assert (row.hard, row.repeated) == (1, 0)
    accepted(files.returns("2022-08", ["P1", "桐溪智造园", 2500.0, 900.0, "在建", "", ""]))
    assert of(tongxi).repeated == 1


def test_what_came_in_the_offices_own_table_says_nothing_of_when_the_unit_sent_it(tongxi):
    row = of(tongxi)
    assert (row.by_list, row.sent, row.state) == (True, date(2022, 10, 10), rules.LISTED)
    assert not row.late


def test_a_letter_that_was_answered_late_is_counted(letter, tongxi, people):
    assert (of(tongxi).letters, of(tongxi).letters_late) == (1, 0)
    assert of(tongxi, date(2022, 10, 26)).letters_late == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"served_on": date(2022, 10, 19)},  # after today
        {"served_on": date(2022, 10, 1)},  # not due yet
        {"until": date(2022, 10, 11)},
        {"way": "fax"},
    ],
)
def test_what_is_no_reminder_is_refused(tongxi, people, changed):
    with pytest.raises(Refused):
        serve(tongxi, people["office"], **changed)
    assert not ReminderServed.objects.exists()


def test_only_the_statistics_office_serves_reminders(tongxi, people):
    with pytest.raises(PermissionDenied):
        serve(tongxi, people["town"])


def test_pages_and_exports_show_the_facts_and_a_unit_its_own_only(tongxi, people, client):
    client.force_login(people["office"])
    page = client.get("/quality/reporters/?month=2022-09").content.decode()
    assert "桐溪镇" in page and "重复差错" in page and "处罚" in page
    sheet = client.get("/quality/reporters/?month=2022-09&export=xlsx")
    heads = [cell.value for cell in load_workbook(io.BytesIO(sheet.content)).active[1]]
    assert {"应报", "实报", "催报送达", "硬性差错", "重复差错"} <= set(heads)
    client.force_login(people["town"])
    assert client.get(f"/quality/reporters/{tongxi.pk}/").status_code == 200
    assert client.get("/quality/reporters/").status_code == 403
    client.force_login(people["other"])
    assert client.get(f"/quality/reporters/{tongxi.pk}/").status_code == 404


def test_the_office_serves_a_reminder_from_the_units_page(tongxi, people, client):
    client.force_login(people["office"])
    form = {"month": "2022-09", "way": "phone", "served_on": str(SERVED), "until": str(UNTIL)}
    client.post(f"/quality/reporters/{tongxi.pk}/remind/", form)
    assert ReminderServed.objects.get().way == "phone"
    assert "电话" in client.get(f"/quality/reporters/{tongxi.pk}/").content.decode()
