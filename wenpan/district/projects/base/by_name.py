"""Rows of a file that carry no code: the project that their name means, proposed to the person who accepts.

A name counts without spaces, brackets and punctuation; where the row says a total investment it must
agree. One project of that name is proposed in a finding that needs the person's word; none or several
is not taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Protocol

from wenpan.documents.tables.records.shape import Record
from wenpan.economy.quality.finding import CheckFinding, Severity
from wenpan.rules import normalised

_NEAR = Decimal("0.5")  # 万元: the same amount in 亿元 with two decimals


class Named(Protocol):
    code: str
    name: str
    planned_total: Decimal | None


def with_codes(records: Sequence[Record], known: Iterable[Named]) -> tuple[list[Record], list[CheckFinding]]:
    """The records, those without a code with that of the project that their name means; and what to ask."""
    by_name: dict[str, list[Named]] = defaultdict(list)
    for project in known:
        by_name[normalised(project.name)].append(project)
    coded, findings = [], []
    for record in records:
        if record["code"] or not record["name"]:
            coded.append(record)
            continue
        fitting = _fitting(record, by_name)
        if len(fitting) == 1:
            coded.append(replace(record, values={**record.values, "code": fitting[0].code}))
        findings.append(_finding(record, fitting))
    return coded, findings


def _fitting(record: Record, by_name: Mapping[str, Sequence[Named]]) -> list[Named]:
    total = record["planned_total"]
    return [
        project
        for project in by_name.get(normalised(str(record["name"])), ())
        if total is None or project.planned_total is None or abs(project.planned_total - total) <= _NEAR
    ]


def _finding(record: Record, fitting: Sequence[Named]) -> CheckFinding:
    name, where = str(record["name"]), (record.sheet, record.cell("name"))
    if len(fitting) == 1:
        said = f"“{name}”没有代码，按名称和总投资认作 {fitting[0].code}《{fitting[0].name}》"
        advice = "请核对是不是同一个项目"
        return CheckFinding("projects.by_name", Severity.SOFT, said, "项目代码", advice, *where, name)
    why = "有几个同名项目" if fitting else "名称和总投资对不上已登记的项目"
    said = f"“{name}”没有代码，{why}，没有读入"
    advice = "请补上代码，或先登记这个项目"
    return CheckFinding("projects.no_code", Severity.SOFT, said, "项目代码", advice, *where, name)
