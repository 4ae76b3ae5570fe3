"""Tables told as text, their columns read by agreement: what a column is, most of its cells say. Pure.

No heading is needed: a column is the level, the growth of the place or of another region, or the rank under
which most of its cells agree with the ledger. The cells that then do not are wrong.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from wenpan.documents.proof.paper_figures import PaperFigure, Vocabulary
from wenpan.documents.proof.proof_ledger import LedgerAnswer, ProofLedger
from wenpan.documents.proof.subject_names import SubjectNames
from wenpan.documents.words.characters import same_length

_CELL = re.compile(r"[^\s|]+(?: [^\s|]+)*")
_NUMBER = re.compile(r"(?P<sign>[-+]?)(?P<number>\d+(?:\.\d+)?)%?")
_LEAST = 3  # cells of a row
_AGREE = 2  # cells of a column that must agree, and half of those that the ledger has


class ColumnCell(NamedTuple):
    figure: PaperFigure  # of the row's indicator, the number unread
    column: int


def tables(paragraphs: Sequence[str], naming: SubjectNames, known: Vocabulary) -> Iterator[list[ColumnCell]]:
    """The numbers of every run of rows that begin with an indicator."""
    rows = list[ColumnCell]()
    for index, text in enumerate(paragraphs):
        plain = same_length(text)
        cells = [*_CELL.finditer(plain)] if "|" in plain or "\t" in plain or "  " in plain else []
        if len(cells) < _LEAST:
            if rows:
                yield rows
            rows = []
            continue
        name = re.sub(r"^(?:\d+[.、]|[一二三四五六七八九十]+、|其中:|#)|\([^()]*\)", "", cells[0].group())
        heard = naming.subject(name)
        if not heard or not heard[0]:
            continue
        for column, cell in enumerate(cells[1:], 1):
            if m := _NUMBER.fullmatch(cell.group()):
                value = Decimal(m["number"]) * (-1 if m["sign"] == "-" else 1)
                digits = len(m["number"].partition(".")[2])
                figure = PaperFigure(
                    index, cell.start(), cell.end(), cell.group(), "", value, digits,
                    indicator=heard[0], subject=heard[1], region=known.home, period=known.period,
                )  # fmt: skip
                rows.append(ColumnCell(figure, column))
    if rows:
        yield rows


def _readings(ledger: ProofLedger, home: str) -> Iterator[Callable[[PaperFigure], PaperFigure]]:
    """What a column may be."""
    yield lambda f: replace(f, kind="growth", unit="%")
    yield lambda f: replace(f, kind="level", unit=ledger.units.get(f.indicator, ""))
    yield lambda f: replace(f, kind="level", unit=_other(ledger.units.get(f.indicator, "")))
    yield lambda f: replace(f, kind="rank")
    for region in ledger.names:
        if region != home:
            yield lambda f, region=region: replace(f, kind="growth", unit="%", region=region)  # type: ignore[misc]


def _other(unit: str) -> str:
    """亿元 for 万元 and the other way."""
    return {"亿": "万", "万": "亿"}.get(unit[:1], "") + unit[1:] if unit[:1] in ("亿", "万") else unit


def in_columns(
    paragraphs: Sequence[str],
    naming: SubjectNames,
    known: Vocabulary,
    ledger: ProofLedger,
    says: Callable[[PaperFigure], LedgerAnswer],
) -> Iterator[tuple[PaperFigure, LedgerAnswer]]:
    """Every cell of a column that is understood, with what the ledger says of it."""
    for rows in tables(paragraphs, naming, known):
        by_column = defaultdict[int, list[PaperFigure]](list)
        for cell in rows:
            by_column[cell.column].append(cell.figure)
        for cells in (by_column[column] for column in sorted(by_column)):
            if len(cells) < _AGREE:
                continue
            best = list[tuple[PaperFigure, LedgerAnswer]]()
            for read in _readings(ledger, known.home):
                told = [(f, says(f)) for f in map(read, cells)]
                told = [(f, a) for f, a in told if a.state != "unknown"]
                right = sum(a.state == "right" for _, a in told)
                if (
                    right >= _AGREE
                    and 2 * right > len(told)
                    and right > sum(a.state == "right" for _, a in best)
                ):
                    best = told
            yield from best
