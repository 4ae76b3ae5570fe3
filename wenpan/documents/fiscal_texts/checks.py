"""Where a report on revenue contradicts itself: said as questions, nothing is put right. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from wenpan.documents.fiscal_texts.items import COLLECTOR, REVENUE, WHOLE
from wenpan.documents.fiscal_texts.rows import TextRow
from wenpan.documents.fiscal_texts.wholes import whole_of
from wenpan.economy.fiscal.printed import PrintedNumber
from wenpan.economy.fiscal.statement_checks import RevenueStatement, TextContradiction, contradictions
from wenpan.economy.quality.finding import CheckFinding, Severity

_ADVICE = "请向财政部门核实; 按文中印的数入账"


def check_text(rows: Sequence[TextRow], codes: Sequence[str]) -> list[CheckFinding]:
    found = [*_twice(rows), *_progress(rows)]
    for index, row in enumerate(rows):
        whole = _statement(row)
        if whole is not None:
            found += [_finding(row, one) for one in contradictions(whole, _divisions(rows, index))]
    if "revenue" in codes and not {"tax", "non_tax"} & set(codes):
        kinds = [row for row in rows if row.item.code in ("tax", "non_tax")]
        if kinds:
            found.append(_open(kinds[0]))
    return found


def _statement(row: TextRow) -> RevenueStatement | None:
    value = _printed(row, "ytd")
    if value is None:
        return None
    return RevenueStatement(
        row.item.name,
        value,
        rate=_printed(row, "ytd_growth"),
        change=_printed(row, "ytd_change"),
        adjusted_value=_printed(row, "adjusted_ytd"),
        adjusted_rate=_printed(row, "ytd_growth_adjusted"),
        adjusted_change=_printed(row, "adjusted_ytd_change"),
        pull=_printed(row, "pull"),
    )


def _printed(row: TextRow, key: str) -> PrintedNumber | None:
    value = row.values.get(key)
    return None if value is None or key not in row.half else PrintedNumber(float(value), float(row.half[key]))


def _divisions(rows: Sequence[TextRow], whole: int) -> list[list[RevenueStatement]]:
    """The ways in which a report divides a whole: by kind where that is told of it, by collector if there is
    but one whole."""
    ways = []
    for index, row in enumerate(rows):
        other = next((n for n in range(index + 1, len(rows)) if rows[n].item.code == "non_tax"), None)
        if row.item.code == "tax" and other is not None and whole_of(rows, [index, other]) == whole:
            ways.append([index, other])
    wholes = [n for n, row in enumerate(rows) if row.item.role in (WHOLE, REVENUE) and "ytd" in row.values]
    collectors = [n for n, row in enumerate(rows) if row.item.role == COLLECTOR]
    if wholes == [whole] and len(collectors) > 1:
        ways.append(collectors)
    told = [[_statement(rows[n]) for n in way] for way in ways]
    return [[one for one in way if one is not None] for way in told if all(way)]


def _finding(row: TextRow, one: TextContradiction) -> CheckFinding:
    return CheckFinding(
        "fiscal_text.contradiction", Severity.SOFT, f"“{one.name}”{one.said}", one.follows, _ADVICE,
        _place(row), subject=one.name,
    )  # fmt: skip


def _progress(rows: Sequence[TextRow]) -> Iterator[CheckFinding]:
    for row in rows:
        budget, ytd, share = (row.values.get(key) for key in ("budget", "ytd", "progress"))
        if not budget or ytd is None or share is None:
            continue
        follows = 100 * ytd / budget
        room = (100 * row.half["ytd"] + share * row.half["budget"]) / budget
        if abs(follows - share) > room + Decimal(5).scaleb(int(share.as_tuple().exponent) - 1):
            yield CheckFinding(
                "fiscal_text.progress", Severity.SOFT, f"“{row.item.name}”为预算{share}%",
                f"{ytd.normalize():f}占{budget.normalize():f}为{follows:.2f}%", _ADVICE, _place(row),
                subject=row.item.name,
            )  # fmt: skip


def _twice(rows: Sequence[TextRow]) -> Iterator[CheckFinding]:
    """One item with two amounts: of two levels, or one of them is wrong."""
    told = sorted((row for row in rows if "ytd" in row.values), key=lambda row: row.item.name)
    for first, then in pairwise(told):
        if first.item == then.item:
            one, two = (row.values["ytd"].normalize() for row in (first, then))
            yield CheckFinding(
                "fiscal_text.twice", Severity.SOFT, f"“{first.item.name}”有两个数: {one:f}和{two:f}万元",
                "一个项目一个数, 或说明各属哪一级", "请说明; 两个数分两行入账", _place(then),
                subject=first.item.name,
            )  # fmt: skip


def _open(row: TextRow) -> CheckFinding:
    return CheckFinding(
        "fiscal_text.open", Severity.SOFT, f"“{row.item.name}”是哪一级收入的一部分, 文中没有写明",
        "与所属的收入合计相符", "请说明; 不计入本级的税收", _place(row), subject=row.item.name,
    )  # fmt: skip


def _place(row: TextRow) -> str:
    return f"正文第{row.paragraph + 1}段"
