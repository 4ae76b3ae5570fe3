"""Decisions in supervision are deliberate: no repeated words, no silent merge, no lost number."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.district.supervision.conftest import day
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision import actions
from wenpan.district.supervision.log import lifecycle, matter_sets, policy
from wenpan.district.supervision.log.notifications import notify
from wenpan.district.supervision.log.recipients import notices_of
from wenpan.district.supervision.log.unused_numbers import unused_numbers
from wenpan.district.supervision.matters import available_actions as may
from wenpan.district.supervision.models import Matter, Notice, Proposal, Source
from wenpan.district.supervision.scoring.month import capped
from wenpan.district.supervision.scoring.policy import from_json, scoring, to_json
from wenpan.district.supervision.scoring.records import PointLine
from wenpan.district.supervision.sources.actions import deciding, undoing
from wenpan.economy.time.periods import Month

pytestmark = pytest.mark.django_db
DUE = date(2022, 10, 20)


def refused(act) -> str:
    with pytest.raises(Refused) as found:
        act()
    return found.value.code


# feedback


def test_the_same_words_again_ask_whether_nothing_has_changed(assigned, people):
    matter = assigned(due=DUE)

    def report(words="已进场", **more):
        matter.refresh_from_db()
        return actions.feed_back(matter=matter, claim="progress", process=words, by=people["liaison"],
                                 at=day("2022-10-17"), **more)  # fmt: skip

    report()
    assert refused(report) == "unchanged"
    assert report(unchanged=True).event.data["unchanged"] is True
    assert "unchanged" not in report("已供地", unchanged=True).event.data
    matter.refresh_from_db()
    actions.feed_back(
        matter=matter, claim="progress", process="已供地", by=people["town"], at=day("2022-10-18")
    )


def test_the_form_starts_empty_and_shows_last_time_for_reference(assigned, people, signed_in, today_is):
    today_is("2022-10-18")
    matter = assigned(recurrence="weekly:5", coops=())
    actions.feed_back(matter=matter, claim="done", process="本周已完成八成", by=people["liaison"],
                      at=day("2022-10-17"))  # fmt: skip
    matter.refresh_from_db()
    actions.check(matter=matter, passed=True, text="属实", by=people["clerk"], at=day("2022-10-17", 15))
    page = signed_in("liaison").get(f"/supervision/matters/{matter.pk}/")
    typed = {deed.code: typed for deed, typed in page.context["deeds"]}["feed_back"]
    assert (typed.claim, typed.process) == ("", "")
    html = page.content.decode()
    assert (
        "上次反馈（供对照）" in html
        and "本周已完成八成" in html
        and 'value="done" required checked' not in html
    )


# points


def test_what_comes_every_week_cannot_earn_without_end():
    rules = scoring(Month(2022, 11))
    most = rules.rules["round_in_time"].at_most
    assert most == Decimal(2)
    rows = [
        PointLine(
            f"round_in_time:{n}:1",
            "swj",
            "round_in_time",
            n,
            str(n),
            date(2022, 11, 1 + n),
            Decimal(1),
            "按期",
            (n,),
        )
        for n in range(8)
    ]
    found = capped(rows, rules)
    assert len(found) == 8
    assert sum(line.points for line in found) == most
    assert [line.points for line in found[:3]] == [1, 1, 0] and "本月此项最多2分" in found[2].words
    assert (
        sum(line.points for line in capped(rows, scoring(Month(2022, 10)))) == 8
    )  # the older set stays as it was


def test_rules_kept_before_there_was_a_cap_are_read_as_they_were():
    kept = to_json(scoring(Month(2022, 9)))
    for rule in kept["rules"]:
        rule.pop("at_most")
    assert from_json(kept) == scoring(Month(2022, 9))


# proposals


@pytest.fixture
def speech(people):
    return Source.objects.create(kind="speech", title="讲话", paragraphs=["a"], dated=date(2022, 10, 10),
                                 created_by=people["clerk"], created_at=day("2022-10-10"))  # fmt: skip


@pytest.fixture
def proposed(speech, units):
    def make(text, order, **more):
        values = {"lead": units["zjj"], "source": speech, "origin": "reader", "confidence": 1.0, **more}
        return Proposal.objects.create(text=text, order=order, **values)

    return make


def test_a_proposal_without_a_lead_is_not_registered_until_it_has_one(proposed, people, units):
    proposal = proposed("清理闲置用地", 1, lead=None)
    matter = deciding.confirm(proposal=proposal, by=people["clerk"])
    assert refused(lambda: actions.register(matter=matter, by=people["chief"])) == "state"
    situation = may.situation_of(people["chief"], matter, DUE)
    assert "没有定牵头单位" in may.refusal(situation, may.REGISTER).message
    undoing.undo(proposal=proposal, by=people["clerk"])
    deciding.edit(proposal=proposal, changes={"lead": units["zjj"]}, by=people["clerk"])
    again = deciding.confirm(proposal=proposal, by=people["clerk"])
    actions.register(matter=again, by=people["chief"])


def test_to_drop_a_proposal_takes_a_reason(proposed, people):
    proposal = proposed("口号", 1)
    assert (
        refused(lambda: deciding.dismiss(proposal=proposal, by=people["clerk"], reason=" "))
        == "reason_missing"
    )
    deciding.dismiss(proposal=proposal, by=people["clerk"], reason="一般要求")


def test_joining_into_one_that_is_confirmed_says_why_it_cannot(proposed, people, signed_in):
    first, second = proposed("完成供地", 1), proposed("完成拆迁", 2)
    matter = deciding.confirm(proposal=first, by=people["clerk"])
    page = signed_in("clerk").post(
        f"/supervision/proposals/{second.pk}/merge/", headers={"HX-Request": "true"}
    )
    assert matter.number in page.content.decode() and "请先撤销它" in page.content.decode()
    second.refresh_from_db()
    assert second.state == "open"


def test_two_different_days_are_not_merged_in_silence(proposed, people):
    first = proposed("完成供地", 1, deadline=date(2022, 11, 30))
    second = proposed("完成拆迁", 2, deadline=date(2022, 12, 31))

    def merge(day_kept=None):
        return deciding.merge(proposal=second, into=first, by=people["clerk"], deadline=day_kept)

    assert refused(merge) == "days_differ"
    assert refused(lambda: merge(date(2022, 12, 1))) == "bad_value"
    assert merge(date(2022, 12, 31)).deadline == date(2022, 12, 31)


def test_a_number_that_was_undone_is_explained_to_the_auditor(proposed, people, client, make_user):
    proposal = proposed("完成供地", 1)
    number = deciding.confirm(proposal=proposal, by=people["clerk"]).number
    undoing.undo(proposal=proposal, by=people["clerk"])
    [found] = unused_numbers(int(number[:4]))
    assert (found.number, found.reason) == (number, "撤销确认")
    client.force_login(make_user("auditor", username="auditor"))
    html = client.get("/supervision/numbers/").content.decode()
    assert number in html and "撤销确认" in html
    assert "/supervision/numbers/" in client.get("/journal/").content.decode()


# who


def test_a_matter_of_the_office_itself_is_assigned_only_if_somebody_can_check_it(
    drafted, people, units, make_user
):
    matter = drafted()
    actions.register(matter=matter, by=people["chief"], at=day("2022-10-14"))

    def assign():
        matter.refresh_from_db()
        actions.assign(matter=matter, lead=units["dcb"], by=people["clerk"], due=DUE, at=day("2022-10-14"))

    assert refused(assign) == "bad_value"
    other = make_user("supervisor", username="outside", unit=units["jfj"])
    assign()
    matter.refresh_from_db()
    assert may.require_action(may.NOTE, matter=matter, by=other) is None


def test_a_notice_follows_the_post_and_not_who_has_left_it(people, units, make_user):
    mover = people["liaison"]
    notify(users=[mover], key="k", text="请反馈", matter=None, at=day("2022-10-17"))
    successor = make_user("liaison", username="successor", unit=units["zjj"])

    def read_by(user):
        user.refresh_from_db()
        return Notice.objects.filter(notices_of(user)).count()

    assert (read_by(mover), read_by(successor), read_by(people["head"])) == (1, 0, 0)
    type(mover).objects.filter(pk=mover.pk).update(unit=units["tongxi"])
    assert (read_by(mover), read_by(successor), read_by(people["head"])) == (0, 1, 0)


# the rule and its twin in the database


@pytest.mark.parametrize("back", [False, True], ids=["first time", "sent back"])
@pytest.mark.parametrize("days", [-1, 0, 1, 2, 3, 4])
def test_the_light_of_a_day_is_the_same_by_rule_and_in_the_database(assigned, people, days, back):
    from datetime import timedelta

    soon = policy.office().soon_days
    assert soon == 3
    matter = assigned(due=DUE)
    actions.sign(matter=matter, by=people["liaison"], at=day("2022-10-14", 11))
    Matter.objects.filter(pk=matter.pk).update(returned=1 if back else 0)
    on = DUE - timedelta(days=days)
    light = matter_sets.light_of(Matter.objects.get(pk=matter.pk), on)
    found = [word for word in ("RED", "YELLOW", "GREEN", "UNKNOWN")
             if Matter.objects.filter(matter_sets.of_light(word, on), pk=matter.pk).exists()]  # fmt: skip
    assert found == [light]
    assert light == ("RED" if days < 0 else "YELLOW" if days <= soon or back else "GREEN")
    assert lifecycle.is_overdue(lifecycle.MatterState(state="working", due=DUE), on) == (light == "RED")


def test_who_may_check_is_the_same_by_rule_and_in_the_database(assigned, people, units, make_user):
    people = {**people, "insider": make_user("supervisor", username="insider", unit=units["zjj"]),
              "free": make_user("supervisor", username="free")}  # fmt: skip
    rows = [assigned("甲", due=DUE), assigned("乙", due=DUE, coops=()), assigned("丙", due=DUE)]
    for matter in rows[:2]:
        actions.feed_back(
            matter=matter, claim="done", process="完成", by=people["liaison"], at=day("2022-10-17")
        )
    moved = people["liaison"]
    type(moved).objects.filter(pk=moved.pk).update(role="supervisor", unit=units["dcb"])
    people["liaison"].refresh_from_db()
    for name, user in people.items():
        by_rule = {
            m.pk
            for m in Matter.objects.all()
            if may.refusal(may.situation_of(user, m, DUE), may.CHECK) is None
        }
        in_sql = set(Matter.objects.filter(may.may_check(user)).values_list("pk", flat=True))
        assert by_rule == in_sql, name
