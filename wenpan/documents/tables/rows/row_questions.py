"""Questions about rows: a region or an indicator that nobody knows, a part that does not say of what."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wenpan.documents.spreadsheets import cells
from wenpan.documents.spreadsheets.workbook import CellValue, Sheet
from wenpan.documents.spreadsheets.xlsx_package import letters
from wenpan.documents.tables.reading import Reading
from wenpan.documents.tables.rows.sub_rows import Question
from wenpan.documents.words import periods as periods_zh
from wenpan.documents.words.units import normal
from wenpan.economy.quality.finding import Severity

WRONG = {
    cells.TEXT: ("cells.not_a_number", "“{}”不是数字", "请改成数字; 说明文字放到备注里"),
    cells.DATE: ("cells.date", "这里是日期 {}(例如把 9-10 输成了日期)", "请把单元格格式改为常规, 重新填数"),
    cells.ERROR: ("cells.error", "公式出错: {}", "请改好公式, 或粘贴为数值后再传"),
}


def unknown_region(reading: Reading, sheet: Sheet, r: int, place: Mapping[str, int], text: str) -> None:
    reading.add(
        "regions.unknown", Severity.SOFT, f"不认识的地区“{text.strip()}”, 这一行没有读入",
        "地区表里的名称或别名", "请核对名称; 确是新的地区时, 请管理员把它加进地区表",
        sheet.name, f"{letters(place['region'])}{r + 1}", text.strip(),
    )  # fmt: skip


def unknown_row(reading: Reading, sheet: Sheet, r: int, place: Mapping[str, int], text: str) -> None:
    text = text.strip()
    found = f"不认识的指标“{text}”, 这一行没有读入" if text else "这一行有数, 但没有指标名称, 没有读入"
    reading.add(
        "indicators.unknown", Severity.SOFT, found, "指标目录里的名称、简称或别名",
        "请核对名称; 需要这个指标时, 请在指标目录里加上它或它的别名",
        sheet.name, f"{letters(place.get('indicator', 0))}{r + 1}", text,
    )  # fmt: skip


def which_part(reading: Reading, sheet: Sheet, r: int, place: Mapping[str, int], question: Question) -> None:
    """A soft finding: a row that nobody needs never refuses a file."""
    above = f"上一项是“{question.parent}”" if question.parent else "上面没有它所属的指标"
    reading.add(
        "indicators.which_part", Severity.SOFT,
        f"“{question.text}”是哪一项的其中项不明确({above}), 这一行没有读入",
        "其中项紧跟在它所属的指标下面, 或写全称", question.advice,
        sheet.name, f"{letters(place.get('indicator', 0))}{r + 1}", question.text,
    )  # fmt: skip


def whole_year(value: CellValue) -> periods_zh.ReadPeriod | None:
    """2019, 2019年: the whole year."""
    found = re.match(r"^((?:19|20)\d{2})(?:年(?:度)?)?$", normal(cells.cell_text(value)))
    return periods_zh.ReadPeriod(int(found[1]), 12, "ytd", found[0]) if found else None
