"""Tables pasted as text: cells between tabs or bars, or one cell a line, or all cells in one line.

Pure. `segments` cuts the lines of a paper into running text and tables; a table goes the way of every table.
A run of cells is known by its header (序号, 工作任务, 牵头单位 …), its rows by their numbers or width.
Also cuts a line in which several numbered items and their labels stand one behind the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wenpan.documents.orders.task_tables.cards import card
from wenpan.documents.orders.task_tables.columns import OF_UNITS, is_limit, is_task_word, is_units, role
from wenpan.documents.orders.task_tables.grid import TextGrid
from wenpan.documents.orders.task_tables.numbered_rows import NUMBER, by_inner_number, numbers
from wenpan.documents.words.characters import same_length

_BAR = re.compile(r"\s*[|｜│┃]\s*")
_EDGE = re.compile(r"[|｜│┃]?[^|｜│┃]*[|｜│┃]?")
_RULE = re.compile(r"^[\s|｜│┃:：+\-—─=]*$")
_CELL = 10  # characters of a header's cell in a run
_FEWEST, _MOST = 3, 9  # columns of a run
_OTHER_HEADS = re.compile(
    r"序号|编号|备注|类别|领域|板块|分类|(?:考核|评价)?指标|(?:评分|考核|计分)(?:部门|单位)"
)
_TITLE = 24  # characters of a heading over a part of a table
_PART = re.compile(r"[一二三四五六七八九十]{1,3}、(?=.{4,40}$)[^。;;]*$")
# 三、时间(一)宣传阶段(6月24日至30日)。…(二)整治阶段(7月1日至8月31日)。… in one line
_PHASES = re.compile(
    r"((?:[(（][一二三四五六七八]{1,2}[)）]|第[一二三四五六七八]阶段[:：,，]?)[^。;；()（）]{0,16}"
    r"[(（][^()（）。]{0,14}\d{1,2}月[^()（）。]*[)）][。:：]?)"
)
_NEXT = re.compile(
    r"\s+(?=(?:\d{1,2}[.、．](?!\d)|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,2}[)）]"
    r"|(?:牵头|责任|配合|主办|协办|承办|落实)(?:单位|部门|领导)[:：]|(?:完成|办理|整改)?(?:时限|期限)[:：]|完成时间[:：]))"
)


def segments(lines: Sequence[str]) -> Iterator[str | TextGrid]:
    """Lines of text as they are; each pasted table as one grid, numbered as it comes."""
    at, tables = 0, 0
    while at < len(lines):
        rows, after = _ruled(lines, at)
        if not rows:
            rows, after = _run(lines, at)
        if not rows:
            rows, after = card(lines, at)
        if rows:
            tables += 1
            yield TextGrid(rows, number=tables)
            at = after
            continue
        yield from run_on(lines[at])
        at += 1


def run_on(line: str) -> Iterator[str]:
    """`1.… 责任单位:甲 2.… 责任单位:乙` in one line: each item and each label on its own."""
    phases = [part for part in _PHASES.split(line) if part.strip()]
    if len(phases) > 2:
        yield from (part.strip() for part in phases)
        return
    parts = [part.strip() for part in _NEXT.split(line) if part.strip()]
    labelled = sum(bool(re.match(r"(?:牵头|责任|配合|主办|协办|承办|落实)", part)) for part in parts)
    if len(parts) > 2 and labelled:
        yield from parts
    elif line.strip():
        yield line.strip()


def _ruled(lines: Sequence[str], at: int) -> tuple[list[list[str]], int]:
    """Rows between bars or tabs, from `at`; at least two of at least two cells."""
    rows, after = list[list[str]](), at
    for line, end in _whole_rows(lines, at):
        if rows and _RULE.match(line) and line.strip():
            after = end
            continue
        cells = _cells(line)
        if len(cells) < 2 and not (rows and len(cells) == 1 and len(cells[0]) <= _TITLE):
            break
        rows.append(cells)
        after = end
    if len(rows) < 2:
        return [], at
    width = max(len(row) for row in rows)
    labels = [role(same_length(name)) for name in rows[0]] if len(rows[0]) == width else []
    return [_in_columns(row, labels, width) for row in rows], after


def _whole_rows(lines: Sequence[str], at: int) -> Iterator[tuple[str, int]]:
    """Each row with the line behind it; where rows end with a bar, one without goes on in the next line."""
    closed = _ends(lines[at]) and len(_BAR.findall(lines[at])) > 1
    while at < len(lines):
        line, at = lines[at], at + 1
        broken = closed and _BAR.search(line) and not _ends(line)
        last = next((i for i in range(at, min(at + 3, len(lines))) if _ends(lines[i])), None)
        if broken and last is not None:
            line = "\n".join(part.strip() for part in (line, *lines[at : last + 1]))
            at = last + 1
        yield line, at


def _ends(line: str) -> bool:
    return line.rstrip().endswith(("|", "｜"))


def _in_columns(row: list[str], labels: Sequence[str], width: int) -> list[str]:
    """A row whose merged cells are left out (`(2)… | 应消站 | 4月`): units and limits in their columns."""
    while len(row) > 1 and not row[-1].strip():
        row = row[:-1]  # bars without a cell at its end
    missing = width - len(row)
    shows = {"完成时限": is_limit, **dict.fromkeys(OF_UNITS, is_units)}
    checks = [(i, shows[label]) for i, label in enumerate(labels) if label in shows]
    places = [[""] * k + row + [""] * (missing - k) for k in range(missing + 1)]
    if not checks or missing == 0 or len(row) < 2:
        return places[0]
    return max(places, key=lambda p: sum(fits(p[i]) if p[i] else 0.3 for i, fits in checks))


def _cells(line: str) -> list[str]:
    if len(_BAR.findall(line)) >= 1 and "http" not in line:
        cells = _BAR.split(line.strip())
        cells = cells[1:] if cells and not cells[0] else cells
        return cells[:-1] if cells and not cells[-1] else cells
    if "\t" in line.strip():
        return [cell.strip() for cell in line.strip("\n").split("\t")]
    return []


def _alone(line: str) -> str:
    """`序号 |`: a cell that ends its line with a bar; a line with bars inside stays as it is."""
    bare = line.strip()
    cell = _BAR.sub(" ", bare) if _EDGE.fullmatch(bare) else bare
    return cell.strip()


def _between_bars(lines: Sequence[str], at: int) -> tuple[list[str], list[int]]:
    """The cells from a line on, one a line, and the line behind each; `序号`, `|`, `任务`, `|` too."""
    if at + 1 >= len(lines) or not _BAR.fullmatch(lines[at + 1]):
        if not _header([_alone(line) for line in lines[at : at + _MOST]], 0):
            return [], []
        return [_alone(line) for line in lines[at:]], list(range(at + 1, len(lines) + 1))
    cells, ends, bar = list[str](), list[int](), True
    for i in range(at, len(lines)):
        is_bar = bool(_BAR.fullmatch(lines[i]))
        if not is_bar and not bar:
            break  # two lines of text: the table is over
        if not is_bar or (bar and i > at):
            cells.append("" if is_bar else lines[i].strip())
            ends.append(i + 1)
        elif ends:
            ends[-1] = i + 1
        bar = is_bar
    return cells, ends


def _run(lines: Sequence[str], at: int) -> tuple[list[list[str]], int]:
    """One cell a line below a header of one cell a line; or header and cells between spaces in one line."""
    cells, ends = _between_bars(lines, at)
    header = _header(cells, 0)
    if header:
        rows, used = _rows(header, cells[len(header) :])
        return ([header, *rows], ends[len(header) + used - 1]) if rows else ([], at)
    if spaced := _spaced(lines, at):
        return spaced
    words = lines[at].split()
    for start in range(min(len(words), 12)):  # a title may stand before the header
        header = _header(words, start)
        if not header:
            continue
        rows, _ = _rows(header, words[start + len(header) :])
        if rows:
            return [header, *rows], at + 1
    return [], at


def _spaced(lines: Sequence[str], at: int) -> tuple[list[list[str]], int] | None:
    """Header and rows of one line each, their cells between spaces; a row begins with its number."""
    words = lines[at].split()
    header = _header(words, 0)
    if not header or len(header) != len(words) or not re.match(r"序号|编号", header[0]):
        return None
    rows = list[list[str]]()
    for line in lines[at + 1 :]:
        cells = line.split()
        if len(cells) < len(header) or not NUMBER.match(cells[0]):
            break
        rows.append(_content_joined(header, cells))
    return ([header, *rows], at + 1 + len(rows)) if rows else None


def _content_joined(header: Sequence[str], cells: list[str]) -> list[str]:
    """More cells than the header has: the content is written with spaces."""
    more = len(cells) - len(header)
    tasks = [i for i, name in enumerate(header) if is_task_word(name) and not role(same_length(name))]
    at = tasks[-1] if tasks else 1
    return [*cells[:at], "".join(cells[at : at + more + 1]), *cells[at + more + 1 :]]


def _header(cells: Sequence[str], at: int) -> list[str]:
    """Short words from `at`, among them one of a task and one of a unit or limit."""
    found = list[str]()
    for cell in cells[at : at + _MOST]:
        bare = re.sub(r"\s", "", same_length(cell))
        bare = re.sub(r"^\d{4}年度?", "", bare) if found else bare  # the first may be a title
        if (
            not bare
            or len(bare) > _CELL
            or re.search(r"[,。;:\d]", bare)
            or (is_units(bare) and not _is_word(bare))
            or is_limit(bare)
        ):
            break
        found.append(cell.strip())
    while found and not (_is_word(found[-1])):
        found.pop()
    named = [role(same_length(c)) for c in found]
    tasks = [c for c, r in zip(found, named, strict=True) if not r and is_task_word(c)]
    enough = len(found) >= _FEWEST and tasks and any(r in OF_UNITS or r == "完成时限" for r in named)
    return found if enough and all(_is_word(c) for c in found) else []


def _is_word(cell: str) -> bool:
    bare = re.sub(r"\s", "", same_length(cell))
    return (
        bool(role(bare))
        or is_task_word(bare)
        or bool(
            re.fullmatch(
                r"序号|编号|备注|类别|领域|板块|分类|(?:考核|评价)?指标|(?:评分|考核|计分)(?:部门|单位)", bare
            )
        )
    )


def _rows(header: Sequence[str], cells: Sequence[str]) -> tuple[list[list[str]], int]:
    numbered = bool(re.match(r"序号|编号", header[0]))
    if numbered:
        return _by_number(header, cells)
    inner = next((i for i, name in enumerate(header) if i and re.fullmatch(r"序号|编号", name)), None)
    if inner is not None:
        return by_inner_number(header, cells, inner)
    rows, used = _by_width(header, cells)
    return (rows, used) if rows else _by_tail(header, cells)


def _by_number(header: Sequence[str], cells: Sequence[str]) -> tuple[list[list[str]], int]:
    """Rows begin with their numbers; what the row has too many cells of belongs to its content.

    `二、优化营商环境` between the rows is a heading over the next ones.
    """
    kept = [i for i, cell in enumerate(cells) if not _PART.match(cell.strip())]
    told = [cells[i].strip() for i in kept]
    begins = numbers(told, len(header))
    if not begins or begins[0] != 0:
        return [], 0
    rows, used = list[list[str]](), 0
    for start, end in zip(begins, [*begins[1:], len(told)], strict=True):
        row = told[start:end]
        if end == len(told):
            row = _last_row(header, row)
        rows.append(_fitted(header, row))
        used = kept[start + len(row) - 1] + 1
    return rows, used


def _last_row(header: Sequence[str], row: list[str]) -> list[str]:
    """What follows the last row's cells is text again."""
    end = len(header)
    return row[:end] if len(row) > end and not any(is_units(c) or is_limit(c) for c in row[end:]) else row


def _by_width(header: Sequence[str], cells: Sequence[str]) -> tuple[list[list[str]], int]:
    """As many cells a row as the header has, as long as a unit or a limit stands in its place."""
    width, rows = len(header), list[list[str]]()
    checks = [
        (i, is_limit if role(same_length(n)) == "完成时限" else is_units)
        for i, n in enumerate(header)
        if role(same_length(n)) in (*OF_UNITS, "完成时限")
    ]
    for start in range(0, len(cells) - width + 1, width):
        row = [c.strip() for c in cells[start : start + width]]
        if not any(fits(row[i]) for i, fits in checks):
            break
        rows.append(row)
    return rows, width * len(rows)


def _by_tail(header: Sequence[str], cells: Sequence[str]) -> tuple[list[list[str]], int]:
    """Rows that end with their unit and limit: for numbers without a heading and merged cells before them."""
    tail = list[object]()
    for name in reversed(header):
        label = role(same_length(name))
        if label not in (*OF_UNITS, "完成时限"):
            break
        tail.insert(0, is_limit if label == "完成时限" else is_units)
    heads, rows, begun = len(header) - len(tail), list[list[str]](), 0
    for end in range(len(tail) + 1, len(cells) + 1) if tail else ():
        row = [cell.strip() for cell in cells[begun:end]]
        last = row[-len(tail) :]
        if len(row) > len(header) + 2:
            break
        if len(row) > len(tail) and all(f(c) for f, c in zip(tail, last, strict=True) if callable(f)):
            content = [cell for cell in row[: -len(tail)] if not NUMBER.match(cell)]
            rows.append([""] * (heads - len(content)) + content[:heads] + last)
            begun = end
    return (rows, begun) if len(rows) > 1 else ([], 0)


def _fitted(header: Sequence[str], row: list[str]) -> list[str]:
    """A row of another width than the header: units and limits to their columns, the rest is content."""
    if len(row) == len(header):
        return row
    out = [""] * len(header)
    out[0] = row[0]
    kinds = [role(same_length(name)) for name in header]
    units = [i for i, k in enumerate(kinds) if k in OF_UNITS]
    limits = [i for i, k in enumerate(kinds) if k == "完成时限"]
    task = next((i for i, name in enumerate(header) if i and not kinds[i] and is_task_word(name)), 1)
    for cell in row[1:]:
        place = units if is_units(cell) else limits if is_limit(cell) else []
        free = next((i for i in place if not out[i]), None)
        if free is not None:
            out[free] = cell
        else:
            out[task] += cell
    return out
