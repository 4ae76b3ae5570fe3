"""学习借鉴: a paper is kept, sent, signed for, read, and what concerns a unit may become a matter."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from tests.district.library.conftest import FRIDAY, TEXT
from tests.district.supervision.sources.scan_files import png
from wenpan.district.ground.converters import scans
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused
from wenpan.district.library import actions
from wenpan.district.library.models import LibraryPaper, PaperMark, PaperReading
from wenpan.district.library.proposing import propose_marks, span_of
from wenpan.district.library.reading import read_paper
from wenpan.district.outbox.models import Message
from wenpan.district.search.queries import search
from wenpan.district.supervision.models import Proposal, Source
from wenpan.district.supervision.sources.actions import deciding
from wenpan.district.ui.awaited import awaited_of

pytestmark = pytest.mark.django_db


def counts(user) -> dict[str, int]:
    groups = awaited_of(user, FRIDAY, shown=3).groups
    return {g.code: g.count for g in groups if g.code.startswith("library")}


def test_a_paper_is_sent_once_signed_for_once_and_read_once(added, people, units):
    paper = added()
    actions.send_paper(paper=paper, units=[units["zjj"]], by=people["analyst"], at=FRIDAY)
    told = set(Message.objects.values_list("user__username", flat=True))
    assert told == {"liaison", "head"} and counts(people["liaison"]) == {"library": 1}
    with pytest.raises(Refused, match="还没有发过"):
        actions.send_paper(paper=paper, units=[units["zjj"]], by=people["analyst"], at=FRIDAY)
    sending = actions.receive_paper(paper=paper, by=people["liaison"], at=FRIDAY)
    assert sending.received_by == people["liaison"] and counts(people["head"]) == {}
    with pytest.raises(Refused, match="已经签收"):
        actions.receive_paper(paper=paper, by=people["head"], at=FRIDAY)
    actions.note_read(paper=paper, by=people["liaison"], at=FRIDAY)
    with pytest.raises(Refused, match="已经标过"):
        actions.note_read(paper=paper, by=people["liaison"], at=FRIDAY)
    deeds = Entry.objects.filter(action__startswith="library.").values_list("action", flat=True)
    assert list(deeds.order_by("pk")) == ["library.add", "library.send", "library.receive", "library.read"]


def test_what_a_unit_marked_becomes_its_proposal_beside_the_passage(sent, people):
    paper = sent("zjj", "tongxi")
    actions.mark_paper(
        paper=paper, first=2, last=2, text="拟由我局起草培育办法", by=people["liaison"], at=FRIDAY
    )
    actions.mark_paper(paper=paper, first=1, last=1, text="镇里摸排商贸企业", by=people["town"], at=FRIDAY)
    assert counts(people["clerk"]) == {"library-marks": 1} and not Proposal.objects.exists()
    kept = propose_marks(paper=paper, by=people["clerk"], at=FRIDAY)
    assert [(p.text, p.lead.code, p.evidence) for p in kept] == [
        ("镇里摸排商贸企业", "tongxi", TEXT.splitlines()[1]),
        ("拟由我局起草培育办法", "zjj", TEXT.splitlines()[2]),
    ]
    assert kept[1].deadline == date(2022, 12, 20) and kept[0].deadline is None
    source = Source.objects.get()
    assert (source.title, source.number, source.dated) == (paper.title, paper.number, paper.dated)
    assert counts(people["clerk"]) == {}
    with pytest.raises(Refused, match="没有新标出"):
        propose_marks(paper=paper, by=people["clerk"], at=FRIDAY)
    deciding.edit(
        proposal=kept[1],
        changes={"lead": kept[1].lead, "text": "制定培育办法"},
        by=people["clerk"],
        at=FRIDAY,
    )
    matter = deciding.confirm(proposal=kept[1], by=people["clerk"], at=FRIDAY)
    assert matter.source == source and matter.evidence == TEXT.splitlines()[2]


def test_a_mark_made_later_joins_the_same_source(sent, people):
    paper = sent("zjj")
    actions.mark_paper(paper=paper, first=1, last=1, text="甲", by=people["liaison"], at=FRIDAY)
    propose_marks(paper=paper, by=people["clerk"], at=FRIDAY)
    paper.refresh_from_db()
    actions.mark_paper(paper=paper, first=2, last=3, text="乙", by=people["head"], at=FRIDAY)
    (second,) = propose_marks(paper=paper, by=people["clerk"], at=FRIDAY)
    assert Source.objects.count() == 1 and second.source == paper.source and second.text == "乙"


def test_a_mark_stands_where_the_joined_text_has_it(sent, people):
    paper = sent("zjj")
    mark = actions.mark_paper(paper=paper, first=1, last=2, text="x", by=people["liaison"], at=FRIDAY)
    start, end = span_of(paper, mark)
    assert "\n".join(paper.paragraphs)[start:end] == "\n".join(TEXT.splitlines()[1:3])


@pytest.mark.parametrize(
    ("change", "said"),
    [({"level": "town"}, "层级"), ({"title": " "}, "标题"), ({"topic": ""}, "主题"),
     ({"text_": "\n \n"}, "正文"), ({"dated": date(2022, 10, 15)}, "今天")],
)  # fmt: skip
def test_a_paper_that_says_too_little_is_refused(added, change, said):
    if "text_" in change:
        change = {"text": change["text_"]}
    with pytest.raises(Refused, match=said):
        added(**change)
    assert not LibraryPaper.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"last": 4}, "段落"),
        ({"first": 3, "last": 2}, "段落"),
        ({"first": -1}, "段落"),
        ({"text": " "}, "关系"),
    ],
)
def test_a_mark_that_points_nowhere_is_refused(sent, people, change, said):
    paper, values = sent("zjj"), {"first": 1, "last": 2, "text": "x", "by": people["liaison"]}
    with pytest.raises(Refused, match=said):
        actions.mark_paper(paper=paper, **(values | change))
    actions.mark_paper(paper=paper, **values)
    with pytest.raises(Refused, match="已经标过"):
        actions.mark_paper(paper=paper, **values)


def test_who_may_what(sent, people):
    paper = sent("zjj")
    for act in (actions.receive_paper, actions.note_read):
        with pytest.raises(NotYours):
            act(paper=paper, by=people["town"])
    with pytest.raises(PermissionDenied):
        actions.send_paper(paper=paper, units=[], by=people["liaison"])
    with pytest.raises(PermissionDenied):
        propose_marks(paper=paper, by=people["liaison"])
    with pytest.raises(PermissionDenied):
        actions.receive_paper(paper=paper, by=people["leader"])
    actions.note_read(paper=paper, by=people["leader"], at=FRIDAY)


def test_the_database_refuses_a_receipt_without_a_person(sent):
    sending = sent("zjj").sendings.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(sending).objects.filter(pk=sending.pk).update(received_at=FRIDAY)


def test_search_finds_deep_words_for_whom_it_was_sent_to_only(sent, people):
    sent("zjj")

    def found(name):
        return [kind.count for kind in search(people[name], "培育库") if kind.code == "library"]

    assert found("liaison") == found("clerk") == found("leader") == [1] and found("town") == []


def test_a_paper_goes_its_way_on_the_pages(signed_in, people, today_is):
    today_is("2022-10-18")
    office, unit, other = signed_in("clerk"), signed_in("liaison"), signed_in("town")
    sent = {
        "level": "elsewhere",
        "title": "某区做法",
        "issuer": "外省某区",
        "topic": "投资",
        "dated": "2022-09-01",
    }
    file = SimpleUploadedFile("做法.txt", TEXT.encode())
    answer = office.post("/library/add/", sent | {"file": file})
    paper = LibraryPaper.objects.get()
    assert (
        answer.status_code == 302 and paper.paragraphs == TEXT.splitlines() and paper.filename == "做法.txt"
    )
    again = office.post("/library/add/", sent | {"file": SimpleUploadedFile("a.txt", TEXT.encode())})
    assert again.status_code == 422 and "已经在库里" in again.content.decode()
    at = f"/library/{paper.pk}/"
    assert unit.get(at).status_code == 404
    office.post(f"{at}send/", {"unit": ["zjj"]})
    assert "培育库" in unit.get(at).content.decode() and other.get(at).status_code == 404
    assert b"".join(unit.get(f"{at}original/").streaming_content) == TEXT.encode()
    unit.post(f"{at}receive/")
    unit.post(f"{at}read/")
    unit.post(f"{at}mark/", {"first": "2", "text": "我局有企业名录"})
    mark = PaperMark.objects.get()
    assert (mark.first, mark.last, mark.unit.code) == (1, 1, "zjj") and PaperReading.objects.count() == 1
    page = office.get(at).content.decode()
    assert "我局有企业名录" in page and "1/1个单位" in office.get("/library/?show=marked").content.decode()
    answer = office.post(f"{at}propose/", follow=True)
    assert "我局有企业名录" in answer.content.decode() and "提出督办建议" in answer.content.decode()
    assert office.get("/library/?export=xlsx&level=elsewhere").content[:2] == b"PK"


@pytest.mark.parametrize("words", [{"first": "²"}, {"first": "0"}, {"first": "9", "last": "1"}, {}])
def test_typed_nonsense_marks_nothing(sent, signed_in, words):
    paper = sent("zjj")
    answer = signed_in("liaison").post(f"/library/{paper.pk}/mark/", {"text": "x"} | words, follow=True)
    assert answer.status_code == 200 and not PaperMark.objects.exists()


def test_a_paper_marked_secret_is_not_kept(signed_in):
    file = SimpleUploadedFile("文件.txt", "机密★10年\n宁澜市政府文件\n内容".encode())
    sent = {"level": "city", "title": "x", "issuer": "y", "topic": "z", "dated": "2022-09-01", "file": file}
    answer = signed_in("clerk").post("/library/add/", sent)
    assert answer.status_code == 422 and not LibraryPaper.objects.exists()


@pytest.mark.skipif(scans.engine() is None, reason="tesseract with chi_sim is not installed")
def test_a_scan_is_read_marked_and_refused_where_it_is_secret(added, people, signed_in):
    lines = ("关于培育商贸经营主体的意见", "各区要培育商贸经营主体，落实责任。")
    text = read_paper(filename="意见.png", data=png(lines), by=people["analyst"])
    assert text.paragraphs == lines and text.places[1].startswith("第1页图像")
    paper = actions.add_paper(
        level="city", title="意见", issuer="市政府", dated=FRIDAY.date(), topic="消费", text=text,
        by=people["analyst"], at=FRIDAY,
    )  # fmt: skip
    page = signed_in("analyst").get(f"/library/{paper.pk}/").content.decode()
    assert "扫描件由程序识别（OCR），文字可能有误" in page
    with pytest.raises(Refused, match="标有“秘密”"):
        read_paper(filename="意见.png", data=png(("秘密", *lines)), by=people["analyst"])
