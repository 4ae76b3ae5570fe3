"""Cards pasted as text: each label on a line of its own without a colon, its value below.

Pure. `具体任务`, its text, `责任单位`, the units, `完成时限`, the days.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wenpan.documents.orders.task_tables.columns import OF_UNITS, role
from wenpan.documents.words.characters import same_length

_OF_TASKS = re.compile(
    r"(?:具体|工作|重点|主要|目标|任务)*(?:任务|事项|内容|举措|措施|工作)|督办事项|议定事项"
)


def card(lines: Sequence[str], at: int) -> tuple[list[list[str]], int]:
    """`具体任务`, its text, `责任单位`, the units …: each label on a line of its own, without a colon."""
    label = _label(lines[at])
    if not label:
        return [], at
    rows = [[label, ""]]
    after = at
    for line in lines[at + 1 :]:
        after += 1
        if label := _label(line):
            if label in [row[0] for row in rows] or not rows[-1][1]:
                break  # the next card; a label without a value
            rows.append([label, ""])
        elif rows[-1][1] and (
            rows[-1][0] in (*OF_UNITS, "完成时限") or (len(rows) == 1 and len(rows[0][1]) > 600)
        ):
            break  # a line behind the card's last value
        else:
            rows[-1][1] += ("\n" if rows[-1][1] else "") + line.strip()
    else:
        after = len(lines)
    told = [row[0] for row in rows if row[1]]
    whole = len(told) == len(rows) > 1 and "任务" in told and any(name in told for name in OF_UNITS)
    return (rows, after) if whole else ([], at)


def _label(line: str) -> str:
    bare = re.sub(r"\s", "", same_length(line))
    if _OF_TASKS.fullmatch(bare):
        return "任务"
    return (
        role(bare) if 4 <= len(bare) <= 6 and bare.endswith(("单位", "部门", "时限", "期限", "时间")) else ""
    )
