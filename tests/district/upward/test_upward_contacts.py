"""对上衔接: what an indicator's owner learned above, when the next contact is due; no figure asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.district.observations.conftest import commerce, liaison  # noqa: F401  (fixtures)
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused
from wenpan.district.meetings.estimators import contacts
from wenpan.district.upward import actions, queries, today
from wenpan.district.upward.models import UpwardContact
from wenpan.district.upward.rules import upward_rules

pytestmark = pytest.mark.django_db
ON, AT = date(2022, 10, 18), datetime(2022, 10, 18, 2, tzinfo=UTC)


@pytest.fixture
def regions(db):
    from wenpan.district.observations.actions import sync_regions

    sync_regions(
        regions=[{"code": "anhe", "name": "安禾区", "home": True}],
        city={"code": "n", "name": "宁澜市"},
        by=None,
    )


@pytest.fixture
def owner(liaison):  # noqa: F811
    """商务局 leads retail."""
    return liaison


def note(by, **changed):
    told = {"indicator": "retail", "on": ON, "way": "phone", "department": "市商务局", "person": "周",
            "method": "网零按属地核算", "at": AT, **changed}  # fmt: skip
    return actions.note_contact(by=by, **told)


def test_what_was_learned_is_kept_and_the_next_contact_follows_the_rule(owner):
    made = note(owner, release_day=date(2022, 10, 24), city_expected="全市预计6%左右")
    assert made.next_on == ON + timedelta(days=upward_rules().every_days)
    (found,) = [n for n in queries.upward_notes(ON) if n.contact]
    assert [(one.kind, one.words) for one in found.learned] == [
        ("发布日期", "2022-10-24"),
        ("全市预计", "全市预计6%左右"),
        ("方法", "网零按属地核算"),
    ]


def test_the_next_contact_awaits_the_owner_from_its_day_on(owner, make_user):
    note(owner, next_on=date(2022, 10, 25))

    def waits(user, day):
        groups = today.groups(user, datetime(2022, 10, day, 2, tzinfo=UTC), 5)
        return [(item.due, item.light) for group in groups for item in group.items]

    assert waits(owner, 24) == []
    assert waits(owner, 25) == [(date(2022, 10, 25), "")]
    assert waits(owner, 26) == [(date(2022, 10, 25), "RED")]
    assert waits(make_user("analyst"), 26) == [], "it is the owner's to do"


def test_the_memo_of_a_meeting_says_what_was_learned_and_when_the_next_contact_is_due(owner):
    row = note(owner)
    (told,) = contacts({"retail", "fai"}, row.on)
    assert (told.name, told.department, told.next_on) == ("社零", row.department, row.next_on)
    assert row.method in told.learned and not told.late
    assert contacts({"retail"}, row.next_on + timedelta(days=1))[0].late
    assert contacts({"retail"}, row.on - timedelta(days=1)) == [], "known on the day"


def test_a_newer_contact_takes_the_place_of_the_older_which_stays_readable(owner):
    note(owner, next_on=date(2022, 10, 25))
    note(owner, on=date(2022, 10, 17), method="旧", next_on=date(2022, 10, 20))
    assert queries.due(owner, date(2022, 10, 24)) == []
    assert UpwardContact.objects.count() == 2
    (then,) = [n for n in queries.upward_notes(date(2022, 10, 17)) if n.contact]
    assert then.contact.method == "旧", "as it was known that day"


@pytest.mark.parametrize(
    "changed",
    [
        {"method": "请调高0.3个点"},
        {"method": "", "other": "争取核定 6%"},
        {"city_expected": "希望 上调"},
        {"counterpart": "李处，请予照顾"},
        {"method": " "},
        {"on": date(2022, 10, 19)},
        {"next_on": ON},
        {"way": "fax"},
        {"department": ""},
    ],
)
def test_what_asks_for_a_figure_or_says_nothing_is_refused(owner, changed):
    with pytest.raises(Refused):
        note(owner, **changed)
    assert not UpwardContact.objects.exists()


def test_only_the_owner_or_the_office_notes_and_a_unit_only_for_what_it_leads(owner, make_user):
    with pytest.raises(NotYours):
        note(owner, indicator="fai")
    with pytest.raises(PermissionDenied):
        note(make_user("leader"))
    assert note(make_user("statistician"), indicator="retail").unit == owner.unit


def test_there_is_no_column_for_a_figure():
    kinds = {field.get_internal_type() for field in UpwardContact._meta.get_fields()}
    assert not kinds & {"DecimalField", "FloatField", "IntegerField"}


def test_the_owner_notes_on_the_page_and_it_stands_beside_the_indicator(owner, regions, make_user, client):
    client.force_login(owner)
    client.post("/upward/note/", {
        "indicator": "retail", "on": "2022-10-18", "way": "meeting", "department": "市统计局", "person": "周",
        "basis_change": "批发业改按新名录", "release_day": "", "next_on": "",
    })  # fmt: skip
    assert "批发业改按新名录" in client.get("/upward/").content.decode()
    assert client.get("/upward/?export=xlsx").status_code == 200
    assert "批发业改按新名录" in client.get("/indicators/retail/").content.decode()
    client.force_login(make_user("liaison", username="else"))
    assert "批发业改按新名录" not in client.get("/upward/").content.decode()


def test_on_the_sheet_of_the_week_a_contact_is_one_sentence_with_the_rest_as_last_time(owner):
    from wenpan.district.supervision.burden.queries import burden
    from wenpan.district.upward.on_sheet import questions
    from wenpan.economy.time.periods import Month

    note(owner, counterpart="流通处", next_on=date(2022, 10, 30), at=AT)
    monday, friday = datetime(2022, 10, 24, 2, tzinfo=UTC), datetime(2022, 10, 28, 2, tzinfo=UTC)
    assert questions(owner, AT) == () and len(questions(owner, monday)) == 1, "due by Sunday"
    (line,) = questions(owner, friday)
    assert "流通处" in line.note and "网零按属地核算" in line.note
    made = line.write("全市预计增长4%左右；样本轮换", friday)
    assert (made.department, made.way, made.counterpart) == ("市商务局", "phone", "流通处")
    assert (made.city_expected, made.other) == ("全市预计增长4%左右", "样本轮换")
    with pytest.raises(Refused, match="不是了解情况"):
        line.write("请调高0.3个点", friday)
    assert questions(owner, friday) == ()
    (unit,) = burden(Month(2022, 10), date(2022, 10, 31)).units
    told = {code: n for code, n in unit.times.items() if n}
    assert told == {"upward_note": 1, "upward_with_sheet": 1, "sheet_opened": 1}
    assert (unit.fields, unit.minutes) == (3, 3.5)
