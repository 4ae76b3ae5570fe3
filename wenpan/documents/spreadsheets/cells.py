"""Cells: what one cell of a statistical table says.

A number, "not reported" (blank, …), "not assessed" (-), a rank in brackets, or something that does
not belong there. Blank, …, - and 0 are four different things. The text is kept as published, the
number is an exact Decimal. Footnote marks (3.2①, 3.2*) are marks, never digits.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

from wenpan.documents.words.units import canonical

NUMBER, MISSING, NOT_ASSESSED, TEXT, DATE, ERROR = (
    "number",
    "missing",
    "not_assessed",
    "text",
    "date",
    "error",
)

MISSING_WORDS = (
    "",
    "…",
    "……",
    "...",
    "......",
    "⋯",
    "⋯⋯",
    "未报",
    "未报送",
    "未反馈",
    "暂无",
    "暂缺",
    "缺",
    "n/a",
    "na",
    "null",
)
NOT_ASSESSED_WORDS = ("-", "--", "/", "x", "不考核", "未考核", "不适用", "免考核", "无任务", "未下达")

_DASHES = dict.fromkeys(map(ord, "—–−‐‑‒―－﹣ー一"), "-")  # 一 alone in a cell is a dash in many tables
_MINUS = dict.fromkeys(map(ord, "—–−‐‑‒―－﹣"), "-")
_MARKS = re.compile(r"[\u2460-\u24ff\u2776-\u2793\u00b9\u00b2\u00b3\u2070\u2074-\u2079*#†‡]+$|\[\d{1,2}\]$")
# ▲ is a rise in some tables and a minus in others: such a cell is not read.
_WORDS = re.compile(r"^(增长|上升|提高|增加|同比增长|\+|↑|下降|减少|降低|回落|同比下降|负|↓)")
_DOWN = {"下降", "减少", "降低", "回落", "同比下降", "负", "↓"}
_RISE_AFTER = re.compile(r"(?:↑|\(上升\)|\(增长\))$")
_FALL_AFTER = re.compile(r"\((?:下降|降|减少)\)$")
_GAP = re.compile(r"\d\s+[\d.]")  # "3.2 8" is a value and something else, never 3.28
_SPACED = re.compile(r"^[+-]?\d{1,3}(?:\s\d{3})+(?:\.\d+)?$")
_GROUPED = r"\d{1,3}(?:,\d{3})+"
_NUMBER = re.compile(rf"^([+-]?)((?:{_GROUPED}|\d+)(?:\.\d+)?|\.\d+)(%|[^\d\s().,+-][^\d().,+-]*)?$")
_RANK = re.compile(r"\((?:第)?(\d{1,3})(?:位|名)?\)$")
_ERROR = re.compile(r"^#(REF!|DIV/0!|VALUE!|N/A|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)$", re.I)


@dataclass(frozen=True, slots=True)
class Cell:
    """`unit` is "%" or a unit written in the cell itself, else "".

    `typed` is False for a number that is kept as text.
    """

    kind: str
    text: str
    value: Decimal | None = None
    unit: str = ""
    rank: int | None = None
    typed: bool = True


# Cells that can be read in two ways: a number in brackets, a triangle, 约, 倍, an arrow behind.
TWO_READINGS = re.compile(
    r"^[-+]?\([-+]?[\d.,]+%?\)$|^[▲△▼▽]|[\d.]+倍$|翻(?:了)?[一两二]?番"
    r"|^(?:约|近|超|逾|多于)|(?:左右|以上|以下|上下|多)$|\d%?↓$"
)
FLAT = ("持平", "同比持平", "与上年持平", "与去年持平", "与上年同期持平", "与去年同期持平")

_BLANK = Cell(MISSING, "")


def read_cell(value: object, percent: bool = False) -> Cell:
    """What a cell says. `percent`: the number is shown as percent, 0.062 reads 6.2%."""
    if value is None or value == "":
        return _BLANK
    if isinstance(value, bool):
        return Cell(TEXT, "TRUE" if value else "FALSE")
    if isinstance(value, (int, float)):
        return _from_number(value, percent)
    if isinstance(value, (datetime, date, time, timedelta)):
        return Cell(DATE, value.isoformat() if not isinstance(value, timedelta) else str(value))
    return _from_text(str(value))


def cell_text(value: object) -> str:
    """The text of any cell value, without float noise and without ".0"."""
    if value is None:
        return ""
    if isinstance(value, float):
        return _plain(value)
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    return str(value).strip()


def _plain(number: float) -> str:
    # 15 digits are what a spreadsheet holds; more is noise of binary arithmetic.
    text = f"{number:.15g}"
    return f"{Decimal(text):f}" if "e" in text else text


def _from_number(number: float, percent: bool) -> Cell:
    if not math.isfinite(number):
        return Cell(ERROR, str(number))
    text = _plain(number)
    if percent:
        value = Decimal(text).scaleb(2)
        return Cell(NUMBER, f"{_plain(float(value))}%", value, "%")
    return Cell(NUMBER, text, Decimal(text))


@lru_cache(maxsize=65_536)
def _from_text(raw: str) -> Cell:
    raw = raw.strip()
    marked = _MARKS.sub("", raw).rstrip() if len(raw) > 1 else raw  # before NFKC turns ① into 1
    text = "".join(unicodedata.normalize("NFKC", marked).split())
    if text.lower() in MISSING_WORDS or (not text and raw):
        return Cell(MISSING, raw, typed=False)
    if _ERROR.match(text):
        return Cell(ERROR, raw)
    if _GAP.search(marked) and not _SPACED.match(marked):
        return Cell(TEXT, raw, typed=False)
    dashed = text.translate(_DASHES)
    if dashed.lower() in NOT_ASSESSED_WORDS or raw in ("×", "✕"):
        return Cell(NOT_ASSESSED, raw, typed=False)
    return _number_and_rank(raw, text.translate(_MINUS))


def _number_and_rank(raw: str, text: str) -> Cell:
    rank = None
    if found := _RANK.search(text):
        rank = int(found[1])
        text = text[: found.start()]
        if not text:
            return Cell(MISSING, raw, rank=rank, typed=False)
        if text in NOT_ASSESSED_WORDS:
            return Cell(NOT_ASSESSED, raw, rank=rank, typed=False)
    if _RISE_AFTER.search(text) and not text.startswith(("-", "↓")):
        text = _RISE_AFTER.sub("", text)
    elif _FALL_AFTER.search(text) and text.startswith("-"):
        text = _FALL_AFTER.sub("", text)
    sign = 1
    if word := _WORDS.match(text):
        sign = -1 if word[1] in _DOWN else 1
        text = text[word.end() :]
    number = _NUMBER.match(text)
    unit = canonical(number[3]) if number and number[3] else ""
    contradictory = bool(number and word and number[1] == "-")  # 增长-3.2: which one is meant?
    if not number or contradictory or (number[3] and not unit):
        return Cell(TEXT, raw, rank=rank, typed=False)
    value = sign * Decimal(f"{number[1]}{number[2].replace(',', '')}")
    return Cell(NUMBER, raw, value, "%" if unit == "百分点" else unit, rank, typed=False)
