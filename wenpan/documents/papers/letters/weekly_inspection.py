"""每周督查情况: the week's numbers, the list of problems and what was not looked at, as an official paper.

Pure. The numbers come from the page's own query; that they agree is checked here, and a paper that would
contradict itself is not written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wenpan.documents.papers.letters.supervision_notice import long_day
from wenpan.documents.papers.paper import LAYOUT, Block, Paper, PaperTable, Span, heading, label, paragraph
from wenpan.economy.figures.quantities import number

_WIDTHS = (9, 46, 21, 12, 22, 46)


@dataclass(frozen=True)
class InspectionRow:
    """One row. `result` "" was not looked at; `weeks_left`: carried from so many weeks before."""

    title: str
    unit: str
    light: str
    result: str
    is_problem: bool
    note: str
    weeks_left: int


@dataclass(frozen=True)
class Week:
    words: str  # 2022年10月17日—23日
    all: int
    looked: int
    left: int
    parts: tuple[tuple[str, int, float | None], ...]  # result, number, share in percent
    lights: tuple[tuple[str, int], ...]
    found: tuple[InspectionRow, ...]
    summary: str
    issuer: str
    on: date


def compose(week: Week) -> Paper:
    """ValueError where rows and numbers disagree."""
    looked = sum(1 for row in week.found if row.result)
    if (len(week.found), looked, week.all - looked) != (week.all, week.looked, week.left):
        raise ValueError("每周督查的数字与明细不一致")
    if sum(count for _name, count, _share in week.parts) != week.looked:
        raise ValueError("各督查结果之和与已督查数不一致")
    problems = [row for row in week.found if row.is_problem]
    left = [row for row in week.found if not row.result]
    blocks: list[Block] = [heading(1, "一、总体情况"), paragraph(label(_overall(week)))]
    if week.summary:
        blocks.append(paragraph(label(week.summary)))
    blocks += [heading(1, "二、问题清单"), *_list("问题清单", problems, "本周督查未发现需要列出的问题。")]
    blocks += [heading(1, "三、未督查事项"), *_list("未督查事项", left, "应督查的事项都已督查，没有遗漏。")]
    return Paper(
        layout=LAYOUT,
        title=("每周督查情况", f"（{week.words}）"),
        blocks=tuple(blocks),
        issuer=week.issuer,
        dated=long_day(week.on),
        subject=week.words,
        keywords=("督查", week.words),
    )


def _overall(week: Week) -> str:
    lights = "、".join(f"{name}{count}项" for name, count in week.lights)
    parts = "，".join(
        f"{name}{count}项" + (f"、占{number(share)}%" if share is not None else "")
        for name, count, share in week.parts
    )
    shining = f"，其中{lights}" if lights else ""
    results = f"已督查的事项中，{parts}。" if week.looked else ""
    return f"本周应督查{week.all}项{shining}；已督查{week.looked}项，未督查{week.left}项。{results}"


def _list(title: str, rows: Sequence[InspectionRow], nothing: str) -> list[Block]:
    if not rows:
        return [paragraph(label(nothing))]
    cells = tuple(
        tuple(
            Span(words, label=True)
            for words in (str(n), r.title, r.unit, r.light, r.result or "未督查", r.note)
        )
        for n, r in enumerate(rows, start=1)
    )
    headers = ("序号", "对象", "责任单位", "灯", "督查结果", "情况")
    return [PaperTable(title, headers, cells, _WIDTHS, text=frozenset({1, 5}))]
