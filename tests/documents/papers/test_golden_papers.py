"""Papers that were issued are made again to the byte, and kept rows of every version are read: across time.

`fixtures/golden` holds one paper of each kind as it is archived (the record and its .docx) and a bulletin's
rows in each layout that was ever kept. They are never made anew to please a change: a difference here is what
somebody who verifies an old paper would see. A new kind gets its own pair.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.documents.papers.test_bulletin import row
from wenpan.documents.papers.bulletin.rows import BulletinRow, Reply, from_json, to_json
from wenpan.documents.papers.gbt9704.render import render
from wenpan.documents.papers.paper import from_json as paper_from_json

GOLDEN = Path(__file__).parents[1] / "fixtures" / "golden"
KINDS = (
    "bulletin",
    "briefing",
    "bulletin_2",
    "briefing_2",
    "supervision_notice",
    "handling_report",
    "weekly_inspection",
    "bulletin_3",
    "briefing_3",
    "supervision_notice_3",
    "handling_report_3",
    "weekly_inspection_3",
)
CREATED = date(2022, 10, 8)


@pytest.mark.parametrize("kind", KINDS)
def test_an_archived_paper_is_made_again_to_the_byte(kind):
    paper = paper_from_json(json.loads((GOLDEN / f"{kind}.json").read_text("utf-8")))
    assert render(paper, created=CREATED) == (GOLDEN / f"{kind}.docx").read_bytes()


def test_one_changed_letter_is_noticed():
    kept = json.loads((GOLDEN / "bulletin.json").read_text("utf-8"))
    kept["issuer"] = kept["issuer"] + "甲"
    assert render(paper_from_json(kept), created=CREATED) != (GOLDEN / "bulletin.docx").read_bytes()


def _rows() -> tuple[BulletinRow, ...]:
    return (
        row(1, "closed", coops=("桐溪镇", "柳湾镇")),
        row(2, "overdue", new=False),
        row(3, "paused", recurring=True),
    )


REPLIES = (
    Reply(2, "2022-0002", "完成第2号地块供地", "zjj", date(2022, 9, 22), "feedback", True, 2),
    Reply(1, "2022-0001", "完成第1号地块供地", "zjj", date(2022, 9, 12), "returned", words="没有依据"),
)


def test_rows_of_the_first_layout_are_read_by_the_names_that_they_had_then():
    kept = json.loads((GOLDEN / "bulletin_rows_1.json").read_text("utf-8"))
    assert from_json(BulletinRow, kept["rows"]) == _rows()
    assert from_json(Reply, kept["replies"]) == REPLIES


def test_rows_of_today_are_kept_by_name_and_version():
    kept = json.loads((GOLDEN / "bulletin_rows_2.json").read_text("utf-8"))
    assert from_json(BulletinRow, kept["rows"]) == _rows()
    assert from_json(Reply, kept["replies"]) == REPLIES
    assert kept["rows"]["version"] == 2 and kept["rows"]["names"][:3] == ["pk", "number", "title"]


def test_two_fields_that_change_places_change_nothing_that_is_kept():
    kept = to_json(BulletinRow, _rows())
    names = list(kept["names"])
    a, b = names.index("number"), names.index("title")
    names[a], names[b] = names[b], names[a]
    moved = []
    for row_kept in kept["rows"]:
        values = list(row_kept)
        values[a], values[b] = values[b], values[a]
        moved.append(values)
    assert from_json(BulletinRow, {"version": 2, "names": names, "rows": moved}) == _rows()


def test_a_version_that_nobody_knows_is_refused_by_its_number():
    with pytest.raises(ValueError, match="实为9"):
        from_json(BulletinRow, {"version": 9, "names": [], "rows": []})
    with pytest.raises(TypeError):
        from_json(BulletinRow, {"version": 2, "names": ["no_such"], "rows": [[1]]})
