"""督查问效 as a section of the year's bulletin: what is described with its n, and what is not. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wenpan.documents.papers.letters.supervision_notice import long_day
from wenpan.documents.papers.paper import Block, Paper, PaperTable, Span, heading, label, paragraph
from wenpan.economy.figures.quantities import number

_WIDTHS = (20, 22, 26, 28, 28, 32)
NO_CAUSE = "以上只是并列描述：督办对象不是随机选定，基数差的本来就容易回升，不能据此认定变化由督办带来。"


@dataclass(frozen=True)
class EffectLine:
    """After so many periods. Numbers in points; None where nothing is said."""

    periods: int
    n: int
    median: float | None
    like_median: float | None
    difference: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class EffectPart:
    """`name`: 指标, 项目; `measure`: what the change is of; `like`: what made others alike."""

    name: str
    measure: str
    like: str
    closed: int
    least: int
    lines: tuple[EffectLine, ...]


def compose(year: int, parts: Sequence[EffectPart], issuer: str, on: date) -> Paper:
    blocks: list[Block] = []
    for n, part in enumerate(parts):
        blocks += [heading(1, f"{'一二三四'[n]}、{part.name}"), *_part(part)]
    blocks.append(paragraph(label(NO_CAUSE)))
    return Paper(
        title=(f"{year}年督查问效情况",), blocks=tuple(blocks), issuer=issuer, dated=long_day(on),
        small_print=f"数据截至{long_day(on)}。", subject="督查问效", keywords=("督查", "问效"),
    )  # fmt: skip


def _part(part: EffectPart) -> list[Block]:
    if not part.closed:
        return [paragraph(label(f"全年没有办结涉及{part.name}的督办事项。"))]
    said = [line for line in part.lines if line.median is not None]
    opening = f"全年办结涉及{part.name}的督办事项{part.closed}件。"
    if not said:
        most = max((line.n for line in part.lines), default=0)
        return [
            paragraph(label(f"{opening}能与同类比较的最多{most}件，不足{part.least}件，不作描述。")),
        ]
    beside = f"与{part.like}、同期没有督办事项的{part.name}并列，看{part.measure}（百分点）。"
    cells = tuple(tuple(Span(words, label=True) for words in _cells(line)) for line in part.lines)
    heads = ("办结后", "件数", "变化中位数", "同类中位数", "差的中位数", "区间")
    return [
        paragraph(label(opening + beside)),
        PaperTable(f"{part.name}办结后的变化", heads, cells, _WIDTHS),
    ]


def _cells(line: EffectLine) -> tuple[str, ...]:
    if line.median is None:
        return (f"第{line.periods}期", str(line.n), "件数少", "—", "—", "—")
    span = "—" if line.low is None else f"{signed(line.low)}至{signed(line.high)}"
    values = (signed(line.median), signed(line.like_median), signed(line.difference))
    return (f"第{line.periods}期", str(line.n), *values, span)


def signed(value: float | None) -> str:
    """+1.25, −0.40; "—" where it is not known."""
    if value is None:
        return "—"
    return f"{'+' if value > 0 else ''}{number(value, 2)}"
