"""撤销 of acts for many: by who did them, soon after, before anybody went on; the log keeps both."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import translation

from tests.district.supervision.conftest import day
from wenpan.district import supervision
from wenpan.district.checkup.queries import matrix
from wenpan.district.ground.journal.models import Entry
from wenpan.district.outbox.models import Delivery, Envelope, Message
from wenpan.district.supervision import actions
from wenpan.district.supervision.awaiting.dates import dated
from wenpan.district.supervision.bulletin_input.queries import bulletin
from wenpan.district.supervision.escalation.actions import escalate
from wenpan.district.supervision.log import policy, soundness
from wenpan.district.supervision.log.event_log import state_of
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.matters.actions import undoing
from wenpan.district.supervision.matters.actions.batches import act_on_many
from wenpan.district.supervision.matters.actions.drafting import draft_by_hand
from wenpan.district.supervision.matters.actions.undoing import take_back_many
from wenpan.district.supervision.matters.queries.matter_page import page_of
from wenpan.district.supervision.models import Matter, Notice
from wenpan.district.supervision.orders.actions import order_matter
from wenpan.district.supervision.scoring.month_log import month_log
from wenpan.district.supervision.scoring.policy import scoring
from wenpan.district.supervision.scoring.queries import months, scored_anew
from wenpan.district.ui.awaited import act_of, awaited_of
from wenpan.economy.time.periods import Month

pytestmark = pytest.mark.django_db
NOW = day("2022-10-14", 10)
SOON = NOW + timedelta(minutes=5)


def done(action, matters, by, words="", at=NOW):
    """The act for many, and the keys by which it is taken back."""
    keys = [f"{m.pk}@{Matter.objects.get(pk=m.pk).version}" for m in matters]
    found = act_on_many(action=action, keys=keys, by=by, words=words, at=at)
    assert not found.refused
    numbers = dict(Matter.objects.values_list("pk", "version"))
    return [f"{pk}@{numbers[int(pk)]}" for pk in found.done]


def picture(matter):
    matter = Matter.objects.get(pk=matter.pk)
    names = [f.name for f in Matter._meta.fields if f.name not in ("version",)]
    return {n: getattr(matter, n) for n in names} | {
        "coops": set(matter.coops.all()),
        "now": state_of(matter),
    }


def is_sound():
    return not list(soundness.troubles(SOON.date()))


def numbers(people):
    """What the month's papers and the other rooms count and list, without the marks of the log's length."""
    month, on = Month(2022, 10), SOON.date()
    paper = bulletin(month, dated=on, place="试区", issuer="督查办", head="")
    sheet = scored_anew(month, month_log(month), scoring(month), day("2022-10-31").date())
    cells = [cell.tally for row in matrix(None, SOON).rows for cell in row.cells]
    waiting = {
        (who, g.code): (g.count, [i.url for i in g.items])
        for who, user in people.items()
        for g in awaited_of(user, SOON, shown=9).groups
    }
    days = dated(people["chief"], None, day("2022-10-01").date(), day("2022-12-01").date())
    return replace(paper, stamp=""), sheet, cells, waiting, [replace(d, sequence=0) for d in days]


@pytest.fixture
def standing(drafted, assigned, people):
    """A matter in the state in which each act may be done, and who does it."""

    def make(action):
        if action in ("register", "drop"):
            return drafted(at=day("2022-10-14")), people["chief"]
        if action in ("urge", "seen"):
            return assigned(due=day("2022-10-12").date(), at=day("2022-10-11")), people[
                "leader" if action == "seen" else "clerk"
            ]
        matter = assigned(due=day("2022-10-21").date(), at=day("2022-10-11"))
        who = {"by": people["liaison"], "at": day("2022-10-13")}
        if action == "grant":
            actions.ask_extension(matter=matter, until=day("2022-10-28").date(), reason="雨", **who)
            return matter, people["chief"]
        if action == "check":
            actions.feed_back(matter=matter, claim="done", process="已完成", **who)
        return matter, people["chief"]

    return make


@pytest.mark.parametrize("action", ["register", "drop", "urge", "seen", "check", "grant"])
def test_what_was_done_is_as_before_and_the_log_keeps_both(action, standing, people):
    matter, by = standing(action)
    counted = numbers(people)
    before, length = picture(matter), Matter.objects.get(pk=matter.pk).version
    keys = done(action, [matter], by, words="情况属实")
    assert action == "seen" or picture(matter) != before
    found = take_back_many(action=action, keys=keys, by=by, at=SOON)
    assert found.done == (str(matter.pk),) and not found.refused
    assert picture(matter) == before and is_sound()
    assert numbers(people) == counted, "every number of every room"
    log = list(matter.events.order_by("sequence"))
    assert len(log) == length + 2 and log[-1].kind == "taken_back"
    assert log[-1].data == {"sequence": log[-2].sequence, "kind": log[-2].kind}
    assert Entry.objects.filter(action="matter.taken_back", actor=by.pk).count() == 1
    again = take_back_many(action=action, keys=keys, by=by, at=SOON)
    assert "已经撤销" in again.refused[0][1] and not again.done, "twice pressed"
    assert done(action, [matter], by, words="情况属实", at=SOON), "it may be done anew"


def test_an_order_to_another_unit_is_taken_back_to_the_one_before(assigned, units, people):
    matter = assigned(due=day("2022-10-21").date(), at=day("2022-10-11"))
    before = picture(matter)
    event = actions.assign(matter=matter, lead=units["tongxi"], by=people["chief"], at=NOW)
    assert Matter.objects.get(pk=matter.pk).lead == units["tongxi"]
    key = f"{matter.pk}@{event.sequence}"
    assert take_back_many(action="assign", keys=[key], by=people["chief"], at=SOON).done
    assert picture(matter) == before and is_sound()
    shown = page_of(people["chief"], matter.pk, today=SOON.date())
    assert shown.moved == (), "an order that was taken back moved nothing"


def test_somebody_acted_since(drafted, people, units):
    early, late = drafted("先签收的"), drafted("没人动的")
    for matter in (early, late):
        actions.register(matter=matter, by=people["chief"], at=day("2022-10-14"))
    keys = []
    for matter in (early, late):
        event = actions.assign(matter=matter, lead=units["zjj"], by=people["chief"], at=NOW)
        keys.append(f"{matter.pk}@{event.sequence}")
    actions.sign(matter=early, by=people["liaison"], at=NOW + timedelta(minutes=2))
    found = take_back_many(action="assign", keys=keys, by=people["chief"], at=SOON)
    assert found.done == (str(late.pk),), "the rest is taken back all the same"
    assert "住建局已于10-14 10:02办了“签收”，不能再撤销" in found.refused[0][1]
    assert Matter.objects.get(pk=early.pk).state == "working"


def test_the_last_minute_counts_and_the_next_does_not(drafted, people, monkeypatch):
    minutes = policy.office().undo_minutes
    for past, refused in ((timedelta(minutes=minutes), 0), (timedelta(minutes=minutes, seconds=1), 1)):
        keys = done("register", [drafted(f"事项{refused}")], people["chief"])
        found = take_back_many(action="register", keys=keys, by=people["chief"], at=NOW + past)
        assert len(found.refused) == refused
    assert f"已过{minutes}分钟" in found.refused[0][1]


def test_midnight_ends_it_for_what_stood_at_a_days_end_stands(drafted, people):
    """A paper of the month that ended at midnight says the same whenever it is made."""
    late = day("2022-10-31", 23) + timedelta(minutes=55)
    for past, refused in ((timedelta(minutes=4), 0), (timedelta(minutes=5), 1)):
        keys = done("register", [drafted(f"夜里的事项{refused}")], people["chief"], at=late)
        found = take_back_many(action="register", keys=keys, by=people["chief"], at=late + past)
        assert len(found.refused) == refused
    assert "零点" in found.refused[0][1]


def test_what_others_did_is_not_there_for_me(drafted, people, make_user):
    keys = done("register", [drafted()], people["chief"])
    other = make_user("supervision_head", username="chief2", unit=people["chief"].unit)
    with pytest.raises(Http404):
        take_back_many(action="register", keys=keys, by=other, at=SOON)
    with pytest.raises(PermissionDenied):
        take_back_many(action="register", keys=keys, by=people["liaison"], at=SOON)
    with pytest.raises(Http404):
        take_back_many(action="drop", keys=keys, by=people["chief"], at=SOON)


def test_a_reminder_that_was_read_or_sent_is_said(assigned, people):
    matters = [assigned(f"事项{n}", due=day("2022-10-12").date(), at=day("2022-10-11")) for n in range(3)]
    keys = done("urge", matters, people["clerk"])
    first, second, third = matters
    Notice.objects.filter(matter=first, user=people["head"]).update(read_at=SOON)
    message = Message.objects.filter(key__startswith=f"notice:urge:{second.pk}:").first()
    envelope = Envelope.objects.create(
        key="x", channel="folder", user=message.user, next_try_at=NOW, made_at=NOW
    )
    Delivery.objects.create(message=message, envelope=envelope, channel="folder")
    found = take_back_many(action="urge", keys=keys, by=people["clerk"], at=SOON)
    assert found.done == (str(third.pk),)
    assert "已看过这次催办" in found.refused[0][1] and "提醒已经发出" in found.refused[1][1]
    off = Notice.objects.filter(text__startswith="催办已撤销")
    assert {n.user for n in off} == {people["liaison"], people["head"]}
    assert Notice.objects.filter(matter=third).count() == 4, "what was said stays, with what calls it off"


def test_what_was_dropped_does_not_stand_beside_another_of_its_cause(drafted, people):
    matter = drafted(cause="project:1")
    keys = done("drop", [matter], people["chief"], words="不立")
    drafted("另一件", cause="project:1", at=NOW)
    found = take_back_many(action="drop", keys=keys, by=people["chief"], at=SOON)
    assert "同一起因已有未办结的" in found.refused[0][1]


def test_what_a_leader_has_ordered_since_stays_approved(drafted, people, units):
    """The leader's 催交办 is a word to the office and no event of the matter."""
    matter = drafted(cause="indicator:fai")
    keys = done("register", [matter], people["chief"])
    order_matter(
        cause="indicator:fai", lead=units["jfj"], due=SOON.date(), words="抓紧", by=people["leader"], at=SOON
    )
    found = take_back_many(action="register", keys=keys, by=people["chief"], at=SOON)
    assert "领导已催交办" in found.refused[0][1] and Matter.objects.get().state == "registered"


def test_it_is_taken_back_by_the_button_where_it_was_done(drafted, people, signed_in, today_is):
    today_is("2022-10-17")
    matters = [drafted(f"讲话第{n}项") for n in range(3)]
    keys = [f"{m.pk}@{m.version}" for m in matters]
    chief = signed_in("chief")
    text = chief.post("/today/register/do/", {"pick": keys}, follow=True).content.decode()
    assert "已立项3件" in text and "15分钟内、别人没有接着办的可以撤销" in text
    picks = [f"{m.pk}@{m.version + 1}" for m in matters]
    assert all(f'name="pick" value="{one}"' in text for one in picks)
    assert signed_in("clerk").post("/today/register/undo/", {"pick": picks}).status_code == 403
    chief = signed_in("chief")
    assert chief.post("/today/close/undo/", {"pick": picks}).status_code == 404, "closed is closed"
    assert chief.post("/today/drop/undo/", {"pick": picks}).status_code == 404
    text = chief.post("/today/register/undo/", {"pick": picks}, follow=True).content.decode()
    assert "已撤销3件" in text
    assert set(Matter.objects.values_list("state", flat=True)) == {"draft"}
    text = chief.post("/today/register/undo/", {"pick": picks}, follow=True).content.decode()
    assert "已撤销3件" in text, "the same form again is answered as the first time"
    assert all(m.events.count() == 3 for m in matters)


def test_what_nobody_can_take_back_is_said_beside_its_button(assigned, people, signed_in, today_is):
    today_is("2022-10-17")
    assigned("待签收的", due=day("2022-10-21").date())
    assert "“签收”办后不能撤销" in signed_in("liaison").get("/today/").content.decode()
    assert act_of("close").final and act_of("sign_off").final and not act_of("assign").final


def test_a_form_drawn_before_is_not_taken_for_done(drafted, people, signed_in, today_is):
    """Done in one window and taken back; the other window's form is not the same form a second time."""
    today_is("2022-10-14")
    matter = drafted()
    keys = done("register", [matter], people["chief"])
    assert take_back_many(action="register", keys=keys, by=people["chief"], at=SOON).done
    old = {"seen": 1, "text": ""}
    chief = signed_in("chief")
    assert chief.post(f"/supervision/matters/{matter.pk}/register/do/", old).status_code == 409
    assert Matter.objects.get(pk=matter.pk).state == "draft"


def test_the_log_is_chinese_whatever_the_page_speaks(drafted, people):
    matter = drafted()
    with translation.override("en"):
        keys = done("register", [matter], people["chief"])
        take_back_many(action="register", keys=keys, by=people["chief"], at=SOON)
    assert matter.events.get(kind="taken_back").text == "立项"


def test_whom_it_is_given_to_instead_is_reminded_as_well(drafted, people, units):
    """The clock reminded the first unit between the order and 撤销: that was not said to the second."""
    matter, soon = drafted(), {"due": day("2022-10-17").date(), "by": people["chief"]}
    actions.register(matter=matter, by=people["chief"], at=day("2022-10-14"))
    event = actions.assign(matter=matter, lead=units["zjj"], at=NOW, **soon)
    assert escalate(at=NOW + timedelta(minutes=2)).told == 1
    key = f"{matter.pk}@{event.sequence}"
    assert take_back_many(action="assign", keys=[key], by=people["chief"], at=SOON).done
    matter.refresh_from_db()
    actions.assign(matter=matter, lead=units["tongxi"], at=SOON, **soon)
    assert escalate(at=SOON + timedelta(minutes=20)).told == 1
    assert [n.user for n in Notice.objects.order_by("pk")] == [people["liaison"], people["town"]]
    assert escalate(at=SOON + timedelta(minutes=40)).told == 0


def test_a_month_begins_with_an_order_that_stands(drafted, people, units, today_is):
    today_is("2022-10-17")
    matter = drafted()
    actions.register(matter=matter, by=people["chief"], at=day("2022-10-14"))
    event = actions.assign(matter=matter, lead=units["zjj"], by=people["chief"], at=NOW)
    assert len(months()) == 1
    take_back_many(action="assign", keys=[f"{matter.pk}@{event.sequence}"], by=people["chief"], at=SOON)
    assert months() == []


def planned(people, units, *leads):
    """Matters with a plan, registered on Friday 14 October 2022."""
    found = []
    for n, lead in enumerate(leads):
        matter = draft_by_hand(
            title=f"部署第{n}项", kind="meeting", lead=units[lead], coops=[units["tongxi"]],
            due=day("2022-10-28").date(), by=people["clerk"], at=day("2022-10-14"),
        )  # fmt: skip
        actions.register(matter=matter, by=people["chief"], at=day("2022-10-14"))
        found.append(matter)
    return found


def test_handed_over_as_planned_and_taken_back(people, units, signed_in, today_is):
    """按拟定单位和时限交办 and 撤销 by their buttons: of three, one unit has signed; every page agrees."""
    matters = planned(people, units, "zjj", "jfj", "zjj")
    before = [picture(m) for m in matters]
    today_is("2022-10-17")
    chief, keys = signed_in("chief"), [f"{m.pk}@2" for m in matters]
    text = chief.post("/today/assign/do/", {"pick": keys}, follow=True).content.decode()
    assert "已交办3件" in text and "可以撤销" in text
    first, second, third = (Matter.objects.get(pk=m.pk) for m in matters)
    assert (first.lead, second.lead, str(first.due)) == (units["zjj"], units["jfj"], "2022-10-28")
    assert set(first.coops.all()) == {units["tongxi"]} and first.state == "assigned"
    liaison = signed_in("liaison")
    assert all(m.number in liaison.get("/supervision/desk/").content.decode() for m in (first, third))
    liaison.post("/today/sign/do/", {"pick": [f"{first.pk}@3"]})
    picks = [f"{m.pk}@3" for m in matters]
    assert all(f'value="{one}"' in text for one in picks)
    text = chief.post("/today/assign/undo/", {"pick": picks}, follow=True).content.decode()
    assert "已撤销2件" in text and "办了“签收”，不能再撤销" in text
    assert [picture(m) for m in matters[1:]] == before[1:] and is_sound()
    assert Matter.objects.get(pk=first.pk).state == "working"
    assert {g.code: g.count for g in awaited_of(people["chief"], day("2022-10-17"), shown=9).groups}[
        "assign"
    ] == 2, "they wait again"
    for page in ("/supervision/desk/", "/search/?q=" + third.number, "/supervision/matters/"):
        assert third.title not in liaison.get(page).content.decode(), f"not the unit's any more: {page}"
    assert liaison.get(f"/supervision/matters/{third.pk}/").status_code == 404
    days = dated(people["chief"], None, day("2022-10-01").date(), day("2022-12-01").date())
    assert [one.key for one in days] == [f"matter-{first.pk}"]
    again = [f"{m.pk}@4" for m in matters[1:]]
    assert "已交办2件" in chief.post("/today/assign/do/", {"pick": again}, follow=True).content.decode()
    assert is_sound()


RIGHT_AS_THEY_ARE = {  # reads a kind that can be taken back, and needs not ask whether it stands
    "log/unused_numbers.py",  # the last of a matter that is dropped: that one stands
    "matters/actions/undoing.py",  # what has happened since is asked for each
    "weekly/undoing.py",  # the same
    "log/stored_kinds.py",
}


def test_whoever_reads_a_kind_that_can_be_taken_back_asks_whether_it_stands():
    """Each query of raw events in the program: the kinds that it names, and `stands`."""
    undoable = {k.name for kinds, _right in undoing.TAKEN_BACK.values() for k in map(EventKind, kinds)}
    undoable.add("LOOKED")
    room, found = Path(supervision.__file__).parent, set()
    for file in room.parent.rglob("*.py"):
        text = file.read_text("utf-8")
        if "Event" not in text or "EventKind" not in text:
            continue
        tree = ast.parse(text)
        named = {
            node.targets[0].id: ast.unparse(node.value)
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call)):
            words = ast.unparse(call)
            if not re.match(r"(Event\.objects|\w+\.events)\.(filter|exclude|get)\(", words):
                continue
            meant = words + "".join(
                value for name, value in named.items() if re.search(rf"\b{name}\b", words)
            )
            if set(re.findall(r"EventKind\.([A-Z_]+)", meant)) & undoable and "stands()" not in words:
                found.add(str(file.relative_to(room)))
    assert found and found <= RIGHT_AS_THEY_ARE
