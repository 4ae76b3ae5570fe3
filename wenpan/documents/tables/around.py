"""Around a table: its sheet's name and the notes below it, where they change what its numbers are.

Pure. A sheet named after another place, an estimate or something that nobody knows is asked about; so is a
note that says 预计, 不含 or 同口径, for the rows that it names, or else for the whole table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from wenpan.documents.spreadsheets.cells import shown
from wenpan.documents.tables.columns import HeaderColumn
from wenpan.documents.tables.grammar.lexicon import shape
from wenpan.documents.tables.kinds import special_row
from wenpan.documents.tables.layout.header_table import HeaderTable
from wenpan.documents.tables.names import Names
from wenpan.documents.tables.title import DEPARTMENT, DONE, without_number
from wenpan.documents.words.units import normal

_MARKED = re.compile(r"^[*※＊①-⑩]+")
_LEAD = re.compile(r"^(?:附?注|备注|说明)[::、.]?|^[*※＊①-⑩\d.、)]+")
_SENTENCE = re.compile(r"[。;；!！]|(?<![\d.])\d{1,2}[.、．)](?!\d)")
_MACHINE = re.compile(r"(?i)sheet\s*\d*|工作表\s*\d*|[(（]\d+[)）]")
_OF_THE_SHEET = ("estimate", "need", "average", "index", "last_year")
_NOT_OF_FIGURES = ("rank", "progress", "share", "contribution", "above", "target")
_FOOT = 40  # rows from the end in which notes are looked for


@dataclass(frozen=True)
class NotesSay:
    """`asks`: why nothing of the table may be read; `rows`: the same by indicator's code or by mark (*)."""

    asks: str = ""
    rows: dict[str, str] = field(default_factory=dict)


def sheet_asks(table: HeaderTable, names: Names, subject: str, city: str) -> tuple[str, tuple[str, ...]]:
    """Why the sheet's name makes the table unclear, and its words; ("", ()) where it changes nothing."""
    sheet, words = table.sheet, table.kind.words
    if not sheet.typed or table.kind.produces != "figures":
        return "", ()
    text = _MACHINE.sub("", sheet.name)
    tokens = names.lexicon(table.kind).read(without_number(text))
    filler = re.compile(f"(?:[a-z0-9]|{'|'.join(map(re.escape, words.sheet_filler)) or '-'})+")
    own = bool(table.one("region")) or len({c.region for c in table.columns} - {""}) > 1
    known = {"city": city, "home": subject}
    strange = [
        t.text
        for t in tokens
        if (t.kind in ("region", "city", "home") and not own and known.get(t.kind, t.value) != subject)
        or (t.kind in ("carrier", "provinces") and not own and not DEPARTMENT.search(t.text))
        or (t.kind == "beside" and t.value in _OF_THE_SHEET)
        or (t.kind == "beside" and t.value == "target" and not any(word in text for word in DONE))
        or (t.kind == "basis" and t.value != "natural")
        or t.kind == "things"
        or (t.kind == "left" and not filler.fullmatch(t.text))
    ]
    if not strange:
        return "", ()
    return f"工作表名“{sheet.name}”里的“{'、'.join(strange)}”与标题对不上, 是什么数不明确", tuple(strange)


def without_fractions(table: HeaderTable, columns: Sequence[HeaderColumn]) -> tuple[HeaderColumn, ...]:
    """Growths that are all below one, to three places and without a percent sign: 0.033 may be 3.3 %."""
    above = table.sheet.rows[table.above : table.first]
    if any(isinstance(v, str) and "%" in normal(v) for row in above for v in row):
        return tuple(columns)
    return tuple(
        replace(c, role="", why="数都小于1, 是百分数还是没有乘100不明确")
        if c.role == "figure" and c.growth and not c.unit and not c.fixed and _are_fractions(table, c.index)
        else c
        for c in columns
    )


def _are_fractions(table: HeaderTable, index: int) -> bool:
    below = islice(enumerate(table.sheet.rows[table.last + 1 : table.stop], table.last + 1), 200)
    found = [
        (r, row[index])
        for r, row in below
        if index < len(row) and isinstance(row[index], float) and row[index]
    ]
    numbers = [v for r, v in found if isinstance(v, float) and (r, index) not in table.sheet.percent]
    fine = sum(len(shown(abs(v)).partition(".")[2]) > 2 for v in numbers)
    return len(numbers) == len(found) > 1 and all(abs(v) < 1 for v in numbers) and fine * 2 >= len(numbers)


_FORBIDDEN = re.compile(r"不(?:能|得|可|宜|应)[^,。;]*")  # 不能由绝对额直接推算: told not to, not done


def notes_say(table: HeaderTable, names: Names) -> NotesSay:
    """What the notes below the table change."""
    rows: dict[str, str] = {}
    for note in _notes(table):
        mark = _MARKED.match(note.strip())
        for sentence in filter(None, map(str.strip, _SENTENCE.split(_LEAD.sub("", normal(note))))):
            codes, alarm = _alarm(sentence, table, names)
            if not alarm:
                continue
            why = f"表下的注写着“{sentence[:40]}”"
            if mark and not codes and _is_marked(table, mark[0][0]):
                codes = (mark[0][0],)
            if not codes:
                return NotesSay(f"{why}, 这张表的数是什么口径不明确")
            rows |= dict.fromkeys(codes, f"{why}, 是什么口径不明确")
    return NotesSay(rows=rows)


def _alarm(sentence: str, table: HeaderTable, names: Names) -> tuple[tuple[str, ...], bool]:
    """The indicators that a sentence names, and whether it changes their numbers."""
    tokens = names.lexicon(table.kind).read(sentence)
    subject = next((t.value for t in tokens if t.kind == "beside"), "")
    beside = {"rank", "above", *(c.beside for c in table.columns)}
    if subject in _NOT_OF_FIGURES and subject in beside:  # 位次不含高新区, 年度目标为预计数
        return (), False
    rest = shape(sentence)
    for token in tokens:
        if token.kind == "indicator":
            rest = rest.replace(shape(token.text), "")
    codes = tuple(dict.fromkeys(t.value for t in tokens if t.kind == "indicator"))
    words = table.kind.words
    alarms = (*words.note_alarms, *words.note_alarms_of_named) if codes else words.note_alarms
    done = _FORBIDDEN.sub("", rest)
    return codes, any(word in (rest if word.startswith("不") else done) for word in alarms)


def _notes(table: HeaderTable) -> Iterator[str]:
    """Lines of text at the foot of the table, from the last one up."""
    rows = table.sheet.rows
    for r in range(table.stop - 1, max(table.last, table.stop - _FOOT), -1):
        values = [v for v in rows[r] if v is not None]
        if not values:
            continue
        first = values[0]
        if not isinstance(first, str):
            return
        if len(values) == 1 or special_row(table.kind, first) == "note":
            yield "。".join(shown(v) for v in values)
        else:
            return


def _is_marked(table: HeaderTable, mark: str) -> bool:
    rows = table.sheet.rows[table.last + 1 : table.stop]
    keys = (row[table.key] for row in rows if table.key < len(row))
    return any(isinstance(key, str) and key.strip().endswith(mark) for key in keys)
