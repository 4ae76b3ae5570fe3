"""六、表扬和批评, by the dated scoring rule and escalation; 七、下月要求, by what falls due."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from wenpan.documents.papers.bulletin.counted_spans import BulletinDraft, cell
from wenpan.documents.papers.bulletin.input import NamedSubject, Scored
from wenpan.documents.papers.bulletin.rows import OVERDUE, BulletinRow, picked
from wenpan.documents.papers.bulletin.words import free
from wenpan.documents.papers.paper import Block, Inline, PaperTable, Span, heading, label, paragraph
from wenpan.documents.words.numbers import full_width


def merits(said: BulletinDraft) -> list[Block]:
    scores = said.given.scores
    ranked = [mark for mark in scores.marks if mark.rank is not None]
    few = len(scores.marks) - len(ranked)
    out: list[Inline] = ["本月参与计分排名的单位", said.number("scores/ranked", "参与排名单位", len(ranked))]
    if few:
        least = said.number("scores/least", "参与排名的最少事项", scores.least_matters, "项")
        out += [";事项少于", least, "的", said.number("scores/few", "不参与排名单位", few), "单位不参与排名"]
    blocks: list[Block] = [heading(1, "六、表扬和批评"), paragraph(*out, "。")]
    known = {mark.unit: mark for mark in scores.marks}
    praise, blame = ([known[u] for u in codes if u in known] for codes in (scores.praise, scores.blame))
    if praise:
        blocks.append(paragraph("对", *_scored(said, praise), "予以通报表扬。"))
    if blame:
        blocks.append(paragraph("对", *_scored(said, blame), "予以通报批评。"))
    if not praise and not blame:
        blocks.append(paragraph("本月没有达到表扬或批评标准的单位。"))
    blocks += _named_and_talks(said)
    if scores.upheld or scores.refused:
        upheld = said.number("appeals/upheld", "申诉予以调整", scores.upheld, "件")
        refused = said.number("appeals/refused", "申诉维持原分", scores.refused, "件")
        blocks.append(paragraph("本月复核扣分申诉, 予以调整", upheld, "、维持原分", refused, "。"))
    return blocks


def _scored(said: BulletinDraft, marks: Sequence[Scored]) -> list[Inline]:
    out: list[Inline] = []
    for mark in marks:
        name = said.given.unit_name(mark.unit)
        score = said.number(f"scores/unit={mark.unit}", f"{name} 得分", Decimal(mark.score), "分", 1)
        out += [label(name), "(", score, *_why(said, mark), ")、"]
    out[-1] = ")"
    return out


def _why(said: BulletinDraft, mark: Scored) -> list[Inline]:
    name = said.given.unit_name(mark.unit)
    out: list[Inline] = []
    for code, words, times in mark.why:
        out += [f", {words}", said.number(f"scores/unit={mark.unit}/{code}", f"{name} {words}", times, "次")]
    return out


def _named_and_talks(said: BulletinDraft) -> list[Block]:
    """Units that escalation names for a matter, and heads that should be talked to: people decide that."""
    blocks: list[Block] = []
    for talk, opening in (
        (False, "督办单逾期未落实, 按升级规则点名通报: "),
        (True, "多次催办仍未落实, 建议约谈单位主要负责人(由区领导决定): "),
    ):
        named = [n for n in said.given.named if n.talk is talk]
        if named:
            blocks.append(paragraph(opening, label(full_width(_by_unit(said, named))), "。"))
    return blocks


def _by_unit(said: BulletinDraft, named: Sequence[NamedSubject]) -> str:
    by_unit: dict[str, list[str]] = {}
    for one in named:
        numbers = by_unit.setdefault(one.unit, [])
        if one.number and one.number not in numbers:
            numbers.append(one.number)
    limit = said.given.policy.named_shown
    return "、".join(
        said.given.unit_name(unit)
        + (f"({'、'.join(n[:limit])}{'等' if len(n) > limit else ''})" if n else "")
        for unit, n in by_unit.items()
    )


def demands(said: BulletinDraft) -> list[Block]:
    given = said.given
    following = given.month.plus(1)
    due = said.counts.of("due_next")
    out: list[Inline] = [label(f"{following.month}月份"), "到期的事项", said.matters("下月到期", "due_next")]
    late = said.counts.of(OVERDUE)
    if late:
        out += [", 逾期结转", said.matters("逾期未办结", OVERDUE)]
    blocks: list[Block] = [heading(1, "七、下月要求")]
    if due:
        out += [", 各单位到期事项见", label("表3")]
    blocks.append(paragraph(*out, "。"))
    if due:
        blocks.append(_due_table(said))
    for at, words in enumerate(given.demands, start=1):
        blocks.append(paragraph(label(f"{at}."), *free(words)))
    return blocks


def _due_table(said: BulletinDraft) -> PaperTable:
    """What each unit has to finish next month, the first day and the numbers."""
    given = said.given
    by_unit: dict[str, list[BulletinRow]] = {}
    for row in picked(given.rows, {"due_next"}):
        by_unit.setdefault(row.unit, []).append(row)
    rows = []
    for code in (c for c in (*given.units, "") if c in by_unit):
        found = sorted(by_unit[code], key=lambda row: (row.due or given.last_day, row.number))
        name = given.unit_name(code)
        count = cell(said.matters(f"{name} 下月到期", f"unit={code}", "due_next"))
        first = found[0].due
        day = f"{first.month}月{first.day}日" if first else "—"
        numbers = "、".join(row.number for row in found[:12]) + ("等" if len(found) > 12 else "")
        rows.append((label(name), count, label(day), label(numbers)))
    keys = [f"matters/{'&'.join(sorted(('due_next', f'unit={c}')))}" for c in by_unit]
    said.register.total("matters/due_next", keys)
    rows.append((Span("合计"), cell(said.matters("下月到期", "due_next")), Span("—"), Span("—")))
    month = given.month.plus(1)
    return PaperTable(
        title=f"表3 {month.year}年{month.month}月到期事项",
        headers=("牵头单位", "到期（项）", "最早时限", "编号"),
        rows=tuple(rows),
        widths=(36, 18, 20, 82),
        numeric=frozenset({1}),
        text=frozenset({0, 3}),
    )
