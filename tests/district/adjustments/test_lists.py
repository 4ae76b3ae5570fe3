"""Lists of the place: units, posts, leaders in charge, days off; proposed by one, in force by another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.district.adjustments.listed import added, changed, line, today
from wenpan import rules
from wenpan.district.accounts.models import Unit
from wenpan.district.adjustments import actions, work
from wenpan.district.adjustments.models import Adjustment
from wenpan.district.adjustments.registers.actions import propose_rows
from wenpan.district.adjustments.registers.base import RowChange
from wenpan.district.adjustments.registers.known import register_of
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.observations.place import sync_place
from wenpan.district.supervision.models import Charge
from wenpan.rules import office
from wenpan.rules.working_days import calendar

pytestmark = pytest.mark.django_db


def test_a_unit_is_called_otherwise_from_its_day_on_and_its_old_name_is_still_read(listed, one, other):
    day = today() + timedelta(days=10)
    made = changed("units", "swj", one, day, name="安禾区商务和投资局", short_name="商投局")
    assert Unit.objects.get(code="swj").short_name == "商务局"
    actions.put_in_force(adjustment=made, by=other)
    assert Unit.objects.get(code="swj").short_name == "商务局"  # not yet its day
    sync_place(listed, on=day)
    unit = Unit.objects.get(code="swj")
    assert (unit.name, unit.short_name) == ("安禾区商务和投资局", "商投局")
    assert {"商务局", "安禾区商务局", "区商务局"} <= set(unit.aliases)
    assert rules.place().units[0].name == "安禾区商务局"  # the first name stays where it stands


def test_a_unit_is_added_put_under_another_ended_and_merged(listed, one, other):
    row = {"code": "tzj", "name": "安禾区投资局", "short_name": "投资局",
           "kind": "department", "parent": "swj",
           "order": "9", "aliases": "", "active_from": "", "active_to": "", "successor": ""}  # fmt: skip
    actions.put_in_force(
        adjustment=propose_rows(
            register=register_of("units"),
            changes=[RowChange("tzj", None, row)],
            since=today(),
            reason="x",
            by=one,
        ),
        by=other,
    )
    new = Unit.objects.get(code="tzj")
    assert (new.parent.code, new.active_from) == ("swj", today())
    made = changed("units", "tzj", one, active_to=today().isoformat(), successor="swj")
    actions.put_in_force(adjustment=made, by=other)
    new.refresh_from_db()
    assert (new.active_to, new.successor.code) == (today(), "swj")
    assert [e.action for e in Entry.objects.filter(subject=f"setting:{made.pk}").order_by("sequence")] == [
        "settings.proposed",
        "settings.put_in_force",
    ]


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"name": "安禾区财政局"}, "name"),
        ({"parent": "swj"}, "parent"),
        ({"successor": "czj"}, "active_to"),
        ({"active_from": "2026-01-02", "active_to": "2026-01-01"}, "active_to"),
    ],
)
def test_what_a_unit_may_not_be_is_said_at_its_column(listed, one, values, column):
    with pytest.raises(ValidationError) as refusal:
        changed("units", "swj", one, **values)
    assert column in refusal.value.message_dict


def test_units_are_not_above_each_other_in_a_circle(listed, one, other):
    actions.put_in_force(adjustment=changed("units", "swj", one, parent="czj"), by=other)
    with pytest.raises(ValidationError, match="上下级"):
        changed("units", "czj", one, parent="swj")


def test_a_change_that_is_not_of_a_name_is_not_promised_for_a_day_to_come(listed, one):
    with pytest.raises(ValidationError, match="日期填今天"):
        changed("units", "swj", one, today() + timedelta(days=1), kind="park")


def test_the_second_proposal_of_a_line_waits_and_a_changed_line_is_not_overwritten(listed, one, other):
    first = changed("units", "swj", one, kind="park")
    with pytest.raises(ValidationError, match="待审定"):
        changed("units", "swj", other, kind="town")
    bulk = propose_rows(
        register=register_of("units"),
        changes=[RowChange(k, line("units", k), {**line("units", k), "order": "7"}) for k in ("swj", "czj")],
        since=today(), reason="排序", by=one,
    )  # fmt: skip
    actions.put_in_force(adjustment=first, by=other)
    with pytest.raises(Refused, match="刚被改过"):
        actions.put_in_force(adjustment=bulk, by=other)
    bulk.refresh_from_db()
    assert bulk.state == "open"


def test_a_following_proposal_brings_back_what_was(listed, one, other):
    made = changed("units", "swj", one, kind="park")
    actions.put_in_force(adjustment=made, by=other)
    with pytest.raises(Refused, match="另一人"):
        actions.put_in_force(adjustment=actions.propose_back(adjustment=made, reason="误改", by=one), by=one)
    back = Adjustment.objects.get(state="open")
    actions.put_in_force(adjustment=back, by=other)
    assert Unit.objects.get(code="swj").kind == "department"


@pytest.mark.parametrize(
    ("code", "role", "may"),
    [
        ("units", "system_admin", True), ("units", "supervisor", False), ("units", "security_admin", False),
        ("posts", "system_admin", True), ("leaders", "supervisor", True), ("leaders", "analyst", False),
        ("leaders", "system_admin", False), ("days-off-2026", "system_admin", False),
    ],
)  # fmt: skip
def test_who_may_propose_which_list(listed, make_user, code, role, may):
    register = register_of(code.replace("2026", str(today().year)))
    user = make_user(role)
    try:
        propose_rows(register=register, changes=[], since=today(), reason="x", by=user)
    except PermissionDenied:
        assert not may
    except ValidationError:
        assert may


def test_the_leader_in_charge_is_proposed_by_the_office_and_put_in_force_by_its_head(
    listed, make_user, other
):
    clerk, leader = make_user("supervisor", username="clerk"), make_user("leader", username="deputy")
    day = today() + timedelta(days=3)
    now = changed("leaders", "swj", clerk, leader="deputy")
    actions.put_in_force(adjustment=now, by=other)
    assert Charge.objects.get().leader == leader
    later = changed("leaders", "swj", clerk, day, leader="")
    actions.put_in_force(adjustment=later, by=other)
    assert Charge.objects.count() == 1  # not yet
    assert office.in_charge(day) == ()
    assert office.in_charge(today())[0].leader == "deputy"


def test_posts_and_telephones_stand_beside_the_unit(listed, one, other):
    from wenpan.district.ui.responsible import contacts_of_units

    actions.put_in_force(
        adjustment=added("posts", one, unit="swj", post="主要负责人", name="何晓", telephone="0571-88001234"),
        by=other,
    )
    (found,) = contacts_of_units()["swj"]
    assert (found.post, found.name, found.dial) == ("主要负责人", "何晓", "057188001234")
    with pytest.raises(ValidationError) as refusal:
        added("posts", one, unit="swj", post="联络员", name="方", telephone="打不通")
    assert "telephone" in refusal.value.message_dict


def test_days_off_hold_from_tomorrow_on_and_a_day_gone_by_stays(listed, one, other):
    year = today().year + 1
    code, monday = f"days-off-{year}", date(year, 6, 1)
    while monday.weekday():
        monday += timedelta(days=1)
    saturday = monday + timedelta(days=5)
    assert calendar().is_working_day(monday)
    for first, kind in ((monday, "holidays"), (saturday, "workdays")):
        made = added(code, one, first=first.isoformat(), kind=kind)
        actions.put_in_force(adjustment=made, by=other)
    assert not calendar().is_working_day(monday)
    assert calendar().is_working_day(saturday)
    assert not calendar().is_working_day(date(2022, 10, 3))  # years that only ours has still hold
    with pytest.raises(ValidationError, match="已经过去"):
        added(f"days-off-{today().year}", one, first=today().isoformat(), kind="holidays")
    with pytest.raises(ValidationError, match="重叠"):
        sunday = monday - timedelta(days=1)
        added(code, one, first=sunday.isoformat(), last=saturday.isoformat(), kind="workdays")


def test_a_change_of_today_is_not_lost_in_a_version_that_begins_later(listed, one, other):
    day = today() + timedelta(days=5)
    row = {"post": "主要负责人", "telephone": ""}
    actions.put_in_force(adjustment=added("posts", one, day, unit="swj", name="后任", **row), by=other)
    actions.put_in_force(adjustment=added("posts", one, unit="czj", name="今天", **row), by=other)
    assert [r.name for r in office.post_holders(today())] == ["今天"]
    assert {r.name for r in office.post_holders(day)} == {"今天", "后任"}


def test_what_is_to_come_is_brought_back_before_its_day(listed, one, other):
    day = today() + timedelta(days=5)
    made = changed("units", "swj", one, day, name="新局", short_name="新局")
    actions.put_in_force(adjustment=made, by=other)
    back = actions.propose_back(adjustment=made, reason="方案未批", by=one)
    actions.put_in_force(adjustment=back, by=other)
    sync_place(listed, on=day)
    assert Unit.objects.get(code="swj").short_name == "商务局"


def test_the_day_begins_by_itself(listed, one, other):
    made = changed("units", "swj", one, name="新局", short_name="新局")
    actions.put_in_force(adjustment=made, by=other)
    assert Unit.objects.get(code="swj").short_name == "新局"
    assert work.begin({}, lambda *_a: None) == {"described": True, "leaders": 0}
