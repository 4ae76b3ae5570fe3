"""Saying a count: registered once under the tags that it counts, printed as a span that leads to them.

Pure. Every number of a bulletin is said through this, so that text, tables and the difference to last
month's bulletin have the same keys.
"""

from __future__ import annotations

from decimal import Decimal

from wenpan.documents.papers.bulletin.input import BulletinInput
from wenpan.documents.papers.bulletin.rows import MATTERS, REPLIES, Counts, key, picked
from wenpan.documents.papers.facts import Fact, FactRegister
from wenpan.documents.papers.paper import Span
from wenpan.economy.figures.quantities import MISSING


class BulletinDraft:
    """The input, its counts and the register of the paper that is being written."""

    def __init__(self, given: BulletinInput) -> None:
        self.given = given
        self.register = FactRegister()
        self.counts = Counts(given.rows)

    def count(self, label: str, *tags: str) -> Fact:
        """Matters that carry all of the tags (a group first, at most one more)."""
        number = self.counts.of(*tags)
        return self.register.number(key(MATTERS, *tags), label, number, decimals=0, unit="项")

    def matters(self, label: str, *tags: str, unit: str = "项") -> Span:
        return _span(self.count(label, *tags), unit)

    def replies(self, label: str, *tags: str, unit: str = "件") -> Span:
        number = len(picked(self.given.replies, tags))
        return _span(self.register.number(key(REPLIES, *tags), label, number, decimals=0, unit=unit), unit)

    def number(
        self, name: str, label: str, value: int | Decimal, unit: str = "个", decimals: int = 0
    ) -> Span:
        """A number that is no set of matters: units, sources, weeks, points."""
        return _span(self.register.number(name, label, value, decimals=decimals, unit=unit), unit)

    def percent(self, name: str, label: str, part: int, whole: int) -> Span:
        """100 × part ÷ whole with one decimal; "—" where there is nothing to divide by."""
        exact = Decimal(100) * part / whole if whole else None
        fact = self.register.number(name, label, exact, unit="%")
        return Span(MISSING) if fact.shown == MISSING else _span(fact, "%")

    def share(self, name: str, label: str, value: Decimal) -> Span:
        return _span(self.register.number(name, label, value, unit="%"), "%")


def _span(fact: Fact, unit: str) -> Span:
    return Span(f"{fact.shown}{unit}", (fact.key,))


def cell(span: Span) -> Span:
    """The same number without its unit, for a table whose header says it."""
    digits = span.text.rstrip("项个件次分张%")
    return Span(digits, span.facts)
