"""A workbook of 100,000 rows: read, interpreted and examined; prints the machine, seconds and peak memory.

    python benchmarks/read_large.py [--rows 100000]

The figures are fictional: 20 districts, the shipped catalogue, months back from 2022-09, against a
ledger that holds all of it but the last month.
"""

from __future__ import annotations

import argparse
import io
import os
import platform
import random
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

import polars as pl
import xlsxwriter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from wenpan.district.ground import sandbox  # noqa: E402
from wenpan.documents.spreadsheets import workbook  # noqa: E402
from wenpan.documents.tables.frames import figures_frame  # noqa: E402
from wenpan.documents.tables.interpret import Context, interpret  # noqa: E402
from wenpan.economy.quality import CheckContext, examine  # noqa: E402
from wenpan.economy.time.periods import Month  # noqa: E402
from wenpan.rules import catalogue, quality_limits, workbook_kinds  # noqa: E402

LAST = Month(2022, 9)


def build(rows: int) -> bytes:
    """地区 | 指标 | 期间 | 口径 | 数值 | 单位, one figure a row."""
    chance = random.Random(9)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("数据")
        sheet.write_row(0, 0, ["地区", "指标", "期间", "口径", "数值", "单位"])
        for r, values in enumerate(_values(rows, chance), 1):
            sheet.write_row(r, 0, values)
    return out.getvalue()


def _values(rows: int, chance: random.Random):
    monthly = [i for i in catalogue().values() if i.frequency == "monthly"]
    count = 0
    for back in range(10_000):
        period = LAST.plus(-back)
        for indicator in monthly:
            for n in range(20):
                if count == rows:
                    return
                count += 1
                yield [
                    f"第{n + 1}区",
                    indicator.name,
                    str(period),
                    "累计增速",
                    round(chance.gauss(5, 4), 1),
                    "%",
                ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    data = build(rows)
    regions = {f"第{n + 1}区": f"r{n + 1}" for n in range(20)}
    context = Context(dict(catalogue()), regions, {}, "r1", {}, workbook_kinds())
    steps: list[tuple[str, float]] = []

    def step(name: str, started: float) -> float:
        now = time.perf_counter()
        steps.append((name, now - started))
        return now

    sandbox.parse(build(10), "small.xlsx", context)  # the child is up, as in a running server
    cpu = time.process_time()
    t = start = time.perf_counter()
    reading = sandbox.parse(data, "large.xlsx", context)
    t = step("read and interpret in the sandbox", t)
    figures = figures_frame(reading.figures)
    t = step("frame", t)
    ledger = figures.filter(pl.col("period") < str(LAST)).select(
        "region", "indicator", "period", "measure", "basis", "value"
    )
    names = {code: name for name, code in regions.items()}
    checks = CheckContext(catalogue(), names, "r1", reading.period, list(names), quality_limits())
    findings = examine(figures, ledger, checks)
    t = step("examine", t)
    total = t - start
    own_cpu = time.process_time() - cpu
    child = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sandbox.stop()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    parser_peak = used.ru_maxrss / 1024
    child_cpu = used.ru_utime + used.ru_stime
    t = time.perf_counter()
    book = workbook.read(data, "large.xlsx")
    t = step("(read alone, in process)", t)
    interpret(book, replace(context))
    step("(interpret alone, in process)", t)

    print(f"{platform.platform()}, {os.cpu_count()} cores, CPython {platform.python_version()}")
    print(f"{rows} rows, {len(data) / 1e6:.1f} MB, {len(reading.figures)} figures, {len(findings)} findings")
    for name, seconds in steps:
        print(f"{seconds:7.2f} s  {name}")
    print(f"{own_cpu:7.2f} s  processor time here, {child_cpu:.2f} s in the child with its start")
    print(f"{total:7.2f} s  in all; peak memory {child:.0f} MB here, {parser_peak:.0f} MB in the child")


if __name__ == "__main__":
    main()
