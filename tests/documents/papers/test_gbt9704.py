"""The layout of GB/T 9704-2012 in the .docx: the numbers of the standard, read back from the file."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from datetime import date

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from wenpan.documents.papers.gbt9704.render import render
from wenpan.documents.papers.paper import Imprint, Paper, PaperTable, Picture, heading, label, paragraph

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def png() -> bytes:
    """A white picture of 4 × 4 points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\xff" * 4 for _ in range(4))
    header = struct.pack(">IIBBBBB", 4, 4, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@pytest.fixture
def paper() -> Paper:
    return Paper(
        title=("安禾区2022年1—9月", "经济运行分析"),
        blocks=(
            heading(1, "一、总体情况"),
            paragraph("正文<&>。"),
            heading(2, "(一)工业"),
            heading(3, "1. 经发局"),
            Picture("图1 走势", png(), "折线图", 120),
        ),
        issuer="安禾区经济发展局",
        dated="2022年10月20日",
        attachments=(
            PaperTable(
                "附表1 主要指标",
                ("指标", "增速"),
                tuple((label(f"指标{n}"), label("1.0")) for n in range(60)),
                (80, 40),
                frozenset({1}),
                notes=("注: 无。",),
            ),
        ),
        small_print="数据截至2022年9月。",
        imprint=Imprint("区委办", "经发局", "2022年10月20日"),
        subject="经济运行分析",
        keywords=("安禾区",),
    )


@pytest.fixture
def made(paper):
    return Document(io.BytesIO(render(paper, created=date(2022, 10, 20))))


def find(made, words):
    return next(p for p in made.paragraphs if words in p.text)


def test_the_page_is_a4_with_the_margins_of_the_standard(made):
    section = made.sections[0]
    millimetres = [round(v.mm) for v in (section.page_width, section.page_height)]
    assert millimetres == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(v.mm) for v in margins] == [37, 35, 28, 26]


def test_the_grid_is_of_lines_only(made):
    grid = made.sections[0]._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    assert grid.get(qn("w:charSpace")) is None  # LibreOffice would double the width of a cell


@pytest.mark.parametrize(
    ("words", "font", "size"),
    [
        ("经济运行分析", "方正小标宋简体", 22),
        ("一、总体情况", "黑体", 16),
        ("工业", "楷体_GB2312", 16),
        ("经发局", "仿宋_GB2312", 16),
        ("正文", "仿宋_GB2312", 16),
    ],
)
def test_fonts_and_sizes(made, words, font, size):
    style = find(made, words).style
    fonts = style.element.rPr.find(qn("w:rFonts"))
    assert fonts.get(qn("w:eastAsia")) == font
    assert fonts.get(qn("w:hint")) == "eastAsia"
    assert style.font.size.pt == size


def test_body_lines_are_exact_and_indented_by_two_characters(made):
    style = find(made, "正文").style
    assert style.paragraph_format.line_spacing.pt == pytest.approx(28.95)
    assert style.element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    assert style.element.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-4"


def test_headings_are_numbered_full_width_and_stay_with_their_text(made):
    found = find(made, "工业")
    assert found.text == "\uff08一\uff09工业"
    assert found.style.paragraph_format.keep_with_next


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(made):
    section = made.sections[0]
    assert made.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, 2), (section.even_page_footer, 0)):
        line = footer.paragraphs[0]
        assert line.alignment == side
        assert line.text.startswith("— ")
        assert line.text.endswith(" —")
        assert "PAGE" in line._p.xml
        assert all(run.font.size.pt == 14 for run in line.runs)


def test_the_date_ends_four_characters_before_the_edge(made):
    dated = next(p for p in made.paragraphs if p.text == "2022年10月20日")
    assert dated.alignment == 2
    assert dated._p.pPr.find(qn("w:ind")).get(qn("w:rightChars")) == "400"


def test_a_picture_is_not_cut_down_to_one_line(made):
    holder = next(p for p in made.paragraphs if p._p.findall(f".//{W}drawing"))
    assert holder.paragraph_format.line_spacing == 1.0
    assert holder.paragraph_format.keep_with_next
    assert 'descr="折线图"' in holder._p.xml


def test_a_table_repeats_its_header_and_keeps_rows_whole(made):
    rows = made.tables[0].rows
    assert rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert [cell.paragraphs[0].alignment for cell in rows[1].cells] == [1, 2]  # names centred, numbers right


def test_a_table_wider_than_the_type_area_is_refused(paper):
    wide = PaperTable("宽", ("一", "二"), (), (100, 57))
    with pytest.raises(ValueError, match="156"):
        render(Paper(title=("题",), blocks=(wide,)), created=date(2022, 10, 20))


def test_signs_of_markup_are_text(made):
    assert find(made, "正文").text == "正文<&>。"


def test_no_red_head_no_seal_no_signature_is_drawn(paper):
    bare = Paper(title=paper.title, blocks=(paragraph("正文。"),), issuer="经发局", dated="2022年10月20日")
    with zipfile.ZipFile(io.BytesIO(render(bare, created=date(2022, 10, 20)))) as package:
        document = package.read("word/document.xml").decode()
        assert not [name for name in package.namelist() if name.startswith("word/media/")]
    assert "FF0000" not in document


def test_the_same_paper_gives_the_same_bytes(paper):
    day = date(2022, 10, 20)
    assert render(paper, created=day) == render(paper, created=day)
    assert render(paper, created=day) != render(paper, created=date(2022, 10, 21))


def test_core_properties_name_the_paper(made):
    core = made.core_properties
    assert (core.title, core.author) == ("安禾区2022年1—9月经济运行分析", "安禾区经济发展局")
    assert (core.created.date(), core.modified.date()) == (date(2022, 10, 20), date(2022, 10, 20))


def test_the_imprint_is_optional_and_ruled(made, paper):
    assert find(made, "抄送").text == "抄送\uff1a区委办。"
    assert "印发" in find(made, "印发").text
    assert "w:pBdr" in find(made, "抄送")._p.xml
    plain = Paper(title=paper.title, blocks=paper.blocks)
    without = Document(io.BytesIO(render(plain, created=date(2022, 10, 20))))
    assert not [p for p in without.paragraphs if "抄送" in p.text]


def test_a_table_fits_the_type_area(made):
    assert sum(cell.width for cell in made.tables[0].rows[0].cells) <= Mm(156)
