"""Reading templates: which is in force, what is wrong with a file, how a paper looks with it."""

from __future__ import annotations

from dataclasses import dataclass

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.bulletins import pdf
from wenpan.district.bulletins.lives import LIVES, PaperLife
from wenpan.district.bulletins.models import Document, PaperTemplate
from wenpan.district.bulletins.queries.bulletin import place_name
from wenpan.district.ground import originals, sandbox
from wenpan.documents.papers.briefing.input import dated_words
from wenpan.documents.papers.gbt9704 import render as gbt9704
from wenpan.documents.papers.gbt9704.template_lint import TemplateFault, faults
from wenpan.documents.papers.paper import LAYOUT, Imprint, Masthead, Paper, heading, label, paragraph
from wenpan.documents.screening.active_content import active_content
from wenpan.documents.spreadsheets.unreadable import Unreadable

Purpose, State = PaperTemplate.Purpose, PaperTemplate.State
LARGEST = 2 * 1024 * 1024  # bytes: a head with an emblem
_ACTIVE = {
    "macros": ("含有宏", "另存为不含宏的 .docx"),
    "external_links": ("引用了外部文件或网址", "断开链接，把图片等嵌入文件"),
    "dde": ("含有动态数据交换域", "删去这些域"),
    "embedded": ("嵌入了可执行的对象", "删去嵌入对象"),
}


def life(purpose: str) -> PaperLife:
    """Who proposes and who decides: of orders the people of the bulletin."""
    return LIVES[Document.Kind.BRIEFING if purpose == Purpose.BRIEFING else Document.Kind.BULLETIN]


PROPOSE = tuple(one.draft for one in LIVES.values())
DECIDE = tuple(one.review for one in LIVES.values())


def in_force(purpose: str) -> str:
    """Its hash; "" where the program's own head is used."""
    found = PaperTemplate.objects.filter(purpose=purpose, state=State.IN_FORCE)
    return found.values_list("sha256", flat=True).first() or ""


def faults_of(data: bytes, purpose: str) -> list[TemplateFault]:
    """Everything for which the file may not be used; empty when it may."""
    if len(data) > LARGEST:
        found = f"有{len(data) / 1024 / 1024:.1f} MB"
        return [TemplateFault("size", "文件", found, "压缩图片，不超过 2 MB")]
    active = [
        TemplateFault(note.code, "文件", *_ACTIVE[note.code])
        for note in active_content(data)
        if note.code in _ACTIVE
    ]
    try:
        return [*active, *sandbox.apply(faults, data, purpose, measured=True)]
    except Unreadable as refusal:
        return [
            *active,
            TemplateFault("unreadable", "文件", f"打不开：{refusal.message}", "用 Word 或 WPS 另存为 .docx"),
        ]


@dataclass(frozen=True)
class TemplateLine:
    template: PaperTemplate
    may_decide: bool
    may_retire: bool
    own: bool  # proposed by the reader


def lines(user: User) -> list[TemplateLine]:
    rows = PaperTemplate.objects.select_related("proposed_by", "decided_by")
    return [_line(row, user) for row in rows[:100]]


def _line(row: PaperTemplate, user: User) -> TemplateLine:
    decides, own = can(user, life(row.purpose).review), row.proposed_by_id == user.pk
    return TemplateLine(
        row, decides and not own and row.state == State.PROPOSED, decides and row.state == State.IN_FORCE, own
    )


def purposes(user: User) -> list[tuple[str, str]]:
    """What the person may propose a template for."""
    return [(str(code), str(name)) for code, name in Purpose.choices if can(user, life(code).draft)]


def sample(template: PaperTemplate) -> bytes:
    """A paper of a page or two with this head and end, its places filled with examples."""
    from django.utils import timezone

    today, place = timezone.localdate(), place_name() or "本区"
    name = str(template.get_purpose_display())
    words = "这是预览用的正文，每行28字，每页22行，仿宋三号。" * 6
    paper = Paper(
        title=(f"{place}{name}", "（版头版记预览）"),
        blocks=(heading(1, "一、预览"), *(paragraph(label(words)) for _n in range(4))),
        issuer=f"{place}（发文机关）",
        dated=dated_words(today),
        masthead=Masthead(f"{place}{name}", f"〔{today.year}〕1号"),
        imprint=Imprint("抄送单位一，抄送单位二", f"{place}（印发机关）", dated_words(today), 50),
        to="各镇街、区级各部门" if template.purpose == Purpose.BULLETIN else "",
        layout=LAYOUT,
        template=template.sha256,
    )
    return gbt9704.render(paper, created=today, template=originals.get(template.sha256))


def sample_pdf(template: PaperTemplate) -> bytes:
    """Raises pdf.NoPdf where LibreOffice is missing or fails."""
    return pdf.convert(sample(template))
