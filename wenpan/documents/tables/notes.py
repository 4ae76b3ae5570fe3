"""Notes: lines above, between and below the rows, remarks at cells, and what they change of the numbers.

Pure, and a closed world: a sentence changes nothing only where it is one that offices usually print
(`note_usual`) or where every word of it is known to change nothing (`note_words`, names, measures). Any
other sentence makes the rows that it names, or else the whole table, asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from wenpan.documents.spreadsheets.cells import NUMBER, cell_text, read_cell
from wenpan.documents.spreadsheets.workbook import address
from wenpan.documents.tables.columns import HeaderColumn
from wenpan.documents.tables.grammar.lexicon import Lexicon, Token, shape
from wenpan.documents.tables.kinds import special_row
from wenpan.documents.tables.layout.header_table import HeaderTable
from wenpan.documents.tables.names import Names
from wenpan.documents.tables.printed_page import page_asks
from wenpan.documents.tables.remarks import changes, is_remark, of_number, tells_causes
from wenpan.documents.tables.title import DEPARTMENT, Title
from wenpan.documents.words.units import normal

_MARKED = re.compile(r"^[*※＊①-⑩]+")
_LEAD = re.compile(r"^(?:附?注|备注|说明)\d{0,2}[::、.]?|^[*※＊①-⑩\d.、)]+")
_SENTENCE = re.compile(r"[。;；!！\n]|(?<![\d.])\d{1,2}[.、．)](?!\d)|[(]\d{1,2}[)]")
_CLAUSE = re.compile(r"[,，]")
_UNIT_LINE = re.compile(r"^[(]?(?:计量|金额|数量)?单位[::]")
_MAKER = re.compile(r"(?:制表|填报|编制|报送|审核)[人单]?[位]?[::]")
_ABOVE = re.compile(r"^(?:附?注|备注|说明)\d{0,2}[::]")
_NOT_OF_FIGURES = ("rank", "progress", "share", "contribution", "above", "target")
_FREE = {
    "indicator", "growth", "unsure_growth", "ytd_growth", "amount", "level", "ytd", "balance", "versus",
    "joins", "filler", "topics", "note_word",
}  # fmt: skip
_MONTHS = {"month", "month_level", "month_growth"}
_FORBIDDEN = re.compile(r"不(?:能|得|可|宜|应)[^,。;]*")  # 不能由绝对额直接推算: told not to, not done
_RESTATED = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?:%|个?百分点|亿元|万元)")  # …增长3.3%: a figure in words
_FOOT = 40  # rows from the end in which notes are looked for
_SMALL = 2000  # rows: in a smaller table notes between the rows are looked for as well
_LONG = 24  # characters of a line between rows that is no section
_LONG_ABOVE = 60  # characters of a line above that is no title


@dataclass(frozen=True)
class NotesSay:
    """`asks`: why nothing of the table may be read; `rows`: the same by indicator's code, by mark (*) or by
    the row's number from 0; `columns` by the column's."""

    asks: str = ""
    rows: dict[str, str] = field(default_factory=dict)
    columns: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Notes:
    """What the notes around one table say; `subject` and `city` are codes of regions."""

    table: HeaderTable
    names: Names
    title: Title
    subject: str
    city: str

    def say(self) -> NotesSay:
        """What the lines around the table change."""
        rows: dict[str, str] = {}
        if strange := self._unit_line():
            return NotesSay(f"单位一行里的“{strange}”不认识, 这张表的数是什么口径不明确")
        if said := page_asks(self.table, self.names, self.title, self._changes_all):
            return NotesSay(f"页眉或页脚写着“{said[:40]}”, 这张表的数是什么口径不明确")
        for note in self._lines():
            mark = _MARKED.match(note.strip())
            for sentence in self._sentences(note):
                codes, changes = self.judge(sentence)
                if not changes:
                    continue
                why = f"表下的注写着“{sentence[:40]}”"
                marked = self._marked(mark[0][0]) if mark and not codes else ()
                codes = codes or marked
                if not codes:
                    return NotesSay(f"{why}, 这张表的数是什么口径不明确")
                rows |= dict.fromkeys(codes, f"{why}, 是什么口径不明确")
        return self._with_remarks(rows)

    def _with_remarks(self, rows: dict[str, str]) -> NotesSay:
        """What comments at cells and the column 备注 add."""
        table, columns = self.table, dict[int, str]()
        for (r, c), text in sorted(table.sheet.comments.items()):
            if not table.above <= r < table.stop or not (sentence := self.remark(text)):
                continue
            if r <= table.last and not self._changes_all(text):  # 快报数 at a head says no more than below it
                continue
            why = f"{address(r, c)} 的批注写着“{sentence[:40]}”"
            if r > table.last:
                rows[str(r)] = f"{why}, 是什么口径不明确"
            elif r >= table.first and c != table.key:
                columns[c] = f"{why}, 是什么口径不明确"
            else:
                return NotesSay(f"{why}, 这张表的数是什么口径不明确")
        for column in table.columns:
            if not column.role or column.beside == "note":
                for r, text in self._remarks(column):
                    rows[str(r)] = f"备注写着“{text[:40]}”, 是什么口径不明确"
        return NotesSay(rows=rows, columns=columns)

    def _remarks(self, column: HeaderColumn) -> Iterator[tuple[int, str]]:
        """Remarks in a column of free text that may change the numbers of their rows."""
        words, head = self.table.kind.words, column.path[-1] if column.path else ""
        if not is_remark(head, words):
            return
        causes, judged = tells_causes(head, words), dict[str, str]()
        rows, index = self.table.sheet.rows, column.index
        for r in range(self.table.last + 1, self.table.stop):
            text = rows[r][index] if index < len(rows[r]) else None
            if not isinstance(text, str) or not text.strip():
                continue
            if text not in judged:
                judged[text] = self.remark(text, causes=causes)
            if judged[text]:
                yield r, text.strip()

    def remark(self, text: str, *, causes: bool = False) -> str:
        """The first sentence of a remark that may change what a number is, or ""."""
        words = self.table.kind.words

        def known(clause: str) -> bool:
            return not self.judge(clause)[1]

        def usual(clause: str) -> bool:
            return self._usual(clause, (*words.note_alarms, *words.remark_of_number))

        return next((s for s in self._sentences(text) if changes(s, words, known, usual, causes=causes)), "")

    def _changes_all(self, line: str) -> str:
        """The first sentence of a line that is not known to change nothing, or ""."""
        return next((s for s in self._sentences(line) if self.judge(s)[1]), "")

    def judge(self, sentence: str) -> tuple[tuple[str, ...], bool]:
        """The indicators that a sentence names, and whether it may change their numbers."""
        words = self.table.kind.words
        tokens = self._lexicon.read(sentence)
        codes = tuple(dict.fromkeys(t.value for t in tokens if t.kind == "indicator"))
        subject = next((t.value for t in tokens if t.kind == "beside"), "")
        if subject in _NOT_OF_FIGURES and subject in self._beside:  # 位次不含高新区, 年度目标为预计数
            return codes, False
        alarms = (*words.note_alarms, *words.note_alarms_of_named) if codes else words.note_alarms
        if self._usual(sentence, words.note_alarms):
            return codes, False
        clauses = [c for c in _CLAUSE.split(sentence) if c and not self._usual(c, words.note_alarms)]
        rest = shape(",".join(clauses))
        for token in tokens:
            if token.kind == "indicator":
                rest = rest.replace(shape(token.text), "")
        done = _FORBIDDEN.sub("", rest)
        if any(word in (rest if word.startswith("不") else done) for word in alarms):
            return codes, True
        return codes, not all(map(self._known, clauses))

    def _usual(self, text: str, alarms: tuple[str, ...]) -> bool:
        """Whether it is a sentence that offices usually print; it may hold the alarms that itself spells."""
        plain = shape(text)
        return any(
            re.fullmatch(usual, plain) and all(w in usual for w in alarms if w in plain)
            for usual in self.table.kind.words.note_usual
        ) and not self._of_another_place(self._lexicon.read(text))

    def _known(self, clause: str) -> bool:
        """Whether every word of a clause is known to change nothing."""
        words = self.table.kind.words
        if any(shape(cause) in shape(clause) for cause in words.note_causes):
            things = any(t.kind == "things" for t in self._lexicon.read(clause))
            return not things and not of_number(clause, words)
        tokens = self._lexicon.read(_RESTATED.sub("", clause))
        return not self._of_another_place(tokens) and all(self._changes_nothing(t, clause) for t in tokens)

    def _changes_nothing(self, token: Token, clause: str) -> bool:  # noqa: PLR0911 (one return a kind)
        kind, value = token.kind, token.value
        if kind in _FREE or token.text in self._neutral:
            return True
        if kind == "basis":
            return value != "refund_adjusted"
        if kind in _MONTHS:
            return any(c.scope == "month" for c in self.table.columns)
        if kind == "beside":
            compared = value == "last_year" and any(w in clause for w in ("比", "较", "与"))
            return value == "note" or compared or value in self._beside
        if kind in ("period", "year"):
            return token.period is not None and (token.period.year, token.period.month) in self._periods
        if kind == "unit":
            return value == "%"
        if kind in ("region", "city", "home", "carrier", "provinces"):
            return True  # judged together: whose they are
        return kind == "left" and token.text.isascii() and not token.text.isalnum()

    def _of_another_place(self, tokens: tuple[Token, ...]) -> bool:
        own = {self.subject, self.city, "@home"}
        for token, following in zip(tokens, (*tokens[1:], None), strict=True):
            place = {"city": self.city, "home": "@home"}.get(token.kind, token.value)
            # 宁澜市统计局 speaks of who publishes, 全市 alone of whose the numbers are
            office = bool(DEPARTMENT.search(token.text)) or (
                following is not None and bool(DEPARTMENT.search(following.text))
            )
            if token.kind in ("region", "city", "home") and place not in (self.subject, "@home"):
                if not (office and place in own):
                    return True
            elif token.kind in ("carrier", "provinces") and not office:
                return True
        return False

    @cached_property
    def _lexicon(self) -> Lexicon:
        return self.names.lexicon(self.table.kind, notes=True)

    @cached_property
    def _neutral(self) -> frozenset[str]:
        return frozenset(map(shape, self.table.kind.words.note_words))

    @cached_property
    def _beside(self) -> set[str]:
        return {"rank", "above", *(c.beside for c in self.table.columns)} - {""}

    @cached_property
    def _periods(self) -> set[tuple[int | None, int]]:
        """(year, month), with and without the year, that title and columns name; month 0 is the year."""
        found = [t.period for t in (*self.title.of("period"), *self.title.of("year")) if t.period]
        found += [c.period for c in self.table.columns if c.period]
        years = {p.year for p in found} | {c.year for c in self.table.columns if c.year}
        months = {p.month for p in found if p.month}
        return {(y, m) for y in (*years, None) for m in (*months, 0)} - {(None, 0)}

    def _sentences(self, text: str) -> Iterator[str]:
        for part in _SENTENCE.split(_LEAD.sub("", text.strip())):
            if plain := _LEAD.sub("", normal(part)).strip(".．:："):
                yield plain

    def _lines(self) -> Iterator[str]:
        """Lines of text around the table: above it, between its rows, and below it from the last one up."""
        table, rows = self.table, self.table.sheet.rows
        for row in rows[table.above : table.first]:
            for value in row:
                plain = normal(value) if isinstance(value, str) else ""
                if _ABOVE.match(plain) or len(plain) > _LONG_ABOVE:
                    yield str(value)
        foot, lines = self._foot()
        yield from lines
        if foot - table.last <= _SMALL:
            for row in rows[table.last + 1 : foot]:
                values = [v for v in row if v is not None]
                if len(values) == 1 and isinstance(values[0], str) and len(values[0].strip()) > _LONG:
                    yield values[0]

    def _foot(self) -> tuple[int, list[str]]:
        """The row at which the text at the foot begins, and its lines."""
        table, rows = self.table, self.table.sheet.rows
        lines: list[str] = []
        r = table.stop - 1
        while r > max(table.last, table.stop - _FOOT):
            values = [v for v in rows[r] if v is not None]
            if values:
                words = all(isinstance(v, str) for v in values)
                words = words and not any(read_cell(v).kind == NUMBER for v in values[1:])  # csv: all is text
                if not words and special_row(table.kind, str(values[0])) != "note":
                    break
                if len(values) > 1 and self._is_a_row(str(values[0])):
                    break
                lines += [cell_text(v) for v in values]
            r -= 1
        return r + 1, lines

    def _is_a_row(self, first: str) -> bool:
        """Whether a row of words is one of the table's, with words for numbers."""
        note = special_row(self.table.kind, first) == "note"
        return not note and bool(
            self.names.indicator(first, self.table.kind).code or self.names.region(first) or len(first) < 3
        )

    def _marked(self, mark: str) -> tuple[str, ...]:
        """The rows, by number from 0, of which a cell ends with the mark."""
        rows = self.table.sheet.rows
        below = range(self.table.last + 1, self.table.stop)
        return tuple(
            str(r) for r in below if any(isinstance(v, str) and v.strip().endswith(mark) for v in rows[r])
        )

    def _unit_line(self) -> str:
        """Words of a line 单位:亿元 above the table that say more than a unit, a time or who made it."""
        table = self.table
        for row in table.sheet.rows[table.above : table.first]:
            for value in row:
                if not isinstance(value, str) or not _UNIT_LINE.match(normal(value)):
                    continue
                line = _MAKER.split(normal(value))[0]  # 单位:亿元  制表:统计局
                tokens = self._lexicon.read(line)
                if any(t.kind == "unit" for t in tokens):
                    strange = [t.text for t in tokens if t.kind in ("left", "things", "beside", "topics")]
                    strange = [w for w in strange if w not in ("单位", "计量单位")]
                    if strange:
                        return "、".join(strange)
        return ""
