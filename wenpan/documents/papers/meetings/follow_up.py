"""会后一纸: who does what by when, on one page. Pure; a meeting that agreed nothing says so."""

from __future__ import annotations

from collections.abc import Sequence

from wenpan.documents.papers.meetings.decision import AgreedLine, HeldMeeting, long_day
from wenpan.documents.papers.paper import LAYOUT, Block, Paper, PaperTable, Span, label, paragraph

_WIDTHS = (10, 74, 24, 24, 24)
_HEADERS = ("序号", "议定事项", "责任单位", "配合单位", "时限")


def compose(meeting: HeldMeeting, lines: Sequence[AgreedLine], asked: int, answered: int) -> Paper:
    """`asked`, `answered`: the questions that were put to this meeting."""
    units = list(dict.fromkeys(line.unit for line in lines if line.unit))
    day = long_day(meeting.held_on)
    head = f"{day}召开{meeting.title.removeprefix(day) or meeting.title}"  # many titles begin with the day
    said = f"，会前提问{asked}条，已答复{answered}条" if asked else ""
    agreed = f"，议定{len(lines)}件，涉及{len(units)}个单位" if lines else "，没有议定事项"
    blocks: list[Block] = [
        paragraph(label(f"{head}{said}{agreed}。请责任单位按时限办结，并在“本单位事项”里反馈。"))
    ]
    if lines:
        rows = tuple(
            tuple(
                Span(words, label=True)
                for words in (
                    str(n), line.text, line.unit or "待定", "、".join(line.coops) or "—", line.until,
                )
            )
            for n, line in enumerate(lines, start=1)
        )  # fmt: skip
        blocks.append(PaperTable("议定事项", _HEADERS, rows, _WIDTHS, text=frozenset({1})))
        if missing := sum(1 for line in lines if not line.unit):
            blocks.append(paragraph(label(f"其中{missing}件责任单位待定，定下后另行通知。"), style="note"))
    return Paper(
        layout=LAYOUT,
        title=(meeting.title, "议定事项清单"),
        blocks=tuple(blocks),
        issuer=meeting.issuer,
        dated=long_day(meeting.dated),
        subject=meeting.title,
        keywords=("调度会", "议定事项"),
    )
