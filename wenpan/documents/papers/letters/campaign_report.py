"""督查通报 of a campaign: what was looked at, what was found, which problems, what was not seen and why.

Pure. The numbers come from the page's own query; that they agree with the lists is checked here, and a paper
that would contradict itself is not written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wenpan.documents.papers.letters.supervision_notice import long_day
from wenpan.documents.papers.paper import Block, Paper, PaperTable, Span, heading, label, paragraph

_PROBLEMS = (9, 40, 22, 22, 43, 20)
_LEFT = (9, 80, 30, 37)
_COUNTS = (46, 28, 28, 28, 26)


@dataclass(frozen=True)
class CampaignFinding:
    """One object. `result` "" was not seen; `matter`: its number, "待确认" while the office has not decided,
    "" where none was asked for."""

    title: str
    unit: str
    team: str
    result: str
    is_problem: bool
    note: str
    matter: str


@dataclass(frozen=True)
class CampaignCount:
    """Of a team or a unit."""

    name: str
    objects: int
    seen: int
    problems: int


@dataclass(frozen=True)
class CampaignFacts:
    """All that the report says. `proposed`: matters that findings asked for or joined, each once."""

    title: str
    kind: str
    theme: str
    ground: str
    ordered_by: str
    starts_on: date
    ends_on: date
    objects: int
    seen: int
    left: int
    problems: int
    proposed: int
    results: tuple[tuple[str, int], ...]
    teams: tuple[CampaignCount, ...]
    units: tuple[CampaignCount, ...]
    lines: tuple[CampaignFinding, ...]
    left_out: int
    summary: str
    unseen_reason: str
    issuer: str
    on: date


def compose(facts: CampaignFacts) -> Paper:
    """ValueError where numbers and lists disagree."""
    check(facts)
    problems = [line for line in facts.lines if line.is_problem]
    left = [line for line in facts.lines if not line.result]
    blocks: list[Block] = [
        paragraph(label(_opening(facts))),
        heading(1, "一、总体情况"),
        paragraph(label(_overall(facts))),
    ]
    if facts.summary:
        blocks.append(paragraph(label(facts.summary)))
    blocks += [*_counts("各督查组情况", "组别", facts.teams), *_counts("各单位情况", "责任单位", facts.units)]
    blocks += [heading(1, "二、发现的问题"), *_problems(problems)]
    blocks += [heading(1, "三、未督查的对象"), *_left(left, facts.unseen_reason)]
    blocks += [heading(1, "四、下一步要求"), paragraph(label(_asks(facts)))]
    return Paper(
        title=(f"关于{facts.title}情况的通报",),
        blocks=tuple(blocks),
        issuer=facts.issuer,
        dated=long_day(facts.on),
        small_print=f"数据截至{long_day(facts.on)}。",
        subject=facts.title,
        keywords=("督查", "通报"),
    )


def check(facts: CampaignFacts) -> None:
    """Every number against the lines that stand behind it."""
    seen = sum(1 for line in facts.lines if line.result)
    problems = sum(1 for line in facts.lines if line.is_problem)
    if (len(facts.lines), seen, problems) != (facts.objects, facts.seen, facts.problems):
        raise ValueError("督查通报的数字与明细不一致")
    if facts.objects - facts.seen != facts.left or sum(n for _name, n in facts.results) != facts.seen:
        raise ValueError("督查通报的各项结果之和与已督查数不一致")
    for counts in (facts.teams, facts.units):
        sums = [sum(getattr(c, name) for c in counts) for name in ("objects", "seen", "problems")]
        if counts and sums != [facts.objects, facts.seen, facts.problems]:
            raise ValueError("督查通报的分组数字与总数不一致")


def _opening(facts: CampaignFacts) -> str:
    ground = f"根据{facts.ground}" if facts.ground else ""
    ordered = f"经{facts.ordered_by}批准" if facts.ordered_by else ""
    begun = "，".join(part for part in (ground, ordered) if part)
    days = _days(facts.starts_on, facts.ends_on)
    who = facts.issuer or "督查机构"
    what = f"{who}组织开展了{facts.title}，内容是：{_ended(facts.theme)}"
    return f"{begun}，{days}，{what}现将情况通报如下。"


def _days(first: date, last: date) -> str:
    return long_day(first) if first == last else f"{long_day(first)}至{long_day(last)}"


def _overall(facts: CampaignFacts) -> str:
    parts = "、".join(f"{name}{count}个" for name, count in facts.results if count)
    seen = f"已督查{facts.seen}个" + (f"（{parts}）" if parts else "")
    left = f"，未督查{facts.left}个" if facts.left else "，没有遗漏"
    out = f"另有{facts.left_out}个对象经批准剔除。" if facts.left_out else ""
    found = f"发现问题{facts.problems}个" if facts.problems else "没有发现问题"
    asked = f"，提出或并入督办事项{facts.proposed}件" if facts.proposed else ""
    teams = f"派出督查组{len(facts.teams)}个，" if facts.teams else ""
    return f"这次督查{teams}列入对象{facts.objects}个，{seen}{left}；{found}{asked}。{out}"


def _counts(title: str, head: str, rows: Sequence[CampaignCount]) -> list[Block]:
    if len(rows) < 2:
        return []
    cells = tuple(
        tuple(
            Span(words, label=True)
            for words in (r.name, str(r.objects), str(r.seen), str(r.objects - r.seen), str(r.problems))
        )
        for r in rows
    )
    return [PaperTable(title, (head, "对象", "已督查", "未督查", "发现问题"), cells, _COUNTS)]


def _problems(rows: Sequence[CampaignFinding]) -> list[Block]:
    if not rows:
        return [paragraph(label("没有发现需要通报的问题。"))]
    cells = tuple(
        tuple(
            Span(words, label=True)
            for words in (str(n), r.title, r.unit, r.result, r.note or "—", r.matter or "—")
        )
        for n, r in enumerate(rows, start=1)
    )
    heads = ("序号", "对象", "责任单位", "督查结果", "情况", "督办事项")
    return [PaperTable("问题清单", heads, cells, _PROBLEMS, text=frozenset({1, 4}))]


def _left(rows: Sequence[CampaignFinding], reason: str) -> list[Block]:
    if not rows:
        return [paragraph(label("列入的对象都已督查，没有遗漏。"))]
    cells = tuple(
        tuple(Span(words, label=True) for words in (str(n), r.title, r.unit, r.team or "—"))
        for n, r in enumerate(rows, start=1)
    )
    why = [paragraph(label(_ended(f"未督查的原因：{reason}")))] if reason else []
    table = PaperTable(
        "未督查的对象", ("序号", "对象", "责任单位", "督查组"), cells, _LEFT, text=frozenset({1})
    )
    return [*why, table]


def _asks(facts: CampaignFacts) -> str:
    if not facts.problems:
        return "请各单位保持工作力度，抓好后续落实。"
    asked = "列入督办事项的，按督办事项的时限办理和反馈；" if facts.proposed else ""
    return f"请有关单位对照问题清单逐项整改。{asked}整改情况将纳入后续督查。"


def _ended(words: str) -> str:
    return words if words.endswith(("。", "！", "？")) else f"{words}。"
