"""What a person may not know stays unknown on every way to it, not only on the page that shows it."""

from __future__ import annotations

from datetime import date

from tests.district.supervision.conftest import day
from wenpan.district.supervision import actions


def test_a_clash_shows_no_note_that_the_office_made_for_itself(assigned, people, signed_in, today_is):
    today_is("2022-10-18")
    matter = assigned(due=date(2022, 10, 31))
    actions.note(matter=matter, text="拟约谈其主要负责人", by=people["clerk"], at=day("2022-10-17"))
    form = {"seen": "0", "claim": "progress", "process": "正在清表"}
    answer = signed_in("liaison").post(f"/supervision/matters/{matter.pk}/feed_back/do/", form)
    assert answer.status_code == 409
    assert "这期间别人办了" in answer.content.decode()
    assert "拟约谈" not in answer.content.decode()
