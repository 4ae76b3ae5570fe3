"""The place's own head and end: sent in, looked at, put in force by another; papers are made with it."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document as Docx

from tests.district.bulletins.test_returned_editions import admitted, kept, sent_with
from tests.documents.fixtures.templates import line, template
from wenpan.district.bulletins import actions, rederived
from wenpan.district.bulletins.heads import queries
from wenpan.district.bulletins.heads.actions import FaultyTemplate
from wenpan.district.bulletins.models import PaperTemplate
from wenpan.district.ground import originals
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.models import FileScan
from wenpan.district.ui.paper_templates import template_of
from wenpan.economy.time.periods import Month

SEPTEMBER = Month(2022, 9)


def proposed(place, data=None, purpose="briefing", by=None):
    return actions.propose_template(
        purpose=purpose, file=admitted(data or template(), "红头.docx"), by=by or place.analyst
    )


@pytest.fixture
def own(september):
    """In force for the analysis."""
    return actions.decide_template(
        template=proposed(september), accept=True, words="", by=september.people["statistician"]
    )


def made(place):
    return actions.make_briefing(as_of=SEPTEMBER, by=place.analyst)


def said(document):
    return [p.text for p in Docx(io.BytesIO(originals.get(document.sha256))).paragraphs]


def test_a_paper_is_made_with_the_template_in_force_and_made_again_to_the_byte(september, own):
    document = made(september)
    assert said(document)[0] == "安禾区人民政府督查室文件"
    assert document.facts["paper"]["template"] == own.sha256
    assert not [line for line in rederived.troubles(lambda words: None) if "made again" in line]
    document = actions.review(document=document, by=september.people["statistician"])
    document = actions.issue(document=document, by=september.people["leader"])
    assert said(document)[1] == document.number
    actions.retire_template(template=own, by=september.people["statistician"])
    assert actions.verify(document=document, by=september.people["leader"])


def test_without_one_in_force_the_programs_own_head_stands(september, own):
    actions.retire_template(template=own, by=september.people["statistician"])
    assert template_of("briefing") == ""
    assert said(made(september))[0] == "甲区经济运行分析"


def test_an_edited_paper_with_an_own_head_comes_back(september, own):
    document = made(september)
    data = sent_with(originals.get(document.sha256), ("按历史走势推算", "根据历史走势推算"))
    edition = actions.take_edited(document=document, file=admitted(data, "改.docx"), by=september.analyst)
    assert any("根据历史走势推算" in words for words in said(edition))
    assert said(edition)[0] == "安禾区人民政府督查室文件"


def test_it_is_put_in_force_by_another(september):
    waiting = proposed(september)
    with pytest.raises(Refused, match="另一人启用"):
        actions.decide_template(template=waiting, accept=True, words="", by=september.analyst)
    assert template_of("briefing") == ""
    with pytest.raises(PermissionDenied):
        actions.decide_template(template=waiting, accept=True, words="", by=september.people["liaison"])
    with pytest.raises(Refused, match="理由"):
        actions.decide_template(
            template=waiting, accept=False, words=" ", by=september.people["statistician"]
        )


def test_one_waits_at_a_time_and_a_new_one_retires_the_old(september, own):
    second = proposed(september, template(lambda d: line(d, "内部资料")))
    with pytest.raises(Refused, match="待启用"):
        proposed(september)
    actions.decide_template(template=second, accept=True, words="", by=september.people["statistician"])
    own.refresh_from_db()
    assert (own.state, template_of("briefing")) == ("retired", second.sha256)
    with pytest.raises(Refused, match="刚被别人处理过"):
        actions.decide_template(template=second, accept=True, words="", by=september.people["statistician"])


def _with(name: str, content: bytes) -> bytes:
    out = io.BytesIO(template())
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(name, content)
    return out.getvalue()


RELATION = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r9" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    b'Target="http://elsewhere.invalid/x.dotx" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (_with("word/vbaProject.bin", b"x"), "macros"),
        (_with("word/_rels/settings.xml.rels", RELATION), "external_links"),
        (template(lambda d: line(d, "{{印章}}")), "place_unknown"),
        (b"no package at all", "unreadable"),
    ],
)
def test_a_faulty_file_is_no_proposal(september, data, code):
    before = kept()
    with pytest.raises(FaultyTemplate) as faulty:
        proposed(september, data)
    assert code in {fault.code for fault in faulty.value.faults}
    assert not PaperTemplate.objects.exists()
    assert kept() == before


def test_of_a_template_that_is_refused_nothing_is_kept(september, own, client):
    proposed(september)
    before, scans = kept(), FileScan.objects.count()
    other = template(lambda d: line(d, "内部资料"))
    with pytest.raises(Refused, match="待启用"):
        proposed(september, other)
    with pytest.raises(Refused, match="哪种文稿"):
        proposed(september, other, purpose="letter")
    with pytest.raises(PermissionDenied):
        proposed(september, other, by=september.people["liaison"])
    client.force_login(september.analyst)
    send = reverse("bulletins:propose_template")
    for data, purpose in ((other, "briefing"), (other, ""), (b"no package", "briefing")):
        client.post(send, {"purpose": purpose, "file": SimpleUploadedFile("红头.docx", data)})
    assert (kept(), FileScan.objects.count()) == (before, scans)


def test_the_whole_way_on_its_page(september, client):
    def file(data):
        return SimpleUploadedFile("红头.docx", data)

    client.force_login(september.analyst)
    page = reverse("bulletins:templates")
    assert "还没有自己的版头版记" in client.get(page).content.decode()
    send = reverse("bulletins:propose_template")
    bad = client.post(send, {"purpose": "briefing", "file": file(template(lambda d: line(d, "{{印章}}")))})
    assert bad.status_code == 409 and "不认识的占位" in bad.content.decode()
    assert client.post(send, {"purpose": "briefing", "file": file(template())}).status_code == 302
    waiting = PaperTemplate.objects.get()
    assert "待另一人启用" in client.get(page).content.decode()
    assert client.post(send, {"purpose": "x", "file": file(template())}).status_code == 302
    client.force_login(september.people["statistician"])
    decide = reverse("bulletins:decide_template", args=[waiting.pk])
    assert client.post(decide, {"deed": "accept"}).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == "in_force"
    assert client.post(reverse("bulletins:retire_template", args=[waiting.pk])).status_code == 302
    told = Entry.objects.filter(subject=f"template:{waiting.pk}").order_by("sequence")
    assert [e.action for e in told] == ["template.propose", "template.decide", "template.retire"]


def test_the_preview_is_a_paper_with_its_places_filled(september, own):
    words = [p.text for p in Docx(io.BytesIO(queries.sample(own))).paragraphs]
    assert words[0] == "安禾区人民政府督查室文件"
    assert not any("{{" in text for text in words)
