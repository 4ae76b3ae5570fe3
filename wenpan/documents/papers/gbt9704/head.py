"""版头 and 附件说明 of an official paper: the red name, the number, the red line; the list of annexes.

Pure. GB/T 9704-2012 7.2: the name in red 小标宋, the number centred two lines below it, a red line as wide
as the type area 4 mm under the number. A paper that has no number yet keeps its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from wenpan.documents.papers.gbt9704 import wordprocessing_xml as xml
from wenpan.documents.papers.paper import Masthead

RED = RGBColor(0xFF, 0, 0)
_NAME_SIZE, _LEAST_SIZE, _WIDE = 46, 26, 442  # points: the type area is 442 pt wide


def add_masthead(document: Any, head: Masthead) -> None:
    size = max(_LEAST_SIZE, min(_NAME_SIZE, int(_WIDE * 0.94 / max(len(head.name), 1))))
    name = _line(document, head.name, "方正小标宋简体", size, size * 1.35)
    name.runs[0].font.color.rgb = RED
    name.paragraph_format.space_after = Pt(29)
    number = _line(document, head.number or " ", "仿宋_GB2312", 16, 28.95)
    _red_rule(number._p.get_or_add_pPr())
    number.paragraph_format.space_after = Pt(29)


def _line(document: Any, words: str, font: str, size: float, height: float) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    xml.exact_lines(paragraph.paragraph_format, height)
    xml.off_grid(paragraph._p.get_or_add_pPr())
    run = paragraph.add_run(words)
    run.font.size = Pt(size)
    xml.fonts(run._r.get_or_add_rPr(), font)
    return paragraph


def _red_rule(properties: Any) -> None:
    borders = OxmlElement("w:pBdr")
    xml.child(borders, "bottom", val="single", sz=18, space=11, color="FF0000")
    after = {qn(f"w:{name}") for name in ("snapToGrid", "spacing", "ind", "jc")}
    for sibling in properties:
        if sibling.tag in after:
            sibling.addprevious(borders)
            return
    properties.append(borders)


def add_annexes(document: Any, names: Sequence[str]) -> None:
    """附件：1．… one line below the text; further ones under the first."""
    gap = document.add_paragraph()
    gap._p.style = "公文正文"
    gap.paragraph_format.keep_with_next = True
    for at, name in enumerate(names):
        paragraph = document.add_paragraph()
        paragraph._p.style = "公文正文"
        lead = "附件：" if at == 0 else "　　　"
        paragraph.add_run(f"{lead}{at + 1}．{name}" if len(names) > 1 else f"{lead}{name}")
        paragraph.paragraph_format.keep_with_next = True
