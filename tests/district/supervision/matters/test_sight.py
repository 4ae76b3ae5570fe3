"""What a person may not know stays unknown on every way to it, not only on the page that shows it."""

from __future__ import annotations

from datetime import date

from tests.district.supervision.conftest import day
from wenpan.district.supervision import actions
from wenpan.district.supervision.sources.actions import instructions


def test_a_clash_shows_no_note_that_the_office_made_for_itself(assigned, people, signed_in, today_is):
    today_is("2022-10-18")
    matter = assigned(due=date(2022, 10, 31))
    actions.note(matter=matter, text="拟约谈其主要负责人", by=people["clerk"], at=day("2022-10-17"))
    form = {"seen": "0", "claim": "progress", "process": "正在清表"}
    answer = signed_in("liaison").post(f"/supervision/matters/{matter.pk}/feed_back/do/", form)
    assert answer.status_code == 409
    assert "这期间别人办了" in answer.content.decode()
    assert "拟约谈" not in answer.content.decode()


HUGE = "9" * 30


def test_an_address_that_was_tampered_with_is_no_error(assigned, people, units, signed_in, today_is):
    today_is("2022-10-18")
    assigned(due=date(2022, 10, 17))
    week = actions.open_week(by=people["clerk"], at=day("2022-10-18"))
    planned = instructions.MatterPlan(text="供地", kind="note", lead=units["zjj"])
    note = instructions.take_note(
        leader="区长",
        words="请住建局办理",
        dated=date(2022, 10, 14),
        planned=planned,
        by=people["clerk"],
        at=day("2022-10-18"),
    )
    clerk = signed_in("clerk")
    assert clerk.get("/supervision/matters/", {"source": HUGE}).status_code == 200
    assert clerk.post(f"/supervision/week/{week.pk}/looks/", {"looks": HUGE}).status_code == 302
    sent = clerk.post(f"/supervision/proposals/{note.pk}/drop/?show=%0d%0aSet-Cookie:%20a=b", {})
    assert sent.status_code == 302
    assert "\n" not in sent["Location"] and "Set-Cookie" not in sent.headers


def test_a_year_that_no_calendar_reaches_is_refused_in_words(drafted, people, signed_in, today_is):
    today_is("2022-10-18")
    matter = drafted(at=day("2022-10-14"))
    actions.register(matter=matter, by=people["chief"], at=day("2022-10-14"))
    form = {"seen": "2", "lead": "zjj", "due": "9999-12-31"}
    answer = signed_in("clerk").post(f"/supervision/matters/{matter.pk}/assign/do/", form)
    assert answer.status_code == 422
    assert "日期应写作" in answer.content.decode()
