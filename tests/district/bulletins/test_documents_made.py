"""Making a document: archived with its numbers, journalled, refused with reasons, never changed."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from docx import Document as Docx

from wenpan.district.bulletins import queries
from wenpan.district.bulletins.actions import make_briefing
from wenpan.district.bulletins.models import Document
from wenpan.district.ground import originals
from wenpan.district.ground.journal.models import Entry
from wenpan.district.indicators import queries as indicators
from wenpan.documents.papers.facts import Inconsistent
from wenpan.documents.words.word_paragraphs import unwrap
from wenpan.economy.time.periods import Month

SEPTEMBER = Month(2022, 9)
AT = timezone.make_aware(datetime(2022, 10, 20, 9, 0))


def words(document: Document) -> str:
    made = unwrap(Docx(io.BytesIO(originals.get(document.sha256))))
    cells = (cell.text for table in made.tables for row in table.rows for cell in row.cells)
    return "\n".join([p.text for p in made.paragraphs] + list(cells))


def test_a_document_is_archived_with_its_file_and_its_numbers(september):
    document = make_briefing(as_of=SEPTEMBER, by=september.analyst)
    assert document.title == "甲区2022年1—9月经济运行分析"
    assert len(originals.get(document.sha256)) == document.size
    by_key = {fact["key"]: fact for fact in document.facts["facts"]}
    assert by_key["fai/ytd_growth"]["shown"] == "-12.3"
    assert by_key["fai/ytd_growth"]["source"] == 77
    assert "固定资产投资下降12.3%" in words(document)


def test_its_numbers_are_those_of_the_board(september):
    document = make_briefing(as_of=SEPTEMBER, by=september.analyst)
    shown = {fact["key"]: fact["value"] for fact in document.facts["facts"]}
    for row in indicators.board(as_of=SEPTEMBER).rows:
        assert shown[f"{row.indicator}/ytd_growth"] == row.actual
        assert shown[f"{row.indicator}/rank"] == row.rank


def test_it_is_journalled_and_prints_the_head_that_it_stood_on(september):
    before = Entry.objects.count()
    document = make_briefing(as_of=SEPTEMBER, by=september.analyst)
    entry = Entry.objects.order_by("-sequence").first()
    assert Entry.objects.count() == before + 1
    assert (entry.action, entry.subject) == ("document.make", f"document:{document.pk}")
    assert entry.detail["sha256"] == document.sha256
    assert document.journal_head[:16] in words(document)


def test_if_the_journal_cannot_be_written_nothing_is_archived(september, monkeypatch):
    def broken(**_):
        raise RuntimeError("the journal is full")

    monkeypatch.setattr("wenpan.district.bulletins.actions.briefing.record", broken)
    with pytest.raises(RuntimeError, match="journal"):
        make_briefing(as_of=SEPTEMBER, by=september.analyst)
    assert not Document.objects.exists()


@pytest.mark.parametrize("role", ["leader", "statistician", "supervisor", "liaison", "auditor"])
def test_only_an_analyst_makes_documents(september, role):
    with pytest.raises(PermissionDenied):
        make_briefing(as_of=SEPTEMBER, by=september.people[role])
    assert not Document.objects.exists()


def test_a_stale_figure_stops_it_and_the_refusal_is_journalled(september):
    september.judge("retail", 4.7, "YELLOW", period="2022-08")
    with pytest.raises(Inconsistent) as refusal:
        make_briefing(as_of=SEPTEMBER, by=september.analyst)
    assert [(p.code, p.where) for p in refusal.value.problems] == [("stale", "社会消费品零售总额")]
    assert not Document.objects.exists()
    entry = Entry.objects.order_by("-sequence").first()
    assert entry.action == "document.refuse"
    assert entry.detail[0]["code"] == "stale"


def test_a_page_that_contradicts_itself_stops_it(september):
    september.judge("fai", -12.3, "RED", gap=-2.0)
    with pytest.raises(Inconsistent) as refusal:
        make_briefing(as_of=SEPTEMBER, by=september.analyst)
    assert {p.code for p in refusal.value.problems} == {"difference"}


def test_a_board_that_changes_meanwhile_stops_it(september):
    def progress(percent, _words):
        if percent == 95:
            september.judge("retail", 5.0, "YELLOW")

    with pytest.raises(Inconsistent) as refusal:
        make_briefing(as_of=SEPTEMBER, by=september.analyst, progress=progress)
    assert [p.code for p in refusal.value.problems] == ["changed"]
    assert not Document.objects.exists()


def test_a_second_making_is_a_new_edition_and_the_first_keeps_its_bytes(september):
    first = make_briefing(as_of=SEPTEMBER, by=september.analyst)
    bytes_then = originals.get(first.sha256)
    september.judge("fai", -11.0, "RED", figure_id=78)
    second = make_briefing(as_of=SEPTEMBER, by=september.analyst)
    assert (first.edition, second.edition) == (1, 2)
    assert originals.get(first.sha256) == bytes_then
    assert first.sha256 != second.sha256


def test_two_editions_are_compared_number_by_number(september):
    first = make_briefing(as_of=SEPTEMBER, by=september.analyst)
    september.judge("fai", -11.0, "RED", figure_id=78)
    second = make_briefing(as_of=SEPTEMBER, by=september.analyst)
    changed = {d.label: (d.old, d.new, d.kind) for d in queries.compare(first, second)}
    assert changed["固定资产投资累计增速"] == ("-12.3%", "-11.0%", "changed")
    assert changed["固定资产投资与目标相差"] == ("-18.3个百分点", "-17.0个百分点", "changed")
    assert not any(label.startswith("社会消费品") for label in changed)


def test_the_preview_is_drawn_from_the_archive_not_from_today(september):
    document = make_briefing(as_of=SEPTEMBER, by=september.analyst)
    september.judge("fai", 99.0, "GREEN")
    shown = queries.view(document.pk)
    text = "".join(span.text for block in shown.blocks for span in block.spans)
    assert "下降12.3%" in text
    assert "99.0" not in text


def test_every_figure_of_an_indicator_leads_to_its_origin(september):
    shown = queries.view(make_briefing(as_of=SEPTEMBER, by=september.analyst).pk)
    spans = [span for block in shown.blocks for span in block.spans]
    assert {span.origin for span in spans if span.text == "下降12.3%"} == {77}
    assert 77 in {span.origin for span in spans if "低于全市平均" in span.text}


def test_the_same_facts_give_the_same_file(september, monkeypatch):
    monkeypatch.setattr("wenpan.district.bulletins.actions.briefing.journal.head", lambda: "a" * 64)
    first = make_briefing(as_of=SEPTEMBER, by=september.analyst, at=AT)
    second = make_briefing(as_of=SEPTEMBER, by=september.analyst, at=AT)
    assert first.sha256 == second.sha256
