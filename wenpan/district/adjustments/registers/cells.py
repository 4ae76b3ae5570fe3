"""A typed word or a cell as a value of its column, and a value as people read it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit
from wenpan.district.adjustments.registers.base import ListColumn, Row
from wenpan.district.ui.asked import FIRST, LAST


class Words:
    """Names of units and of choices to their codes, asked for once for a whole list."""

    def __init__(self, columns: tuple[ListColumn, ...], more: Mapping[str, str] | None = None) -> None:
        """`more`: further units, name → code: those that the same list adds."""
        self._units: dict[str, str] = {}
        self._names: dict[str, str] = {}
        if any(column.kind == "unit" for column in columns):
            for unit in Unit.objects.all():
                self._names[unit.code] = unit.short_name
                for word in (unit.code, unit.name, unit.short_name, *unit.aliases):
                    self._units.setdefault(_plain(str(word)), unit.code)
        for name, code in (more or {}).items():
            self._units.setdefault(_plain(name), code)
            self._names.setdefault(code, name)
        self._choices = {c.key: dict(c.choices()) for c in columns if c.choices is not None}

    def read(self, column: ListColumn, typed: str) -> str:
        """ValueError with what is expected, and what may have been meant."""
        words = " ".join(typed.split())
        if not words:
            if column.required:
                raise ValueError(_("请填写%(label)s。") % {"label": column.label})
            return ""
        reader: Callable[[ListColumn, str], str] = {
            "day": _day, "unit": self._unit, "choice": self._choice, "whole": _whole,
        }.get(column.kind, _text)  # fmt: skip
        return reader(column, words)

    def shown(self, column: ListColumn, value: str) -> str:
        if column.kind == "unit":
            return self._names.get(value, value)
        return self._choices[column.key].get(value, value) if column.key in self._choices else value

    def row(self, columns: tuple[ListColumn, ...], row: Row) -> list[str]:
        return [self.shown(column, row.get(column.key, "")) for column in columns]

    def _unit(self, column: ListColumn, words: str) -> str:
        return _known(column, words, self._units)

    def _choice(self, column: ListColumn, words: str) -> str:
        choices = self._choices[column.key]
        return _known(
            column, words, {_plain(w): code for code, name in choices.items() for w in (code, name)}
        )


def cell_text(value: Any) -> str:
    """A cell of a spreadsheet as it would be typed: 12.0 is 12, a day is 2027-01-01."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _known(column: ListColumn, words: str, known: Mapping[str, str]) -> str:
    if (found := known.get(_plain(words))) is not None:
        return found
    near = difflib.get_close_matches(_plain(words), known, 1, 0.5)
    told = _("没有叫“%(words)s”的%(label)s") % {"words": words[:30], "label": column.label}
    raise ValueError(told + (_("，是不是“%(near)s”？") % {"near": near[0]} if near else _("。")))


def _text(column: ListColumn, words: str) -> str:
    if len(words) > column.most:
        raise ValueError(_("%(label)s最多%(n)s个字。") % {"label": column.label, "n": column.most})
    return words


def _day(_column: ListColumn, words: str) -> str:
    plain = words.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-")
    try:
        year, month, day = (int(part) for part in plain.split("-"))
        found = date(year, month, day)
    except ValueError:
        raise ValueError(_("日期写作 2027-12-31，这里是“%(found)s”。") % {"found": words[:30]}) from None
    if not FIRST <= found <= LAST:
        raise ValueError(_("日期应在1900年至2999年之间。"))
    return found.isoformat()


def _whole(column: ListColumn, words: str) -> str:
    if not (words.isascii() and words.isdigit() and len(words) < 7):
        raise ValueError(_("%(label)s应为整数。") % {"label": column.label})
    return str(int(words))


def _plain(words: str) -> str:
    return "".join(words.split()).lower()
