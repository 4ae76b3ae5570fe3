"""Lines pasted from the table that a unit keeps: indicator, period, estimate, day it was made, its source.

Pure. Columns are divided by tabs or commas. A line that cannot be read is told with its number; nothing is
taken before all lines can be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from wenpan.economy.time.periods import parse_period

MOST = 400
LARGEST = Decimal(10) ** 10


@dataclass(frozen=True)
class PastedEstimate:
    line: int
    indicator: str
    period: str
    value: Decimal
    made_on: date
    source: str


class _UnreadableLineError(ValueError):
    """A Chinese sentence."""


def read(text: str, names: Mapping[str, str]) -> tuple[list[PastedEstimate], list[str]]:
    """`names`: the words for an indicator (name, short name, code) → its code. The lines, and sentences about
    those that cannot be read."""
    found, wrong = [], []
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    for number, line in lines[:MOST]:
        cells = [cell.strip() for cell in line.replace("，", ",").replace("\t", ",").split(",")]
        if number == 1 and cells[0] in ("指标", "indicator"):
            continue
        try:
            found.append(_line(number, cells, names))
        except _UnreadableLineError as why:
            wrong.append(f"第{number}行：{why}")
    if len(lines) > MOST:
        wrong.append(f"一次最多{MOST}行，请分批粘贴")
    return found, wrong


def _line(number: int, cells: list[str], names: Mapping[str, str]) -> PastedEstimate:
    if len(cells) < 5:
        raise _UnreadableLineError("应有五列：指标、期间、预计值、作出日期、出处")
    name, period, value, day, source = cells[:5]
    if name not in names:
        raise _UnreadableLineError(f"本单位没有指标“{name[:20]}”")
    if not source:
        raise _UnreadableLineError("请写明出处（会议材料、报表等）")
    return PastedEstimate(number, names[name], _period(period), _number(value), _day(day), source[:120])


def _period(text: str) -> str:
    try:
        return str(parse_period(text))
    except ValueError:
        raise _UnreadableLineError(f"期间应写作 2022-09 或 2022-Q3，实为“{text[:12]}”") from None


def _number(text: str) -> Decimal:
    try:
        value = Decimal(text.removesuffix("%"))
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite() or abs(value) >= LARGEST:
        raise _UnreadableLineError(f"预计值不是数：“{text[:20]}”")
    return value


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _UnreadableLineError(f"日期应写作 2022-10-18，实为“{text[:12]}”") from None
