"""What has changed stands beside what awaits: what turned, fell due, came; nothing that is not known."""

from __future__ import annotations

from datetime import date

import pytest

from tests.district.supervision.conftest import *  # noqa: F403  (units, people, matters)
from tests.district.supervision.conftest import day
from wenpan.district.indicators.models import Judgement
from wenpan.district.supervision import actions
from wenpan.district.supervision.models import Matter
from wenpan.district.ui import changes

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged(regions):
    """judged("2022-09", fai=("RED", 8, 10)): light, place and rivals on the board of that month."""
    from wenpan.district.observations.models import Region

    home = Region.objects.get(home=True)

    def keep(month: str, **lights):
        for code, (light, rank, rivals) in lights.items():
            Judgement.objects.create(
                region=home, indicator=code, as_of=month, primary=True, light=light,
                facts={"rank": rank, "rivals": rivals}, rule_set="x", rule_version="1",
                judged_at=day("2022-10-17"),
            )  # fmt: skip

    return keep


def groups(user, on="2022-10-18"):
    return {group.code: group for group in changes.changes_of(user, day(on), 6)}


def test_lights_that_turned_are_told_worse_first_and_places_with_both_numbers(judged, people):
    judged(
        "2022-08", fai=("GREEN", 3, 10), retail=("RED", 9, 10), tax=("YELLOW", 5, 10), gdp=("GREEN", 1, 10)
    )
    judged(
        "2022-09",
        fai=("RED", 8, 10),
        retail=("GREEN", 9, 10),
        tax=("YELLOW", None, None),
        gdp=("GREEN", 1, 10),
    )
    found = groups(people["leader"])
    (worse,), (better,), (moved,) = (found[code].lines for code in ("worse", "better", "moved"))
    assert (worse.before, worse.light, worse.good) == ("GREEN", "RED", False)
    assert (better.before, better.light, better.good) == ("RED", "GREEN", True)
    assert moved.detail == "第3/10位 → 第8/10位" and not moved.good, "a withheld place has not moved"
    assert found["worse"].since == "与8月比"


@pytest.mark.parametrize(
    ("was", "now"), [("UNKNOWN", "RED"), ("RED", "UNKNOWN"), ("GREEN", "GREEN")], ids=lambda x: x
)
def test_what_was_or_is_not_known_has_not_turned(judged, people, was, now):
    judged("2022-08", fai=(was, None, None))
    judged("2022-09", fai=(now, None, None))
    assert not {"worse", "better", "moved"} & set(groups(people["leader"]))


def test_the_first_month_has_nothing_to_compare_with(judged, people):
    judged("2022-09", fai=("RED", 8, 10))
    assert "worse" not in groups(people["leader"])


def test_a_matter_is_told_once_by_its_day(assigned, people, today_is):
    """Late by one day and by seven are new; by eight is not; today; the rest of the week; not next week."""
    for due in (
        "2022-10-10",
        "2022-10-11",
        "2022-10-17",
        "2022-10-18",
        "2022-10-19",
        "2022-10-23",
        "2022-10-24",
    ):
        assigned(due, at=day("2022-10-09"), due=date.fromisoformat(due))
    found = groups(people["leader"])
    told = {code: [line.text for line in group.lines] for code, group in found.items()}
    assert told["matters_overdue"] == ["2022-10-11", "2022-10-17"]
    assert told["matters_today"] == ["2022-10-18"]
    assert told["matters_week"] == ["2022-10-19", "2022-10-23"]


def test_praise_stands_beside_alarm(assigned, people):
    matter = assigned("办结的", due=date(2022, 10, 31))
    at = day("2022-10-17")
    actions.feed_back(matter=matter, claim="done", process="完", by=people["liaison"], at=at)
    actions.check(matter=Matter.objects.get(), passed=True, text="属实", by=people["second"], at=at)
    actions.close(matter=Matter.objects.get(), by=people["second"], at=at)
    (line,) = groups(people["leader"])["matters_closed"].lines
    assert line.good and line.text == "办结的"
    assert "matters_closed" in groups(people["leader"], "2022-10-23")
    assert "matters_closed" not in groups(people["leader"], "2022-10-24"), "a week later it is no news"


def test_a_unit_is_told_of_its_own_matters_only(assigned, people, make_user, units):
    assigned("住建局的", due=date(2022, 10, 18))
    stranger = make_user("liaison", username="stranger", unit=units["liuwan"])
    assert "matters_today" in groups(people["liaison"])
    assert "matters_today" in groups(people["town"]), "it cooperates"
    assert "matters_today" not in groups(stranger)


def test_the_month_says_who_is_late_to_the_office_and_not_to_a_unit(assigned, people):
    assigned("逾期的", due=date(2022, 10, 17))
    steps = {step.code: step for step in changes.steps_of(people["chief"], day("2022-10-18"))}
    assert steps["feedback"].state == "late" and steps["feedback"].late == "住建局1件"
    assert steps["week"].words == "本周还没有打开"
    assert steps["bulletin"].state == "due"
    assert changes.steps_of(people["liaison"], day("2022-10-18")) == []
    assert {s.code for s in changes.steps_of(people["analyst"], day("2022-10-18"))} >= {"releases"}


def test_both_halves_stand_on_the_page(assigned, judged, people, signed_in, today_is):
    judged("2022-08", fai=("GREEN", 3, 10))
    judged("2022-09", fai=("RED", 8, 10))
    assigned("逾期的", due=date(2022, 10, 17))
    today_is("2022-10-18")
    text = signed_in("chief").get("/today/").content.decode()
    assert "转差的指标" in text and "新逾期的事项" in text and "本月周期" in text
    assert "住建局1件" in text


def test_a_leader_reads_and_instructs_without_a_form(assigned, people, units, signed_in, today_is):
    """The late ones of the units in charge wait; read or instructed on they do not, until late anew."""
    actions.put_in_charge(
        unit=units["zjj"], leader=people["leader"], by=people["chief"], at=day("2022-10-14")
    )
    mine = [assigned(f"逾期{n}", due=date(2022, 10, 17)) for n in range(3)]
    assigned("别人分管的", lead="liuwan", coops=(), due=date(2022, 10, 17))
    today_is("2022-10-17")
    assert 'id="g-charge"' not in signed_in("leader").get("/today/").content.decode(), (
        "on its day it is in time"
    )
    today_is("2022-10-18")
    leader = signed_in("leader")
    text = leader.get("/today/").content.decode()
    assert "待办 3 件" in text and "负责人head" in text and "别人分管的" not in text.split("td-changed")[0]
    keys = [f"{m.pk}@{m.version}" for m in mine]
    assert (
        "请写明理由" in leader.post("/today/instruct/do/", {"pick": keys[:1]}, follow=True).content.decode()
    )
    leader.post("/today/instruct/do/", {"pick": keys[:1], "words": "本周五前拿出办法"})
    leader.post("/today/seen/do/", {"pick": keys[1:]})
    assert "待办 0 件" in leader.get("/today/").content.decode()
    told = people["liaison"].notices.get(key__startswith="instruct:")
    assert "本周五前拿出办法" in told.text
    assert people["clerk"].notices.filter(key__startswith="instruct:").exists()
    mine[0].refresh_from_db()
    assert mine[0].state == "assigned" and mine[0].due == date(2022, 10, 17), "it moves nothing"
    assert (
        "本周五前拿出办法" in signed_in("liaison").get(f"/supervision/matters/{mine[0].pk}/").content.decode()
    )


@pytest.mark.parametrize("name", ["chief", "clerk", "liaison", "head", "analyst"])
def test_only_a_leader_instructs(name, assigned, people):
    from django.core.exceptions import PermissionDenied

    matter = assigned("事项", due=date(2022, 10, 17))
    with pytest.raises(PermissionDenied):
        actions.instruct(matter=matter, words="请抓紧", by=people[name], at=day("2022-10-18"))


def test_a_leader_who_has_read_it_is_not_asked_again(assigned, people):
    matter = assigned("事项", due=date(2022, 10, 17))
    actions.mark_seen(matter=matter, by=people["leader"], at=day("2022-10-18"))
    actions.instruct(matter=Matter.objects.get(), words="请抓紧", by=people["leader"], at=day("2022-10-18"))
    from wenpan.district.ui.awaited import awaited_of

    assert awaited_of(people["leader"], day("2022-10-19"), shown=5).count == 0


def test_a_room_is_asked_again_when_what_it_read_was_written_and_only_then(
    people, drafted, assigned, monkeypatch
):
    """By the tables that its queries named; what reads a table that the journal does not cover, always."""
    from django.utils import timezone

    from wenpan.district.ground.jobs.models import Job
    from wenpan.district.ground.journal.actions import record
    from wenpan.district.ground.registries import Providers
    from wenpan.district.supervision.models import Charge, Feedback
    from wenpan.district.ui import journal_cache
    from wenpan.district.ui.table_cache import ask_cached

    monkeypatch.setattr(journal_cache, "KEPT_SECONDS", 300)
    asked, rooms, matter, at = [], Providers(), assigned(), timezone.now()

    def room(name, *models):
        def provider(user, at):
            asked.append(name)
            return tuple(model.objects.count() for model in models)

        provider.__qualname__ = name
        rooms.add(provider)

    room("said", Feedback)
    room("matters", Matter, Feedback)
    room("charges", Charge)
    room("jobs", Job)

    def again():
        asked.clear()
        return ask_cached("rooms", rooms, people["leader"], at), sorted(asked)

    assert again()[1] == ["charges", "jobs", "matters", "said"]
    assert again()[1] == ["jobs"]
    drafted("另一件")
    told, who = again()
    assert (told, who) == ([(0,), (2, 0), (0,), (0,)], ["jobs", "matters"])
    actions.feed_back(matter=matter, claim="progress", process="甲", by=people["liaison"], at=at)
    record(by=people["clerk"], action="journal.further", subject="x", summary="x")  # as each commit does
    told, who = again()
    assert (told, who) == ([(1,), (2, 1), (0,), (0,)], ["jobs", "matters", "said"])
    record(by=people["clerk"], action="accounts.sign_in", subject="user:1", summary="登录")
    assert again()[1] == ["jobs"]
    record(by=people["clerk"], action="rules.in_force", subject="rules", summary="规则换了")
    assert again()[1] == ["charges", "jobs", "matters", "said"], "rules lie on the disk, not in a table"
