"""Shapes besides .xlsx, .xls and csv: .ods, pages and XML saved as .xls, tables in .docx, Big5."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.fixtures.place import facts, reading
from wenpan.documents.spreadsheets import printed_pages, xls_errors
from wenpan.documents.spreadsheets.workbook import Unreadable, read

TITLE = "安禾区2022年10月主要经济指标"
HEAD = ("指标", "单位", "累计", "同比增长(%)")
ROW = ("税收收入", "亿元", "24.2", "4.4")
WHAT = {
    "C": ("anhe", "tax", "2022-10", "ytd", "natural", "24.2"),
    "D": ("anhe", "tax", "2022-10", "ytd_growth", "natural", "4.4"),
}


SPAN = 'table:number-columns-spanned="4"'


def cell(value: str, extra: str = "") -> str:
    number = value.replace(".", "").isdigit()
    kind = f'office:value-type="float" office:value="{value}"' if number else 'office:value-type="string"'
    return f"<table:table-cell {kind} {extra}><text:p>{value}</text:p></table:table-cell>"


def ods(
    rows: str, *, mimetype: str = "application/vnd.oasis.opendocument.spreadsheet", style: str = ""
) -> bytes:
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
    )
    xml = (
        f"<office:document-content {names}>{style}<office:body><office:spreadsheet>"
        f'<table:table table:name="月报" table:style-name="ta1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", mimetype)
        archive.writestr("META-INF/manifest.xml", "<m/>")
        archive.writestr("content.xml", xml)
    return out.getvalue()


def lines(*rows: tuple[str, ...]) -> str:
    return "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)


def test_an_ods_is_read_with_its_addresses():
    cells = '<table:table-cell table:number-columns-repeated="1024"/>'
    blank = f'<table:table-row table:number-rows-repeated="3">{cells}</table:table-row>'
    got = facts(reading(ods(lines((TITLE,), HEAD) + blank + lines(ROW)), "表.ods"))
    assert got == {"C6": WHAT["C"], "D6": WHAT["D"]}


def test_percent_merged_and_hidden_in_an_ods():
    shown = "<text:p>4.4%</text:p></table:table-cell>"
    percent = f'<table:table-cell office:value-type="percentage" office:value="0.044">{shown}'
    values = "".join(map(cell, ("税收收入", "亿元", "24.2"))) + percent
    row = f"<table:table-row table:visibility='collapse'>{values}</table:table-row>"
    title = f"<table:table-row>{cell(TITLE, SPAN)}</table:table-row>"
    data = ods(title + lines(HEAD) + row)
    sheet = read(data, "表.ods").sheets[0]
    assert sheet.merged == ((0, 0, 0, 3),) and sheet.hidden_rows == {2} and sheet.percent == {(2, 3)}
    assert facts(reading(data, "表.ods"))["D3"] == WHAT["D"]


def test_a_far_or_endless_ods_is_refused_and_never_laid_out():
    endless = f'<table:table-row table:number-rows-repeated="90000000">{cell("1")}</table:table-row>'
    with pytest.raises(Unreadable, match="太大"):
        read(ods(endless), "表.ods")
    broken = ods(lines(HEAD))[:-60]
    with pytest.raises(Unreadable):
        read(broken, "表.ods")


def page(*, charset: str = "gb2312", head: str = "") -> bytes:
    rows = [f"<tr><td colspan=4>{TITLE}</td></tr>"] if not head else []
    rows += ["<tr>" + "".join(f"<td>{v}</td>" for v in row) + "</tr>" for row in (HEAD, ROW)]
    top = f'<html><head><meta charset="{charset}"><title>x</title></head>'
    return f"{top}<body>{head}<table>{''.join(rows)}</table></body></html>".encode(charset)


@pytest.mark.parametrize("charset", ["gb2312", "utf-8"])
def test_a_page_saved_as_xls_is_read_as_a_spreadsheet_program_opens_it(charset):
    got = facts(reading(page(charset=charset), "导出.xls"))
    assert got == {"C3": WHAT["C"], "D3": WHAT["D"]}
    got = facts(reading(page(charset=charset, head=f"<h3>{TITLE}</h3>"), "导出.xls"))
    assert got == {"C3": WHAT["C"], "D3": WHAT["D"]}


def test_merged_cells_of_a_page_keep_their_place():
    html = (
        f"<table><tr><th colspan=5>{TITLE}</th></tr>"
        "<tr><th rowspan=2>指标</th><th rowspan=2>单位</th><th colspan=2>本月</th><th>累计</th></tr>"
        "<tr><th>绝对额</th><th>增长(%)</th><th>绝对额</th></tr>"
        "<tr><td>税收收入</td><td>亿元</td><td>2.2</td><td>-1.5</td><td>24.2</td></tr></table>"
    )
    got = facts(reading(html.encode(), "导出.xls"))
    assert {c: (f[3], f[5]) for c, f in got.items()} == {
        "C4": ("month", "2.2"), "D4": ("month_growth", "-1.5"), "E4": ("ytd", "24.2"),
    }  # fmt: skip


def test_a_page_without_a_table_and_a_mail_archive_say_what_to_do():
    for data in (b"<html><body><p>no</p></body></html>", b"MIME-Version: 1.0\n<html><table></table></html>"):
        with pytest.raises(Unreadable, match="另存为"):
            read(data, "导出.xls")


def test_an_xml_spreadsheet_is_read():
    uri = "urn:schemas-microsoft-com:office:spreadsheet"
    ns = f'xmlns="{uri}" xmlns:ss="{uri}"'

    def line(row, at=""):
        kinds = ("Number" if v.replace(".", "").isdigit() else "String" for v in row)
        data = "".join(
            f'<Cell><Data ss:Type="{k}">{v}</Data></Cell>' for k, v in zip(kinds, row, strict=True)
        )
        return f"<Row{at}>{data}</Row>"

    rows = line((TITLE,)) + line(HEAD) + line(ROW, ' ss:Index="5"')
    top = f'<?xml version="1.0" encoding="utf-8"?><Workbook {ns}><Worksheet ss:Name="月报">'
    xml = f"{top}<Table>{rows}</Table></Worksheet></Workbook>"
    assert facts(reading(xml.encode(), "导出.xls")) == {"C5": WHAT["C"], "D5": WHAT["D"]}
    with pytest.raises(Unreadable, match="XML"):
        read(b'<?xml version="1.0"?><a><b/></a>', "导出.xls")


def word(title_outside: bool) -> bytes:
    document = docx.Document()
    document.add_paragraph("今年以来, 全区上下认真贯彻落实各项决策部署, " * 4)
    if title_outside:
        document.add_paragraph(TITLE)
    rows = [HEAD, ROW] if title_outside else [(TITLE, "", "", ""), HEAD, ROW]
    table = document.add_table(len(rows), 4)
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value:
                table.cell(r, c).text = value
    if not title_outside:
        table.cell(0, 0).merge(table.cell(0, 3))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("title_outside", [True, False])
def test_a_table_in_a_word_file_is_shown_once_and_then_read_with_the_line_above_it(title_outside):
    first = reading(word(title_outside), "公报.docx")
    assert not first.figures and first.question is not None and "Word" in first.question.words
    table = first.tables[0]
    answers = {str(c.index): c.answer for c in table.columns}
    answers |= {"2": {"role": "figure", "measure": "ytd"}, "3": {"role": "figure", "measure": "ytd_growth"}}
    taught = {"kind": table.kind, "header_rows": list(table.header_at), "columns": answers}
    got = facts(reading(word(title_outside), "公报.docx", layouts={table.signature: taught}))
    assert got == {"C3": WHAT["C"], "D3": WHAT["D"]}


def test_a_word_file_without_a_table_says_where_papers_go():
    out = io.BytesIO()
    docx.Document().save(out)
    with pytest.raises(Unreadable, match="来文"):
        read(out.getvalue(), "讲话.docx")


def test_a_csv_in_big5_is_read_and_one_in_gb18030_is_not_taken_for_it():
    head = "安禾區2022年10月主要經濟指標\n指標,單位,累計,同比增長(%)\n"
    text = head + "稅收收入,億元,24.2,4.4\n一般公共預算收入,億元,33.1,5.5\n"
    got = facts(reading(text.encode("big5"), "表.csv"))
    assert got["C3"] == WHAT["C"] and got["D3"] == WHAT["D"] and Decimal(got["C4"][5]) == Decimal("33.1")
    simple = f"{TITLE}\n{','.join(HEAD)}\n{','.join(ROW)}\n"
    assert facts(reading(simple.encode("gb18030"), "表.csv")) == {"C3": WHAT["C"], "D3": WHAT["D"]}


# -- comments and what each printed page bears, in every format that has them -------------------


def spoken(kind: str) -> bytes:
    """Two sheets, made by LibreOffice: a comment at C4, head and foot of the printed page."""
    return (Path(__file__).parents[1] / "fixtures" / f"commented.{kind}").read_bytes()


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_comments_and_printed_heads_and_feet_are_told_by_sheet(kind):
    first, second = read(spoken(kind), f"表.{kind}").sheets
    assert first.comments == {(3, 2): "未经审定"} and first.printed == ("宁澜市统计局", "第页")
    assert second.comments == {} and second.printed == ("以上为预计数",)


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_what_they_say_is_asked_about_and_not_lost(kind):
    got = reading(spoken(kind), f"表.{kind}")
    cells = {(f.sheet, f.cell) for f in got.figures}
    assert cells == {("月报", "C3"), ("月报", "D3")}
    told = " ".join(f"{f.cell} {f.found}" for f in got.findings)
    assert "A4" in told and "以上为预计数" in told


def test_a_word_file_s_head_belongs_to_each_of_its_tables():
    paper = docx.Document()
    paper.sections[0].header.paragraphs[0].text = "内部测算数"
    table = paper.add_table(2, 2)
    for cell, text in zip(table._cells, ["指标", "累计(亿元)", "税收收入", "24.2"], strict=True):
        cell.text = text
    out = io.BytesIO()
    paper.save(out)
    assert read(out.getvalue(), "表.docx").sheets[0].printed == ("内部测算数",)


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 7000), byte=st.integers(0, 255))
def test_a_damaged_xls_loses_its_words_and_breaks_nothing(at, byte):
    damaged = bytearray(spoken("xls"))
    damaged[at] = byte
    for bodies in xls_errors.sheet_records(bytes(damaged), printed_pages.XLS_RECORDS):
        assert all(isinstance(line, str) for line in printed_pages.of_xls(bodies))
