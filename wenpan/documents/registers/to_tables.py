"""A register as the tables that the intake takes: ratings of all reports, and the key-project list of one.

Pure. The ratings keep the register's own unit in a column. The key-project list is in 万元, as every such
list; its amounts are converted at a rate that a person states, and the title says so. A project without a
positive cost cannot stand on that list and is a finding.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from wenpan.documents.registers.cells import Entry
from wenpan.documents.registers.register import Register
from wenpan.economy.judging.light_words import LIGHTS
from wenpan.economy.quality.finding import Finding, Severity

RATINGS = ("编号", "项目名称", "主管部门", "类别", "报告日期", "评级", "红黄绿", "评级方",
           "开工日期", "计划完工日期", "总费用", "金额单位")  # fmt: skip
KEYS = ("编号", "项目名称", "建设单位", "级别", "总投资(万元)", "年度计划投资(万元)", "计划开工", "计划竣工")
RATED_BY = {"authority": "登记机关", "self": "项目自评"}
Cell = str | float | None


@dataclass(frozen=True)
class Rate:
    """`yuan` a unit of the register's currency, by which document."""

    yuan: float
    source: str


def ratings_table(register: Register) -> bytes:
    """.xlsx of the kind `project_ratings`: one row a project and report."""
    rows = [_rating(entry, register.kind.unit) for entry in register.entries]
    return _xlsx("评级", f"{register.kind.name}评级表", "金额为登记册原单位, 未折算", RATINGS, rows)


def _rating(e: Entry, unit: str) -> list[Cell]:
    on, start, finish = (f"{d:%Y-%m-%d}" if d else None for d in (e.on, e.start, e.finish))
    colour, by = LIGHTS.get(e.light), RATED_BY.get(e.rated_by)
    cost = (None, None) if e.cost is None else (e.cost, unit)
    return [e.code, e.name, e.department, e.category, on, e.rating, colour, by, start, finish, *cost]


def key_table(register: Register, year: int, rate: Rate, level: str) -> tuple[bytes, list[Finding]]:
    """.xlsx of the kind `key_projects` of one report, and what could not be put on it."""
    kind = register.kind
    rows, findings = [], []
    for entry in register.entries:
        if entry.year != year:
            continue
        if entry.cost is None or entry.cost <= 0:
            findings.append(_no_cost(entry))
            continue
        rows.append(_key(entry, kind.per_unit * rate.yuan / 10_000, level))
    title = f"{year}年重点项目清单({kind.name}, 金额由{kind.unit}按1{kind.currency}={rate.yuan:g}元折算)"
    return _xlsx("重点项目", title, f"汇率依据: {rate.source}", KEYS, rows), findings


def _key(e: Entry, times: float, level: str) -> list[Cell]:
    def money(value: float | None) -> float | None:
        return None if value is None or value < 0 else round(value * times, 2)

    months = [f"{d.year}年{d.month}月" if d else None for d in (e.start, e.finish)]
    return [e.code, e.name, e.department, level, money(e.cost), money(e.budget), *months]


def _no_cost(entry: Entry) -> Finding:
    return Finding(
        "register.no_cost",
        Severity.SOFT,
        "没有总费用或不大于0, 没有列入重点项目清单; 评级照常转出",
        "大于0的总费用",
        "请核实后补列",
        "",
        f"第{entry.row}行",
        entry.name,
    )


def findings_csv(findings: Sequence[Finding]) -> bytes:
    """One line a finding, for a spreadsheet: nothing in it is a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("程度", "检查", "工作表", "单元格", "项目", "发现", "应为", "请"))
    for f in findings:
        cells = (f.severity.value, f.check, f.sheet, f.cell, f.subject, f.found, f.expected, f.advice)
        writer.writerow([f"'{c}" if c[:1] in ("=", "+", "-", "@", "\t") else c for c in cells])
    return out.getvalue().encode("utf-8-sig")


def _xlsx(name: str, title: str, note: str, head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    buffer = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, plain) as book:
        page = book.add_worksheet(name)
        bold = book.add_format({"bold": True})
        page.write_string(0, 0, title, bold)
        page.write_string(1, 0, note)
        for j, text in enumerate(head):
            page.write_string(2, j, text, bold)
        for i, row in enumerate(rows, 3):
            for j, value in enumerate(row):
                if isinstance(value, float):
                    page.write_number(i, j, value)
                elif value:
                    page.write_string(i, j, value)
        page.freeze_panes(3, 2)
        page.set_column(0, len(head) - 1, 16)
    return buffer.getvalue()
