"""The weekly check and the vacuum list on their pages and papers, and in a broken journal."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document

from tests.district.supervision.conftest import day
from tests.district.supervision.weekly.weekly_words import fresh, see
from wenpan.district.supervision import actions
from wenpan.district.supervision.log import policy
from wenpan.district.supervision.matters.queries import idle
from wenpan.district.supervision.models import InspectionItem, Matter, WeeklyInspection

CALENDAR = policy.calendar()
DUE = date(2022, 10, 20)


@pytest.fixture
def page(client, people, monkeypatch):
    moment = day("2022-10-25", 10)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    def open_as(name, url, data=None, **headers):
        if client.session.get("_auth_user_id") != str(people[name].pk):
            client.force_login(people[name])
        return client.post(url, data, **headers) if data is not None else client.get(url)

    return open_as


def test_the_week_on_the_page(late, shines, people, page):
    assert "还没有打开" in page("clerk", "/supervision/week/").content.decode()
    assert page("leader", "/supervision/week/open/", {}).status_code == 403
    page("clerk", "/supervision/week/open/", {})
    cycle = WeeklyInspection.objects.get()
    actions.feed_back(matter=late[0], claim="progress", process="已完成评估报告", by=people["liaison"],
                      at=day("2022-10-24"))  # fmt: skip
    body = page("clerk", "/supervision/week/").content.decode()
    assert body.count("sv-look-form") == 3 and "已完成评估报告" in body
    assert "sv-look-form" not in page("leader", "/supervision/week/").content.decode()
    look = cycle.looks.first()
    lacking = {"result": "problem", "way": "phone", "note": ""}
    row = page(
        "clerk", f"/supervision/week/looks/{look.pk}/", lacking, HTTP_HX_REQUEST="true"
    ).content.decode()
    assert "请写明是什么问题" in row and "checked" in row
    row = page("clerk", f"/supervision/week/looks/{look.pk}/", {"result": "moving", "way": "site"},
               HTTP_HX_REQUEST="true").content.decode()  # fmt: skip
    assert "is-done" in row and 'id="sv-week" hx-swap-oob="true"' in row and "现场" in row
    assert "更正" in row  # by who recorded it, while the week is open
    again = page("second", f"/supervision/week/looks/{look.pk}/", {"result": "still", "way": "site"},
                 HTTP_HX_REQUEST="true").content.decode()  # fmt: skip
    assert "别人记录" in again and "更正" not in again
    rest = [str(x.pk) for x in cycle.looks.filter(result="")]
    page("clerk", f"/supervision/week/{cycle.pk}/looks/", {"looks": rest, "result": "still", "way": "phone"})
    assert "本周应督查的都已督查" in page("clerk", "/supervision/week/").content.decode()
    whole = page("clerk", "/supervision/week/?show=all&sort=-title&export=csv").content.decode("utf-8-sig")
    head, *rows = whole.splitlines()
    assert head.startswith("灯,对象,单位,原因,遗留周数,督查情况") and len(rows) == 3
    assert rows == sorted(rows, key=lambda row: row.split(",")[1], reverse=True)
    assert 'data-column="title"' in page("clerk", "/supervision/week/?show=all").content.decode()
    assert page("clerk", f"/supervision/week/{cycle.pk}/close/", {"summary": "都已看过"}).status_code == 302
    proof = page("leader", f"/supervision/weeks/{cycle.pk}/").content.decode()
    for words in ("都已看过", "没有遗漏", "clerk", "100.0"):
        assert words in proof
    assert (
        page("leader", f"/supervision/weeks/{cycle.pk}/?export=xlsx")
        .headers["Content-Type"]
        .endswith("sheet")
    )
    assert "2022年10月24日—30日" in page("leader", "/supervision/weeks/").content.decode()


def test_the_papers_numbers_are_those_of_the_page(late, shines, people, page):
    cycle = actions.open_week(at=day("2022-10-24"))
    rows = list(cycle.looks.order_by("pk"))
    see(rows[0], people, result="problem", note="资金未到位")
    see(rows[1], people, result="moving")
    document = Document(io.BytesIO(page("leader", f"/supervision/weeks/{cycle.pk}/paper/").content))
    text = "\n".join(p.text for p in document.paragraphs)
    assert "本周应督查3项，其中红灯3项；已督查2项，未督查1项。" in text
    assert "有实质进展1项、占50.0%" in text
    cells = [[c.text for c in row.cells] for table in document.tables for row in table.rows]
    assert any("资金未到位" in row for row in cells)
    assert any("未督查" in row for row in cells)


def test_a_paper_that_contradicts_itself_is_not_written():
    from wenpan.documents.papers.letters import weekly_inspection

    row = weekly_inspection.InspectionRow("甲", "住建局", "红灯", "有实质进展", False, "", 0)
    week = weekly_inspection.Week(
        "一周", 2, 1, 1, (("有实质进展", 1, 100.0),), (), (row,), "", "", date(2022, 10, 28)
    )
    with pytest.raises(ValueError, match="不一致"):
        weekly_inspection.compose(week)


def test_the_week_costs_the_same_for_three_rows_and_thirty(late, assigned, shines, people, page,
                                                           django_assert_max_num_queries,
                                                           django_assert_num_queries):  # fmt: skip
    actions.open_week(at=day("2022-10-24"))
    page("clerk", "/supervision/week/")
    with django_assert_max_num_queries(26) as few:
        page("clerk", "/supervision/week/")
    for n in range(27):
        assigned(f"更多{n}", due=DUE)
    actions.refresh_week(cycle=WeeklyInspection.objects.get(), at=day("2022-10-25"))
    with django_assert_num_queries(len(few)):
        page("clerk", "/supervision/week/")


def test_the_vacuum_list_says_why_and_what_to_do_and_praises_when_empty(assigned, drafted, people, page):
    assert "做得好" in page("leader", "/supervision/vacuum/").content.decode()
    registered = drafted("没有单位")
    actions.register(matter=registered, by=people["chief"], at=day("2022-10-14"))
    declined = assigned("不是我的", due=date(2022, 12, 1))
    actions.decline(matter=declined, reason="不属我局", by=people["liaison"], at=day("2022-10-15"))
    silent = assigned("没有声音", at=day("2022-10-08"), due=date(2022, 12, 1))
    assigned("正常", due=date(2022, 12, 1))
    on = date(2022, 10, 25)
    found = {m.pk: [g.code for g in idle.of(m, on)] for m in idle.gaps(on)}
    assert found == {registered.pk: ["owner", "deadline"], declined.pk: ["owner"], silent.pk: ["news"]}
    assert idle.counts(on) == {"all": 3, "owner": 2, "deadline": 1, "news": 1}
    body = page("leader", "/supervision/vacuum/").content.decode()
    for words in ("没有牵头单位", "重新交办", "交办17天没有反馈", "催办，必要时发督办单"):
        assert words in body
    assert page("leader", "/supervision/vacuum/?export=xlsx").headers["Content-Type"].endswith("sheet")
    assert page("liaison", "/supervision/vacuum/").status_code == 403


@pytest.mark.parametrize("reason", ["owner", "deadline", "news"])
def test_the_database_and_the_words_agree_on_every_gap(reason, assigned, drafted, people):
    actions.register(matter=drafted("一"), by=people["chief"], at=day("2022-10-14"))
    for n in range(4):
        assigned(f"事项{n}", at=day(f"2022-10-{8 + n:02d}"), due=date(2022, 12, 1))
    actions.pause(
        matter=assigned("暂缓", due=date(2022, 12, 1)), reason="等", by=people["chief"], at=day("2022-10-15")
    )
    on = date(2022, 10, 24)
    said = {m.pk for m in idle.gaps(on) if reason in {g.code for g in idle.of(m, on)}}
    assert said == set(idle.gaps(on, reason).values_list("pk", flat=True))


def test_what_is_kept_is_chinese_whatever_the_page_speaks(late, shines, people, page):
    from django.utils import translation

    with translation.override("en"):
        cycle = actions.open_week(by=people["clerk"], at=day("2022-10-24"))
        see(cycle.looks.first(), people)
        actions.close_week(cycle=cycle, by=people["clerk"], at=day("2022-10-28"))
    assert cycle.looks.first().why == "逾期，时限2022-10-20"
    cycle.refresh_from_db()
    assert cycle.summary.startswith("应督查3项，已督查1项（有实质进展1项）")
    page("leader", "/supervision/weeks/")
    document = Document(io.BytesIO(page("leader", f"/supervision/weeks/{cycle.pk}/paper/").content))
    assert "每周督查情况" in document.paragraphs[0].text


@pytest.mark.parametrize("deed", ["issue", "answer", "withdraw", "open the week", "look", "close the week"])
def test_if_the_journal_cannot_be_written_nothing_is(deed, assigned, shines, people, monkeypatch):
    from django.db import DatabaseError, connection

    from wenpan.district.supervision.models import Event, Notice, Slip

    matter = assigned(due=DUE)
    slip = actions.issue_slip(
        matter=matter, colour="blue", reason="催办", by=people["clerk"], at=day("2022-10-24")
    )
    cycle = actions.open_week(by=people["clerk"], at=day("2022-10-24"))
    act = {
        "issue": lambda: actions.issue_slip(
            matter=fresh(matter), colour="red", reason="x", by=people["clerk"], at=day("2022-10-25")
        ),
        "answer": lambda: actions.answer(slip=slip, text="答", by=people["liaison"], at=day("2022-10-25")),
        "withdraw": lambda: actions.withdraw(slip=slip, reason="x", by=people["clerk"], at=day("2022-10-25")),
        "open the week": lambda: actions.open_week(by=people["clerk"], at=day("2022-10-31")),
        "look": lambda: see(cycle.looks.first(), people),
        "close the week": lambda: actions.close_week(cycle=cycle, by=people["clerk"], at=day("2022-10-28")),
    }[deed]

    def picture():
        return [
            list(m.objects.order_by("pk").values())
            for m in (Matter, Event, Slip, Notice, WeeklyInspection, InspectionItem)
        ]

    before = picture()

    def broken(**_values):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr("wenpan.district.ground.journal.actions.Entry.objects.create", broken)
    with pytest.raises(DatabaseError, match="disk is full"):
        act()
    connection.needs_rollback = False
    assert picture() == before
