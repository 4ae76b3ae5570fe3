"""会议纪要（代拟稿）: date, place, chair, what was agreed; the rest is for the person who was there. Pure.

Nothing is invented: what was said and by whom is not known here, and the draft says where to write it.
"""

from __future__ import annotations

from collections.abc import Sequence

from wenpan.documents.papers.meetings.decision import AgreedLine, HeldMeeting, long_day, short_day
from wenpan.documents.papers.paper import LAYOUT, Block, Paper, heading, label, paragraph
from wenpan.documents.words.numbers import numeral

TO_WRITE = "（此处由记录人补写会议听取的汇报和讨论意见。）"


def compose(meeting: HeldMeeting, lines: Sequence[AgreedLine]) -> Paper:
    blocks: list[Block] = [paragraph(label(_opening(meeting))), paragraph(label(TO_WRITE))]
    if lines:
        blocks += [heading(1, "会议议定以下事项"), *(_item(n, line) for n, line in enumerate(lines, start=1))]
    else:
        blocks.append(paragraph(label("会议没有议定需要督办的事项。")))
    if meeting.attending:
        blocks.append(paragraph(label(f"参加：{meeting.attending}")))
    return Paper(
        layout=LAYOUT,
        title=(meeting.title, "会议纪要（代拟稿）"),
        blocks=tuple(blocks),
        issuer=meeting.issuer,
        dated=long_day(meeting.dated),
        small_print="本稿由会上记录生成，未经审签，不得作为依据。",
        subject=meeting.title,
        keywords=("会议纪要", "代拟稿"),
    )


def _opening(meeting: HeldMeeting) -> str:
    """10月18日9:30，江望舒在区政府二楼会议室主持召开…"""
    when = f"{long_day(meeting.held_on)}{f' {meeting.starts}' if meeting.starts else ''}"
    where = f"在{meeting.place}" if meeting.place else ""
    who = f"{meeting.chair}{where}主持召开" if meeting.chair else f"{where}召开"
    return f"{when}，{who}{meeting.title}。纪要如下："


def _item(n: int, line: AgreedLine) -> Block:
    text = line.text.rstrip("。；;")
    unit = f"由{line.unit}负责" if line.unit else "责任单位待定"
    coops = f"，{'、'.join(line.coops)}配合" if line.coops else ""
    until = f"，{short_day(line.due)}前办结" if line.due else f"，{line.due_words}" if line.due_words else ""
    number = f"（督办编号{line.number}）" if line.number else ""
    return paragraph(
        label(f"{numeral(n) if n < 100 else n}、{text}。"),
        label(f"{unit}{coops}{until}{number}。"),
        style="numbered",
    )
