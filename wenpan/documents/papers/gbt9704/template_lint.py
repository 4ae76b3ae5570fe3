"""Whether a Word template may be used for papers: every fault with its paragraph or cell, and what to do.

Pure. Looked at are: the sheet and its margins (GB/T 9704-2012 5.1, 5.2), the named places, fonts that are not
named (theme fonts, which WPS reports as missing), tracked changes, names of styles that are ours. Macros and
links to elsewhere are found where every file is screened.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from wenpan.documents.papers.gbt9704.render import STYLES
from wenpan.documents.papers.gbt9704.template import BODY, PLACE, PLACES, named

SHEET = (210, 297)
MARGINS = (
    ("上", "top_margin", 37),
    ("下", "bottom_margin", 35),
    ("左", "left_margin", 28),
    ("右", "right_margin", 26),
)
NEAR = 1.0  # mm
REQUIRED = {"bulletin": ("文号", "标题", BODY), "briefing": ("文号", "标题", BODY), "order": ("标题", BODY)}
_CHANGES = ("w:ins", "w:del", "w:moveFrom", "w:moveTo")


@dataclass(frozen=True)
class TemplateFault:
    """`code`: sheet, margin, sections, place_missing, place_unknown, place_twice, place_of_text, font,
    changes or style."""

    code: str
    where: str
    found: str
    todo: str


def faults(data: bytes, purpose: str) -> list[TemplateFault]:
    """Empty when the template may be used."""
    try:
        document = Document(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError):
        return [TemplateFault("unreadable", "文件", "不是 Word 文档", "用 Word 或 WPS 另存为 .docx")]
    found = [
        *_sheet(document),
        *_places(document, purpose),
        *_fonts(document),
        *_changes(document),
        *_styles(document),
    ]
    return list(dict.fromkeys(found))


def _mm(length: Any) -> float:
    return float(length.mm) if length is not None else 0.0


def _sheet(document: Any) -> Iterator[TemplateFault]:
    if len(document.sections) > 1:
        found = f"有{len(document.sections)}节"
        yield TemplateFault("sections", "全文", found, "整个模板只留一节，删去分节符")
    section = document.sections[0]
    size = (_mm(section.page_width), _mm(section.page_height))
    if any(abs(a - b) > NEAR for a, b in zip(size, SHEET, strict=True)):
        yield TemplateFault(
            "sheet", "页面设置", f"纸张为{size[0]:.0f}×{size[1]:.0f}毫米", "改为 A4 纵向（210×297毫米）"
        )
    for name, attribute, due in MARGINS:
        margin = _mm(getattr(section, attribute))
        if abs(margin - due) > NEAR:
            yield TemplateFault("margin", "页面设置", f"{name}边距为{margin:.0f}毫米", f"改为{due}毫米")


def _places(document: Any, purpose: str) -> Iterator[TemplateFault]:
    body = document.element.body
    count: Counter[str] = Counter()
    for where, paragraph in _paragraphs(body):
        for name in named(paragraph):
            count[name] += 1
            if name not in PLACES:
                todo = f"改成{'、'.join(f'{{{{{place}}}}}' for place in PLACES)}之一，或删去"
                yield TemplateFault("place_unknown", where, f"不认识的占位“{{{{{name}}}}}”", todo)
    for name in REQUIRED[purpose]:
        if not count[name]:
            todo = f"在应填的地方写上{{{{{name}}}}}，或插入标记为“{name}”的内容控件"
            yield TemplateFault("place_missing", "全文", f"缺少占位“{{{{{name}}}}}”", todo)
    for name, times in count.items():
        if times > 1 and name in (BODY, "标题", "文号"):
            yield TemplateFault("place_twice", "全文", f"占位“{{{{{name}}}}}”有{times}处", "只留一处")
    own = [p for p in body if p.tag in (qn("w:p"), qn("w:sdt")) and BODY in named(p)]
    if count[BODY] == 1 and not own:
        yield TemplateFault("place_of_text", "全文", "“{{正文}}”在表格或文本框里", "移到表格外，单独成段")
    if own and own[0].tag == qn("w:p") and PLACE.sub("", _words(own[0])).strip():
        yield TemplateFault("place_of_text", "全文", "“{{正文}}”同段还有别的字", "让{{正文}}单独成段")


def _words(element: Any) -> str:
    return "".join(t.text or "" for t in element.iter(qn("w:t")))


def _paragraphs(body: Any) -> Iterator[tuple[str, Any]]:
    """Every paragraph with its place: 第3段“…”, 第1表第2行第3格."""
    paragraphs = tables = 0
    for element in body:
        if element.tag == qn("w:tbl"):
            tables += 1
            for r, row in enumerate(element.findall(qn("w:tr")), start=1):
                for c, cell in enumerate(row.findall(qn("w:tc")), start=1):
                    for paragraph in cell.iter(qn("w:p")):
                        yield f"第{tables}表第{r}行第{c}格", paragraph
        elif element.tag in (qn("w:p"), qn("w:sdt")):
            for paragraph in [element] if element.tag == qn("w:p") else element.iter(qn("w:p")):
                paragraphs += 1
                said = _words(paragraph).strip()
                yield f"第{paragraphs}段" + (f"“{said[:12]}”" if said else ""), paragraph


def _fonts(document: Any) -> Iterator[TemplateFault]:
    """Words whose Chinese font is not named: by themselves, their style or one it is based on."""
    styles = {style.element.get(qn("w:styleId")): style.element for style in document.styles}
    default = next(
        (
            k
            for k, s in styles.items()
            if s.get(qn("w:default")) == "1" and s.get(qn("w:type")) == "paragraph"
        ),
        "",
    )
    for where, paragraph in _paragraphs(document.element.body):
        for run in paragraph.iter(qn("w:r")):
            if not "".join(t.text or "" for t in run.findall(qn("w:t"))).strip():
                continue
            own = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            chosen = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
            names = [s.get(qn("w:val")) for s in (chosen, own) if s is not None] + (
                [default] if own is None else []
            )
            theme = _slot(run.find(qn("w:rPr")), "eastAsiaTheme")
            if theme or not (
                _slot(run.find(qn("w:rPr")), "eastAsia") or any(_of_style(n, styles) for n in names)
            ):
                yield TemplateFault(
                    "font", where, "没有指定中文字体（用的是主题字体）", "选中这些字，指定字体，如仿宋_GB2312"
                )
                break


def _slot(properties: Any, slot: str) -> str:
    found = None if properties is None else properties.find(qn("w:rFonts"))
    return "" if found is None else str(found.get(qn(f"w:{slot}")) or "")


def _of_style(name: str | None, styles: dict[str, Any]) -> str:
    for _step in range(12):
        style = styles.get(name or "")
        if style is None:
            return ""
        if named_font := _slot(style.find(qn("w:rPr")), "eastAsia"):
            return named_font
        based = style.find(qn("w:basedOn"))
        name = None if based is None else based.get(qn("w:val"))
    return ""


def _changes(document: Any) -> Iterator[TemplateFault]:
    for where, paragraph in _paragraphs(document.element.body):
        if any(next(paragraph.iter(qn(tag)), None) is not None for tag in _CHANGES):
            yield TemplateFault("changes", where, "有未接受的修订", "接受或拒绝全部修订后再存")


def _styles(document: Any) -> Iterator[TemplateFault]:
    taken = sorted({style.name for style in document.styles} & STYLES.keys())
    if taken:
        yield TemplateFault(
            "style", "样式", f"样式“{'、'.join(taken)}”与程序的同名", "在模板里改名或删去这些样式"
        )
