"""A file as the intake takes it: a workbook's tables, or the paragraphs of a text report on revenue.

Pure. A file without a table (.docx, .pdf, .txt) that tells no revenue is refused as before. Of a text every
number is either a value of a row or told as not read, with its paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from wenpan.documents.fiscal_texts.checks import check_text
from wenpan.documents.fiscal_texts.items import COLLECTOR, ITEMS, KIND, REVENUE, TAX, WHOLE
from wenpan.documents.fiscal_texts.rows import TextRow, Unread, read_rows
from wenpan.documents.fiscal_texts.stretches import a_bare_month, periods, year_at
from wenpan.documents.fiscal_texts.wholes import codes_of
from wenpan.documents.orders import text as papers
from wenpan.documents.proof.paper_figures import Vocabulary
from wenpan.documents.spreadsheets import workbook
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.documents.spreadsheets.xlsx_package import letters
from wenpan.documents.tables.interpret import interpret
from wenpan.documents.tables.reading import Context, Reading
from wenpan.documents.tables.records.shape import Record
from wenpan.documents.words.characters import same_length
from wenpan.economy.quality.finding import Severity

KIND_CODE = "fiscal_revenue"
KEYS = (
    "name", "budget", "ytd", "ytd_last", "ytd_change", "ytd_growth", "ytd_growth_adjusted",
    "month", "month_last", "month_change", "month_growth", "progress", "note",
)  # fmt: skip
_LEVELS = {WHOLE: 1, REVENUE: 1, KIND: 2, COLLECTOR: 2, TAX: 3}
_TOLD = {
    "planned": ("预计或安排的数", "预计数不入账"),
    "adjusted": ("另一口径的收入额", "不入账, 只与增速核对"),
    "other": ("没有读入的数", "请看一下有没有该入账的数"),
}
_OF_A_YEAR = re.compile("决算|预算执行")  # a report that names no month: on the year of its heading
_MOST_TOLD = 8  # numbers that one finding names


def read_file(data: bytes, filename: str, context: Context) -> Reading:
    """Raises `Unreadable` for what is neither a table nor a text report on revenue."""
    if filename.lower().endswith(".txt") and (told := _text(data, filename, context)) is not None:
        return told  # its commas are no columns
    try:
        book = workbook.read(data, filename)
    except Unreadable as refusal:
        if refusal.code != "not_a_workbook" or (told := _text(data, filename, context)) is None:
            raise
        return told
    return interpret(book, context)


def _text(data: bytes, filename: str, context: Context) -> Reading | None:
    if context.kind not in (None, "", KIND_CODE) or KIND_CODE not in context.kinds:
        return None
    try:
        text = papers.read(data, filename)
    except Unreadable:
        return None
    return read_text(text.paragraphs, context, context.filename or filename)


def read_text(paragraphs: Sequence[str], context: Context, filename: str) -> Reading | None:
    """The rows of a report as records; None where no revenue of a known month is told."""
    plain = [same_length(text) for text in paragraphs]
    year, month = _period(plain, filename, context)
    if not month:
        return None
    rows, unread = read_rows(paragraphs, _vocabulary(context, year or 2000, month))
    if not any(row.item.role in (WHOLE, REVENUE) and {"ytd", "month"} & set(row.values) for row in rows):
        return None
    reading = Reading(KIND_CODE, title=_title(paragraphs), of_text=True, rows=len(rows))
    _settle(reading, year, month, context)
    if a_bare_month(plain):
        reading.add(
            "fiscal_text.span", Severity.SOFT, f"写的是{month}月, 没有写明是当月还是累计",
            "1—几月, 累计, 或当月", "请说明; 按累计入账", place(rows[0].paragraph),
        )  # fmt: skip
    codes = codes_of(rows)
    shared = {key: letters(index) for index, key in enumerate(KEYS)}
    for number, (row, code) in enumerate(zip(rows, codes, strict=True), 1):
        values: dict[str, Any] = {key: row.values.get(key) for key in KEYS}
        values |= {"name": row.item.name, "note": row.note, "code": code, "level": _level(row)}
        values["side"] = "collector" if row.item.role == COLLECTOR else "item"
        reading.records.append(Record(place(row.paragraph), number, values, {}, shared))
    reading.findings += check_text(rows, codes)
    _tell(reading, unread)
    return reading


def place(paragraph: int) -> str:
    return f"正文第{paragraph + 1}段"


def _level(row: TextRow) -> int:
    return _LEVELS.get(row.item.role, 2)


def _title(paragraphs: Sequence[str]) -> str:
    first = paragraphs[0].strip()
    return first[:200] if len(first) <= 60 else "财政收入情况（文字报告）"


def _period(plain: Sequence[str], filename: str, context: Context) -> tuple[int, int]:
    """(year, month), 0 where it is not told: the month named most often, of equals the first."""
    told = [one for text in plain for one in periods(text)]
    if not told:
        heads = [text for text in plain[:3] if _OF_A_YEAR.search(text)]
        year = next((found for text in heads if (found := year_at(text, len(text)))), 0)
        return year, 12 if heads else int(context.period[5:7]) if context.period else 0
    counts = Counter(one.month for one in told)
    month = max(counts, key=lambda m: counts[m])
    year = next((one.year for one in told if one.year and one.month == month), 0)
    named = (year_at(text, len(text)) for text in (*plain[:3], same_length(filename)))
    year = year or next((found for found in named if found), 0)
    digits = re.search(r"(?<!\d)(20\d\d)(?!\d{5})", filename)
    year = year or (int(digits[1]) if digits else 0)
    return year or (int(context.period[:4]) if context.period else 0), month


def _settle(reading: Reading, year: int, month: int, context: Context) -> None:
    told = f"{year}-{month:02d}" if year else ""
    if not context.period:
        reading.period, reading.period_from = told or None, "title" if told else ""
        return
    reading.period, reading.period_from = context.period, "person"
    if told != context.period:
        reading.add(
            "fiscal_text.period", Severity.HARD, f"正文写的是{year}年{month}月",
            f"{context.period[:4]}年{int(context.period[5:7])}月, 与选定的月份一致", "请核实文件没有拿错",
        )  # fmt: skip


def _vocabulary(context: Context, year: int, month: int) -> Vocabulary:
    own = [name for name, code in context.regions.items() if code == context.home]
    kinds = {name[-1] for name in own if name[-1:] in "区县市旗镇乡"}
    regions = {"全市": context.city or "上级", "全省": "上级", "全国": "上级"} | dict(context.regions)
    for kind in kinds:
        regions |= dict.fromkeys((f"全{kind}", f"我{kind}", f"本{kind}", f"新{kind}"), context.home)
    return Vocabulary({name: name for name in ITEMS}, regions, context.home, year, f"{year}-{month:02d}")


def _tell(reading: Reading, unread: Sequence[Unread]) -> None:
    """What made no row, by paragraph: nothing that is printed goes unsaid."""
    for paragraph, why, words in _by_paragraph(unread):
        said = "、".join(words[:_MOST_TOLD]) + (f"等{len(words)}处" if len(words) > _MOST_TOLD else "")
        label, advice = _TOLD[why]
        reading.add(f"fiscal_text.{why}", Severity.NOTE, f"{label}: {said}", "", advice, place(paragraph))


def _by_paragraph(unread: Sequence[Unread]) -> Iterator[tuple[int, str, list[str]]]:
    groups: dict[tuple[int, str], list[str]] = {}
    for one in unread:
        words = groups.setdefault((one.paragraph, one.why), [])
        if one.words not in words:
            words.append(one.words)
    for (paragraph, why), words in sorted(groups.items()):
        yield paragraph, why, words
