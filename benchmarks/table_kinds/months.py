"""Month tables of one district: K1 columns beside the figures, K4 month and cumulative, K8 growth without a
name, K9 levels, K13 words, K16 year and month apart, and plain controls."""

from __future__ import annotations

from random import Random
from typing import Any

from benchmarks.table_kinds.case import Case
from benchmarks.table_kinds.words import (
    BESIDE,
    GROWTHS,
    LEVELS,
    MONTH,
    MONTH_GROWTH,
    OTHERS,
    TITLES,
    UNKNOWN,
    YTD,
    YTD_GROWTH,
    half,
)

Column = tuple[str, str]  # header, what stands in it
HEADS = ("指标", "指标名称", "项目", "主要指标", "指 标", "主要经济指标", "指标名称 ", "项  目")
UNIT_HEADS = ("单位", "计量单位", "单 位")


def month_table(
    rng: Random, case: Case, kept: bool, columns: list[Column], *, unknown: int = 1, title: str = ""
) -> None:
    """A table with its unit in a place drawn by lot: a column, the name, or in the head of the column."""
    where = rng.choice(("column", "column", "name", "name"))
    case.row(title or rng.choice(half(TITLES, kept)))
    if rng.random() < 0.3:
        case.row(
            *[None] * (len(columns) - 1), rng.choice(("单位:亿元、%", "计量单位：亿元,%")) if False else None
        )
    head: list[Any] = [rng.choice(HEADS)]
    if where == "column":
        head.append(rng.choice(UNIT_HEADS))
    case.row(*head, *[c[0] for c in columns])
    rows: list[tuple[str, str, str, str]] = [(n, c, u, f) for n, c, u, f in rng.sample(half(LEVELS, kept), 3)]
    rows += [(n, c, "%", "1") for n, c in rng.sample(half(GROWTHS, kept), 2)]
    seen: set[str] = set()
    rows = [r for r in rows if not (r[1] in seen or seen.add(r[1]))]  # type: ignore[func-returns-value]
    rows += [(n, "", "亿元", "1") for n in rng.sample(half(UNKNOWN, kept), unknown)]
    rng.shuffle(rows)
    for name, code, unit, factor in rows:
        _row(rng, case, where, columns, name, code, unit, factor)


def _row(
    rng: Random, case: Case, where: str, columns: list[Column], name: str, code: str, unit: str, factor: str
) -> None:
    lead = rng.choice(("", "", "", "1.", "其中:")) if False else ""
    shown = f"{lead}{name}" + (f"({unit})" if where == "name" else "")
    values: list[Any] = [shown] + ([unit] if where == "column" else [])
    first, r = len(values), len(case.rows)
    for offset, (_head, what) in enumerate(columns):
        growth_only = unit == "%" and code
        value: Any = round(rng.uniform(-9, 19), 1) or 1.3
        if what in ("ytd", "month") and not growth_only:
            value = round(rng.uniform(11, 400), 2)
        if growth_only and what in ("ytd", "month", "month_growth"):
            value = "-" if what != "month_growth" else value
        values.append(value)
        if not code or value == "-":
            if not code:
                case.tell.add(_at(r, first + offset))
            continue
        _expect(case, r, first + offset, code, what, value, factor)
    case.row(*values)


def _at(r: int, c: int) -> str:
    return f"{chr(65 + c)}{r + 1}"


def _expect(case: Case, r: int, c: int, code: str, what: str, value: Any, factor: str) -> None:
    from decimal import Decimal

    if what in ("ytd", "month"):
        case.expect(r, c, "linxi", code, "2022-09", what, "natural", Decimal(str(value)) * Decimal(factor))
    elif what in ("ytd_growth", "month_growth"):
        case.expect(r, c, "linxi", code, "2022-09", what, "natural", value)
    elif what.startswith("other:"):
        region, period, measure, basis = what[6:].split("|")
        case.allow(r, c, region, code, period, measure, basis, value)


def control(rng: Random, case: Case, kept: bool) -> None:
    columns = [(rng.choice(half(YTD, kept)), "ytd"), (rng.choice(half(YTD_GROWTH, kept)), "ytd_growth")]
    if rng.random() < 0.4:
        columns = [(rng.choice(half(MONTH, kept)), "month"), *columns]
    case.name = " | ".join(c[0] for c in columns)
    month_table(rng, case, kept, columns)


def beside(rng: Random, case: Case, kept: bool) -> None:
    columns = [(rng.choice(half(YTD, kept)), "ytd"), (rng.choice(half(YTD_GROWTH, kept)), "ytd_growth")]
    strange = rng.choice(half(BESIDE, kept))
    columns.insert(rng.randint(0, 2), (strange, "never"))
    case.name = strange
    month_table(rng, case, kept, columns)


def other(rng: Random, case: Case, kept: bool) -> None:
    head, fact = rng.choice(half(OTHERS, kept))
    columns = [("1-9月累计", "ytd"), ("同比增长(%)", "ytd_growth"), (head, "other:" + "|".join(fact))]
    case.name = head
    month_table(rng, case, kept, columns)


def scopes(rng: Random, case: Case, kept: bool) -> None:
    """本月 · growth of the month · cumulative · growth: with heads of one line or two."""
    m, mg, y, yg = (rng.choice(half(w, kept)) for w in (MONTH, MONTH_GROWTH, YTD, YTD_GROWTH))
    if rng.random() < 0.5:
        mg = rng.choice(half([h for h in YTD_GROWTH if "累计" not in h and "1-9" not in h], kept))
        if "累计" in yg or "1-9" in yg:
            pass
    case.name = f"{m} | {mg} | {y} | {yg}"
    month_table(rng, case, kept, [(m, "month"), (mg, "month_growth"), (y, "ytd"), (yg, "ytd_growth")])


def two_lines(rng: Random, case: Case, kept: bool) -> None:
    """Groups 本月 and 累计, each with 绝对额 and 增长 below it."""
    case.row(rng.choice(half(TITLES, kept)))
    m, y = (
        rng.choice(half(MONTH[:4] + MONTH[6:8], kept)),
        rng.choice(half(("累计", "1-9月", "本年累计", "1-9月累计", "自年初累计", "年初至今累计"), kept)),
    )
    level = rng.choice(half(("绝对额", "总量", "完成额", "实绩", "绝对量", "数值", "完成数", "绝对值"), kept))
    growth = rng.choice(
        half(
            ("增长(%)", "同比(%)", "增速(%)", "同比增长(%)", "±%", "增幅(%)", "比上年同期增长(%)", "同比±%"),
            kept,
        )
    )
    group_below = rng.random() < 0.4
    top, bottom = ((level, growth), (m, y)) if group_below else ((m, y), (level, growth))
    head = case.row("指标名称", "计量单位", top[0], None, top[1], None)
    case.row(None, None, bottom[0], bottom[1], bottom[0], bottom[1])
    case.down(0, head, head + 1)
    case.down(1, head, head + 1)
    case.group(head, 2, 3)
    case.group(head, 4, 5)
    whats = (
        ("month", "ytd", "month_growth", "ytd_growth")
        if group_below
        else ("month", "month_growth", "ytd", "ytd_growth")
    )
    case.name = f"{top} / {bottom}"
    for name, code, unit, factor in rng.sample(half(LEVELS, kept), 3):
        _row(rng, case, "column", [("", w) for w in whats], name, code, unit, factor)


def apart(rng: Random, case: Case, kept: bool) -> None:
    """Year and month in different lines or at both ends of the title."""
    lines = rng.choice(half((
        ("2022年主要经济指标完成情况", "(1-9月)"), ("2022年全区主要经济指标(1—9月)",), ("主要经济指标", "2022年1—9月"),
        ("临溪区主要经济指标", None, "2022年9月"), ("1-9月主要经济指标完成情况", "2022年"), ("2022年临溪区主要指标", "1至9月累计"),
        ("2022 年度全区主要经济指标", "9月"), ("全区主要经济指标", "(2022年1-9月)"),
    ), kept))  # fmt: skip
    case.name = " / ".join(map(str, lines))
    for line in lines[:-1]:
        case.row(line)
    month_table(rng, case, kept, [("累计", "ytd"), ("同比增长(%)", "ytd_growth")], title=lines[-1] or "")


def pairs(rng: Random, case: Case, kept: bool) -> None:
    """Indicators across: a level and a growth column each, the growth without the name; districts down."""
    from benchmarks.table_kinds.words import RIVALS

    case.row(
        rng.choice(
            (
                "2022年1-9月各县区主要经济指标",
                "澄江市各区县主要经济指标(2022年1-9月)",
                "2022年9月分县区主要指标",
            )
        )
    )
    chosen = rng.sample([x for x in half(LEVELS, kept) if x[2] == "亿元"], 2)
    if chosen[0][1] == chosen[1][1]:
        chosen = chosen[:1]
    head: list[Any] = [rng.choice(("地区", "县区", "区县", "县市区", "单位名称", "各县区"))]
    growth = rng.choice(half(("增速(%)", "同比(%)", "增长(%)", "±%", "增幅%", "同比增长(%)"), kept))
    for name, _code, unit, _factor in chosen:
        head += [f"{name}({unit})", growth]
        if rng.random() < 0.4:
            head.append(rng.choice(half(("位次", "排名", "名次", "排位", "增速排名", "增幅位次"), kept)))
    case.row(*head)
    case.name = " | ".join(head)
    for name, region in [("全市", "chengjiang"), ("临溪区", "linxi"), *RIVALS.items()]:
        values: list[Any] = [name]
        r, at = len(case.rows), 0
        for h in head[1:]:
            c = len(values)
            if "(亿元)" in h:
                value: Any = round(rng.uniform(10, 400), 2)
                case.expect(r, c, region, chosen[at][1], "2022-09", "ytd", "natural", value)
                at += 1
            elif h == growth:
                value = round(rng.uniform(-9, 15), 1) or 1.2
                case.expect(r, c, region, chosen[at - 1][1], "2022-09", "ytd_growth", "natural", value)
            else:
                value = rng.randint(1, 5)
            values.append(value)
        case.row(*values)
