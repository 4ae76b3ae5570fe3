"""GB/T 9704-2012 5.2 on the rendered page: 22 lines of 28 characters in a type area of 156 × 225 mm.

A paper is made, LibreOffice prints it as PDF, and the signs are counted where they stand, in millimetres.
"""

from __future__ import annotations

import io
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import pytest
from pypdf import PdfReader

from wenpan.district.bulletins.pdf import convert, converter
from wenpan.documents.papers.gbt9704.render import render
from wenpan.documents.papers.paper import LAYOUT, Imprint, Masthead, Paper, paragraph

pytestmark = pytest.mark.skipif(converter() is None, reason="LibreOffice is not installed")
MM = 72 / 25.4
TOP, BOTTOM, LEFT, RIGHT, WIDE, HIGH = 37, 35, 28, 26, 210, 297
PITCH = 28.95 / MM  # of lines
SIGN = 15.75 / MM  # of characters: 16 pt less a quarter


@dataclass(frozen=True)
class PrintedLine:
    """Left end and baseline in mm from the upper left corner of the sheet."""

    left: float
    base: float
    text: str


def printed(paper: Paper) -> tuple[list[list[PrintedLine]], list[tuple[float, float]]]:
    """Lines of each page from the top, and its size in mm."""
    reader = PdfReader(io.BytesIO(convert(render(paper, created=date(2022, 10, 20)))))
    pages, sizes = [], []
    for page in reader.pages:
        high = float(page.mediabox.height)
        rows: dict[float, list[tuple[float, str]]] = defaultdict(list)

        def visit(text, cm, tm, _font, _size, high=high, rows=rows):
            if text.strip():
                x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                rows[round((high - y) / MM, 1)].append((x / MM, text.strip("\n")))

        page.extract_text(visitor_text=visit)
        lines = [
            PrintedLine(min(x for x, _t in parts), base, "".join(t for _x, t in sorted(parts)))
            for base, parts in sorted(rows.items())
        ]
        pages.append(lines)
        sizes.append((float(page.mediabox.width) / MM, high / MM))
    return pages, sizes


@pytest.fixture(scope="module")
def full():
    """A bare paper of body lines only, more than three pages of them."""
    return printed(Paper(title=(), blocks=(paragraph("国" * 28 * 80), paragraph("完。")), layout=LAYOUT))


def body(lines):
    """Without the page number at the foot."""
    return [line for line in lines if "国" in line.text]


def old(layout):
    pages, _sizes = printed(
        Paper(title=(), blocks=(paragraph("国" * 28 * 30), paragraph("完。")), layout=layout)
    )
    return {len(line.text) for line in body(pages[1])}


def test_the_sheet_is_a4(full):
    _pages, sizes = full
    assert all(size == pytest.approx((WIDE, HIGH), abs=0.3) for size in sizes)


def test_a_full_page_has_22_lines(full):
    pages, _sizes = full
    assert len(body(pages[1])) == 22
    assert len(body(pages[2])) == 22


def test_the_lines_stand_at_the_pitch_of_the_grid(full):
    pages, _sizes = full
    bases = [line.base for line in body(pages[1])]
    steps = [b - a for a, b in zip(bases, bases[1:], strict=False)]
    assert all(step == pytest.approx(PITCH, abs=0.15) for step in steps)


def test_a_full_line_has_28_characters(full):
    pages, _sizes = full
    assert {len(line.text) for line in body(pages[1])} == {28}


def test_older_layouts_had_27_and_are_made_again_so():
    """28 characters of 15.8 pt are a fifth of a point wider than 156 mm."""
    assert max(old(2)) == 27


def test_the_type_area_keeps_the_four_margins(full):
    pages, _sizes = full
    lines = body(pages[1])
    assert all(line.left == pytest.approx(LEFT, abs=0.3) for line in lines)
    assert all(line.left + 28 * SIGN <= WIDE - RIGHT + 0.6 for line in lines)
    first, last = lines[0].base, lines[-1].base
    assert TOP <= first <= TOP + PITCH  # the first line stands in the first row of the grid
    assert HIGH - BOTTOM - PITCH <= last <= HIGH - BOTTOM


def test_the_first_line_is_indented_by_two_characters(full):
    pages, _sizes = full
    first = body(pages[0])[0]
    assert (first.left - LEFT) / SIGN == pytest.approx(2, abs=0.15)


def test_digits_and_signs_do_not_break_the_page_of_22_lines():
    words = "1—9月，固定资产投资下降12.3%，低于全市平均14.4个百分点，居全市第10位。"
    blocks = tuple(paragraph(label) for label in [words * 3] * 30)
    pages, _sizes = printed(Paper(title=(), blocks=blocks, layout=LAYOUT))
    assert len([line for line in pages[1] if line.base < HIGH - BOTTOM]) == 22


def test_head_and_imprint_keep_the_margins():
    """The red name begins within the type area, the imprint ends in it, on the last page."""
    paper = Paper(
        title=("关于某项工作的通报",),
        blocks=(paragraph("正文。" * 20),),
        issuer="安禾区督查绩效办",
        dated="2022年10月20日",
        masthead=Masthead("安禾区督查通报", "安督通〔2022〕9号"),
        imprint=Imprint("区委办公室，" * 11 + "区委组织部", "安禾区督查绩效办", "2022年10月20日", copies=50),
        layout=LAYOUT,
    )
    pages, _sizes = printed(paper)
    last = pages[-1]
    assert last[0].left >= LEFT - 0.5
    copies = next(line for line in last if "共印" in line.text)
    assert copies.text.replace(" ", "") == "（共印50份）"
    assert HIGH - BOTTOM - 12 <= copies.base <= HIGH - BOTTOM + 1
    assert "印发" in "".join(line.text for line in last)  # below three lines of copies
