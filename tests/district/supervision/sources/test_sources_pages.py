"""A paper comes in, a person decides on each proposal beside it, and nothing is issued by itself."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.urls import reverse

from tests.district.supervision.sources.papers import docx, pdf
from tests.documents.screening.marked import packed
from tests.documents.screening.pdf import pdf_of
from wenpan.district.supervision.models import Matter, Proposal, Source

pytestmark = pytest.mark.django_db
SPEECH = (
    "在全区经济运行调度会上的讲话",
    "区长　李建安",
    "（2022年10月14日）",
    "同志们：今天会议的任务是把四季度的事定下来。",
    "一、抓项目。由住建局牵头，桐溪镇配合，10月底前完成桐溪智造园二期供地。",
    "二、抓工业。经发局要在11月15日前拿出工业稳增长方案；柳湾镇要在每周五下班前报送停产企业名单。",
    "三、提高认识，形成合力，全力以赴完成全年目标。",
)


def send(client, data: bytes, name: str, **given):
    file = io.BytesIO(data)
    file.name = name
    return client.post(reverse("supervision:upload_source"), {"file": file, **given}, follow=True)


@pytest.fixture
def clerk(client, people):
    client.force_login(people["clerk"])
    return client


@pytest.fixture
def speech(clerk):
    send(clerk, docx(*SPEECH), "讲话.docx")
    return Source.objects.get()


def test_a_speech_is_read_and_its_masthead_recognised(speech):
    assert (speech.kind, speech.title, speech.issuer) == ("speech", SPEECH[0], "区长 李建安")
    assert speech.dated == date(2022, 10, 14)
    found = [(p.lead.code, p.coops, p.deadline, p.recurrence) for p in speech.proposals.all()]
    assert found == [
        ("zjj", ["tongxi"], date(2022, 10, 31), ""),
        ("jfj", [], date(2022, 11, 15), ""),
        ("liuwan", [], None, "weekly:5"),
    ]
    assert not Matter.objects.exists()


def test_evidence_is_the_exact_words_of_the_text(speech):
    text = "\n".join(speech.paragraphs)
    assert all(p.evidence == text[p.span_start : p.span_end] for p in speech.proposals.all())


def test_the_page_shows_the_text_cut_at_the_evidence(clerk, speech):
    page = clerk.get(reverse("supervision:source", args=[speech.pk])).content.decode()
    for p in speech.proposals.all():
        assert f'id="s{p.pk}"' in page
        assert f'data-s="{p.span_start}"' in page


def test_a_confirmed_proposal_is_a_draft_and_nothing_more(clerk, speech):
    first = speech.proposals.first()
    clerk.post(reverse("supervision:confirm_proposal", args=[first.pk]), {"seen": first.version})
    matter = Matter.objects.get()
    assert (matter.state, matter.source, matter.kind, matter.due) == ("draft", speech, "meeting", None)
    assert (matter.span_start, matter.span_end, matter.evidence) == (
        first.span_start,
        first.span_end,
        first.evidence,
    )


def test_htmx_gets_the_list_with_the_next_open_one_selected(clerk, speech):
    first, second, _third = speech.proposals.all()
    answer = clerk.post(
        reverse("supervision:confirm_proposal", args=[first.pk]), {"seen": 1}, headers={"HX-Request": "true"}
    )
    body = answer.content.decode()
    assert body.lstrip().startswith("<section") and "<html" not in body
    assert f'data-selected="{second.pk}"' in body


def test_who_saw_an_older_version_is_told_and_changes_nothing(clerk, speech):
    first = speech.proposals.first()
    Proposal.objects.filter(pk=first.pk).update(version=5)
    answer = clerk.post(
        reverse("supervision:confirm_proposal", args=[first.pk]), {"seen": 1}, headers={"HX-Request": "true"}
    )
    assert "刚被别人处理过" in answer.content.decode()
    assert not Matter.objects.exists()


def test_the_same_file_again_opens_what_stands(clerk, speech):
    again = clerk.get(reverse("supervision:source_original", args=[speech.pk]))
    answer = send(clerk, b"".join(again.streaming_content), "另一个名字.docx")
    assert answer.redirect_chain[-1][0] == reverse("supervision:source", args=[speech.pk])


@pytest.mark.parametrize(
    "name, data, words",
    [
        ("旧.doc", b"\xd0\xcf\x11\xe0" + bytes(600), "另存为 .docx"),
        ("空.txt", b"", "空文件"),
        ("坏.docx", b"PK\x03\x04" + bytes(200), "不完整"),
        ("图.gif", b"GIF89a", "不认识的文件类型"),
    ],
)
def test_a_refusal_says_where_what_and_what_to_do_and_writes_nothing(clerk, name, data, words):
    answer = send(clerk, data, name)
    page = answer.content.decode()
    assert words in page
    assert all(label in page for label in ("位置", "实为", "应为", "怎么办", name))
    assert not Source.objects.exists()


def test_a_scan_says_that_it_is_one(clerk):
    from pypdf import PdfWriter

    writer, buffer = PdfWriter(), io.BytesIO()
    for _page in range(3):
        writer.add_blank_page(595, 842)
    writer.write(buffer)
    page = send(clerk, buffer.getvalue(), "扫描.pdf").content.decode()
    assert "扫描件" in page and "Word 原件" in page
    assert not Source.objects.exists()


def test_a_locked_pdf_is_refused(clerk):
    from pypdf import PdfWriter

    writer, buffer = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.encrypt("secret-2022", algorithm="RC4-128")
    writer.write(buffer)
    assert "文件有密码" in send(clerk, buffer.getvalue(), "密.pdf").content.decode()


@pytest.mark.slow
def test_a_pdf_of_three_hundred_pages_is_read_and_every_proposal_names_its_page(clerk):
    talk = "会议认为，上半年全区经济总体平稳，但投资、消费等指标有所回落，"
    pages = [
        [f"{n}. 由住建局牵头，桐溪镇配合，10月底前完成第{n}号道路改造。", *[talk] * 19, "必须正视差距。"]
        for n in range(1, 301)
    ]
    send(clerk, pdf(pages), "2022-10-14会议纪要.pdf")
    found = list(Source.objects.get().proposals.all())
    assert [p.place for p in found] == [f"第{n}页" for n in range(1, 301)]
    page = clerk.get(reverse("supervision:source", args=[found[0].source_id]), {"page": 5})
    assert [c.order for c in page.context["cards"]] == list(range(241, 301))


def test_what_is_too_large_is_refused(clerk, settings):
    settings.UPLOAD_LIMIT_MB = 0
    assert "不超过 0 MB" in send(clerk, b"x" * 10, "大.txt").content.decode()


def test_without_any_date_nothing_is_confirmed_until_a_person_gives_it(clerk):
    send(clerk, "经发局要在11月15日前拿出工业稳增长方案。".encode(), "指示.txt")
    source = Source.objects.get()
    proposal = source.proposals.get()
    clerk.post(reverse("supervision:confirm_proposal", args=[proposal.pk]), {"seen": 1})
    assert not Matter.objects.exists()
    given = {"kind": "notice", "title": "指示", "dated": "2021-10-14"}
    clerk.post(reverse("supervision:amend_source", args=[source.pk]), given)
    source.refresh_from_db()
    proposal = source.proposals.get()
    assert (source.findings, proposal.deadline) == ([], date(2021, 11, 15))
    clerk.post(reverse("supervision:confirm_proposal", args=[proposal.pk]), {"seen": proposal.version})
    assert Matter.objects.exists()


def test_the_task_table_holds_what_was_confirmed(clerk, speech):
    import openpyxl

    first, second, _third = speech.proposals.all()
    for p in (first, second):
        clerk.post(reverse("supervision:confirm_proposal", args=[p.pk]), {"seen": 1})
    clerk.post(reverse("supervision:undo_proposal", args=[second.pk]))
    answer = clerk.get(reverse("supervision:task_table", args=[speech.pk]))
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert len(rows) == 2
    assert rows[1][2:5] == (first.text, "住建局", "桐溪镇")


def test_the_list_counts_what_is_open(clerk, speech):
    first = speech.proposals.first()
    clerk.post(reverse("supervision:drop_proposal", args=[first.pk]), {"seen": 1, "reason": "一般要求"})
    row = clerk.get(reverse("supervision:sources")).context["table"].page.object_list[0]
    assert (row.found, row.left, row.confirmed, row.dropped) == (3, 2, 0, 1)


@pytest.mark.parametrize("page", ["sources", "lights", "note"])
def test_a_liaison_officer_sees_no_papers(client, people, page):
    client.force_login(people["liaison"])
    assert client.get(reverse(f"supervision:{page}")).status_code == 403


def test_a_leader_reads_a_paper_but_has_no_deeds(client, people, speech):
    client.force_login(people["leader"])
    page = client.get(reverse("supervision:source", args=[speech.pk])).content.decode()
    assert speech.proposals.first().text in page
    assert "data-so-confirm" not in page


def test_editing_and_splitting_work_without_script(clerk, speech):
    _first, second, _third = speech.proposals.all()
    form = clerk.get(reverse("supervision:edit_proposal", args=[second.pk])).content.decode()
    assert "<html" in form
    values = {"title": "拿出方案", "kind": "meeting", "lead": "zjj", "due": "2022-11-20", "seen": 1}
    clerk.post(reverse("supervision:edit_proposal", args=[second.pk]), values)
    second.refresh_from_db()
    assert (second.text, second.lead.code, second.deadline) == ("拿出方案", "zjj", date(2022, 11, 20))
    lines = {"lines": "拿出方案\n11月底前开会部署", "seen": second.version}
    clerk.post(reverse("supervision:split_proposal", args=[second.pk]), lines)
    assert [p.deadline for p in second.pieces.all()] == [date(2022, 11, 20), date(2022, 11, 30)]


def test_the_page_costs_the_same_for_three_and_for_sixty_proposals(clerk, speech, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = reverse("supervision:source", args=[speech.pk])
    with CaptureQueriesContext(connection) as few:
        clerk.get(address)
    count = len(few)
    lines = [f"{n}. 住建局要在11月{n % 28 + 1}日前完成第{n}号道路改造，桐溪镇配合。" for n in range(1, 61)]
    send(clerk, "\n".join(["任务清单", "2022年10月20日", *lines]).encode(), "任务清单.txt")
    many = Source.objects.get(title="任务清单")
    assert many.proposals.count() == 60
    with django_assert_num_queries(count):
        clerk.get(reverse("supervision:source", args=[many.pk]))


def test_the_list_is_searched_filtered_and_exported_as_shown(clerk, speech):
    import openpyxl

    send(clerk, docx("关于做好防汛工作的通知", "2022年7月1日", "住建局要在7月10日前完成排查。"), "通知.docx")
    address = reverse("supervision:sources")
    assert [s.kind for s in clerk.get(address).context["table"].page] == ["speech", "notice"]
    assert [s.kind for s in clerk.get(address, {"q": "防汛"}).context["table"].page] == ["notice"]
    assert [s.kind for s in clerk.get(address, {"kind": "speech"}).context["table"].page] == ["speech"]
    assert not clerk.get(address, {"state": "settled"}).context["table"].page.object_list
    book = openpyxl.load_workbook(io.BytesIO(clerk.get(address, {"q": "防汛", "export": "xlsx"}).content))
    assert [row[0] for row in book.active.values] == ["标题", "关于做好防汛工作的通知"]


def test_a_note_is_drafted_at_once_or_proposed_first(clerk, units):
    note = {"leader": "李建安", "dated": "2022-10-14", "words": "请住建局查清堵点。", "kind": "note_urgent",
            "lead": "zjj", "title": "查清施工堵点"}  # fmt: skip
    clerk.post(reverse("supervision:note"), note)
    assert not Matter.objects.exists()
    assert Proposal.objects.get().text == "查清施工堵点"
    clerk.post(reverse("supervision:note"), {**note, "direct": "1"})
    matter = Matter.objects.get()
    assert (matter.kind, matter.evidence, matter.title) == (
        "note_urgent",
        "请住建局查清堵点。",
        "查清施工堵点",
    )
    bad = clerk.post(reverse("supervision:note"), {**note, "dated": "明天"})
    assert (bad.status_code, "请住建局查清堵点" in bad.content.decode()) == (422, True)


def test_hostile_text_is_shown_as_text(clerk):
    send(
        clerk,
        "住建局要在11月1日前完成<script>alert(1)</script>整改。".encode(),
        "<b>名.txt",
        dated="2022-10-14",
    )
    page = clerk.get(reverse("supervision:source", args=[Source.objects.get().pk])).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page
    assert "<b>名" not in page


@pytest.mark.parametrize(
    "name, data",
    [
        ("讲话.docx", docx("秘密★1年", *SPEECH)),
        ("讲话.pdf", pdf_of("机密★1年", "10月底前完成")),
        ("绝密 讲话.txt", "\n".join(SPEECH).encode()),
    ],
)
def test_a_marked_paper_is_refused_and_not_kept(clerk, name, data, settings):
    before = set((settings.WENPAN_HOME / "originals").rglob("*"))
    page = send(clerk, data, name)
    assert page.status_code == 422
    assert "保守国家秘密法" in page.content.decode()
    assert not Source.objects.exists()
    assert set((settings.WENPAN_HOME / "originals").rglob("*")) == before


def test_one_and_a_half_million_empty_paragraphs_are_counted_and_refused(clerk):
    data = packed({"word/document.xml": b"<w:document><w:body>" + b"<w:p></w:p>" * 1_500_000})
    page = send(clerk, data, "大.docx").content.decode()
    assert "1500000 个段落" in page
    assert "最多 20000 个" in page
    assert not Source.objects.exists()


def test_macros_of_a_paper_are_noted(clerk):
    with zipfile.ZipFile(source := io.BytesIO(docx(*SPEECH)), "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    send(clerk, source.getvalue(), "讲话.docx")
    assert "macros" in [f["code"] for f in Source.objects.get().findings]


@pytest.mark.parametrize(
    "marked, unit, coops, day",
    [
        ("由住建局牵头，桐溪镇配合，10月底前完成桐溪智造园二期供地", "zjj", ["tongxi"], date(2022, 10, 31)),
        ("经发局要在11月15日前拿出工业稳增长方案", "jfj", [], date(2022, 11, 15)),
        ("今天会议的任务是把四季度的事定下来", None, [], None),
    ],
)
def test_marked_words_bring_their_unit_and_limit_with_them(clerk, speech, marked, unit, coops, day):
    clerk.post(reverse("supervision:add_proposal", args=[speech.pk]), {"title": "供地", "evidence": marked})
    made = speech.proposals.filter(origin="person").get()
    assert (made.text, made.evidence) == ("供地", marked)
    assert (made.lead.code if made.lead else None, made.coops, made.deadline) == (unit, coops, day)
