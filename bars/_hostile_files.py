"""Hostile files, made by code from a seed: large, deep, far, broken, locked, lying, acting, marked."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class HostileFile:
    """`secret`: it carries a mark and must not be kept."""

    name: str
    data: bytes
    secret: bool = False

    @property
    def paper(self) -> bool:
        return self.name.endswith((".docx", ".doc", ".pdf", ".txt"))


def packed(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def workbook(sheet: str | bytes, *, head: str = "", shared: str = "", **more: str | bytes) -> bytes:
    """A workbook whose only sheet has this XML inside `sheetData`."""
    body = sheet.encode() if isinstance(sheet, str) else sheet
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="{TYPE}package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="表1" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
            "</Relationships>",
            "xl/sharedStrings.xml": shared or f'<sst xmlns="{SPREADSHEET}"/>',
            "xl/worksheets/sheet1.xml": head.encode()
            + f'<worksheet xmlns="{SPREADSHEET}"><sheetData>'.encode()
            + body
            + b"</sheetData></worksheet>",
            **more,
        }
    )


def document(body: str | bytes, *, head: str = "", **more: str | bytes) -> bytes:
    text = body.encode() if isinstance(body, str) else body
    kind = f"{TYPE}officedocument.wordprocessingml.document.main+xml"
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="{TYPE}package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": head.encode()
            + f'<w:document xmlns:w="{WORD}"><w:body>'.encode()
            + text
            + b"</w:body></w:document>",
            **more,
        }
    )


def cell(address: str, value: object = 1) -> str:
    return f'<c r="{address}"><v>{value}</v></c>'


def words(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def hostile_files(seed: int) -> Iterator[HostileFile]:
    """More than a hundred, in a fixed order for a seed."""
    chance = random.Random(seed)
    for part in (_long, _large, _far, _deep, _broken, _lying, _acting, _named, _marked):
        yield from part(chance)


ORDERS = (
    "区{unit}牵头，区财政局配合，{month}月{day}日前完成第{n}号道路改造并报区督查室。",
    "各镇街要抓紧排查{n}个隐患点，每月{day}日前报送进展；区{unit}要在{month}月底前逐一销号。",
    "会议要求，区{unit}会同有关部门提高认识、压实责任，力争全年固定资产投资增长{n}%以上。",
    "由区{unit}负责，收到通知后{day}个工作日内拿出第{n}批项目清单，周五下班前通报一次。",
)


def _long(chance: random.Random) -> Iterator[HostileFile]:
    """As long as papers get, with an order in every sentence: read within the budget, or refused."""
    for pages in (150, 300, 600):
        paragraphs, characters = list[str](), 0
        while characters < pages * 616:  # 22 lines of 28 characters: GB/T 9704
            said = "".join(
                sentence.format(
                    unit=chance.choice(("住建局", "发改局", "商务局", "教育局")),
                    month=chance.randint(1, 12),
                    day=chance.randint(1, 28),
                    n=chance.randint(1, 9999),
                )
                for sentence in ORDERS
            )
            paragraphs.append(said)
            characters += len(said)
        yield HostileFile(f"长文{pages}页.docx", document("".join(map(words, paragraphs))))
        yield HostileFile(f"长文{pages}页.txt", "\n".join(paragraphs).encode())


def _large(chance: random.Random) -> Iterator[HostileFile]:
    for count in (1_500_000, 20_001, chance.randint(30_000, 900_000)):
        yield HostileFile(f"空段{count}.docx", document(b"<w:p></w:p>" * count))
        yield HostileFile(f"空段短{count}.docx", document(b"<w:p/>" * count))
    for count in (40_001, chance.randint(50_000, 400_000)):
        row = "<w:tr>" + "<w:tc><w:p/></w:tc>" * 100 + "</w:tr>"
        yield HostileFile(f"大表{count}.docx", document("<w:tbl>" + row * (count // 100 + 1) + "</w:tbl>"))
    yield HostileFile("长句.docx", document(words("稳" * 700_000)))
    yield HostileFile("一行.txt", ("区经发局要抓好落实，" * chance.randint(60_000, 90_000)).encode())
    yield HostileFile("大文本.txt", "稳\n".encode() * 6_000_000)
    yield HostileFile("大.csv", b"1,2,3,4,5,6,7,8\n" * 1_500_000)
    yield HostileFile("宽.csv", (",".join("1" for _ in range(200_000)) + "\n").encode() * 3)
    for size in (30, 200, 390):
        yield HostileFile(f"炸弹{size}.xlsx", workbook("", **{"xl/media/a.bin": b"\0" * (size << 20)}))
        yield HostileFile(f"炸弹{size}.docx", document("", **{"word/media/a.bin": b"\0" * (size << 20)}))
    yield HostileFile("千件.xlsx", packed({f"xl/{n}.xml": b"" for n in range(chance.randint(2001, 5000))}))
    shared = f'<sst xmlns="{SPREADSHEET}">' + "<si><t>a</t></si>" * 700_000 + "</sst>"
    yield HostileFile("串.xlsx", workbook(cell("A1"), shared=shared))
    yield HostileFile(
        "长串.xlsx",
        workbook(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"稳" * 9_000_000}</t></is></c></row>'),
    )


def _far(chance: random.Random) -> Iterator[HostileFile]:
    for far in ("XFD1048576", "XFD1", "A1048576", f"AAA{chance.randint(20_000, 900_000)}", "ZZZZ9999999999"):
        number = "".join(c for c in far if c.isdigit())
        yield HostileFile(f"远{far}.xlsx", workbook(f'<row r="{number}">{cell(far)}</row>'))
    for columns in (601, 10_000, 16_384):
        row = "".join("<c><v>1</v></c>" for _ in range(columns))
        yield HostileFile(f"无址{columns}.xlsx", workbook(f"<row>{row}</row>" * 5))
        named = "".join(cell(f"{_letters(n)}1") for n in range(columns))
        yield HostileFile(f"列{columns}.xlsx", workbook(f'<row r="1">{named}</row>'))
    for rows in (150_001, chance.randint(200_000, 500_000)):
        sheet = "".join(f'<row r="{n}">{cell(f"A{n}")}</row>' for n in range(1, rows + 1))
        yield HostileFile(f"行{rows}.xlsx", workbook(sheet))
    for columns in (599, 300):  # just within: must be read within the budget
        count = 4_000_000 // columns // 4
        line = [_letters(n) for n in range(columns)]
        sheet = "".join(
            f'<row r="{r}">{"".join(cell(f"{c}{r}") for c in line)}</row>' for r in range(1, count)
        )
        yield HostileFile(f"近限{columns}.xlsx", workbook(sheet))
    merged = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 30_000))
    after = f"</sheetData><mergeCells>{merged}</mergeCells><sheetData>"
    yield HostileFile("合并.xlsx", workbook(f'<row r="1">{cell("A1")}</row>{after}'))
    styles = (
        f'<styleSheet xmlns="{SPREADSHEET}"><cellXfs>'
        + '<xf numFmtId="0"/>' * 80_000
        + "</cellXfs></styleSheet>"
    )
    yield HostileFile("样式.xlsx", workbook(cell("A1"), **{"xl/styles.xml": styles}))


def _deep(chance: random.Random) -> Iterator[HostileFile]:
    for depth in (21, 200, 5_000, chance.randint(10_000, 100_000)):
        nested = "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth
        yield HostileFile(f"套表{depth}.docx", document(nested))
        yield HostileFile(f"深{depth}.docx", document("<w:sdt>" * depth + "</w:sdt>" * depth))
        yield HostileFile(f"深{depth}.xlsx", workbook("<a>" * depth + "</a>" * depth))
    for head, name in ((LAUGHS, "大笑"), (EXTERNAL, "外部实体")):
        yield HostileFile(f"{name}.docx", document("<w:p><w:r><w:t>&j;&a;</w:t></w:r></w:p>", head=head))
        yield HostileFile(f"{name}.xlsx", workbook("<row r='1'><c r='A1'><v>&j;&a;</v></c></row>", head=head))
        broken = {
            "xl/workbook.xml": head + "<workbook>&j;&a;</workbook>",
            "xl/_rels/workbook.xml.rels": head + "<a>&a;</a>",
        }
        yield HostileFile(f"{name}册.xlsx", packed(broken))
    kids = " ".join(["2 0 R"] * 5000)
    yield HostileFile(
        "环.pdf",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        + f"2 0 obj<</Type/Pages/Kids[{kids}]/Count 3>>endobj\ntrailer<</Root 1 0 R>>".encode(),
    )
    yield HostileFile("千页.pdf", b"%PDF-1.4\n" + b"<</Type /Page>>\n" * chance.randint(700, 9000))


def _broken(chance: random.Random) -> Iterator[HostileFile]:
    whole = {"xlsx": workbook(f'<row r="1">{cell("A1")}</row>'), "docx": document(words("抓好落实。"))}
    for kind, data in whole.items():
        for _ in range(6):
            yield HostileFile(f"截断{len(data)}.{kind}", data[: chance.randint(30, len(data) - 30)])
        for _ in range(6):
            spoilt = bytearray(data)
            for _n in range(20):
                spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
            yield HostileFile(f"改字节.{kind}", bytes(spoilt))
    for kind in ("xls", "doc", "pdf", "xlsx", "docx", "txt", "csv"):
        noise = chance.randbytes(chance.randint(1, 60_000))
        yield HostileFile(f"乱.{kind}", noise)
        yield HostileFile(
            f"乱头.{kind}", {"xls": OLE, "doc": OLE, "pdf": b"%PDF-1.7\n"}.get(kind, b"PK\x03\x04") + noise
        )
        yield HostileFile(f"空.{kind}", b"")
    locked = OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500
    yield HostileFile("加密.xlsx", locked)
    yield HostileFile("加密.docx", locked)


def _lying(chance: random.Random) -> Iterator[HostileFile]:
    sheet, paper = workbook(f'<row r="1">{cell("A1")}</row>'), document(words("抓好落实。"))
    yield HostileFile("其实是文档.xlsx", paper)
    yield HostileFile("其实是表.docx", sheet)
    yield HostileFile("其实是网页.xls", b"<html><table><tr><td>1</td></tr></table></html>")
    yield HostileFile("其实是程序.xlsx", b"MZ" + chance.randbytes(3000))
    yield HostileFile("其实是文档.pdf", paper)
    yield HostileFile("其实是图.docx", b"\x89PNG\r\n\x1a\n" + chance.randbytes(3000))
    small = bytearray(document(b"<w:p/>" * 400_000))  # declares a part smaller than it is
    at = small.find(b"PK\x01\x02")
    while at >= 0:
        small[at + 24 : at + 28] = (1000).to_bytes(4, "little")
        at = small.find(b"PK\x01\x02", at + 4)
    yield HostileFile("谎报.docx", bytes(small))


def _acting(chance: random.Random) -> Iterator[HostileFile]:
    row = f'<row r="1">{cell("A1")}</row>'
    yield HostileFile("宏.xlsm", workbook(row, **{"xl/vbaProject.bin": chance.randbytes(5000)}))
    yield HostileFile(
        "宏.docx", document(words("抓好落实。"), **{"word/vbaProject.bin": chance.randbytes(5000)})
    )
    yield HostileFile("外链.xlsx", workbook(row, **{"xl/externalLinks/externalLink1.xml": "<a/>"}))
    yield HostileFile("数据交换.xlsx", workbook("<row r='1'><c r='A1'><f>cmd|'/c calc'!A0</f></c></row>"))
    yield HostileFile("数据交换.csv", b"a,b\n=cmd|'/c calc'!A0,1\n")


def _named(chance: random.Random) -> Iterator[HostileFile]:
    sheet = workbook(f'<row r="1">{cell("A1")}</row>')
    plain = ("../../../etc/passwd.xlsx", "C:\\x\\y.xlsx", "月" * 300 + ".xlsx")
    for name in (*plain, "安禾\u202excl.exe.xlsx", "a\x00b\x1b[2J.xlsx", "\u200b\u2066.xlsx"):
        yield HostileFile(name, sheet + chance.randbytes(3))


def _marked(chance: random.Random) -> Iterator[HostileFile]:
    for level in ("机密", "秘密", "绝密"):
        mark = f"{level}★{chance.randint(1, 30)}年"
        inline = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{mark}</t></is></c></row>'
        yield HostileFile("经济运行.xlsx", workbook(inline), secret=True)
        yield HostileFile("经济运行.docx", document(words(mark) + words("抓好落实。")), secret=True)
        header = f'<w:hdr xmlns:w="{WORD}">{words(level)}</w:hdr>'
        yield HostileFile(
            "页眉.docx", document(words("抓好落实。"), **{"word/header1.xml": header}), secret=True
        )
        yield HostileFile("经济运行.txt", f"{mark}\n抓好落实。{chance.random()}".encode(), secret=True)
        yield HostileFile(f"【{level}】经济运行.csv", f"a,b\n1,{chance.random()}\n".encode(), secret=True)
        yield HostileFile(
            "旧.doc", OLE + b"\0" * 504 + f"{level}\r正文{chance.random()}\r".encode("utf-16-le"), secret=True
        )


def _letters(column: int) -> str:
    text, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
