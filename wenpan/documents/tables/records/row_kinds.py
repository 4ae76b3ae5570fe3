"""What a row of a list is: a record, a section, a sum, or a note.

Pure. Offices number sections in Chinese numerals (一、生态环境项目(2个)) and put their sums beside them; a
line of one text is a heading or a note. None of them is a record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from wenpan.documents.spreadsheets.workbook import CellValue
from wenpan.documents.tables.records.shape import RecordColumn, RecordTable
from wenpan.documents.words.units import normal

RECORD, SECTION, TOTAL, NOTE, EXAMPLE = "record", "section", "total", "note", "example"

_TOTAL = re.compile(
    r"^(?:全[市区县])?(?:合计|总计|小计|累计|共计|其中)[:：]?(?:\(.*\)|\d+个.*)?$|^(?:合计|总计|共计)\d+个"
)
_NUMERAL = re.compile(r"^[(]?[一二三四五六七八九十]{1,3}[)]?[、.．]?$")
_HEADING = re.compile(
    r"^(?:[(][一二三四五六七八九十]{1,3}[)]|[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十]+[类部分批])"
)
_COUNTED = re.compile(r"[(](?:共)?\d+(?:个|项)(?:项目)?[)]$")
_NOTE = re.compile(r"^(?:填表|填报|编制|注|备注|说明|制表|审核|数据来源|资料来源|联系)")
_LONG = 15  # characters: a line of one text that is longer is a remark


def kind_of(  # noqa: PLR0911 (a table of kinds)
    row: Sequence[CellValue], cells: Mapping[str, CellValue], table: RecordTable
) -> str:
    """`cells` are those of the known columns by key."""
    if table.kind.every_row:
        return _of_a_statement(cells, table)
    texts = [normal(v) for v in row if isinstance(v, str) and v.strip()]
    if not texts:
        return NOTE if not any(cells.get(key) for key in ("code", "name")) else RECORD
    if any(_TOTAL.match(text) for text in texts[:3]):
        return TOTAL
    words = table.kind.note_words
    if _NOTE.match(texts[0]) or (words and len(texts) == 1 and texts[0].startswith(words)):
        return NOTE
    name = normal(str(cells.get("name") or ""))
    code = normal(str(cells.get("code") or ""))
    if _NUMERAL.match(texts[0]) or _HEADING.match(texts[0]) or (name and _HEADING.match(name)):
        return SECTION
    if not name and code and len([v for v in cells.values() if isinstance(v, str)]) == 1 and "name" in cells:
        return SECTION if _COUNTED.search(code) or not re.search(r"[\dA-Za-z]", code) else RECORD
    if len(texts) == 1 and len([v for v in row if v is not None]) == 1:
        return NOTE if len(texts[0]) > _LONG else SECTION
    if not code and _COUNTED.search(name):
        return SECTION
    return RECORD


def _of_a_statement(cells: Mapping[str, CellValue], table: RecordTable) -> str:
    """A statement's row: a record where it has a name and a number or is a numbered heading."""
    name = normal(str(cells.get("name") or ""))
    numbers = [c.key for c in table.columns.values() if c.type in ("amount", "number", "money")]
    told = any(cells.get(key) is not None for key in numbers) or _HEADING.match(name)
    if name and told and not _NOTE.match(name):
        return RECORD
    return SECTION if name and not _NOTE.match(name) and not name.startswith(table.kind.note_words) else NOTE


def repeats_header(row: Sequence[CellValue], paths: Sequence[Sequence[str]], table: RecordTable) -> bool:
    """A row whose name is the word of its own header: the example of a form, or a header printed again."""
    for index, column in table.columns.items():
        if column.key == "name" and index < len(row) and index < len(paths):
            return normal(str(row[index] or "")) in {normal(part) for part in paths[index]}
    return False


def said_by_section(text: str, columns: Mapping[str, RecordColumn], present: set[str]) -> dict[str, str]:
    """Level and kind that a section gives to the rows below, where the list has no such column."""
    found = {}
    plain = normal(text)
    for key in ("level", "kind"):
        column = columns.get(key)
        if column is None or key in present:
            continue
        codes = [
            code for code, words in column.choices.items() if any(len(w) > 1 and w in plain for w in words)
        ]
        if len(codes) == 1:
            found[key] = codes[0]
    return found
