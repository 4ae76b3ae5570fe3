"""The month of a workbook: from its title, header, sheet name or file name, or from the person.

The title counts. What the other places say must agree with it; what can be read in two ways, or
names no year, is asked for and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from wenpan.documents.spreadsheets.cells import cell_text
from wenpan.documents.spreadsheets.workbook import address
from wenpan.documents.tables.layout.header_table import HeaderTable
from wenpan.documents.tables.reading import Context, Reading
from wenpan.documents.words import periods as periods_zh
from wenpan.economy.quality.finding import Severity
from wenpan.economy.time.periods import Month, parse_period

# Lines that name a day or a span of months: who filled it in and when, what an export covers.
_NO_MONTH = ("填报", "制表", "报送", "印发", "时间", "日期", "更新", "打印", "导出", "数据库", "起止", "频率")
_SPAN = re.compile(r"\d{4}年?\d{0,2}月?\s*(?:[-—–~～至到]|--)+\s*\d{4}年?\d{1,2}月?")
Place = tuple[str, str, str, periods_zh.ReadPeriod]  # where from, sheet, cell, what


def settle_months(
    reading: Reading, tables: Sequence[HeaderTable], context: Context, filename: str
) -> dict[int, Month | None]:
    """The month of each table, by its place in `tables`; one month for all unless each title has its own."""
    own = [_own_month(table) for table in tables]
    if len(set(own)) > 1 and all(own) and not context.period:
        reading.period = str(max(m for m in own if m))
        reading.period_from = "title"
        return dict(enumerate(own))
    month = settle_period(reading, tables, context, filename)
    return dict.fromkeys(range(len(tables)), month)


def _own_month(table: HeaderTable) -> Month | None:
    places = [p for p in _title_places(table) if not p[3].ambiguous]
    if not places and table.sheet.typed and (named := periods_zh.find_period(table.sheet.name)):
        places = [] if named.ambiguous else [("sheet", table.sheet.name, "", named)]
    year = next((p[3].year for p in places if p[3].year), None) or year_above(table)
    return Month(places[0][3].year or year, places[0][3].month) if places and year else None


def year_above(table: HeaderTable) -> int | None:
    """The year in the lines above the table: 2022年…(1—9月) names year and month apart."""
    texts = [v for row in table.sheet.rows[table.above : table.first] for v in row if isinstance(v, str)]
    years = [y for text in texts if len(text) < 80 and (y := periods_zh.find_year(text))]
    return years[0] if years and len(set(years)) == 1 else None


def settle_period(
    reading: Reading, tables: Sequence[HeaderTable], context: Context, filename: str
) -> Month | None:
    """Sets `reading.period` and `period_from`, and adds findings; None where a person must say it."""
    places = [place for table in tables for place in _title_places(table)]
    places += [p for table in tables for p in _header_places(table)]
    for table in tables:
        if found := periods_zh.find_period(table.sheet.name):
            places.append(("sheet", table.sheet.name, "", found))
    if found := periods_zh.find_period(filename.rsplit("/", 1)[-1].rsplit(".", 1)[0]):
        places.append(("filename", "", "", found))
    ambiguous = next((p for p in places if p[3].ambiguous and p[0] in ("title", "header")), None)
    if ambiguous and not context.period:
        reading.add(
            "period.ambiguous", Severity.HARD,
            f"“{ambiguous[3].text}”可能是1月, 也可能是10月(数字末尾的0会丢)",
            "写明年月, 如 2022年1—10月", "请选定这份表的月份, 或改好标题后再传", ambiguous[1], ambiguous[2],
        )  # fmt: skip
        return None
    places = [p for p in places if not p[3].ambiguous]
    if context.period:
        return _given(reading, places, context.period)
    if not any(p[0] in ("title", "header") for p in places) and (years := _year_columns(tables)):
        reading.period, reading.period_from = f"{max(years)}-12", "header"
        return Month(max(years), 12)
    above = next((y for table in tables if (y := year_above(table))), None)
    return _found(reading, places, above)


def _year_columns(tables: Sequence[HeaderTable]) -> set[int]:
    """Years as columns side by side are whole years; one year alone may be a part of it."""
    years = {c.year for table in tables for c in table.columns if c.year and c.role == "figure"}
    return years if len(years) > 1 else set()


def _found(reading: Reading, places: Sequence[Place], year_above: int | None) -> Month | None:
    year = next((p[3].year for p in places if p[3].year), None) or year_above
    if not places or year is None:
        reading.add(
            "period.missing", Severity.HARD, "标题、表头、表名和文件名里都没有写明年份和月份",
            "如 2022年1—9月", "请选定这份表的月份",
        )  # fmt: skip
        return None
    where = next((p[0] for p in places if p[3].year), "title")
    best = places[0]
    month = Month(best[3].year or year, best[3].month)
    reading.period, reading.period_from = str(month), best[0] if best[3].year else where
    _compare(reading, places, month, best)
    return month


def _given(reading: Reading, places: Sequence[Place], text: str) -> Month:
    month = parse_period(text).end
    reading.period, reading.period_from = str(month), "person"
    _compare(reading, places, month, None)
    return month


def _compare(reading: Reading, places: Sequence[Place], month: Month, best: Place | None) -> None:
    """Findings for every place that names another month."""
    said = set()
    for place in places:
        where, sheet, cell, found = place
        if place is best or (found.month == month.month and found.year in (None, month.year)):
            continue
        if where in said:
            continue
        said.add(where)
        grave = where in ("title", "header")
        reading.add(
            f"period.{where}_differs", Severity.HARD if grave else Severity.SOFT,
            f"{_WHERE[where]}写的是“{found.text}”", f"{month.label}, 与{_source(best)}一致",
            "请核实这份表是哪个月的; 表头没有改月份时, 请改好再传" if grave else "请核实文件没有拿错",
            sheet, cell,
        )  # fmt: skip


_WHERE = {"title": "标题", "header": "表头", "sheet": "工作表名", "filename": "文件名"}


def _source(best: Place | None) -> str:
    return _WHERE[best[0]] if best else "选定的月份"


def _title_places(table: HeaderTable) -> Iterator[Place]:
    for r in range(table.above, table.first):
        for c, value in enumerate(table.sheet.rows[r]):
            if isinstance(value, date) and (value.day != 1 or is_shifted(value)):
                continue  # the day of printing, not a month that was typed as a date
            found = periods_zh.find_period(value) if isinstance(value, str) else periods_zh.period_of(value)
            if (
                found
                and not cell_text(value).lstrip().startswith(_NO_MONTH)
                and not _SPAN.search(cell_text(value))
            ):
                yield "title", table.sheet.name, address(r, c), found


def is_shifted(value: object) -> bool:
    """A time of day beside a month: midnight of another time zone, so that even the month is uncertain."""
    return isinstance(value, datetime) and value.time() != time.min


def _header_places(table: HeaderTable) -> list[Place]:
    """The latest period that the figure columns name: earlier ones stand beside it for comparison."""
    named = [c for c in table.columns if c.period and c.role == "figure"]
    if not named:
        return []
    latest = max((c.period.year or 0 for c in named if c.period), default=0)
    if any(c.period and c.period.year is None for c in named):
        latest = 9999  # 1—10月 without a year is of the table's own year
    last = max(named, key=lambda c: (c.period.year or latest, c.period.month) if c.period else (0, 0))
    if last.period is None:
        return []
    return [("header", table.sheet.name, address(table.last, last.index), last.period)]
