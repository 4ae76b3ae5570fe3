"""Rows of a task table (任务分解表) as labelled lines, each with the place of its cells.

Pure. Columns are known by words (工作任务, 牵头单位, 完成时限 …), also under headers of several rows.
A row becomes `事项` and below it `牵头单位:…`, `完成时限:…`, so that tables and text are read by one rule.
Merged cells come in filled; 同上 is filled here. A row over all columns is a heading. What cannot be read
as a task table is read as plain rows and remarked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wenpan.documents.spreadsheets.workbook import address
from wenpan.documents.words.characters import same_length


@dataclass(frozen=True)
class TextLine:
    text: str
    place: str = ""  # 第3页, 任务表!A4:F4, 表1第4行


@dataclass(frozen=True)
class Remark:
    """What a reader should know of the file: where, what was found, what to do."""

    code: str
    place: str
    message: str


@dataclass(frozen=True)
class TextGrid:
    """A table as text. `name`: of the sheet; without one, the `number` of the table in its document."""

    rows: Sequence[Sequence[str]]
    name: str = ""
    number: int = 1

    def place(self, row: int, width: int | None = None) -> str:
        if not self.name:
            return f"表{self.number}第{row + 1}行"
        last = (
            max((i for i, cell in enumerate(self.rows[row]) if cell), default=0) if width is None else width
        )
        return f"{self.name}!{address(row, 0)}:{address(row, last)}"

    @property
    def whole(self) -> str:
        return self.name or f"表{self.number}"


_ROLES = {
    "责任人": re.compile(r"责任人|领导|包抓|牵头人|联系人"),
    "牵头单位": re.compile(r"牵头|主办|主责|第一责任"),
    "配合单位": re.compile(r"配合|协办|参与|协同|协助"),
    "责任单位": re.compile(r"责任|承办|落实单位|实施单位|分工|办理单位"),
    "完成时限": re.compile(
        r"时限|期限|完成时间|时间节点|时间要求|时间安排|时间进度|^时间$|办结|截止|完成日期|节点"
    ),
}
_TASK = re.compile(r"任务|事项|内容|措施|工作|要求|目标|项目")
_SKIP = re.compile(
    r"^(?:序号|编号|备注|类别|进展|完成情况|联系|电话|得分|分值)|进展|成效|落实情况|完成情况|存在问题"
)
_SAME = re.compile(r"^(?:同上|〃|″|\"|“|”|同上行)$")
_TOTAL = re.compile(r"^(?:合计|总计|小计|注[::])")
_DEEPEST = 3  # rows of one header
_LONGEST = 14  # characters of a header's cell


def read(grid: TextGrid) -> tuple[list[TextLine], list[Remark]]:
    """Lines of the table in its order, and what could not be read in it."""
    rows = grid.rows
    header = next((i for i, row in enumerate(rows[:8]) if _is_header(row)), None)
    if header is None:
        return _plain(grid)
    last = header
    while last + 1 < len(rows) and last - header + 1 < _DEEPEST and _goes_deeper(rows[last], rows[last + 1]):
        last += 1
    names = _names(rows[header : last + 1])
    printed = [[_bare(cell) for cell in row] for row in rows[header : last + 1]]
    lines: list[TextLine] = []
    above: list[str] = []
    for i in range(last + 1, len(rows)):
        row = _filled(rows[i], above, names)
        if [_bare(cell) for cell in row] in printed:
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


def _slip(grid: TextGrid, pairs: list[list[str]]) -> Iterator[TextLine]:
    for i, pair in enumerate(pairs):
        label = _label(pair[0]) if len(pair) == 2 else ""
        if label == "任务":
            yield TextLine(_flat(pair[1]), grid.place(i))
        elif label:
            yield TextLine(f"{label}:{_flat(pair[1], '、')}", grid.place(i))
        elif pair:
            yield TextLine("  ".join(pair), grid.place(i))


def _label(cell: str) -> str:
    name = _bare(cell).rstrip(":")
    if len(name) > _LONGEST or _SKIP.search(name):
        return ""
    return role(name) or ("任务" if _TASK.search(name) else "")


def _bare(cell: str) -> str:
    return re.sub(r"\s", "", same_length(cell))


def _flat(cell: str, joint: str = "") -> str:
    return re.sub(r"\s*\n\s*", joint, cell.strip())


def role(name: str) -> str:
    """The label that a column's words stand for; 责任单位及责任人 is of units."""
    if re.search(r"单位|部门", name):
        return next((k for k, p in _ROLES.items() if k != "责任人" and p.search(name)), "")
    label = next((label for label, pattern in _ROLES.items() if pattern.search(name)), "")
    return "" if label == "完成时限" and re.search(r"措施|任务|内容|事项", name) else label


def _is_header(row: Sequence[str]) -> bool:
    cells = [_bare(cell) for cell in row if cell and len(_bare(cell)) <= _LONGEST]
    if len(set(cells)) < 2:
        return False  # a title over all columns
    return any(_TASK.search(c) and not role(c) for c in cells) and any(role(c) for c in cells)


def _goes_deeper(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """The next row of the header: what changed in it are words of roles or of tasks, all short."""
    changed = [_bare(b) for a, b in zip(upper, lower, strict=False) if _bare(b) and _bare(a) != _bare(b)]
    return bool(changed) and all(len(b) <= _LONGEST and (role(b) or _is_word(b)) for b in changed)


def _is_word(name: str) -> bool:
    return bool(re.fullmatch(r"(?:[一二三四]季度|\d{1,2}月|目标|内容|任务|措施|单位|姓名|职务|备注)", name))


def _names(header: Sequence[Sequence[str]]) -> list[str]:
    """A column's name: its deepest words if they tell a role, else all of them from above."""
    width = max(len(row) for row in header)
    names = []
    for column in range(width):
        words = list(dict.fromkeys(_bare(row[column]) for row in header if column < len(row) and row[column]))
        deepest = words[-1] if words else ""
        names.append(deepest if role(deepest) else "".join(words))
    return names


def _filled(row: Sequence[str], above: Sequence[str], names: Sequence[str]) -> list[str]:
    """同上 takes the words of the row above, in columns of roles."""
    return [
        above[i]
        if _SAME.match(_bare(cell)) and i < len(above) and i < len(names) and role(names[i])
        else cell
        for i, cell in enumerate(row)
    ]


def _of_row(grid: TextGrid, index: int, names: Sequence[str], row: Sequence[str]) -> Iterator[TextLine]:
    place = grid.place(index)
    distinct = {_bare(cell) for cell in row if cell.strip()}
    if len(distinct) == 1 and len(names) > 2 and sum(bool(c.strip()) for c in row) != 1:
        yield TextLine(_flat(next(c for c in row if c.strip())), place)  # a heading over all columns
        return
    task: list[str] = []
    notes: list[str] = []
    for name, cell in zip(names, row, strict=False):
        label = role(name)
        value = _flat(cell, "、" if label else "")
        if not value or _SKIP.search(name):
            continue
        if label:
            notes.append(value if _has_label(value) else f"{label}:{value}")
        elif _TASK.search(name) and value not in task:
            task.append(value)
    if task and not _TOTAL.match(task[0]):
        yield TextLine(task[-1] if len(task) > 1 and len(task[-1]) > 8 else "".join(task), place)
        yield from (TextLine(note, place) for note in notes)


def _has_label(value: str) -> bool:
    return bool(re.match(r"(?:牵头|责任|配合|主办|协办)(?:单位|部门)?[::]", same_length(value)))
