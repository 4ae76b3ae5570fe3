"""办理情况报告: what a unit did about a matter, in the form that supervision rules ask for.

Pure. 一、落实过程 (every feedback by its day) 二、基本情况 三、意见和建议, citing the matter's number. The
words are the unit's own; nothing is added but headings. A section nobody wrote says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wenpan.documents.papers.paper import LAYOUT, Block, Paper, Paragraph, heading, label, spans


@dataclass(frozen=True)
class Account:
    """One feedback as the report tells it."""

    day: date
    unit: str
    claim: str
    process: str
    situation: str = ""
    advice: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Handled:
    """The matter that is reported on. `due`: as it stands now; `original_due`: as promised."""

    number: str
    title: str
    unit: str
    original_due: date | None
    due: date | None
    source: str
    signed_by: str
    dated: date


def compose(matter: Handled, accounts: Sequence[Account]) -> Paper:
    """The paper. ValueError without a single feedback: there is nothing to report."""
    if not accounts:
        raise ValueError("no feedback to report")
    last = accounts[-1]
    blocks: list[Block] = [_head(matter), heading(1, "一、落实过程")]
    for account in accounts:
        several = len(accounts) > 1
        lead = f"{_day(account.day)}，{account.unit}（{account.claim}）：" if several else ""
        blocks += _told(account.process, lead)
    blocks.append(heading(1, "二、基本情况"))
    blocks += _told(last.situation)
    blocks.append(heading(1, "三、意见和建议"))
    blocks += _told(last.advice)
    if names := [name for account in accounts for name in account.files]:
        blocks.append(Paragraph(spans(label(f"附件：{'；'.join(names)}"))))
    return Paper(
        layout=LAYOUT,
        title=(f"关于督办事项{matter.number}", "办理情况的报告"),
        blocks=tuple(blocks),
        issuer=matter.unit,
        dated=_day(matter.dated),
        small_print=f"主要负责人签发：{matter.signed_by or '（未签发）'}",
        subject="办理情况报告",
        keywords=(matter.number, "督办", "办理情况"),
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _head(matter: Handled) -> Paragraph:
    words = f"督办事项{matter.number}“{matter.title}”"
    if matter.source:
        words += f"（来源：{matter.source}）"
    if matter.original_due:
        words += f"，原定时限{_day(matter.original_due)}"
    if matter.due and matter.due != matter.original_due:
        words += f"，现时限{_day(matter.due)}"
    return Paragraph(spans(label(f"{words}。现将办理情况报告如下：")))


def _told(words: str, lead: str = "") -> list[Paragraph]:
    """The unit's own paragraphs; 无 where it wrote nothing."""
    lines = [line.strip() for line in words.splitlines() if line.strip()] or ["无。"]
    return [Paragraph(spans(label((lead if n == 0 else "") + line))) for n, line in enumerate(lines)]
