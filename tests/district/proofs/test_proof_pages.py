"""核数: a paper comes in, its figures are held against the ledger of that day, nothing is changed."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from tests.district.indicators.conftest import AT, growths, place  # noqa: F401  (fixture)
from tests.district.supervision.sources.papers import docx, pdf
from tests.district.supervision.sources.scan_files import scan
from wenpan.district.ground.converters import office, scans
from wenpan.district.ground.journal.models import Entry
from wenpan.district.intake.models import Original
from wenpan.district.observations.models import Observation
from wenpan.district.proofs import actions, queries
from wenpan.district.proofs.models import PaperCheck
from wenpan.documents.proof.proof_json import ProvenPaper, row_of, verdict_of
from wenpan.economy.time.periods import Month

FAI = "fai"
TEXT = (
    "关于前三季度经济运行的汇报",
    "1—9月，全区固定资产投资下降3.2%，在全市排第5位。",
    "1—9月，全区固定资产投资下降4.2%。",
    "高技术制造业投资增长12.0%。",
)


@pytest.fixture
def ledger(place):  # noqa: F811
    place.record(growths(FAI, {"2022-09": -3.2}))
    return place


@pytest.fixture
def analyst(client, ledger):
    client.force_login(ledger.analyst)
    return client


def send(client, data: bytes, name: str = "汇报.docx", month: str = "2022-09"):
    file = io.BytesIO(data)
    file.name = name
    return client.post(reverse("proofs:upload"), {"file": file, "month": month}, follow=True)


def test_a_wrong_figure_is_told_with_the_right_one_and_its_origin(analyst):
    page = send(analyst, docx(*TEXT)).content.decode()
    paper = PaperCheck.objects.get()
    assert (paper.wrong, paper.contradictory, paper.right) == (1, 0, 2)
    figure = Observation.objects.get(indicator=FAI, region__code="jia")
    assert reverse("observations:origin", args=[figure.pk]) in page
    assert "下降4.2%" in page
    assert "高技术制造业投资" in page


def test_the_copy_has_a_comment_where_a_figure_is_wrong_and_the_same_text(analyst):
    data = docx(*TEXT)
    send(analyst, data)
    paper = PaperCheck.objects.get()
    answer = analyst.get(reverse("proofs:copy", args=[paper.pk]))
    copy = Document(io.BytesIO(b"".join(answer.streaming_content)))
    assert len(list(copy.comments)) == 1
    assert [p.text for p in copy.paragraphs] == [p.text for p in Document(io.BytesIO(data)).paragraphs]


@pytest.mark.skipif(office.converter() is None, reason="LibreOffice is not installed")
def test_an_old_doc_is_checked_and_its_copy_is_a_docx_with_the_comment(analyst):
    send(analyst, office.convert(docx(*TEXT), "docx", "doc"), "汇报.doc")
    paper = PaperCheck.objects.get()
    answer = analyst.get(reverse("proofs:copy", args=[paper.pk]))
    assert len(list(Document(io.BytesIO(b"".join(answer.streaming_content))).comments)) == 1
    assert ".docx" in answer.headers["Content-Disposition"]


@pytest.mark.skipif(scans.engine() is None, reason="tesseract with chi_sim is not installed")
def test_a_scan_is_checked_and_marked_as_recognised(analyst):
    page = send(analyst, scan([TEXT]), "汇报.pdf").content.decode()
    paper = PaperCheck.objects.get()
    assert (paper.kind, paper.wrong, paper.right) == ("scan", 1, 2)
    assert "扫描件由程序识别（OCR），文字可能有误" in page and "第1页图像" in page
    assert analyst.get(reverse("proofs:copy", args=[paper.pk])).status_code == 404


def test_a_pdf_is_checked_and_has_no_copy(analyst):
    send(analyst, pdf([TEXT]), "汇报.pdf")
    paper = PaperCheck.objects.get()
    assert paper.kind == "pdf"
    assert analyst.get(reverse("proofs:copy", args=[paper.pk])).status_code == 404


def test_the_list_of_figures_is_exported(analyst):
    send(analyst, docx(*TEXT))
    answer = analyst.get(reverse("proofs:paper", args=[PaperCheck.objects.get().pk]) + "?xlsx")
    assert answer["Content-Type"].startswith("application/vnd.openxmlformats")


def test_a_check_stays_as_it_was_and_another_one_sees_the_new_ledger(analyst, ledger):
    send(analyst, docx(*TEXT))
    ledger.record([("jia", FAI, "2022-09", "ytd_growth", -4.2)], at=timezone.now() - timedelta(seconds=1))
    first = PaperCheck.objects.get()
    analyst.post(reverse("proofs:again", args=[first.pk]))
    second = PaperCheck.objects.exclude(pk=first.pk).get()
    first.refresh_from_db()
    assert first.wrong == 1
    states = [{row["words"]: row["state"] for row in paper.rows} for paper in (first, second)]
    assert [s["下降3.2%"] for s in states] == ["right", "wrong"]
    assert [s["下降4.2%"] for s in states] == ["wrong", "contradictory"]  # right, and said twice


def test_a_paper_is_its_writers_alone(analyst, ledger, client):
    send(analyst, docx(*TEXT))
    paper = PaperCheck.objects.get()
    client.force_login(ledger.people["statistician"])
    assert not client.get(reverse("proofs:papers")).context["table"].page.object_list
    for name in ("paper", "copy"):
        assert client.get(reverse(f"proofs:{name}", args=[paper.pk])).status_code == 404
    assert client.post(reverse("proofs:again", args=[paper.pk])).status_code == 404


@pytest.mark.parametrize("month", ["", "2022-13", "九月", "2022-Q3x", "²"])
def test_without_a_month_nothing_is_kept(analyst, month):
    page = send(analyst, docx(*TEXT), month=month).content.decode()
    assert "请选择文稿" in page
    assert not PaperCheck.objects.exists()
    assert not Original.objects.filter(first_name="汇报.docx").exists()


def test_another_kind_of_file_is_refused_with_what_to_do(analyst):
    answer = send(analyst, b"PK", "表.xlsx")
    assert answer.status_code == 415
    assert "另存为 .docx" in answer.content.decode()


def test_a_paper_without_text_is_refused_and_leaves_its_trace(analyst):
    page = send(analyst, docx()).content.decode()
    assert "这份文稿没有核" in page
    assert not PaperCheck.objects.exists()
    assert Entry.objects.filter(action="proof.refused").count() == 1


def test_a_marked_paper_is_not_kept(analyst):
    answer = send(analyst, docx("机密★1年", *TEXT))
    assert answer.status_code == 422
    assert not PaperCheck.objects.exists()


def test_who_may_not_check_is_refused_by_the_action_too(ledger):
    from django.core.exceptions import PermissionDenied

    nothing = ProvenPaper("txt", (), (), ())
    with pytest.raises(PermissionDenied):
        actions.keep_check(
            proven=nothing, filename="a.txt", sha256="0" * 64, period=Month(2022, 9), known_at=AT,
            by=ledger.people["liaison"],
        )  # fmt: skip
    with pytest.raises(PermissionDenied):
        actions.note_unreadable(filename="a", sha256="0" * 64, code="x", by=ledger.people["liaison"])


def test_what_is_kept_is_read_back_as_it_was(analyst):
    send(analyst, docx(*TEXT))
    paper = PaperCheck.objects.get()
    assert [row_of(verdict_of(row)) for row in paper.rows] == paper.rows
    joined = ["".join(p.text for p in row) for row in queries.marked(paper, queries.figures(paper))]
    assert joined == paper.paragraphs


def test_the_pages_ask_as_often_for_many_papers_as_for_one(analyst, django_assert_max_num_queries):
    send(analyst, docx(*TEXT))
    for _ in range(3):
        analyst.post(reverse("proofs:again", args=[PaperCheck.objects.first().pk]))
    with django_assert_max_num_queries(24):  # with campaigns and views of the list
        analyst.get(reverse("proofs:papers"))
