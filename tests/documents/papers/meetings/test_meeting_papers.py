"""会后一纸 and the draft of the minutes: what was agreed, and nothing that was not."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

from docx import Document

from wenpan.documents.papers.gbt9704.render import render
from wenpan.documents.papers.meetings import follow_up, minutes
from wenpan.documents.papers.meetings.decision import AgreedLine, HeldMeeting
from wenpan.documents.papers.paper import PaperTable, block_text

HELD = HeldMeeting(
    "10月经济运行调度会", date(2022, 10, 18), "09:30", "区政府二楼会议室", "江望舒", "各镇街",
    "督查绩效办", date(2022, 10, 18),
)  # fmt: skip
LINE = AgreedLine(
    "拿出社零回升方案", "商务局", ("统计局",), date(2022, 10, 31), "10月底前", "2022-0041", "拟办"
)


def text_of(paper) -> str:
    return "\n".join(block_text(block) for block in paper.blocks)


def test_the_follow_up_is_a_table_of_decision_unit_and_day():
    paper = follow_up.compose(HELD, [LINE], 12, 9)
    (table,) = [b for b in paper.blocks if isinstance(b, PaperTable)]
    assert [cell.text for cell in table.rows[0]] == ["1", "拿出社零回升方案", "商务局", "统计局", "10月31日"]
    assert "提问12条，已答复9条，议定1件，涉及1个单位" in text_of(paper)


def test_a_title_that_begins_with_the_day_does_not_say_it_twice():
    paper = follow_up.compose(replace(HELD, title="2022年10月18日经济运行调度会"), [LINE], 0, 0)
    assert text_of(paper).startswith("2022年10月18日召开经济运行调度会")


def test_a_decision_whose_unit_is_open_is_said_to_be():
    paper = follow_up.compose(HELD, [LINE, replace(LINE, unit="", due=None, due_words="")], 0, 0)
    assert "其中1件责任单位待定" in text_of(paper)
    assert "提问" not in text_of(paper)


def test_a_meeting_without_decisions_says_so():
    assert "没有议定事项" in text_of(follow_up.compose(HELD, [], 0, 0))
    assert "没有议定需要督办的事项" in text_of(minutes.compose(HELD, []))


def test_the_minutes_say_who_presided_where_and_what_was_agreed_and_that_they_are_a_draft():
    paper = minutes.compose(HELD, [LINE])
    words = text_of(paper)
    assert "2022年10月18日 09:30，江望舒在区政府二楼会议室主持召开10月经济运行调度会" in words
    assert "一、拿出社零回升方案。由商务局负责，统计局配合，10月31日前办结（督办编号2022-0041）。" in words
    assert minutes.TO_WRITE in words
    assert "不得作为依据" in paper.small_print


def test_the_minutes_of_more_than_ninety_nine_decisions_can_be_printed():
    assert "100、" in text_of(minutes.compose(HELD, [LINE] * 100))


def test_both_become_word_documents_the_same_twice():
    for paper in (follow_up.compose(HELD, [LINE], 1, 1), minutes.compose(HELD, [LINE])):
        data = render(paper, created=date(2022, 10, 18))
        assert data == render(paper, created=date(2022, 10, 18))
        assert "拿出社零回升方案" in "".join(
            [p.text for p in Document(io.BytesIO(data)).paragraphs]
            + [c.text for t in Document(io.BytesIO(data)).tables for r in t.rows for c in r.cells]
        )
