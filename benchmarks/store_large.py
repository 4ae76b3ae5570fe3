"""A workbook of 100,000 figures through the real intake: read, check, accept; seconds and memory.

    .venv/bin/python benchmarks/store_large.py [ROWS]

Builds a long table (.xlsx) in a throw-away WENPAN_HOME, submits it, checks it in the sandbox, accepts it,
then reads the ledger back as a frame and asks for the origin of one figure. Prints the machine, the
seconds of every step, and the peak memory of this process and of the sandbox's children.
"""

from __future__ import annotations

import multiprocessing
import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

SECONDS: dict[str, float] = {}


@contextmanager
def timed(name: str) -> Iterator[None]:
    start, cpu = time.perf_counter(), cpu_seconds()
    yield
    SECONDS[name] = time.perf_counter() - start
    spent = cpu_seconds() - cpu
    print(f"{name:<34}{SECONDS[name]:8.2f} s   cpu {spent:6.2f} s   peak {peak_mb():6.0f} MB", flush=True)


def cpu_seconds() -> float:
    """Of this process and of the sandbox's children, alive or ended: on a shared machine it says more."""
    ticks = os.sysconf("SC_CLK_TCK")
    alive = 0.0
    for task in Path(f"/proc/{os.getpid()}/task").glob("*/children"):
        for child in task.read_text().split():
            fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
            alive += (int(fields[11]) + int(fields[12])) / ticks
    return sum(os.times()[:4]) + alive


def peak_mb(who: int = resource.RUSAGE_SELF) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


def machine() -> str:
    model = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor(),
    )
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}"


def rows(count: int) -> list[tuple[str, str, str, str, float, str]]:
    """region, indicator, period, measure, value, unit: smooth series that the checks need not doubt."""
    from wenpan.economy.figures.indicators import MEASURE_LABELS, Measure
    from wenpan.rules import catalogue

    def endless() -> Iterator[tuple[str, str, str, str, float, str]]:
        for region in range(200):
            for indicator in catalogue().values():
                if indicator.frequency != "monthly":
                    continue
                for measure in indicator.measures:
                    for year in range(2013, 2023):
                        yield from series(region, indicator, Measure(measure), year)

    def series(region, indicator, measure, year):
        for month in range(1 if indicator.january else 2, 13):
            growth = 5 + (region % 7) * 0.3 + month * 0.1
            level = round((100 + region) * month * 1.05 ** (year - 2013), 2)
            value = growth if measure.is_growth else level
            label = MEASURE_LABELS[measure]
            yield (
                f"第{region + 1}区",
                indicator.name,
                f"{year}-{month:02d}",
                label,
                round(value, 2),
                indicator.unit_of(measure),
            )

    return list(islice(endless(), count))


def workbook(path: Path, table: list[tuple[str, str, str, str, float, str]]) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("长表")
        for column, heading in enumerate(("地区", "指标", "期间", "计量", "数值", "单位")):
            sheet.write_string(0, column, heading)
        for number, line in enumerate(table, 1):
            for column, value in enumerate(line):
                sheet.write(number, column, value)


def make(path: Path, count: int) -> None:
    workbook(path, rows(count))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    home = Path(tempfile.mkdtemp(prefix="wenpan-bench-"))
    os.environ |= {
        "WENPAN_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "wenpan.district.settings",
        "WENPAN_JOBS": "inline",
    }
    import django

    import wenpan.district  # noqa: F401  (brings the fixed SQLite)

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from wenpan.district.accounts.actions import create_user
    from wenpan.district.indicators import hooks as judging
    from wenpan.district.intake import actions
    from wenpan.district.observations import queries
    from wenpan.district.observations.actions import sync_regions

    regions = [{"code": f"r{i}", "name": f"第{i + 1}区", "home": i == 0} for i in range(200)]
    sync_regions(regions=regions, city={"code": "city", "name": "全市"}, by=None)
    by = create_user(username="bench", name="bench", role="analyst", password="Stable-district-2022", by=None)
    path = home / "large.xlsx"
    made = multiprocessing.get_context("spawn").Process(
        target=make, args=(path, count)
    )  # its memory is none of the server's
    made.start()
    made.join()
    print(machine())
    print(f"{count:,} figures, {path.stat().st_size / 1024**2:.1f} MB; before: peak {peak_mb():.0f} MB\n")
    data = path.read_bytes()
    with timed("submit (kept on disk)"):
        submission = actions.submit(data=data, filename=path.name, by=by, kind="long_table")
    with timed("check (read in sandbox, examined)"):
        submission = actions.check(submission=submission)
    print(f"    {submission.state}, {submission.counts}")
    soft = list(submission.findings.filter(severity="soft").values_list("check_code", flat=True).distinct())
    if soft:
        actions.explain(submission=submission, reasons=dict.fromkeys(soft, "benchmark"), by=by)
    with timed("accept (examined, stored)"), no_judging(judging):
        actions.accept(submission=submission, by=by)
    with timed("frame of the ledger"):
        frame = queries.frame()
    with timed("origin of one figure"):
        queries.origin(frame["id"][0])
    print(f"\nread, checked and stored: {sum(list(SECONDS.values())[:3]):.2f} s; peak {peak_mb():.0f} MB, "
          f"sandbox {peak_mb(resource.RUSAGE_CHILDREN):.0f} MB (children that have ended)")  # fmt: skip


@contextmanager
def no_judging(judging) -> Iterator[None]:
    """Judging ten years of months is measured in its own benchmark."""
    from wenpan.district.observations import hooks

    hooks.remove(judging.figures_changed)
    yield
    hooks.on_change(judging.figures_changed)


if __name__ == "__main__":
    main()
