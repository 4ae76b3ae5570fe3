"""Sections: lines of one text between the rows of a table, and what they change for the rows below.

Pure. 云湖区 alone in a line makes the rows below that district's; 当月, 预计 or another month alone makes
them numbers that the columns do not name, and they are asked about. 一、工业 changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenpan.documents.spreadsheets.workbook import CellValue
from wenpan.documents.tables.kinds import WorkbookKind
from wenpan.documents.tables.layout.header_table import HeaderTable
from wenpan.documents.tables.names import Names
from wenpan.documents.tables.reading import Context
from wenpan.documents.tables.title import without_number
from wenpan.documents.words.units import normal
from wenpan.economy.time.periods import Month

_LONG = 24  # characters: a longer line is a note
_SCOPES = {"month": "当月", "month_level": "当月", "month_growth": "当月"}
_PLAIN = ("ytd", "ytd_growth")


@dataclass
class Sections:
    """What the line above says; asked for every row."""

    table: HeaderTable
    names: Names
    context: Context
    month: Month | None
    city: str
    region: str = ""  # of the rows below; "" where no line names one
    asks: str = ""  # why the rows below are asked about
    told: str = ""  # what was told last

    def step(self, values: Sequence[CellValue]) -> bool:
        """Whether the row is such a line; remembers what it says."""
        if values.count(None) != len(values) - 1:
            return False
        texts = [v for v in values if v is not None]
        if not isinstance(texts[0], str) or len(texts[0].strip()) > _LONG:
            return False
        return self._said(texts[0].strip(), self.table.kind)

    def said_once(self) -> str:
        """Why the rows are asked about, for the first of them; "" for those after it."""
        text = "" if self.told == self.asks else self.asks
        self.told = self.asks
        return text

    def _said(self, text: str, kind: WorkbookKind) -> bool:
        tokens = self.names.lexicon(kind).read(without_number(text))
        kinds = {t.kind for t in tokens}
        if "indicator" in kinds or self.names.indicator(text, kind).code:
            return False
        places = [t for t in tokens if t.kind in ("region", "city", "home", "carrier", "provinces")]
        strange = [t for t in tokens if t.kind == "beside" and t.value not in ("note", "progress")]
        scopes = [t for t in tokens if t.kind in _SCOPES]
        periods = [t.period for t in tokens if t.kind == "period" and t.period]
        other = any(
            self.month is None or p.month != self.month.month or p.year not in (None, self.month.year)
            for p in periods
        )
        filler = kind.words.section_filler
        unknown = [
            t.text
            for t in tokens
            if (t.kind == "things" or (t.kind == "left" and not t.text.isascii())) and t.text not in filler
        ]
        if normal(without_number(text)) in filler:
            unknown = []
        if places:
            self._of_place(places[0].kind, places[0].value, text)
        elif strange or other or (scopes and not self._columns_say_when()):
            self.asks = f"上面一行写的是“{text}”, 下面的数是什么口径不明确"
        elif kinds & {*_PLAIN, "period"} or scopes:
            self.asks = ""
        elif unknown:
            self.asks = f"上面一行“{text}”里的“{'、'.join(unknown)}”不认识, 下面的数是什么范围不明确"
        elif self.asks and "不认识" in self.asks:  # 二、金融: the part that was not known is over
            self.asks = ""
            return False
        else:
            return False
        return True

    def _of_place(self, kind: str, code: str, text: str) -> None:
        self.asks = ""
        if kind in ("carrier", "provinces") or (kind == "city" and not self.city):
            self.asks = f"上面一行写的是“{text}”, 下面不是本区的数"
        elif not self.table.one("region"):
            self.region = {"city": self.city, "home": self.context.home}.get(kind, code)

    def _columns_say_when(self) -> bool:
        columns = [c for c in self.table.columns if c.role == "figure"]
        return all(c.scope or c.period for c in columns)
