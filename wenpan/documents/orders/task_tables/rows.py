"""Rows of a task table (任务分解表) as labelled lines, each with the place of its cells.

Pure. Columns are known by words (工作任务, 牵头单位, 完成时限 …), also under headers of several rows.
A row becomes `事项` and below it `牵头单位:…`, `完成时限:…`, so that tables and text are read by one rule.
Merged cells come in filled; 同上 is filled here. A row over all columns is a heading. What cannot be read
as a task table is read as plain rows and remarked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wenpan.documents.orders.task_tables.columns import (
    SKIPPED,
    bare,
    by_shape,
    is_task_word,
    is_units,
    role,
)
from wenpan.documents.orders.task_tables.grid import Remark, TextGrid, TextLine
from wenpan.documents.words.characters import same_length

_SAME = re.compile(r"^(?:同上|〃|″|\"|“|”|同上行)$")
_TOTAL = re.compile(r"^(?:合计|总计|小计|注[::])")
_HEADING = re.compile(r"[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)")
_DEEPEST = 3  # rows of one header
_LONGEST = 14  # characters of a header's cell


def read(grid: TextGrid) -> tuple[list[TextLine], list[Remark]]:
    """Lines of the table in its order, and what could not be read in it."""
    rows = grid.rows
    header = next((i for i, row in enumerate(rows[:8]) if _is_header(row)), None)
    if header is None:
        header = next((i for i, row in enumerate(rows[:8]) if _heads_by_shape(row, rows[i + 1 :])), None)
    if header is None:
        return _plain(grid)
    last = header
    while last + 1 < len(rows) and last - header + 1 < _DEEPEST and _goes_deeper(rows[last], rows[last + 1]):
        last += 1
    names = by_shape(_names(rows[header : last + 1]), rows[last + 1 :])
    printed = [[bare(cell) for cell in row] for row in rows[header : last + 1]]
    lines: list[TextLine] = []
    above: list[str] = []
    for i in range(last + 1, len(rows)):
        row = _filled(rows[i], above, names)
        if [bare(cell) for cell in row] in printed:
            continue  # printed again on the next page
        lines += _of_row(grid, i, names, row)
        above = row
    return lines, []


def _plain(grid: TextGrid) -> tuple[list[TextLine], list[Remark]]:
    """A slip of labels and values (`督办事项 | …`), or rows of text."""
    pairs = [list(dict.fromkeys(cell for cell in row if cell)) for row in grid.rows]
    if sum(len(p) == 2 and bool(_label(p[0])) for p in pairs) >= 2:
        return list(_slip(grid, pairs)), []
    lines = [TextLine("  ".join(p), grid.place(i)) for i, p in enumerate(pairs) if p]
    is_table = sum(len(p) > 1 for p in pairs) > 1
    remark = Remark(
        "no_task_columns",
        grid.whole,
        f"{grid.whole}没有找到“任务”和“单位”或“时限”列, 按正文逐行读. 如是任务表, 请补上表头.",
    )
    return lines, [remark] if is_table else []


_STAGE = re.compile(r"(第?[一二三四1-4]季度|\d{1,2}月(?:底|份)?|[上下]半年|\d{1,2}(?:-|至)\d{1,2}月):")


def _slip(grid: TextGrid, pairs: list[list[str]]) -> Iterator[TextLine]:
    staged = next(
        (i for i, p in enumerate(pairs) if len(p) == 2 and len(_STAGE.findall(same_length(p[1]))) > 1), None
    )
    if staged is not None:
        yield from _stages(grid, pairs, staged)
        return
    for i, pair in enumerate(pairs):
        label = _label(pair[0]) if len(pair) == 2 else ""
        if label == "任务":
            yield TextLine(_flat(pair[1]), grid.place(i))
        elif label:
            yield TextLine(f"{label}:{_flat(pair[1], '、')}", grid.place(i))
        elif pair:
            yield TextLine("  ".join(pair), grid.place(i))


def _stages(grid: TextGrid, pairs: list[list[str]], staged: int) -> Iterator[TextLine]:
    """`第一季度:1.…2.… 第二季度:…` of a card: each step a matter of the card's units, due by its stage."""
    given = [
        f"{_label(p[0])}:{_flat(p[1], '、')}"
        for i, p in enumerate(pairs)
        if i != staged and len(p) == 2 and role(bare(p[0]).rstrip(":")) not in ("", "完成时限")
    ]
    plain, words = same_length(pairs[staged][1]), pairs[staged][1]
    marks = list(_STAGE.finditer(plain))
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        end = after.start() if after else len(words)
        for step in re.split(
            r"(?:^|(?<=[。；;\s]))(?:\d{1,2}[.、．]|[(（]\d{1,2}[)）])", words[mark.end() : end]
        ):
            if len(step.strip(" 。；;")) > 3:
                place = grid.place(staged)
                yield TextLine(step.strip(), place)
                yield from (TextLine(line, place) for line in [*given, f"完成时限:{mark[1]}"])


def _label(cell: str) -> str:
    name = bare(cell).rstrip(":")
    if len(name) > _LONGEST or SKIPPED.search(name):
        return ""
    return role(name) or ("任务" if is_task_word(name) else "")


def _flat(cell: str, joint: str = "") -> str:
    return re.sub(r"\s*\n\s*", joint, cell.strip())


def _is_header(row: Sequence[str]) -> bool:
    cells = [bare(cell) for cell in row if cell and len(bare(cell)) <= _LONGEST]
    if len(set(cells)) < 2:
        return False  # a title over all columns
    return any(is_task_word(c) and not role(c) for c in cells) and any(role(c) for c in cells)


def _heads_by_shape(row: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """A row of short headings that name no task: below it one column of units and one of content."""
    cells = [bare(cell) for cell in row if cell.strip()]
    if (
        len(set(cells)) < 3
        or not body
        or any(len(c) > _LONGEST or (is_units(c) and not role(c)) for c in cells)
    ):
        return False
    if _label(cells[0]) and len(cells) == 2:
        return False
    named = by_shape([bare(cell) for cell in row], body)
    roles = [role(name) for name in named]
    unit = any(r in ("牵头单位", "责任单位") for r in roles)
    return unit and any(is_task_word(n) and not r for n, r in zip(named, roles, strict=True))


def _goes_deeper(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """The next row of the header: what changed in it are words of roles or of tasks, all short."""
    changed = [bare(b) for a, b in zip(upper, lower, strict=False) if bare(b) and bare(a) != bare(b)]
    return bool(changed) and all(len(b) <= _LONGEST and (role(b) or _is_word(b)) for b in changed)


def _is_word(name: str) -> bool:
    return bool(re.fullmatch(r"(?:[一二三四]季度|\d{1,2}月|目标|内容|任务|措施|单位|姓名|职务|备注)", name))


def _names(header: Sequence[Sequence[str]]) -> list[str]:
    """A column's name: its deepest words if they tell a role, else all of them from above."""
    width = max(len(row) for row in header)
    names = []
    for column in range(width):
        words = list(dict.fromkeys(bare(row[column]) for row in header if column < len(row) and row[column]))
        deepest = words[-1] if words else ""
        names.append(deepest if role(deepest) else "".join(words))
    return names


def _filled(row: Sequence[str], above: Sequence[str], names: Sequence[str]) -> list[str]:
    """同上 takes the words of the row above, in columns of roles."""
    return [
        above[i] if _SAME.match(bare(cell)) and i < len(above) and i < len(names) and role(names[i]) else cell
        for i, cell in enumerate(row)
    ]


def _of_row(grid: TextGrid, index: int, names: Sequence[str], row: Sequence[str]) -> Iterator[TextLine]:
    place = grid.place(index)
    distinct = {bare(cell) for cell in row if cell.strip()}
    if len(distinct) == 1 and len(names) > 2 and sum(bool(c.strip()) for c in row) != 1:
        yield TextLine(_flat(next(c for c in row if c.strip())), place)  # a heading over all columns
        return
    if len(distinct) == 1 and len(names) > 2 and _HEADING.match(next(iter(distinct))):
        yield TextLine(_flat(next(c for c in row if c.strip())), place)  # 一、体系建设
        return
    task: list[str] = []
    notes: list[str] = []
    for name, cell in zip(names, row, strict=False):
        label = role(name)
        value = _flat(cell, "、" if label else "")
        if not value or SKIPPED.search(name):
            continue
        if label:
            notes.append(value if _has_label(value) else f"{label}:{value}")
        elif is_task_word(name) and value not in task:
            task.append(value)
    if task and not _TOTAL.match(task[0]):
        told = task[-1] if len(task) > 1 and len(task[-1]) > 8 else "".join(task)
        for step in _dated_steps(told) or [told]:
            yield TextLine(step, place)
            yield from (TextLine(note, place) for note in notes)


_STEP = re.compile(r"(?:^|(?<=[。；;\s]))(?:\d{1,2}[.、．]|[(（]\d{1,2}[)）]|[①-⑳])(?=\S)")
_DATED = re.compile(
    r"[^,，。;；]{0,8}?(?:\d{1,2}月(?:\d{1,2}日)?|[一二三四]季度|[上下]半年|年)[底末初中]?前?"
)


def _dated_steps(told: str) -> list[str]:
    """`1.4月底前…。2.8月底前…。`: the steps of a cell, when each begins with a day of its own."""
    steps = [part.strip(" ；;") for part in _STEP.split(told)]
    found = [step for step in steps if step]
    return found if len(found) > 1 and not steps[0] and all(map(_DATED.match, found)) else []


def _has_label(value: str) -> bool:
    return bool(re.match(r"(?:牵头|责任|配合|主办|协办)(?:单位|部门)?[::]", same_length(value)))
