"""The responsible list (责任清单) and the meeting's table as papers: the same query as the page.

The papers are Chinese whatever the page speaks. Every table says 推算 and from what it follows.
"""

from __future__ import annotations

from datetime import date

from wenpan.district.supports.queries import SupportLine, SupportsPage
from wenpan.documents.papers.gbt9704 import render as gbt9704
from wenpan.documents.papers.paper import LAYOUT, Paper, PaperTable, Paragraph, Span, label, spans
from wenpan.economy.time.periods import Quarter, parse_period

_NOTE = "推算：比重按上年同期不变价，拉动＝比重×增速；不是核算结果，不作统计数据使用。"
_MISSING = "—"


def meeting_table(page: SupportsPage, region: str, on: date) -> bytes:
    """The dispatch meeting's table. The same page gives the same bytes."""
    headers = (
        "核算行业",
        "比重%",
        "增速%",
        "拉动(点)",
        "支撑指标",
        "责任单位",
        "本期%",
        "目标%",
        "位次",
        "缺口拉动",
    )
    rows = tuple(_row(*_meeting_cells(line)) for line in page.lines)
    words = f"{_span(page.period)}各行业增速加权合计{_number(page.found.growth if page.found else None, 2)}%"
    if page.gdp is not None:
        words += f"，公布的地区生产总值增速{_number(page.gdp, 1)}%"
    table = PaperTable(
        f"{region}{_span(page.period)}核算支撑指标", headers, rows, (22, 12, 12, 14, 26, 18, 12, 12, 12, 16),
        numeric=frozenset({1, 2, 3, 6, 7, 9}), text=frozenset({0, 4, 5}), notes=(_NOTE,),
    )  # fmt: skip
    blocks = (Paragraph(spans(label(f"{words}。"))), table)
    return _rendered((f"{region}{_span(page.period)}", "地区生产总值支撑指标运行分析表"), blocks, region, on)


def duty_list(page: SupportsPage, region: str, on: date) -> bytes:
    """核算指标责任清单: indicator, unit, leader, named person."""
    headers = ("核算行业", "支撑指标", "数据来源", "责任单位", "责任领导", "责任人")
    rows = tuple(
        _row(
            line.name, line.indicator_name or _MISSING, line.source,
            line.duty.unit.name if line.duty else _MISSING, line.duty.leader if line.duty else _MISSING,
            line.duty.person if line.duty else _MISSING,
        )
        for line in page.lines
    )  # fmt: skip
    table = PaperTable(
        f"{region}核算指标责任清单", headers, rows, (30, 36, 18, 34, 19, 19), text=frozenset({0, 1, 3})
    )
    return _rendered((f"{region}地区生产总值", "核算指标责任清单"), (table,), region, on)


def _rendered(
    title: tuple[str, str], blocks: tuple[Paragraph | PaperTable, ...], region: str, on: date
) -> bytes:
    dated = f"{on.year}年{on.month}月{on.day}日"
    paper = Paper(
        title=title, blocks=blocks, issuer=f"{region}统计局", dated=dated, subject=title[1], layout=LAYOUT
    )
    return gbt9704.render(paper, created=on)


def _meeting_cells(line: SupportLine) -> tuple[str, ...]:
    judged = line.judged
    place = f"{judged.rank}/{judged.rivals}" if judged and judged.rank else _MISSING
    return (
        line.name,
        _number(100 * line.pull.weight if line.pull else None, 1),
        _number(line.pull.growth if line.pull else None, 1),
        _number(line.pull.pull if line.pull else None, 2),
        line.indicator_name or _MISSING,
        line.duty.unit.short_name if line.duty else _MISSING,
        _number(judged.actual if judged else None, 1),
        _number(judged.target if judged and judged.gap_unit == "points" else None, 1),
        place,
        _number(line.gap_pull[1] if line.gap_pull else None, 2),
    )


def _row(*cells: str) -> tuple[Span, ...]:
    return tuple(label(cell) for cell in cells)


def _number(value: float | None, digits: int) -> str:
    return _MISSING if value is None else f"{value:.{digits}f}".replace("-", "−")


def _span(period: str) -> str:
    found = parse_period(period)
    assert isinstance(found, Quarter)
    return f"{found.year}年{found.ytd_label}"
