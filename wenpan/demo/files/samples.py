"""The samples: October's workbooks as they would come, and the faulty files that offices send.

Written to WENPAN_HOME/samples with an `index.json` that says of each what it is and what to expect.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from wenpan.demo.files import workbooks
from wenpan.demo.files.grid import PrintedSheet, workbook
from wenpan.demo.files.workbooks import FileNames, home_sheet, month_title
from wenpan.demo.story.publication import Printed, corrections, tables
from wenpan.demo.story.world import HOME, World
from wenpan.economy.figures.indicators import Indicator, Measure
from wenpan.economy.time.periods import Month


@dataclass(frozen=True)
class SampleFile:
    """`expect`: ok | layout | findings | refused."""

    file: str
    title: str
    about: str
    expect: str


def write(
    folder: Path, world: World, catalogue: Mapping[str, Indicator], names: FileNames, as_of: Month
) -> None:
    """`as_of` is the last month in the ledger; the samples are of the next one."""
    folder.mkdir(parents=True, exist_ok=True)
    index = []
    for sample, data in _samples(world, catalogue, names, as_of):
        (folder / sample.file).write_bytes(data)
        index.append(asdict(sample))
    text = json.dumps(index, ensure_ascii=False, indent=1)
    (folder / "index.json").write_text(text, encoding="utf-8")


def _samples(
    world: World, catalogue: Mapping[str, Indicator], names: FileNames, as_of: Month
) -> Iterator[tuple[SampleFile, bytes]]:
    month = as_of.plus(1)
    printed = tables(world, catalogue, month)
    home = workbooks.home_table(month, printed, catalogue, names)
    city = workbooks.city_table(month, printed, catalogue, names)
    label = month_title(month)
    yield (
        SampleFile(
            home.name,
            f"{names.home}{label}主要经济指标完成情况表",
            "本月的表, 可直接上传 (发布日期填2022-11-18); 入账后总览更新.",
            "ok",
        ),
        home.data,
    )
    yield (
        SampleFile(
            city.name,
            f"{names.city}各区县{label}主要经济指标",
            "全市各区县的对比表, 可直接上传 (发布日期填2022-11-22); 入账后有全市位次.",
            "ok",
        ),
        city.data,
    )
    if again := corrections(world, catalogue, as_of):
        file = workbooks.city_table(as_of, again, catalogue, names, corrected=True)
        yield (
            SampleFile(file.name, "上月各区县指标修订表", "补报和修订的数, 入账时逐个显示旧值和新值.", "ok"),
            file.data,
        )
    yield (
        SampleFile(
            f"{label}经济快报(未知表式).xlsx",
            "不认识的表式",
            "列名与已知表种都不同: 认一次表, 以后自动识别.",
            "layout",
        ),
        _unknown(month, printed, catalogue, names),
    )
    yield from _faulty(world, catalogue, names, as_of, printed)


def _faulty(
    world: World, catalogue: Mapping[str, Indicator], names: FileNames, as_of: Month, printed: list[Printed]
) -> Iterator[tuple[SampleFile, bytes]]:
    month = as_of.plus(1)
    label = month_title(month)
    good = workbooks.home_table(month, printed, catalogue, names).data
    yield (
        SampleFile(
            f"有误-上月旧表改标题-{label}.xlsx",
            "上月的表又发一次",
            "标题改成了本月, 数还是上月的.",
            "findings",
        ),
        _last_month(world, catalogue, names, as_of),
    )
    yield (
        SampleFile(
            f"有误-单位写错-{label}.xlsx", "亿元写成万元", "投资和社零按万元填, 单位栏仍是亿元.", "findings"
        ),
        _wrong_unit(month, printed, catalogue, names),
    )
    without = workbooks.city_table(month, printed, catalogue, names, without=frozenset({"qingcen"}))
    yield (
        SampleFile(f"有误-缺青岑县-{label}.xlsx", "少了一个县", "各区县表里没有青岑县这一行.", "findings"),
        without.data,
    )
    yield (
        SampleFile(
            f"有误-只有公式-{label}.xlsx",
            "公式没有算出值",
            "由程序导出、没有在表格软件里打开保存过, 单元格里只有公式.",
            "refused",
        ),
        _formulas_only(month, printed, catalogue, names),
    )
    yield (
        SampleFile(
            f"有误-网页改名-{label}.xls",
            "网页改名的.xls",
            "从网页系统“导出”时登录已过期, 存下的其实是登录页.",
            "refused",
        ),
        _html(),
    )
    yield (
        SampleFile(
            f"有误-传输中断-{label}.xlsx", "只传了一半的文件", "下载或拷贝中断, 文件不完整.", "refused"
        ),
        good[: len(good) // 2],
    )
    yield (
        SampleFile(
            f"有误-加密-{label}.xlsx",
            "加了打开密码的文件",
            "设了打开密码, 程序打不开; 请另存为不加密的再传.",
            "refused",
        ),
        encrypted_like(),
    )


def _last_month(world: World, catalogue: Mapping[str, Indicator], names: FileNames, as_of: Month) -> bytes:
    """September's figures under October's title."""
    sheet = home_sheet(
        as_of.plus(1), tables(world, catalogue, as_of.plus(1)), catalogue, names, brackets=False
    )
    old = home_sheet(as_of, tables(world, catalogue, as_of), catalogue, names, brackets=False)
    rows = {_plain(row[1]): row for row in old.rows}
    sheet.rows = [[*row[:2], *rows[_plain(row[1])][2:]] for row in sheet.rows if _plain(row[1]) in rows]
    return workbook([sheet])


def _plain(name: object) -> str:
    """The indicator's name without the period of what is published late."""
    return re.sub(r"\((?:\d{4}年)?1(?:—\d+)?月\)$", "", str(name))


def _wrong_unit(
    month: Month, printed: list[Printed], catalogue: Mapping[str, Indicator], names: FileNames
) -> bytes:
    wrong = ("fai_large", "fai_estate", "retail")
    moved = [
        replace(p, value=p.value * 10_000)
        if p.indicator in wrong and p.measure == Measure.YTD and p.value is not None
        else p
        for p in printed
    ]
    return workbook([home_sheet(month, moved, catalogue, names, brackets=False)])


def _unknown(
    month: Month, printed: list[Printed], catalogue: Mapping[str, Indicator], names: FileNames
) -> bytes:
    """A bulletin in words of its own: no kind knows 名目, 本年止 and 较上年."""
    own = {(p.indicator, p.measure): p for p in printed if p.region == HOME and p.basis == "natural"}
    sheet = PrintedSheet(
        name="快报",
        title=f"{names.home}{month_title(month)}经济快报",
        subtitle="内部资料",
        head=[["名目", "甲", "乙", "丙"]],
    )
    for code in ("industry_output", "retail", "fai_large", "revenue", "trade"):
        level, growth = own.get((code, Measure.YTD)), own.get((code, Measure.YTD_GROWTH))
        if level and growth:
            sheet.rows.append([catalogue[code].name, level.value, growth.value, catalogue[code].unit])
    return workbook([sheet])


def _formulas_only(
    month: Month, printed: list[Printed], catalogue: Mapping[str, Indicator], names: FileNames
) -> bytes:
    sheet = home_sheet(month, printed, catalogue, names, brackets=False)
    for i, row in enumerate(sheet.rows):
        for j in (3, 4):
            if isinstance(row[j], float):
                row[j] = f"=SUM({row[j]},{i}-{i})"
    return workbook([sheet], formulas_without_value=True)


def _html() -> bytes:
    return (
        "<html><head><meta charset='utf-8'><title>统计数据平台</title></head><body><form>"
        "登录已过期, 请重新登录 <input name='user'> <input name='password' type='password'>"
        "</form></body></html>"
    ).encode()


def encrypted_like() -> bytes:
    """The outside of a workbook with an opening password: a compound file that holds EncryptedPackage.

    Only the directory is real; the content is zeros, for nobody shall open it.
    """
    sector = 512
    header = bytearray(sector)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    for i in range(109):
        struct.pack_into("<I", header, 76 + 4 * i, 0xFFFFFFFF)
    struct.pack_into("<I", header, 76, 0)
    fat = struct.pack("<I", 0xFFFFFFFD) + struct.pack("<I", 0xFFFFFFFE)
    chain = [*range(3, 10), 0xFFFFFFFE, *range(11, 18), 0xFFFFFFFE]
    fat += struct.pack(f"<{len(chain)}I", *chain) + b"\xff" * (sector - len(fat) - 4 * len(chain))
    entries = [
        _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1),
        _entry("EncryptedPackage", 2, 2, 4096, left=2),
        _entry("EncryptionInfo", 2, 10, 4096),
        _entry("", 0, 0, 0),
    ]
    return bytes(header) + fat + b"".join(entries) + bytes(sector * 16)


NONE = 0xFFFFFFFF


def _entry(name: str, kind: int, start: int, size: int, *, left: int = NONE, child: int = NONE) -> bytes:
    text = name.encode("utf-16-le")
    out = bytearray(128)
    out[: len(text)] = text
    struct.pack_into("<HBBIII", out, 64, len(text) + 2 if name else 0, kind, 1, left, 0xFFFFFFFF, child)
    struct.pack_into("<IQ", out, 116, start, size)
    return bytes(out)
