"""A scan is read where the engine is installed, within limits; without it, it is refused as it was."""

import subprocess
from difflib import SequenceMatcher
from types import SimpleNamespace

import pytest

from tests.district.supervision.sources.papers import pdf
from tests.district.supervision.sources.scan_files import png, scan
from wenpan.district.ground.converters import scans
from wenpan.documents.orders import scanned
from wenpan.documents.orders import text as reading
from wenpan.documents.screening import pictures
from wenpan.documents.spreadsheets.unreadable import Unreadable

installed = pytest.mark.skipif(scans.engine() is None, reason="tesseract with chi_sim is not installed")
FIRST = (
    "关于做好第四季度重点工作的通知",
    "一、由区发改局牵头，区统计局、区住建局配合，于10月25日前报送固定资产投资清单，逐个项目核实入库情况，确保应统尽统、不重不漏。",
    "二、区商务局抓好消费促进活动，11月10日前形成方案报区政府。",
)
SECOND = (
    "三、区财政局每月25日前报送非税收入执行情况。",
    "1—9月全区一般公共预算收入增长6.3%，同比提高1.2个百分点，高技术制造业投资增长12.0%。",
)
TABLE = "\n".join(
    "\t".join(row)
    for row in (
        ("level", "page", "block", "par", "line", "word", "left", "top", "width", "height", "conf", "text"),
        ("1", "1", "0", "0", "0", "0", "0", "0", "1000", "2000", "-1", ""),
        ("5", "1", "1", "1", "1", "1", "400", "100", "80", "40", "96", "关于"),
        ("5", "1", "1", "1", "1", "2", "490", "100", "80", "40", "96", "通知"),
        ("5", "1", "1", "1", "2", "1", "180", "200", "720", "40", "96", "请区发改局,于"),
        ("5", "1", "1", "1", "3", "1", "100", "260", "300", "40", "96", "10"),
        ("5", "1", "1", "1", "3", "2", "420", "260", "300", "40", "96", "月底前报送。"),
        ("5", "1", "1", "1", "4", "1", "480", "1900", "40", "40", "96", "—2—"),
    )
)


def nothing(lines):
    """Screens nothing."""


def read(data, screen=nothing):
    return scans.apply(reading.read, data, "扫描.pdf", screen=screen)


@installed
def test_a_scan_is_read_with_its_paragraphs_places_and_the_remark():
    text = read(scan([FIRST, SECOND]))
    drawn = "\n".join((*FIRST, *SECOND))
    same = SequenceMatcher(None, drawn, text.joined, autojunk=False).ratio()
    assert same >= 0.95, text.joined
    assert len(text.paragraphs) == 5 and text.kind == scanned.KIND
    strips = [scanned.strip_of(place) for place in text.places]
    assert [strip.page for strip in strips] == [1, 1, 1, 2, 2]
    assert all(0 <= s.top < s.bottom <= 40 for s in strips)
    (told,) = text.remarks
    assert "扫描件由程序识别" in told.message and "请对照图像" in told.message


@installed
def test_a_picture_is_a_paper_of_one_page():
    assert read(png(FIRST)).paragraphs[0] == FIRST[0]


@installed
def test_a_page_without_words_is_named():
    text = read(scan([FIRST, ()]))
    assert [r.place for r in text.remarks] == ["全文", "第2页"]


@installed
def test_a_mark_of_secrecy_is_seen_before_anything_is_kept():
    marked = scan([("机密★1年", *FIRST)])
    seen = []
    read(marked, seen.extend)
    assert scans.head_lines(marked)[0] == seen[0] == "机密★1年"


def test_lines_are_joined_by_where_they_stand():
    text = scanned.text_of(scanned.lines_of(TABLE, 3), [])
    assert text.paragraphs == ("关于通知", "请区发改局，于10月底前报送。")
    assert text.places == ("第3页图像4%—8%处", "第3页图像9%—16%处")


def test_signs_that_are_regularly_mistaken_are_put_right():
    table = TABLE.replace("请区发改局,于", "]一9月;非税")
    assert scanned.lines_of(table, 1)[1].text == "1—9月；非税"


def test_a_piece_of_a_row_is_no_mark_and_words_in_a_row_of_their_own_may_be():
    row = scanned.ScanLine("保守国家秘密是义务", 1, 0, 100, 900, 140, 2000)
    piece = scanned.ScanLine("秘密", 1, 400, 102, 480, 142, 2000)
    alone = scanned.ScanLine("秘密", 1, 400, 20, 480, 60, 2000)
    assert scanned.apart([piece, alone], [row]) == [alone]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("机密妇1年", "机密★1年"),
        ("秘 密 5 年", "秘 密★5 年"),
        ("绝密女长期", "绝密★长期"),
        ("秘密工作1年来", "秘密工作1年来"),
    ],
)
def test_a_star_that_was_recognised_as_another_sign_is_one(line, told):
    assert scanned.as_marks([scanned.ScanLine(line, 1, 0, 0, 9, 9, 99)]) == [told]


def test_without_the_engine_a_scan_is_refused_as_it_was(monkeypatch):
    monkeypatch.setattr(scans.shutil, "which", lambda name: None)
    with pytest.raises(Unreadable) as refused:
        read(scan([FIRST]))
    assert refused.value.code == "scan" and "传 Word 原件" in refused.value.message
    assert scans.suffixes() == () and scans.head_lines(scan([FIRST])) == []


def test_a_text_pdf_is_read_as_before_and_shows_the_door_nothing(monkeypatch):
    monkeypatch.setattr(scans, "engine", lambda: "/no/such/program")
    assert read(pdf([FIRST])).kind == "pdf" and scans.head_lines(pdf([FIRST])) == []


def test_too_many_pages_are_refused_before_the_engine_is_asked(monkeypatch):
    monkeypatch.setattr(scans, "engine", lambda: "/no/such/program")
    with pytest.raises(Unreadable) as refused:
        read(scan([()] * 31, (200, 280)))
    assert refused.value.beyond[:2] == ("扫描件有 31 页", "最多 30 页") and "另存" in refused.value.message


def test_an_engine_that_takes_too_long_is_stopped(monkeypatch, tmp_path):
    slow = tmp_path / "tesseract"
    slow.write_text("#!/bin/sh\nexec sleep 30\n")
    slow.chmod(0o755)
    monkeypatch.setattr(scans, "engine", lambda: str(slow))
    rules = SimpleNamespace(scan_pages=30, scan_seconds=1)
    monkeypatch.setattr(scans, "file_rules", lambda: rules)
    with pytest.raises(Unreadable) as refused:
        read(scan([FIRST]))
    assert refused.value.code == "scan_slow" and refused.value.beyond[1] == "最多 1 秒"
    assert "扫描件" in refused.value.message and "请只传需要的部分" in refused.value.message


def test_an_engine_that_fails_reads_nothing(monkeypatch):
    def fails(*given, **named):
        raise subprocess.CalledProcessError(1, "tesseract")

    monkeypatch.setattr(scans, "engine", lambda: "/no/such/program")
    monkeypatch.setattr(scans.subprocess, "run", fails)
    with pytest.raises(Unreadable) as refused:
        read(scan([FIRST]))
    assert refused.value.code == "scan"


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(40), b"\xff\xd8\xff" + bytes(40)])
def test_a_damaged_picture_gives_no_page(data):
    assert pictures.page_picture(data, 1) == pictures.strip(data, 1, 0, 50) == b""
