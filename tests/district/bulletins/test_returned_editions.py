"""An edited paper comes back: the next edition with its words, or every changed figure by its name."""

from __future__ import annotations

import io

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.district.bulletins.matters import day
from tests.district.bulletins.test_bulletin_papers import AT, drafted, words  # noqa: F401  (fixtures)
from tests.documents.papers.test_returned_papers import sent_with
from wenpan.district.bulletins import actions
from wenpan.district.bulletins import rederived as papers
from wenpan.district.bulletins.models import Document, Step
from wenpan.district.ground import originals
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.door import Admitted
from wenpan.district.intake.models import FileScan
from wenpan.documents.papers.facts import Inconsistent
from wenpan.economy.time.periods import Month

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def admitted(data, filename):
    return Admitted(filename, data, (), False)


def kept():
    """The files in the store."""
    return {path.name for path in (settings.WENPAN_HOME / "originals").rglob("*") if path.is_file()}


@pytest.fixture
def back(district):
    def send(document, *changes, by="clerk"):
        data = sent_with(originals.get(document.sha256), *changes)
        return actions.take_edited(
            document=document,
            file=admitted(data, "改过.docx"),
            by=district.people[by],
            at=AT,
        )

    return send


def test_changed_words_are_issued_with_the_numbers_that_were_counted(drafted, back, district):  # noqa: F811
    made = back(drafted, ("较多的是", "主要来自"))
    assert (made.edition, made.state) == (2, "drafted")
    drafted.refresh_from_db()
    assert drafted.state == "replaced"
    assert made.facts["facts"] == drafted.facts["facts"]
    assert Step.objects.get(document=made).words == "改过.docx"
    entry = Entry.objects.get(action="document.take_edited")
    assert entry.detail["filename"] == "改过.docx"
    actions.review(document=made, by=district.people["chief"], at=AT)
    issued = actions.issue(document=made, by=district.people["leader"], at=day("2022-10-10"))
    text = words(issued)
    assert "主要来自" in text and issued.number in text
    assert actions.verify(document=issued, by=district.people["leader"])
    assert list(papers.troubles(lambda said: None)) == []


def test_a_changed_figure_refuses_the_whole_and_leaves_its_trace(drafted, back):  # noqa: F811
    text = words(drafted)
    number = next(
        f["shown"] for f in drafted.facts["facts"] if f"{f['shown']}项" in text and f["shown"] != "0"
    )
    with pytest.raises(Inconsistent) as refusal:
        back(drafted, (f"{number}项", f"{int(number) + 7}项"))
    assert "figure_changed" in {p.code for p in refusal.value.problems}
    assert Document.objects.count() == 1
    entry = Entry.objects.get(action="document.refuse_edited")
    assert originals.get(entry.detail["sha256"])  # the trace names what was sent, and it is kept


def test_an_unchanged_paper_is_no_new_edition(drafted, back):  # noqa: F811
    with pytest.raises(Refused, match="一字不差"):
        back(drafted)


def test_only_the_newest_edition_is_taken_and_only_from_who_may_draft(drafted, back):  # noqa: F811
    with pytest.raises(PermissionDenied):
        back(drafted, ("较多的是", "主要来自"), by="leader")
    back(drafted, ("较多的是", "主要来自"))
    drafted.refresh_from_db()
    with pytest.raises(Refused, match="最新一稿"):
        back(drafted, ("较多的是", "多数来自"))


def test_what_was_edited_in_word_is_not_reworded_over_on_the_page(drafted, back, district):  # noqa: F811
    made = back(drafted, ("较多的是", "主要来自"))
    with pytest.raises(Refused, match="继续在文稿里改"):
        actions.reword(document=made, lead_in="", demands=(), by=district.people["clerk"], at=AT)


def test_what_is_no_paper_is_said_in_words(drafted, district):  # noqa: F811
    before = kept()
    with pytest.raises(Refused, match="打不开"):
        actions.take_edited(
            document=drafted, file=admitted(b"PK\x03\x04 no paper", "x.docx"), by=district.people["clerk"]
        )
    assert kept() == before  # what no act took in is not kept


@pytest.mark.parametrize("changes", [(), (("较多的是", "主要来自"),)])
def test_of_a_file_that_is_refused_nothing_is_kept(drafted, back, district, changes):  # noqa: F811
    if changes:
        back(drafted, *changes)  # a newer edition stands
    before, scans = kept(), FileScan.objects.count()
    with pytest.raises(Refused, match="一字不差" if not changes else "最新一稿"):
        back(drafted, *[(old, f"{new}的") for old, new in changes])
    assert (kept(), FileScan.objects.count()) == (before, scans)


@pytest.fixture
def analysis(september):
    return actions.make_briefing(as_of=Month(2022, 9), by=september.analyst)


def upload(client, document, data, name="改过.docx"):
    file = io.BytesIO(data)
    file.name = name
    return client.post(reverse("bulletins:returned", args=[document.pk]), {"file": file}, follow=True)


def test_an_edited_analysis_is_handed_in_on_its_page(client, september, analysis):
    client.force_login(september.analyst)
    address = reverse("bulletins:document", args=[analysis.pk])
    assert 'id="bl-return"' in client.get(address).content.decode()
    data = sent_with(originals.get(analysis.sha256), ("总体情况", "总体运行情况"))
    page = upload(client, analysis, data)
    made = Document.objects.get(edition=2)
    assert page.redirect_chain[-1][0] == reverse("bulletins:document", args=[made.pk])
    assert "总体运行情况" in page.content.decode()
    assert "总体运行情况" in words(made)
    assert 'id="bl-return"' not in client.get(address).content.decode()


def test_the_page_names_every_place_that_must_not_change(client, september, analysis):
    client.force_login(september.analyst)
    data = sent_with(originals.get(analysis.sha256), ("红灯", "黄灯"))
    page = upload(client, analysis, data)
    assert page.status_code == 409 and "没有接收" in page.content.decode()
    assert Document.objects.count() == 1
    assert "请选择改过的 Word 文稿" in upload(client, analysis, b"x", "改过.doc").content.decode()


def test_a_reader_is_not_offered_to_hand_in(client, september, analysis):
    client.force_login(september.people["leader"])
    page = client.get(reverse("bulletins:document", args=[analysis.pk])).content.decode()
    assert 'id="bl-return"' not in page
    assert client.post(reverse("bulletins:returned", args=[analysis.pk])).status_code in (403, 404)
