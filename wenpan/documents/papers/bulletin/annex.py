"""The annexes: every matter with units, day, state and light; the late and returned feedback one by one.

Pure. The cells are labels: names, numbers and days, no figures of the text.
"""

from __future__ import annotations

from functools import lru_cache

from wenpan.documents.papers.bulletin.counted_spans import BulletinDraft
from wenpan.documents.papers.bulletin.rows import (
    CHECKING,
    CLOSED,
    OVERDUE,
    PAUSED,
    VACANT,
    WORKING,
    BulletinRow,
    Reply,
)
from wenpan.documents.papers.paper import Block, PaperTable, Span, heading
from wenpan.economy.figures.quantities import MISSING
from wenpan.economy.judging.light_words import SHORT

STATES = {
    CLOSED: "办结", WORKING: "在办", CHECKING: "待核查", OVERDUE: "逾期", VACANT: "待交办", PAUSED: "暂缓",
}  # fmt: skip


def annexes(said: BulletinDraft) -> tuple[tuple[str, ...], tuple[Block, ...]]:
    """The names for the text, and the annexes themselves."""
    found = [("督办事项办理情况一览表", _matters(said))]
    told = [r for r in said.given.replies if r.late or r.kind == "returned"]
    if told:
        found.append(("逾期反馈和退办事项明细表", _replies(said, told)))
    blocks: list[Block] = []
    for at, (_name, table) in enumerate(found, start=1):
        blocks += [heading(0, f"附件{at if len(found) > 1 else ''}"), table]
    return tuple(name for name, _ in found), tuple(blocks)


def state_words(row: BulletinRow) -> str:
    """办结, or 逾期办结 where it was reported done after its day."""
    late = row.part == CLOSED and not row.in_time
    return ("逾期" if late else "") + STATES[row.part]


@lru_cache(maxsize=4096)
def _label(words: str) -> Span:
    """Days, units and states repeat: one span for all of their cells."""
    return Span(words or MISSING, (), True)


def _matters(said: BulletinDraft) -> PaperTable:
    given = said.given
    rows = []
    for row in given.rows:
        coops = f"（{'、'.join(row.coops)}）" if row.coops else ""
        rows.append((
            Span(row.number, (), True),
            Span(row.title, (), True),
            _label(f"{given.unit_name(row.unit)}{coops}"),
            _label(row.due.isoformat() if row.due else ""),
            _label(state_words(row)),
            _label("" if row.light == "UNKNOWN" else SHORT.get(row.light, "")),  # paused: no light
        ))  # fmt: skip
    last = given.last_day
    return PaperTable(
        title=f"督办事项办理情况一览表（截至{last.year}年{last.month}月{last.day}日）",
        headers=("编号", "督办事项", "牵头（配合）单位", "时限", "状态", "灯"),
        rows=tuple(rows),
        widths=(19, 60, 33, 20, 15, 9),
        text=frozenset({1, 2}),
        notes=("注：“—”为暂缓、未定时限或不亮灯；红灯为逾期，黄灯为临近到期、退办重办或待重新交办。",),
    )


def _replies(said: BulletinDraft, told: list[Reply]) -> PaperTable:
    rows = [
        (
            Span(r.number, (), True),
            Span(r.title, (), True),
            Span(said.given.unit_name(r.unit), (), True),
            _label(r.day.isoformat()),
            _label(f"逾期{r.days}天反馈" if r.late else "退办"),
            _label(r.words),
        )
        for r in told
    ]
    return PaperTable(
        title=f"{said.given.month.label}逾期反馈和退办事项明细表",
        headers=("编号", "督办事项", "单位", "日期", "情况", "说明"),
        rows=tuple(rows),
        widths=(19, 46, 22, 20, 22, 27),
        text=frozenset({1, 5}),
    )
