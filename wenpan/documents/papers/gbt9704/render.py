"""GB/T 9704-2012 党政机关公文格式: a paper becomes a .docx.

Pure. A4; margins 37 / 35 / 28 / 26 mm (top, bottom, left, right), so a type area of 156 × 225 mm; 22
lines of 28.95 pt, 28 characters of 16 pt; title 22 pt 小标宋; headings 黑体, 楷体; page numbers
"— 1 —" in 14 pt, odd pages right, even pages left. The official fonts are named, not embedded. No
seal and no signature is ever drawn: this is a text for people to issue.
The same paper and date give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from itertools import count
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from wenpan.documents.papers.gbt9704 import wordprocessing_xml as xml
from wenpan.documents.papers.gbt9704.head import add_annexes, add_masthead
from wenpan.documents.papers.gbt9704.table import TABLE_STYLE, add_imprint, add_table
from wenpan.documents.papers.gbt9704.template import opened
from wenpan.documents.papers.paper import Block, Heading, Paper, PaperTable, Paragraph, Picture
from wenpan.documents.words.numbers import full_width

FANGSONG, KAITI, HEITI, XIAOBIAOSONG, SONGTI = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
BODY_SIZE, LINE, GRID = 16, 28.95, 579
CONTROLS = 2  # layout from which figures are content controls, and the imprint stands at the foot
GRID_FITS = 3  # layout from which 28 characters are not a fifth of a point wider than the type area
TIGHT, TIGHTER = -4, -5  # twentieths of a point between characters: 15.8 and 15.75 pt each
STYLES: dict[str, tuple[str, float, int]] = {  # font, size, first-line indent in hundredths of a character
    "公文标题": (XIAOBIAOSONG, 22, 0),
    "公文正文": (FANGSONG, BODY_SIZE, 200),
    "公文一级标题": (HEITI, BODY_SIZE, 200),
    "公文二级标题": (KAITI, BODY_SIZE, 200),
    "公文三级标题": (FANGSONG, BODY_SIZE, 200),
    "公文附件": (HEITI, BODY_SIZE, 0),
    "公文文号": (FANGSONG, BODY_SIZE, 0),
    "公文主送": (FANGSONG, BODY_SIZE, 0),
    "公文图表题": (HEITI, 12, 0),
    "公文小注": (FANGSONG, 10.5, 0),
    "公文表头": (HEITI, 9, 0),
    "公文表文": (FANGSONG, 9, 0),
}
_PARAGRAPHS = {"small": "公文小注", "number": "公文文号", "to": "公文主送"}
_LEVELS = {0: "公文附件", 1: "公文一级标题", 2: "公文二级标题", 3: "公文三级标题"}
_HEADINGS = frozenset(_LEVELS.values()) - {_LEVELS[0]}
_TITLE_LINE, _SMALL_LINE, _TABLE_LINE = 36, 16, 14


def render(paper: Paper, *, created: date, template: bytes | None = None) -> bytes:
    """The .docx of a paper; `created` is the date of its core properties.

    `template`: the place's own head and end, which then stand in the place of ours.
    """
    between = TIGHTER if paper.layout >= GRID_FITS else TIGHT
    if template is not None:
        own = opened(template, paper)
        document = own.document
        xml.line_grid(document.sections[0], GRID)
        _styles(document, between, alone=True)
        if TABLE_STYLE not in {style.name for style in document.styles}:
            xml.table_style(document.styles.element, TABLE_STYLE)
        if not _numbered(document):
            document.settings.odd_and_even_pages_header_footer = True
            _footers(document)
        _properties(document, paper, created)
        _text(document, paper)
        own.close()
        return _saved(document, paper)
    document = Document()
    _page(document)
    _styles(document, between)
    _footers(document)
    _properties(document, paper, created)
    if paper.masthead:
        add_masthead(document, paper.masthead)
    for line in paper.title:
        _plain(document, "公文标题", line)
    _plain(document, "公文正文", "")
    if paper.to:
        _plain(document, "公文主送", f"{paper.to}：")
    _text(document, paper)
    at_foot = paper.layout >= CONTROLS
    last = None
    if paper.small_print or (paper.imprint and at_foot):
        last = _small_print(document, paper)
    if paper.imprint:
        measured = paper.layout >= GRID_FITS
        add_imprint(document, paper.imprint, last if at_foot else None, measured=measured)
    return _saved(document, paper)


def _saved(document: Any, paper: Paper) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return xml.fixed_times(out.getvalue(), font=FANGSONG if paper.layout >= CONTROLS else "")


def _numbered(document: Any) -> bool:
    """Has the template page numbers of its own?"""
    feet = (document.sections[0].footer, document.sections[0].even_page_footer)
    return any("PAGE" in foot._element.xml for foot in feet if not foot.is_linked_to_previous)


def _small_print(document: Any, paper: Paper) -> Any:
    last = _plain(document, "公文小注", paper.small_print)
    last.paragraph_format.space_before = Pt(6)
    return last


def _text(document: Any, paper: Paper) -> None:
    """Blocks, names of the annexes, signature, annexes."""
    marks = count() if paper.layout >= CONTROLS else None
    for block in paper.blocks:
        _add(document, block, marks)
        if isinstance(block, PaperTable):
            _plain(document, "公文小注", "")
    _keep_last_with_signature(document)
    if paper.annexes:
        add_annexes(document, paper.annexes)
    _signature(document, paper)
    for at, block in enumerate(paper.attachments):
        annex = isinstance(block, Heading) and block.level == 0
        _add(document, block, marks, new_page=at == 0 or annex)
        if at + 1 < len(paper.attachments) and not annex:
            _plain(document, "公文小注", "")
    if paper.template and paper.small_print:
        _small_print(document, paper)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(23)
    xml.line_grid(section, GRID)
    document.settings.odd_and_even_pages_header_footer = True


def _styles(document: Any, between: int, *, alone: bool = False) -> None:
    """`alone`: they stand on nothing of the document, whose own Normal stays as it is."""
    normal = None if alone else document.styles["Normal"]
    if normal is not None:
        normal.font.size = Pt(BODY_SIZE)
        base = normal.element.get_or_add_rPr()
        xml.fonts(base, FANGSONG)
        xml.child(base, "lang", val="en-US", eastAsia="zh-CN")
    for level, (name, (font, size, first)) in enumerate(STYLES.items()):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.quick_style = True
        style.font.size = Pt(size)
        properties = style.element.get_or_add_rPr()
        xml.fonts(properties, font)
        if size == BODY_SIZE:
            xml.spacing(properties, between)
        xml.exact_lines(style.paragraph_format, _line(size))
        xml.no_auto_space(style.element.get_or_add_pPr())
        if size != BODY_SIZE:  # on the grid a line of 22 pt would take two of the body's
            xml.off_grid(style.element.get_or_add_pPr())
        style.paragraph_format.widow_control = name == "公文正文"
        if first:
            xml.indent(style.element.get_or_add_pPr(), first=first, size=size)
        if name in _HEADINGS:
            style.paragraph_format.keep_with_next = True
            xml.child(style.element.get_or_add_pPr(), "outlineLvl", val=level - 2)
    for name in ("公文标题", "公文图表题", "公文文号"):
        document.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.styles["公文正文"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    document.styles["公文标题"].paragraph_format.keep_with_next = True


def _line(size: float) -> float:
    if size > BODY_SIZE:
        return _TITLE_LINE
    return LINE if size == BODY_SIZE else _SMALL_LINE if size > 9 else _TABLE_LINE


def _footers(document: Any) -> None:
    section = document.sections[0]
    sides = ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT))
    for footer, side in sides:
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        one = {"right": 100} if side == WD_ALIGN_PARAGRAPH.RIGHT else {"left": 100}
        xml.indent(paragraph._p.get_or_add_pPr(), size=14, **one)
        for words in ("— ", None, " —"):
            run = paragraph.add_run(words or "")
            run.font.size = Pt(14)
            xml.fonts(run._r.get_or_add_rPr(), SONGTI)
            if words is None:
                xml.field(run, "PAGE")


def _properties(document: Any, paper: Paper, created: date) -> None:
    moment = datetime(created.year, created.month, created.day)  # noqa: DTZ001 - the format has no zone
    core = document.core_properties
    core.title, core.subject = "".join(paper.title), paper.subject
    core.author = core.last_modified_by = paper.issuer or "稳盘"
    core.keywords = ", ".join(paper.keywords)
    core.comments = ""
    core.language = "zh-CN"
    core.created = core.modified = moment
    core.revision = 1


def _plain(document: Any, style: str, words: str) -> Any:
    paragraph = document.add_paragraph()
    paragraph._p.style = style  # by its id, which is its name: looking it up takes milliseconds
    if words:
        paragraph.add_run(words)
    return paragraph


def _add(document: Any, block: Block, marks: Iterator[int] | None, *, new_page: bool = False) -> None:
    if isinstance(block, Heading):
        line = _plain(document, _LEVELS[block.level], block.text)
        line.paragraph_format.page_break_before = new_page or block.new_page
    elif isinstance(block, Paragraph):
        _paragraph(document, block, marks)
    elif isinstance(block, PaperTable):
        _table(document, block, new_page=new_page)
    else:
        _picture(document, block, new_page=new_page)


def _paragraph(document: Any, block: Paragraph, marks: Iterator[int] | None) -> None:
    paragraph = _plain(document, _PARAGRAPHS.get(block.style, "公文正文"), "")
    for at, span in enumerate(block.spans):
        run = paragraph.add_run(span.text)
        if block.style == "numbered" and at == 0:
            run.bold = True
        if block.style == "note":
            xml.fonts(run._r.get_or_add_rPr(), KAITI)
        if span.facts and marks is not None:
            xml.controlled(run, f"f:{next(marks)}")


def _table(document: Any, table: PaperTable, *, new_page: bool) -> None:
    title = _plain(document, "公文图表题", full_width(table.title))
    title.paragraph_format.keep_with_next = True
    title.paragraph_format.page_break_before = new_page
    title.paragraph_format.space_before = Pt(0 if new_page else 6)
    title.paragraph_format.space_after = Pt(4)
    add_table(document, table)
    for at, note in enumerate(table.notes):
        words = _plain(document, "公文小注", full_width(note))
        words.paragraph_format.space_before = Pt(4 if at == 0 else 0)


def _picture(document: Any, picture: Picture, *, new_page: bool = False) -> None:
    paragraph = _plain(document, "公文图表题", "")
    paragraph.paragraph_format.line_spacing = 1.0  # an exact line would cut the picture down to its height
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.page_break_before = new_page
    paragraph.paragraph_format.space_before = Pt(0 if new_page else 6)
    shape = paragraph.add_run().add_picture(io.BytesIO(picture.png), width=Mm(picture.width_mm))
    shape._inline.docPr.set("descr", picture.alt)
    caption = _plain(document, "公文图表题", full_width(picture.caption))
    caption.paragraph_format.space_after = Pt(6)


def _keep_last_with_signature(document: Any) -> None:
    """The page of the signature carries text (GB/T 9704 7.3.5.4): no page with a signature alone."""
    last = document.paragraphs[-1]
    last.paragraph_format.keep_with_next = True
    last.paragraph_format.keep_together = True


def _width(words: str) -> float:
    """Width in characters: digits count half."""
    return sum(0.5 if sign.isascii() else 1 for sign in words)


def _signature(document: Any, paper: Paper) -> None:
    """Issuer centred over the date; the date ends four characters before the right edge."""
    if not (paper.issuer or paper.dated):
        return
    _plain(document, "公文正文", "").paragraph_format.keep_with_next = True
    inset = 4 + (_width(paper.dated) - _width(paper.issuer)) / 2
    lines = ((paper.issuer, max(0.0, inset)), (paper.dated, 4.0))
    for words, characters in ((words, at) for words, at in lines if words):
        paragraph = _plain(document, "公文正文", words)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.keep_with_next = words != paper.dated
        xml.indent(paragraph._p.get_or_add_pPr(), right=round(characters * 100))
