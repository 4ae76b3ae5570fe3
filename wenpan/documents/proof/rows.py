"""Figures of a table told as text: a heading line of columns, then a line for each indicator. Pure.

`指标  1—9月累计  同比增长（%）  位次` says what the numbers of `生产总值（亿元）  602.08  3.6  10` are.

A column of a target, of another region or of another time is not read, nor a line with other cells than the
heading has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from wenpan.documents.proof.paper_figures import PaperFigure, Vocabulary
from wenpan.documents.proof.subject_names import PERIOD, SubjectNames

_CELL = re.compile(r"[^\s|]+(?: [^\s|]+)*")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?%?")
_OTHER = re.compile(r"目标|计划|任务|上[月年期季]|去年|环比|当月|本月(?!止)|省|全国|比重|进度|差|预")
_KINDS = (
    ("rank", re.compile("位次|排名|排位|名次")),
    ("growth", re.compile("增速|增幅|增长|同比|增减")),
    ("level", re.compile("累计|总量|完成|绝对[值量数]|本月止|实绩")),
)
_LEAST = 3  # columns of a table


def in_rows(plain: Sequence[str], naming: SubjectNames, known: Vocabulary) -> dict[int, list[PaperFigure]]:
    """By paragraph, the figures of every line under a heading of columns."""
    found, kinds, period, dated = dict[int, list[PaperFigure]](), list[str](), known.period, False
    for index, text in enumerate(plain):
        cells = [*_CELL.finditer(text)]
        if len(cells) < _LEAST:
            kinds = []
        elif not any(_NUMBER.fullmatch(c.group()) for c in cells):
            kinds = [_kind(c.group(), naming) for c in cells]
            m = next((m for c in cells[1:] if (m := PERIOD.search(c.group())) and m["last"]), None)
            dated = m is not None and 1 <= int(m["last"]) <= 12
            period = f"{known.year}-{int(m['last']):02d}" if m and dated else known.period
        elif len(cells) == len(kinds):
            line = PaperFigure(index, 0, 0, "", "", Decimal(0), 0, period=period, dated=dated)
            found[index] = [*_line(cells, kinds, naming, replace(line, region=known.home))]
    return {index: line for index, line in found.items() if line}


def _kind(heading: str, naming: SubjectNames) -> str:
    """level, growth, rank or "" of a column."""
    kind = next((kind for kind, said in _KINDS if said.search(heading)), "")
    elsewhere = naming.a_region.search(heading) and kind != "rank"
    return "" if elsewhere or _OTHER.search(heading) else kind


def _line(
    cells: Sequence[re.Match[str]], kinds: Sequence[str], naming: SubjectNames, line: PaperFigure
) -> Iterator[PaperFigure]:
    name = re.sub(r"^(?:\d+[.、]|[一二三四五六七八九十]+、|其中:)|\([^()]*\)", "", cells[0].group())
    unit = next(iter(re.findall(r"\(([^()]*)\)$", cells[0].group())), "")
    code, subject = naming.subject(name) or ("", "")
    for cell, kind in zip(cells[1:], kinds[1:], strict=True):
        if not code or not kind or not _NUMBER.fullmatch(cell.group()):
            continue
        raw = cell.group().rstrip("%")
        if kind == "level" and not re.fullmatch(r"[万亿]?(?:元|美元|千瓦时|平方米)", unit):
            continue
        yield replace(
            line,
            start=cell.start(),
            end=cell.end(),
            kind=kind,
            value=Decimal(raw),
            decimals=len(raw.partition(".")[2]),
            unit=unit if kind == "level" else "%" if kind == "growth" else "",
            indicator=code,
            subject=subject,
        )
