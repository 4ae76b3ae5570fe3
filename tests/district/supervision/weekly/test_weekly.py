"""The weekly check: what a week must look at, what is carried on, that a closed week proves who looked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from tests.district.supervision.conftest import day
from tests.district.supervision.weekly.weekly_words import fresh, see
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision import actions
from wenpan.district.supervision.lights import weekly_subjects
from wenpan.district.supervision.log import policy
from wenpan.district.supervision.models import Matter, WeeklyInspection
from wenpan.district.supervision.weekly import actions as doing
from wenpan.district.supervision.weekly import queries, undoing, weeks

CALENDAR = policy.calendar()
DUE = date(2022, 10, 20)


@pytest.mark.parametrize(
    ("sentence", "week", "expected"),
    [
        ("on Monday", "2022-10-24", "2022-10-24"),
        ("after 国庆 on the worked Saturday", "2022-10-03", "2022-10-08"),
        ("after 中秋 on Tuesday", "2022-09-12", "2022-09-13"),
        ("a week without work has none", "2024-02-12", "2024-02-18"),
    ],
)
def test_a_week_opens_on_its_first_working_day(sentence, week, expected):
    assert weeks.opens_on(date.fromisoformat(week), CALENDAR) == date.fromisoformat(expected), sentence


@given(st.dates(date(2021, 1, 1), date(2031, 1, 1)))
def test_every_day_belongs_to_the_week_of_its_monday(on):
    week = weeks.monday(on)
    assert week.weekday() == 0 and week <= on < week + timedelta(days=7)


@pytest.mark.parametrize(
    ("week", "words"),
    [
        ("2022-10-17", "2022年10月17日—23日"),
        ("2022-10-31", "2022年10月31日—11月6日"),
        ("2022-12-26", "2022年12月26日—2023年1月1日"),
    ],
)
def test_a_week_in_words(week, words):
    assert weeks.words(date.fromisoformat(week)) == words


def test_a_week_holds_every_red_and_yellow_thing_once(late, assigned, shines, people):
    shines("key_project:1", "RED")
    shines("indicator:fai", "YELLOW")
    soon = assigned("临期", due=date(2022, 10, 26))
    assigned("不急", due=date(2022, 11, 30))
    cycle = actions.open_week(by=people["clerk"], at=day("2022-10-24"))
    found = {look.subject: look.light for look in cycle.looks.all()}
    assert found == {f"matter:{m.pk}": "RED" for m in late} | {
        f"matter:{soon.pk}": "YELLOW", "key_project:1": "RED", "indicator:fai": "YELLOW",
    }  # fmt: skip
    assert actions.open_week(by=people["second"], at=day("2022-10-26")) == cycle
    assert cycle.looks.count() == 6


def test_before_its_first_working_day_no_week_opens(people):
    with pytest.raises(Refused, match="第一个工作日"):
        actions.open_week(by=people["clerk"], at=day("2022-10-06"))


def test_who_may_not_check_opens_nothing(people):
    with pytest.raises(PermissionDenied):
        actions.open_week(by=people["analyst"], at=day("2022-10-24"))


def test_a_look_says_who_when_how_and_stands_in_the_log_of_the_matter(late, shines, people):
    cycle = actions.open_week(by=people["clerk"], at=day("2022-10-24"))
    look = see(cycle.looks.first(), people, result="problem", note="征地未完成", way="site")
    assert (look.by, look.result, look.way, look.note) == (people["clerk"], "problem", "site", "征地未完成")
    event = late[0].events.last()
    assert (event.kind, event.data) == ("looked", {"result": "problem", "way": "site", "week": "2022-10-24"})


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("no such result", {"result": "fine", "way": "phone"}),
        ("no such way", {"result": "moving", "way": "telepathy"}),
        ("a problem without words", {"result": "problem", "way": "phone"}),
    ],
)
def test_half_a_look_is_refused(late, shines, people, sentence, values):
    cycle = actions.open_week(by=people["clerk"], at=day("2022-10-24"))
    with pytest.raises(Refused):
        actions.record_inspection(
            item=cycle.looks.first(), by=people["clerk"], at=day("2022-10-25"), **values
        )
    assert not cycle.looks.exclude(result="").exists()


def test_the_database_refuses_half_a_look(late, shines, people):
    cycle = actions.open_week(by=people["clerk"], at=day("2022-10-24"))
    with pytest.raises(IntegrityError), transaction.atomic():
        cycle.looks.update(result="moving")


def test_of_two_who_look_the_first_stands_and_may_correct_it(late, shines, people):
    cycle = actions.open_week(by=people["clerk"], at=day("2022-10-24"))
    look = see(cycle.looks.first(), people)
    with pytest.raises(Refused, match="别人记录"):
        see(look, people, who="second")
    assert see(look, people, result="still").result == "still"


def test_ticked_rows_are_recorded_together_or_not_at_all(late, shines, people):
    cycle = actions.open_week(by=people["clerk"], at=day("2022-10-24"))
    rows = list(cycle.looks.all())
    see(rows[2], people, who="second")
    with pytest.raises(Refused):
        actions.record_inspections(
            items=rows, result="still", way="phone", by=people["clerk"], at=day("2022-10-25")
        )
    assert cycle.looks.exclude(result="").count() == 1
    assert actions.record_inspections(items=rows[:2], result="still", way="phone", by=people["clerk"]) == 2
    with pytest.raises(Refused, match="勾选"):
        actions.record_inspections(items=[], result="still", way="phone", by=people["clerk"])


def test_what_was_left_is_carried_over_and_stands_first(late, shines, people):
    first = actions.open_week(by=people["clerk"], at=day("2022-10-24"))
    see(first.looks.get(subject=f"matter:{late[0].pk}"), people)
    second = actions.open_week(at=day("2022-10-31"))
    assert [(x.subject, x.weeks_left) for x in queries.rows(second)] == [
        (f"matter:{late[1].pk}", 1), (f"matter:{late[2].pk}", 1), (f"matter:{late[0].pk}", 0),
    ]  # fmt: skip
    third = actions.open_week(at=day("2022-11-07"))
    assert third.looks.get(subject=f"matter:{late[1].pk}").weeks_left == 2
    assert third.looks.get(subject=f"matter:{late[0].pk}").weeks_left == 1
    assert WeeklyInspection.objects.get(pk=first.pk).summary == (
        "应督查3项，已督查1项（有实质进展1项），未督查2项，转入下周。"
    )


def test_what_was_left_and_shines_no_more_is_still_looked_at_but_not_what_is_closed(late, shines, people):
    shines("project:7", "RED")
    actions.open_week(at=day("2022-10-24"))
    shines("project:7", None)
    done, others = late[0], late[1:]
    actions.feed_back(matter=done, claim="done", process="完成", by=people["liaison"], at=day("2022-10-25"))
    actions.check(matter=fresh(done), passed=True, text="属实", by=people["clerk"], at=day("2022-10-26"))
    actions.close(matter=fresh(done), by=people["clerk"], at=day("2022-10-26"))
    second = actions.open_week(at=day("2022-10-31"))
    found = {x.subject: (x.light, x.weeks_left) for x in second.looks.all()}
    assert found == {f"matter:{m.pk}": ("RED", 1) for m in others} | {"project:7": ("UNKNOWN", 1)}


def test_a_new_red_is_added_and_a_row_that_waits_shows_todays_light(late, shines, people):
    shines("project:1", "YELLOW")
    cycle = actions.open_week(at=day("2022-10-24"))
    shines("project:1", "RED")
    shines("project:2", "RED")
    assert actions.refresh_week(cycle=cycle, at=day("2022-10-26")) == 1
    assert actions.refresh_week(cycle=cycle, at=day("2022-10-26")) == 0
    assert {x.subject: x.light for x in cycle.looks.filter(subject__startswith="project")} == {
        "project:1": "RED", "project:2": "RED",
    }  # fmt: skip


def test_a_closed_week_is_never_written_to_again(late, shines, people):
    cycle = actions.open_week(at=day("2022-10-24"))
    look = see(cycle.looks.first(), people)
    actions.close_week(cycle=cycle, by=people["clerk"], summary="桐溪镇两项未动", at=day("2022-10-28"))
    before = list(cycle.looks.order_by("pk").values())
    shines("project:9", "RED")
    for act in (
        lambda: see(look, people, result="still"),
        lambda: see(cycle.looks.filter(result="").first(), people),
        lambda: actions.refresh_week(cycle=cycle, at=day("2022-10-29")),
        lambda: actions.close_week(cycle=cycle, by=people["clerk"], at=day("2022-10-29")),
    ):
        with pytest.raises(Refused, match="结束"):
            act()
    doing.keep_up(at=day("2022-10-29"))
    assert list(cycle.looks.order_by("pk").values()) == before
    cycle.refresh_from_db()
    assert cycle.summary.splitlines() == [
        "应督查3项，已督查1项（有实质进展1项），未督查2项，转入下周。", "桐溪镇两项未动",
    ]  # fmt: skip


def test_the_clock_opens_the_week_and_adds_to_it(late, shines):
    assert doing.keep_up(at=day("2022-10-23"))[0].week == date(2022, 10, 17)  # the week still running
    cycle, added = doing.keep_up(at=day("2022-10-24", 7))
    assert (cycle.week, cycle.opened_by, added) == (date(2022, 10, 24), None, 0)
    shines("project:2", "RED")
    assert doing.keep_up(at=day("2022-10-24", 8)) == (cycle, 1)


keys = st.sampled_from([f"{kind}:{n}" for kind in ("project", "indicator") for n in range(6)])
happenings = st.lists(st.tuples(keys, st.sampled_from(["RED", "YELLOW", None]), st.booleans()), max_size=14)


@given(st.data())
def test_shares_add_up(data):
    counts = data.draw(st.lists(st.integers(0, 900), min_size=1, max_size=5))
    found = queries.shares(counts)
    if sum(counts):
        assert round(sum(found), 6) == 100.0
        assert all(
            abs(share - 100 * n / sum(counts)) < 0.1001 for share, n in zip(found, counts, strict=True)
        )
    else:
        assert found == [None] * len(counts)


@pytest.mark.parametrize("seed", range(12))
def test_when_a_week_closes_every_shining_thing_has_exactly_one_look(seed, late, shines, people):
    """Whatever lit up, went out or was looked at in whatever order."""
    import random

    rng = random.Random(seed)
    cycle = None
    for at in ("2022-10-24", "2022-10-25", "2022-10-26", "2022-10-27", "2022-10-28"):
        for _n in range(rng.randrange(4)):
            shines(
                f"{rng.choice(['project', 'indicator'])}:{rng.randrange(6)}",
                rng.choice(["RED", "YELLOW", None]),
            )
        if rng.random() < 0.6:
            cycle = doing.keep_up(at=day(at))[0]
        for look in cycle.looks.filter(result="") if cycle else ():
            if rng.random() < 0.4:
                see(look, people, at=at, result=rng.choice(["moving", "still", "solved"]))
    cycle = actions.open_week(at=day("2022-10-28"))
    actions.close_week(cycle=cycle, by=people["clerk"], at=day("2022-10-28", 17))
    subjects = list(cycle.looks.values_list("subject", flat=True))
    assert len(subjects) == len(set(subjects))
    assert {s.subject for s in weekly_subjects.subjects(date(2022, 10, 28))} <= set(subjects)
    sums = queries.sums(cycle)
    assert sums.looked + sums.left == sums.all == len(subjects)
    assert sum(part.count for part in sums.parts) == sums.looked
    cycle.refresh_from_db()
    following = actions.open_week(at=day("2022-10-31"))
    carried = set(following.looks.filter(weeks_left=1).values_list("subject", flat=True))
    assert carried == set(cycle.looks.filter(result="").values_list("subject", flat=True))


def test_rows_recorded_together_are_taken_back_together(late, shines, people, make_user):
    at = day("2022-10-25")
    soon = at + timedelta(minutes=policy.office().undo_minutes)
    cycle = actions.open_week(by=people["clerk"], at=day("2022-10-24"))
    rows = list(cycle.looks.filter(subject__startswith="matter:"))
    with pytest.raises(Http404):
        undoing.take_back_looks(keys=["999@1"], by=people["clerk"], at=at)
    actions.record_inspections(items=rows, result="still", way="phone", by=people["clerk"], at=at)
    keys = undoing.keys_of(row.pk for row in rows)
    with pytest.raises(Http404):
        undoing.take_back_looks(keys=keys, by=people["second"], at=at)
    with pytest.raises(PermissionDenied):
        undoing.take_back_looks(keys=keys, by=people["liaison"], at=at)
    see(rows[0], people, at="2022-10-26")  # corrected since
    newer = undoing.keys_of([rows[0].pk])
    blank = undoing.take_back_looks(keys=newer, by=people["clerk"], at=day("2022-10-26"))
    assert not blank.done, "the record before still stands on the matter: the row is not left empty"
    found = undoing.take_back_looks(keys=keys, by=people["clerk"], at=soon)
    assert len(found.done) == len(rows) - 1 and "后来又改记过" in found.refused[0][1]
    assert cycle.looks.exclude(result="").count() == 1
    for row in rows[1:]:
        matter = Matter.objects.get(pk=row.subject.partition(":")[2])
        assert [e.kind for e in matter.events.order_by("sequence")][-2:] == ["looked", "taken_back"]
    again = undoing.take_back_looks(keys=keys, by=people["clerk"], at=soon)
    assert not again.done and "不用撤销" in again.refused[1][1], "twice pressed"
    actions.record_inspections(items=rows[1:], result="still", way="phone", by=people["clerk"], at=at)
    keys = undoing.keys_of(row.pk for row in rows[1:])
    late_by = undoing.take_back_looks(keys=keys, by=people["clerk"], at=soon + timedelta(seconds=1))
    assert not late_by.done and "分钟" in late_by.refused[0][1]
    actions.close_week(cycle=cycle, by=people["clerk"], at=at)
    closed = undoing.take_back_looks(keys=keys, by=people["clerk"], at=at)
    assert not closed.done and "已经结束" in closed.refused[0][1]


def test_the_message_of_ticked_rows_carries_its_undo(late, shines, people, signed_in, today_is):
    today_is("2022-10-25")
    cycle = actions.open_week(by=people["clerk"], at=day("2022-10-24"))
    clerk, ticks = signed_in("clerk"), [str(row.pk) for row in cycle.looks.all()]
    form = {"looks": ticks, "result": "still", "way": "phone"}
    text = clerk.post(f"/supervision/week/{cycle.pk}/looks/", form, follow=True).content.decode()
    assert f"已一并记录{len(ticks)}项" in text and 'action="/today/look/undo/"' in text
    picks = undoing.keys_of(ticks)
    assert clerk.post("/today/look/do/", {"pick": picks}).status_code == 404
    undone = {"pick": picks, "back": "/supervision/week/"}
    text = clerk.post("/today/look/undo/", undone, follow=True).content.decode()
    assert f"已撤销{len(ticks)}件" in text and not cycle.looks.exclude(result="").exists()
