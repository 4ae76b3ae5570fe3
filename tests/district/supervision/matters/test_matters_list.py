"""The list of matters: filters, order, search, counts, export, views; and the leader's view of all."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from tests.district.supervision.conftest import day
from wenpan.district.supervision import actions
from wenpan.district.supervision.log import matter_sets as queries
from wenpan.district.supervision.matters.queries import listing
from wenpan.district.supervision.models import Matter, Source

LIST = "/supervision/matters/"
TODAY = "2022-10-20"
OPEN = {"逾期的", "临期的", "远的", "暂缓的", "要延期的", "待核查的", "退回的", "拟办的"}
COLUMNS = ["number", "title", "kind", "source__title", "light_order", "state", "lead__order", "due",
           "original_due", "feedback_on", "assigned_on", "leader", "returned"]  # fmt: skip


def fresh(matter):
    return Matter.objects.get(pk=matter.pk)


@pytest.fixture
def many(assigned, drafted, people, units, today_is):
    """One of each: titles say what they are."""
    today_is(TODAY)
    at = day("2022-10-18")
    made = {
        "late": assigned("逾期的", due=date(2022, 10, 17)),
        "soon": assigned("临期的", due=date(2022, 10, 22)),
        "far": assigned("远的", due=date(2022, 12, 31), lead="jfj", coops=()),
        "paused": assigned("暂缓的", due=date(2022, 10, 17)),
        "asked": assigned("要延期的", due=date(2022, 10, 31)),
        "answered": assigned("待核查的", due=date(2022, 10, 31)),
        "declined": assigned("退回的", due=date(2022, 10, 31)),
        "draft": drafted("拟办的", cause="indicator:fai"),
        "closed": assigned("办结的", due=date(2022, 10, 31)),
    }
    by = people["liaison"]
    actions.pause(matter=made["paused"], reason="x", by=people["chief"], at=at)
    actions.ask_extension(matter=made["asked"], until=date(2022, 11, 30), reason="x", by=by, at=at)
    actions.decline(matter=made["declined"], reason="x", by=by, at=at)
    for name in ("answered", "closed"):
        actions.feed_back(matter=made[name], claim="done", process="已完成供地", by=by, at=at)
    actions.check(matter=fresh(made["closed"]), passed=True, text="好", by=people["clerk"], at=at)
    actions.close(matter=fresh(made["closed"]), by=people["clerk"], at=at)
    return made


def titles(client, query: str = "") -> set[str]:
    return {m.title for m in client.get(LIST + query).context["table"].page}


@pytest.mark.parametrize(
    "query, expected",
    [
        ("", OPEN),
        ("?state=closed", {"办结的"}),
        ("?state=draft", {"拟办的"}),
        ("?light=RED", {"逾期的"}),
        ("?light=YELLOW", {"临期的", "退回的"}),
        ("?light=GREEN", {"远的", "要延期的", "待核查的"}),
        ("?light=UNKNOWN", {"暂缓的", "拟办的"}),
        ("?unit=jfj", {"远的"}),
        ("?unit=none", {"拟办的"}),
        ("?flag=overdue", {"逾期的"}),
        ("?flag=paused", {"暂缓的"}),
        ("?flag=extension", {"要延期的"}),
        ("?flag=answered", {"待核查的"}),
        ("?flag=registered", {"退回的"}),
        ("?flag=mine", {"待核查的"}),
        ("?due=week", {"临期的"}),
        ("?due=late", {"逾期的"}),
        ("?source=light", {"拟办的"}),
        ("?source=source", set()),
        ("?q=供地", set()),
        ("?q=临期", {"临期的"}),
        ("?q=2022-0003", {"远的"}),
        ("?kind=note", set()),
        ("?state=nonsense&light=BLUE&flag=x&source=x", OPEN),
    ],
)  # fmt: skip
def test_each_filter_lets_through_what_it_says(many, signed_in, query, expected):
    assert titles(signed_in("clerk"), query) == expected


def test_cooperating_units_are_found_by_the_unit_filter(many, signed_in):
    assert "逾期的" in titles(signed_in("clerk"), "?unit=tongxi")


def test_a_silent_matter_shows_after_two_weeks_without_a_word(many, signed_in, today_is):
    assert titles(signed_in("clerk"), "?flag=silent") == set()
    today_is("2022-11-01")
    assert "远的" in titles(signed_in("clerk"), "?flag=silent")


def test_every_number_above_the_list_is_the_length_of_its_list(many, signed_in, people, today_is):
    client = signed_in("clerk")
    opened, counts = listing.counts(people["clerk"], date(2022, 10, 20))
    assert opened == len(titles(client))
    for counted in counts:
        assert counted.count == len(titles(client, f"?flag={counted.code}")), counted.code


def test_the_counts_take_one_query(many, people, django_assert_num_queries):
    with django_assert_num_queries(1):
        listing.counts(people["clerk"], date(2022, 10, 20))


@pytest.mark.parametrize("key", COLUMNS)
def test_every_column_sorts_both_ways_and_loses_nothing(many, signed_in, key):
    client = signed_in("clerk")
    up, down = (
        [m.pk for m in client.get(f"{LIST}?state=all&sort={sign}{key}").context["table"].page]
        for sign in ("", "-")
    )
    assert sorted(up) == sorted(down) == sorted(m.pk for m in many.values())


def test_by_light_red_stands_first(many, signed_in):
    page = signed_in("clerk").get(f"{LIST}?sort=light_order").context["table"].page
    lights = [queries.light_of(m, date(2022, 10, 20)) for m in page]
    assert lights == sorted(lights, key=["RED", "YELLOW", "GREEN", "UNKNOWN"].index)


def test_mine_to_check_leaves_out_what_my_unit_handles(many, make_user, units, client):
    client.force_login(make_user("supervisor", username="insider", unit=units["zjj"]))
    assert titles(client, "?flag=mine") == set()


def test_mine_to_check_leaves_out_what_i_acted_on_for_a_unit(many, people, units, signed_in):
    """The liaison who signed it, and the head who signed it off, have moved to the office."""
    from wenpan.district.accounts.models import User
    from wenpan.district.supervision.models import Feedback

    actions.sign_off(feedback=Feedback.objects.get(matter=many["answered"]), by=people["head"])
    for name in ("liaison", "head"):
        User.objects.filter(pk=people[name].pk).update(role="supervisor", unit=units["dcb"])
        people[name].refresh_from_db()
        assert titles(signed_in(name), "?flag=mine") == set()
    assert titles(signed_in("clerk"), "?flag=mine") == {"待核查的"}


def test_the_export_is_what_the_page_shows_and_no_formula(many, drafted, signed_in):
    drafted("=cmd()")
    answer = signed_in("clerk").get(f"{LIST}?state=all&export=xlsx&sort=number")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    rows = list(sheet.values)
    assert rows[0][:2] == ("编号", "督办事项")
    assert [r[0] for r in rows[1:]] == [f"2022-{n:04d}" for n in range(1, 11)]
    risky = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "=cmd()")
    assert risky.data_type == "s"
    words = {r[1]: dict(zip(rows[0], r, strict=True)) for r in rows[1:]}
    assert words["办结的"]["最近进展"] == "已完成供地"
    assert words["逾期的"]["配合单位"] == "桐溪镇"
    assert words["逾期的"]["灯"] == "红灯"


def test_an_empty_room_and_a_single_matter_have_a_list_too(people, drafted, signed_in):
    assert "没有这样的督办事项" in signed_in("clerk").get(LIST).content.decode()
    drafted("唯一的")
    assert titles(signed_in("clerk")) == {"唯一的"}


def test_the_list_pages_in_the_database(assigned, people, signed_in, today_is, django_assert_max_num_queries):
    today_is(TODAY)
    for n in range(45):
        assigned(f"事项{n}", due=date(2022, 11, 20))
    client = signed_in("clerk")
    with django_assert_max_num_queries(20):  # with campaigns and the views of the list
        first = client.get(LIST)
    assert len(first.context["table"].page.object_list) == 40
    assert len(client.get(f"{LIST}?page=2").context["table"].page.object_list) == 5


def test_units_have_a_desk_and_no_list(many, signed_in):
    assert signed_in("liaison").get(LIST).status_code == 403


def test_a_number_leads_to_its_matter(many, signed_in):
    url = reverse("supervision:matter_by_number", args=["2022-0001"])
    assert signed_in("liaison").get(url).url == reverse("supervision:matter", args=[many["late"].pk])
    assert signed_in("liaison").get(url.replace("0001", "0003")).status_code == 404


# drafting by hand


def draft(client, **fields):
    return client.post(f"{LIST}new/", {"title": "抓好供地", "kind": "meeting", **fields})


def test_a_draft_by_hand_gets_its_number_and_a_part_its_whole(signed_in, today_is):
    today_is(TODAY)
    client = signed_in("clerk")
    draft(client)
    whole = Matter.objects.get()
    draft(client, title="子事项", parent=whole.pk, leader="王区长", important="1")
    part = whole.parts.get()
    assert (whole.number, part.number, part.leader, part.important) == (
        "2022-0001",
        "2022-0002",
        "王区长",
        True,
    )


@pytest.mark.parametrize(
    "fields, words",
    [
        ({"title": " "}, "请写明督办事项"),
        ({"kind": "x"}, "没有这种事项类型"),
        ({"due": "2022-10-01"}, "早于今天"),
        ({"due": "明天"}, "日期应写作"),
        ({"lead": "zjj", "coops": ["zjj"]}, "不能同时是配合单位"),
        ({"lead": "nobody"}, "请选定牵头单位"),
        ({"every": "monthly", "every_day": "32"}, "几日写1—31"),
        ({"every": "daily", "every_day": "1"}, "不写"),
        ({"every": "hourly"}, "没有这种周期"),
    ],
)  # fmt: skip
def test_a_draft_that_cannot_be_is_answered_and_keeps_its_words(signed_in, today_is, units, fields, words):
    today_is(TODAY)
    answer = draft(signed_in("clerk"), evidence="会议原话", **fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "会议原话" in answer.content.decode()
    assert not Matter.objects.exists()


def test_a_part_of_what_has_ended_is_refused(many, signed_in):
    answer = draft(signed_in("clerk"), parent=many["closed"].pk)
    assert (answer.status_code, many["closed"].parts.count()) == (422, 0)


@pytest.mark.parametrize("who, status", [("clerk", 200), ("analyst", 200), ("leader", 403), ("liaison", 403)])
def test_who_may_draft(signed_in, who, status):
    assert signed_in(who).get(f"{LIST}new/").status_code == status


# the leader's view


def test_the_leader_sees_what_is_red_why_who_and_what_next_without_a_form(many, signed_in):
    page = signed_in("leader").get("/supervision/")
    words = page.content.decode()
    found = page.context["found"]
    assert (found.open, found.red, found.yellow, found.paused, found.closed_this_year) == (8, 1, 2, 1, 1)
    assert [row.matter.title for row in found.reds] == ["逾期的"]
    for said in ("逾期3天", "住建局 head", "单位须立即反馈", "没有反馈"):
        assert said in words
    main = words[words.index("<main") : words.index("</main>")]
    assert "<form" not in main


def test_the_leaders_view_of_an_empty_room(people, signed_in):
    words = signed_in("leader").get("/supervision/").content.decode()
    assert "没有逾期的事项" in words
    assert "没有在办的事项" in words


def test_sources_of_the_list_can_be_chosen(many, people, drafted, signed_in):
    source = Source.objects.create(kind="speech", title="区长讲话", dated=date(2022, 10, 14),
                                   created_by=people["clerk"], created_at=day("2022-10-14"))  # fmt: skip
    drafted("讲话里的", source=source)
    client = signed_in("clerk")
    assert titles(client, f"?source={source.pk}") == {"讲话里的"}
    assert titles(client, "?q=区长讲话") == {"讲话里的"}
