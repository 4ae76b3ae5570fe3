"""What is too much is counted before it is parsed; what reaches a limit is still read."""

from dataclasses import replace

import pytest
import yaml

from tests.documents.screening.marked import packed, sheets, word
from wenpan.documents.screening.measure import measure
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.rules.files import file_rules
from wenpan.rules.loading import OURS

LIMITS = replace(
    file_rules().limits,
    paragraphs=10,
    table_cells=6,
    depth=2,
    sheets=2,
    rows=20,
    columns=8,
    cells=30,
    grid=80,
    strings=12,
    merged=2,
    pages=3,
)


def paper(paragraphs=0, cells=0, depth=0) -> bytes:
    body = "<w:p/>" * paragraphs + "<w:tbl>" * depth + "<w:tc>" * cells + "</w:tbl>" * depth
    return packed({"word/document.xml": f"<w:document><w:body>{body}"})


def sheet(cells: str, tail: str = "") -> bytes:
    return packed(
        {"xl/workbook.xml": "<a/>", "xl/worksheets/sheet1.xml": f"<sheetData>{cells}</sheetData>{tail}"}
    )


def cell(address: str) -> str:
    return f'<c r="{address}"><v>1</v></c>'


@pytest.mark.parametrize(
    "data",
    [
        paper(paragraphs=10, cells=6, depth=2),
        word("正文"),
        sheets([[1, 2], [3, 4]], [[1]]),
        sheet(cell("H9")),
        sheet(cell("A20")),
        sheet('<c r="XFD1048576" s="1"/>'),  # a format far away is no content
        sheet("<row>" + "<c><v>1</v></c>" * 8 + "</row>"),
        sheet(cell("A1"), '<mergeCell ref="A1:A2"/>' * 2),
        b"%PDF-1.4" + b"/Type /Page " * 3 + b"/Type /Pages",
        b"PK\x03\x04 broken",
        "工业,5".encode(),
        b"1,2,3,4,5,6,7,8\n" * 3,
        "稳,盘;".encode("gbk") * 4,
    ],
)
def test_what_reaches_a_limit_is_read(data):
    measure(data, LIMITS)


@pytest.mark.parametrize(
    "data, code, found, allowed",
    [
        (paper(paragraphs=11), "too_many", "11 个段落", "10 个"),
        (paper(cells=7), "too_many", "7 个表格单元格", "6 个"),
        (paper(depth=3), "too_many", "3 层", "2 层"),
        (sheets([[1]], [[1]], [[1]]), "too_many", "3 张工作表", "2 张"),
        (sheet(cell("A21")), "far_cells", "到第 21 行", "20 行"),
        (sheet(cell("I1")), "far_cells", "到第 9 列(I 列)", "8 列"),
        (sheet(cell("H11")), "far_cells", "11 行 × 8 列", "80 格"),
        (sheet("<row>" + "<c><v>1</v></c>" * 9 + "</row>"), "far_cells", "到第 9 列", "8 列"),
        (
            sheet("".join("<row><c><v>1</v></c></row>" for _ in range(21))),
            "far_cells",
            "到第 21 行",
            "20 行",
        ),
        (
            sheet("".join(cell(f"{c}{r}") for r in range(1, 5) for c in "ABCDEFGH")),
            "too_many",
            "32 个",
            "30 个",
        ),
        (sheet(cell("A1"), '<mergeCell ref="A1:A2"/>' * 3), "too_many", "3 处合并单元格", "2 处"),
        (
            packed({"xl/workbook.xml": "<a/>", "xl/sharedStrings.xml": "<si/>" * 13}),
            "too_many",
            "13 条",
            "12 条",
        ),
        (b"%PDF-1.4" + b"/Type /Page " * 4, "too_many", "4 页", "3 页"),
        (packed({"word/document.xml": b"\0" * 30_000_000}), "zip_bomb", "倍", "150 倍"),
        (packed({f"x{n}": b"" for n in range(2001)}), "zip_bomb", "2001 个", "2000 个"),
        (b"x," * 11_000_000, "too_large", "21.0 MB", "20 MB"),
        (b"1,2\n" + b"1,2,3,4,5,6,7,8,9\n", "far_cells", "第2行到第 9 列(I 列)", "8 列"),
        (b"1\t2\t3\t4\t5\t6\t7\t8\t9", "far_cells", "第1行到第 9 列(I 列)", "8 列"),
        (b"1,2\n" * 16, "too_many", "32 格", "30 格"),
    ],
)
def test_what_goes_beyond_says_what_was_found_what_is_allowed_and_what_to_do(data, code, found, allowed):
    with pytest.raises(Unreadable) as refusal:
        measure(data, LIMITS)
    assert refusal.value.code == code
    said_found, said_allowed, todo = refusal.value.beyond
    assert found in said_found
    assert allowed in said_allowed
    assert todo.startswith("请")


@pytest.mark.parametrize("key", ["sandbox.cpu_seconds", "limits.unpacked_megabytes", "heavy_from.megabytes"])
@pytest.mark.parametrize("value", [None, 0, True, "12"])
def test_a_missing_limit_names_file_and_key(tmp_path, key, value):
    from wenpan.rules import RuleError

    data = yaml.safe_load((OURS / "files.yaml").read_text())
    part, name = key.split(".")
    data[part][name] = value
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "files.yaml").write_text(yaml.safe_dump(data))
    with pytest.raises(RuleError) as error:
        file_rules(tmp_path)
    assert (error.value.key, error.value.found, error.value.expected) == (key, value, "正整数")
