"""A scanned paper: proposals that are never certain, each beside the strip of the picture it was read in."""

import io
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.district.supervision.sources.papers import docx
from tests.district.supervision.sources.scan_files import png, scan
from wenpan.district.ground import originals
from wenpan.district.ground.converters import scans
from wenpan.district.ground.jobs.models import Job
from wenpan.district.ground.journal.models import Entry
from wenpan.district.intake.models import FileScan, Original
from wenpan.district.supervision.models import Proposal, Source
from wenpan.district.supervision.sources import queries, work
from wenpan.district.supervision.sources.certainty import certainty
from wenpan.documents.orders import scanned
from wenpan.documents.orders.scanned import text_of
from wenpan.rules.loading import OURS, RuleError

pytestmark = pytest.mark.django_db
installed = pytest.mark.skipif(scans.engine() is None, reason="tesseract with chi_sim is not installed")
TEXT = (
    "在全区经济运行调度会上的讲话",
    "一、抓项目。由住建局牵头，桐溪镇配合，10月底前完成桐溪智造园二期供地。",
    "二、抓工业。经发局要在11月15日前拿出工业稳增长方案。",
)


@pytest.fixture
def clerk(client, people):
    client.force_login(people["clerk"])
    return client


def send(client, data, name="讲话.pdf", **given):
    file = io.BytesIO(data)
    file.name = name
    given = {"dated": "2022-10-14", **given}
    return client.post(reverse("supervision:upload_source"), {"file": file, **given}, follow=True)


@installed
@pytest.mark.parametrize(("data", "name"), [(scan([TEXT]), "讲话.pdf"), (png(TEXT), "讲话.png")])
def test_what_a_scan_orders_is_proposed_beside_its_picture_and_never_certain(clerk, data, name):
    page = send(clerk, data, name).content.decode()
    source = Source.objects.get()
    rows = list(source.proposals.all())
    assert [p.lead.code for p in rows] == ["zjj", "jfj"]
    assert all(p.confidence <= 0.6 and p.place.startswith("第1页图像") for p in rows)
    assert queries.sure_of(rows) == [] and "确认全部把握较大" not in page
    assert "扫描件由程序识别（OCR），文字可能有误" in page and "请对照图像" in page
    for number in (1, 2):
        strip = reverse("supervision:source_picture", args=[source.pk, number])
        assert page.count(strip) == 3  # the paragraph's link, the card's link and its picture
        answer = clerk.get(strip)
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.content.startswith(b"\x89PNG")


@installed
def test_another_day_leaves_them_uncertain(clerk):
    send(clerk, scan([TEXT]))
    source = Source.objects.get()
    given = {"kind": source.kind, "title": source.title, "dated": "2022-10-15"}
    clerk.post(reverse("supervision:amend_source", args=[source.pk]), given)
    assert [p.confidence <= 0.6 for p in source.proposals.all()] == [True, True]


@installed
@pytest.mark.parametrize("mark", ["机密★1年", "机密", "机密★长期"])
def test_a_mark_in_a_scan_is_refused_and_nothing_of_it_kept(clerk, mark):
    answer = send(clerk, scan([(mark, *TEXT)]))
    assert answer.status_code == 422 and "标有“机密”" in answer.content.decode()
    assert not Source.objects.exists() and not FileScan.objects.exists()
    assert Entry.objects.filter(action="file.refused").count() == 1


def marked_late(monkeypatch):
    """A scan whose third page, not looked at by the door, is recognised as marked; without the engine."""
    monkeypatch.setattr(scans, "engine", lambda: "/no/such/program")
    monkeypatch.setattr(scans, "_table", lambda picture, until, form: "")
    told = scanned.ScanLine("秘密★5年", 3, 20, 20, 90, 40, 280)
    monkeypatch.setattr(scanned, "lines_of", lambda table, page: [told] if page == 3 else [])
    return scan([()] * 3, (200, 280))


def test_of_a_scan_with_its_mark_on_a_later_page_nothing_stays(clerk, people, monkeypatch):
    data = marked_late(monkeypatch)
    answer = send(clerk, data, "涉密讲话.pdf")
    assert "标有“秘密”" in answer.content.decode() and not Source.objects.exists()
    digest = originals.ciphers.here().digest(data)
    with pytest.raises(FileNotFoundError):
        originals.get(digest)
    assert not FileScan.objects.exists()
    (job,) = Job.objects.all()
    told = repr([job.args, job.result, job.error, *Entry.objects.values_list("summary", "detail", "subject")])
    assert digest not in told and "涉密讲话" not in told
    again = work.read(job.args, lambda percent, words: None)  # as after a worker that died
    assert again == job.result
    other = {"sha256": digest, "filename": "涉密讲话.pdf", "given": {}, "by": people["clerk"].pk,
             "token": job.args["token"]}  # fmt: skip
    assert work.read(other, lambda percent, words: None) == job.result  # began while the first was at work


def test_a_file_that_a_record_names_stays_and_the_journal_says_so(clerk, people, monkeypatch):
    data = marked_late(monkeypatch)
    digest = originals.put(data)
    stored = timezone.now()
    Original.objects.create(sha256=digest, size=len(data), first_name="表.pdf", stored_at=stored)
    send(clerk, data)
    assert originals.get(digest) == data
    assert Entry.objects.filter(summary__contains="另有 1 处登记在用").count() == 1


def test_pictures_are_of_scans_and_of_paragraphs_that_there_are(clerk):
    send(clerk, docx(*TEXT), "讲话.docx")
    source = Source.objects.get()
    for number in (0, 2, 99):
        assert clerk.get(reverse("supervision:source_picture", args=[source.pk, number])).status_code == 404
    assert clerk.get(reverse("supervision:source_picture", args=[99, 0])).status_code == 404


@installed
def test_a_scan_whose_file_is_lost_has_no_picture(clerk, monkeypatch):
    send(clerk, scan([TEXT]))
    monkeypatch.setattr(originals, "_path", lambda sha256: Path("/no/such/file"))
    address = reverse("supervision:source_picture", args=[Source.objects.get().pk, 0])
    assert clerk.get(address).status_code == 404


def test_without_the_engine_pictures_are_no_papers_and_scans_are_refused(clerk, monkeypatch):
    monkeypatch.setattr(scans, "engine", lambda: None)
    assert "不认识的文件类型" in send(clerk, png(TEXT), "讲话.png").content.decode()
    page = send(clerk, scan([TEXT])).content.decode()
    assert "没有文字，多半是扫描件" in page and "要 Word 原件" in page
    assert not Source.objects.exists() and not Proposal.objects.exists()


def test_too_many_pages_say_so(clerk, monkeypatch):
    monkeypatch.setattr(scans, "engine", lambda: "/no/such/program")
    page = send(clerk, scan([()] * 31, (200, 280))).content.decode()
    assert "扫描件有 31 页" in page and "最多 30 页" in page and "扫描软件识别" in page


def test_no_lines_make_no_text():
    assert text_of([], [1]).paragraphs == ()


def test_who_is_certain_is_policy_and_a_scan_can_never_be(monkeypatch, tmp_path):
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path))
    assert (certainty().sure_from, certainty().scanned_at_most) == (0.8, 0.6)
    ours = (OURS / "supervision" / "proposals.yaml").read_text("utf-8")
    own = tmp_path / "rules" / "supervision" / "proposals.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(ours.replace("sure_from: 0.8", "sure_from: 0.9"), "utf-8")
    assert not queries.is_sure(Proposal(confidence=0.85, lead_id=1))
    assert queries.is_sure(Proposal(confidence=0.9, lead_id=1))
    own.write_text(ours.replace("scanned_at_most: 0.6", "scanned_at_most: 0.85"), "utf-8")
    with pytest.raises(RuleError, match="scanned_at_most"):
        certainty()
