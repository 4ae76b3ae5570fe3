"""Speeches, minutes and task tables as files: what comes out of each kind, and what a bad file says."""

import io
import shutil
import subprocess
import time
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from wenpan.documents.orders import propose as directives
from wenpan.documents.orders import text as reading
from wenpan.documents.orders.task_tables import rows as task_rows
from wenpan.documents.orders.task_tables.grid import TextGrid
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.economy.time.calendars import Calendar
from wenpan.rules import load_yaml

CALENDAR = Calendar.from_data(load_yaml("calendars/china")[0])
LINES = (
    "一、重点任务",
    "1.完成危房鉴定。（区住建局牵头，各镇街配合，10月底前完成）",
    "2.请区财政局在11月5日前拨付资金。",
)
TASKS = (
    ("序号", "任务内容", "牵头单位", "配合单位", "完成时限"),
    ("1", "完成滨河路管廊主体工程", "区住建局", "区城管局\n各街道", "10月31日前"),
    ("2", "启动人民公园提升改造", "", "", "11月底"),
    ("3", "新增普惠托位600个", "区卫健局", "", "12月20日前"),
)  # the owners of tasks 1 and 2 are one merged cell


def proposed(data: bytes, name: str) -> list[tuple[str, str, tuple[str, ...], str]]:
    text = reading.read(data, name)
    found = directives.propose(text.paragraphs, on=date(2022, 10, 14), calendar=CALENDAR)
    return [(p.text, p.lead, p.coop, str(p.deadline)) for p in found]


FROM_TABLE = [
    ("完成滨河路管廊主体工程", "区住建局", ("区城管局", "各街道"), "2022-10-31"),
    ("启动人民公园提升改造", "区住建局", ("区城管局", "各街道"), "2022-11-30"),
    ("新增普惠托位600个", "区卫健局", (), "2022-12-20"),
]


def docx_file(*lines: str, table: bool = False) -> bytes:
    import docx

    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if table:
        grid = document.add_table(rows=len(TASKS), cols=len(TASKS[0]))
        for row, values in zip(grid.rows, TASKS, strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                cell.text = value
        for column in (2, 3):
            owner = grid.cell(1, column).text
            grid.cell(1, column).merge(grid.cell(2, column)).text = owner
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf_file(pages: int, text: str = "") -> bytes:
    """Pages by matplotlib, with Latin text: enough to know that a page has words."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot
    from matplotlib.backends.backend_pdf import PdfPages

    buffer = io.BytesIO()
    figure = pyplot.figure(figsize=(6, 8))
    if text:
        figure.text(0.1, 0.5, text)
    with PdfPages(buffer) as book:
        for _ in range(pages):
            book.savefig(figure)
    pyplot.close(figure)
    return buffer.getvalue()


def test_a_docx_gives_its_paragraphs_and_its_table_in_their_order() -> None:
    text = reading.read(docx_file(*LINES, table=True), "讲话.docx")
    assert text.kind == "docx"
    assert text.paragraphs[:3] == LINES
    assert text.paragraphs[3] == "完成滨河路管廊主体工程"


def test_merged_owners_of_a_docx_table_count_for_every_row() -> None:
    assert proposed(docx_file(table=True), "任务分解表.docx") == FROM_TABLE


def test_merged_owners_of_a_workbook_count_for_every_row() -> None:
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    sheet.merge_range("A1:E1", "重点任务分解表")
    for i, row in enumerate(TASKS):
        sheet.write_row(i + 1, 0, row)
    sheet.merge_range("C3:C4", "区住建局")
    sheet.merge_range("D3:D4", "区城管局\n各街道")
    book.close()
    text = reading.read(buffer.getvalue(), "任务分解表.xlsx")
    assert text.kind == "xlsx"
    assert proposed(buffer.getvalue(), "任务分解表.xlsx") == FROM_TABLE


def test_a_header_of_two_rows_and_a_header_printed_twice() -> None:
    upper, lower = ("任务", "责任单位", "责任单位", "完成时间"), ("任务", "牵头单位", "配合单位", "完成时间")
    first, second = ("修复路灯", "区城管局", "各街道", "10月底"), ("清淤河道", "区水务局", "", "11月底")
    lines = [line.text for line in task_rows.read(TextGrid([upper, lower, first, lower, second]))[0]]
    assert lines == [
        "修复路灯", "牵头单位:区城管局", "配合单位:各街道", "完成时限:10月底",
        "清淤河道", "牵头单位:区水务局", "完成时限:11月底",
    ]  # fmt: skip


def test_a_table_without_tasks_comes_as_plain_rows() -> None:
    lines, _ = task_rows.read(TextGrid([["姓名", "电话"], ["甲", "1"], ["", ""]]))
    assert [line.text for line in lines] == ["姓名  电话", "甲  1"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_text_file_in_the_encodings_of_offices(encoding: str) -> None:
    data = "\r\n".join(LINES).encode(encoding)
    assert reading.read(data, "讲话.txt").paragraphs == LINES


def test_a_line_broken_inside_a_sentence_goes_on() -> None:
    broken = (
        "承担指标任务的各有关部门要加强与上级主管部门的沟通联系，及时了解和掌握经济\n\n工作动态。\n一、结束语"
    )
    assert reading.read(broken.encode(), "a.txt").paragraphs[0].endswith("掌握经济工作动态。")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice makes the Chinese pdf")
@pytest.mark.slow
def test_a_pdf_with_text_is_read_like_the_docx_it_was(tmp_path: Path) -> None:
    source = tmp_path / "speech.docx"
    source.write_bytes(docx_file(*LINES))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    data = source.with_suffix(".pdf").read_bytes()
    assert reading.read(data, "讲话.pdf").kind == "pdf"
    assert [row[1:] for row in proposed(data, "讲话.pdf")] == [
        ("区住建局", ("各镇街",), "2022-10-31"), ("区财政局", (), "2022-11-05"),
    ]  # fmt: skip


def test_three_hundred_pages_are_read_in_seconds() -> None:
    data = pdf_file(300, "Page of a long document, read once and quickly.")
    started = time.process_time()
    text = reading.read(data, "长文件.pdf")
    assert "long document" in text.joined
    assert time.process_time() - started < 20


def test_a_long_text_is_proposed_in_seconds() -> None:
    paragraphs = [*LINES, "各级各部门要提高认识，形成合力。" * 8] * 700  # as much as 300 pages
    started = time.process_time()
    found = directives.propose(paragraphs, on=date(2022, 10, 14), calendar=CALENDAR)
    assert len(found) == 1400
    assert time.process_time() - started < 60


def refused(data: bytes, name: str) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        reading.read(data, name)
    return caught.value


def test_a_pdf_without_text_says_that_it_is_a_scan() -> None:
    error = refused(pdf_file(2), "扫描.pdf")
    assert error.code == "scan" and "扫描件" in str(error)


@pytest.mark.parametrize("kept", [200, 2000, 20000])
def test_a_truncated_docx_says_so(kept: int) -> None:
    assert refused(docx_file(*LINES)[:kept], "讲话.docx").code == "truncated"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0old", "old_word"),
        (b"%PDF-1.4 cut", "truncated"),
        (b"\x00\x01\xff", "not_text"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, code: str) -> None:
    assert refused(data, "文件").code == code


def joined_pdf(*files: bytes, password: str = "") -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    for data in files:
        for page in PdfReader(io.BytesIO(data)).pages:
            writer.add_page(page)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_every_paragraph_of_a_pdf_knows_its_page() -> None:
    pages = [pdf_file(1, f"Words of page {n}, enough to be read!") for n in ("one", "two")]
    text = reading.read(joined_pdf(*pages), "两页.pdf")
    assert [(p.split(",")[0], place) for p, place in zip(text.paragraphs, text.places, strict=True)] == [
        ("Words of page one", "第1页"),
        ("Words of page two", "第2页"),
    ]


def test_a_scanned_page_among_others_is_remarked() -> None:
    mixed = joined_pdf(pdf_file(1, "A page with words that can be read."), pdf_file(1))
    (remark,) = reading.read(mixed, "混合.pdf").remarks
    assert (remark.code, remark.place) == ("pages_without_words", "第2页")


def test_a_pdf_with_a_password_says_what_to_do() -> None:
    error = refused(joined_pdf(pdf_file(1, "Locked words."), password="x"), "密.pdf")
    assert error.code == "encrypted" and "去掉密码" in error.message


def test_an_office_file_with_a_password_says_what_to_do() -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le")
    assert refused(locked, "密.docx").code == "encrypted"


def test_an_old_doc_is_refused_with_two_ways_out() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "WordDocument".encode("utf-16-le")
    error = refused(old, "讲话.doc")
    assert error.code == "old_word" and ".docx" in error.message and "LibreOffice" in error.message


def test_a_docx_without_words_is_refused() -> None:
    assert refused(docx_file(), "图片.docx").code == "no_words"


def test_running_text_has_no_place_and_as_many_places_as_paragraphs() -> None:
    text = reading.read("\n".join(LINES).encode(), "讲话.txt")
    assert text.places == ("", "", "")


def _w(xml: str) -> Any:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsmap

    return parse_xml(xml.replace(">", f' xmlns:w="{nsmap["w"]}">', 1))


def test_words_in_a_control_and_tracked_insertions_are_read_and_deleted_ones_are_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("由")
    paragraph._p.append(_w("<w:sdt><w:sdtContent><w:r><w:t>住建局</w:t></w:r></w:sdtContent></w:sdt>"))
    paragraph._p.append(_w('<w:ins w:id="1" w:author="甲"><w:r><w:t>牵头于</w:t></w:r></w:ins>'))
    paragraph._p.append(_w('<w:del w:id="2" w:author="甲"><w:r><w:delText>9月</w:delText></w:r></w:del>'))
    paragraph.add_run("10月底前完成。")
    whole = "<w:sdt><w:sdtContent><w:p><w:r><w:t>各单位抓紧落实。</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(1, _w(whole))
    buffer = io.BytesIO()
    document.save(buffer)
    text = reading.read(buffer.getvalue(), "纪要.docx")
    assert text.paragraphs == ("由住建局牵头于10月底前完成。", "各单位抓紧落实。")


@pytest.mark.parametrize(
    "words", ["各镇、", "市直各镇、", "10月底前", "区长和", "同志及", "及各有关单位县区"]
)
def test_words_that_stand_there_thirty_times_are_read_to_their_end(words: str) -> None:
    """Were a list cut in every possible way before it is given up, this would never end."""
    directives.propose([words * 30 + "X"], on=date(2022, 10, 14), calendar=CALENDAR)
