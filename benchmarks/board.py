"""The board at 200 indicators × 10 years × 20 regions: pages under load, and a figure from acceptance to sight.

    python benchmarks/board.py            # builds a database in a temporary home, prints figures
    python benchmarks/board.py --write    # and writes benchmarks/board.md

20 people are at work at once, each reading a page, then waiting a second. The pages are what they
open: the board of the newest months, filtered, sorted, and single indicators. gunicorn with two
gthread workers, as `wenpan serve` runs it. Not a test: figures depend on the machine and its load.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

CODE = Path(__file__).resolve().parents[1]
PEOPLE, PAUSE = 20, 1.0
INDICATORS, YEARS, REGIONS = 200, 10, 20
LAST = (2022, 9)
PASSWORD = "Bench-board-2022"


def catalogue_of(home: Path) -> None:
    """160 more indicators in the place's own rules folder: monthly, level and growth."""
    folder = home / "rules" / "indicators"
    folder.mkdir(parents=True)
    lines = ['version: "bench"', "effective_from: 2010-01-01", "source: 基准测试", "indicators:"]
    from wenpan.rules import catalogue

    for n in range(INDICATORS - len(catalogue())):
        lines.append(
            f"  - {{code: bench_{n}, name: 基准指标{n}, group: 基准, unit: 亿元, january: true, owner: u{n % 8}}}"
        )
    (folder / "bench.yaml").write_text("\n".join(lines), encoding="utf-8")


def build(home: Path) -> int:
    """The ledger, a target each, and three months of judgements; returns the number of figures."""
    from datetime import datetime
    from decimal import Decimal

    import numpy as np
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    catalogue_of(home)
    call_command("migrate", verbosity=0)
    from wenpan.district.accounts.actions import create_user
    from wenpan.district.accounts.models import Unit
    from wenpan.district.indicators import actions, hooks
    from wenpan.district.intake.models import Original, Submission
    from wenpan.district.observations.models import Batch, Observation, Region
    from wenpan.economy.periods import Month, Quarter
    from wenpan.rules import catalogue

    at = timezone.make_aware(datetime(2022, 10, 20))
    for n in range(8):
        Unit.objects.create(
            code=f"u{n}", name=f"单位{n}", short_name=f"单位{n}", kind="department", order=n, pinyin=""
        )
    user = create_user(
        username="bench",
        name="基准",
        role="analyst",
        unit=Unit.objects.first(),
        password=PASSWORD,
        by=None,
        temporary=False,
    )
    city = Region.objects.create(code="city", name="全市", pinyin="")
    regions = [city] + [
        Region.objects.create(code=f"r{n}", name=f"第{n}区", parent=city, home=n == 1, order=n, pinyin="")
        for n in range(1, REGIONS)
    ]
    original = Original.objects.create(sha256="0" * 64, size=1, first_name="基准.xlsx", stored_at=at)
    submission = Submission.objects.create(
        original=original,
        filename="基准.xlsx",
        kind="city_table",
        state="accepted",
        uploaded_by=user,
        uploaded_at=at,
    )
    batch = Batch.objects.create(submission=submission, recorded_at=at, recorded_by=user)
    rng = np.random.default_rng(7)
    table = Observation._meta.db_table
    columns = "region_id, indicator, period, measure, basis, status, value, value_text, unit, version, batch_id, sheet, cell, recorded_at"
    insert = f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * 14)})"
    stamp, count = connection.ops.adapt_datetimefield_value(at), 0
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        for code, item in catalogue().items():
            periods = (
                [
                    Quarter(y, q)
                    for y in range(2022 - YEARS + 1, 2023)
                    for q in (1, 2, 3, 4)
                    if (y, q * 3) <= LAST
                ]
                if item.frequency == "quarterly"
                else [
                    Month(y, m)
                    for y in range(2022 - YEARS + 1, 2023)
                    for m in range(1, 13)
                    if (y, m) <= LAST and (m > 1 or item.january)
                ]
            )
            growth = 5 + rng.normal(0, 0.6, (len(regions), len(periods))).cumsum(1)
            rows = []
            for r, region in enumerate(regions):
                for p, period in enumerate(periods):
                    g = round(float(growth[r, p]), 1)
                    level = round(10 * period.end.month * 1.05 ** (period.end.year - 2012), 2)
                    for measure, value in (("ytd_growth", g), ("ytd", level)):
                        if item.headline.startswith("balance"):
                            measure = {"ytd": "balance", "ytd_growth": "balance_growth"}[measure]
                        rows.append(
                            (
                                region.pk,
                                code,
                                str(period),
                                measure,
                                "natural",
                                "value",
                                value,
                                str(value),
                                "%",
                                1,
                                batch.pk,
                                "表1",
                                "C5",
                                stamp,
                            )
                        )
            cursor.executemany(insert, rows)
            count += len(rows)
        cursor.execute("COMMIT")
        cursor.execute("ANALYZE")
    with hooks.deferred():
        for code in catalogue():
            actions.set_target(
                indicator=code, year=2022, value=Decimal("6"), set_by="city", document="基准", by=user, at=at
            )
    for month in (7, 8, 9):
        actions.judge_month(as_of=Month(2022, month), by=user)
    return count


def acceptance() -> list[tuple[str, float]]:
    """Seconds from an accepted file of a month to its figures on the board, in the same process as the act."""
    from decimal import Decimal

    from django.db import transaction
    from django.utils import timezone

    from wenpan.district.accounts.models import User
    from wenpan.district.indicators import hooks, queries
    from wenpan.district.intake.models import Original, Submission
    from wenpan.district.observations.models import Batch, Observation, Region
    from wenpan.rules import catalogue

    user, home = User.objects.get(username="bench"), Region.objects.get(home=True)
    out = []
    codes = list(catalogue())
    for label, chosen in (
        ("1 figure", codes[40:41]),
        ("a table of 30 indicators", codes[40:70]),
        ("all 200", codes),
    ):
        for attempt in range(3):
            at = timezone.now()
            original = Original.objects.create(
                sha256=f"{label}{attempt}".ljust(64, "0"), size=1, first_name="m.xlsx", stored_at=at
            )
            submission = Submission.objects.create(
                original=original,
                filename="m.xlsx",
                kind="indicator_table",
                state="accepted",
                uploaded_by=user,
                uploaded_at=at,
            )
            begun = time.perf_counter()
            with transaction.atomic():
                batch = Batch.objects.create(submission=submission, recorded_at=at, recorded_by=user)
                old = Observation.objects.filter(
                    region=home,
                    indicator__in=chosen,
                    period="2022-09",
                    measure="ytd_growth",
                    superseded_at__isnull=True,
                )
                fresh = [
                    Observation(
                        region=home,
                        indicator=o.indicator,
                        period=o.period,
                        measure=o.measure,
                        basis=o.basis,
                        value=o.value + Decimal("0.1"),
                        value_text="x",
                        version=o.version + 1,
                        batch=batch,
                        recorded_at=at,
                    )
                    for o in old
                ]
                old.update(superseded_at=at)
                Observation.objects.bulk_create(fresh)
                hooks.figures_changed(batch, set(chosen), {"2022-09"}, user, at)
            queries.board()
            out.append((label, time.perf_counter() - begun))
    return out


class Person(threading.Thread):
    """Signs in, then reads pages with a pause between, until told to stop."""

    def __init__(self, base: str, codes: list[str], seconds: float, seed: int) -> None:
        super().__init__()
        self.base, self.codes, self.seconds, self.random = base, codes, seconds, random.Random(seed)
        self.taken: list[tuple[str, float]] = []
        self.failed = 0
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )

    def sign_in(self) -> None:
        import re

        page = self.opener.open(f"{self.base}/board/").read().decode()
        address = self.opener.open(f"{self.base}/board/").geturl()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        data = {
            "csrfmiddlewaretoken": token[1] if token else "",
            "username": "bench",
            "password": PASSWORD,
            "next": "/board/",
        }
        self.opener.open(
            urllib.request.Request(address, urllib.parse.urlencode(data).encode(), {"Referer": address})
        )

    def address(self) -> tuple[str, str]:
        month = self.random.choice(["2022-09", "2022-09", "2022-09", "2022-08", "2022-07"])
        kind = self.random.random()
        if kind < 0.6:
            return "board", f"/board/?as_of={month}"
        if kind < 0.8:
            more = self.random.choice(
                ["light=RED", "light=YELLOW", "sort=j__gap", "sort=-j__rank", "owner=u3", "group=基准"]
            )
            return "board, filtered or sorted", "/board/?as_of=" + month + "&" + urllib.parse.quote(
                more, safe="=&"
            )
        return "indicator", f"/indicators/{self.random.choice(self.codes)}/"

    def run(self) -> None:
        time.sleep(self.random.random() * PAUSE)
        end = time.monotonic() + self.seconds
        while time.monotonic() < end:
            kind, address = self.address()
            begun = time.perf_counter()
            try:
                with self.opener.open(self.base + address) as answer:
                    size = len(answer.read())
                    if size < 5_000 or "sign" in answer.geturl():
                        self.failed += 1
            except OSError:
                self.failed += 1
            self.taken.append((kind, time.perf_counter() - begun))
            time.sleep(PAUSE)


def load(port: int, codes: list[str], seconds: float) -> tuple[list[tuple[str, float]], int]:
    base = f"http://127.0.0.1:{port}"
    people = [Person(base, codes, seconds, n) for n in range(PEOPLE)]
    for person in people:
        person.sign_in()
    for person in people:
        person.start()
    for person in people:
        person.join()
    return [t for p in people for t in p.taken], sum(p.failed for p in people)


def percentile(values: list[float], q: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(q * len(ordered)))]


def serve(home: Path, port: int) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "wenpan.district.wsgi:application",
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "2",
        "--threads",
        "4",
        "--worker-class",
        "gthread",
        "--log-level",
        "error",
    ]
    server = subprocess.Popen(command, cwd=CODE, env={**os.environ, "WENPAN_HOME": str(home)})
    for _ in range(120):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/", timeout=2)
        except urllib.error.HTTPError:
            return server
        except OSError:
            time.sleep(0.25)
        else:
            return server
    raise SystemExit("the server did not start")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--home", type=Path, help="keep the database here, and use it if it is there")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    home = arguments.home or Path(tempfile.mkdtemp(prefix="wenpan-board-"))
    fresh = not (home / "wenpan.sqlite3").exists()
    os.environ["WENPAN_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "wenpan.district.settings"
    sys.path.insert(0, str(CODE))
    from wenpan.district.sqlite import bring_fixed_library

    bring_fixed_library()
    import django

    django.setup()
    begun = time.perf_counter()
    figures = build(home) if fresh else 0
    built = time.perf_counter() - begun
    seen = acceptance() if fresh else []
    from wenpan.rules import catalogue

    codes = list(catalogue())
    server = serve(home, arguments.port)
    try:
        load(arguments.port, codes, 5)  # the first pages of a fresh process draw every table once
        taken, failed = load(arguments.port, codes, arguments.seconds)
    finally:
        server.terminate()
        server.wait()
    report = tell(figures, built, seen, taken, failed)
    print(report)
    if arguments.write:
        (CODE / "benchmarks" / "board.md").write_text(report, encoding="utf-8")
    if arguments.home is None:
        shutil.rmtree(home)


def tell(
    figures: int, built: float, seen: list[tuple[str, float]], taken: list[tuple[str, float]], failed: int
) -> str:
    lines = [
        "## The board under load, and a figure from acceptance to sight", "", "    python benchmarks/board.py --write", "",
        f"{INDICATORS} indicators × {YEARS} years × {REGIONS} regions on SQLite: {figures:,} figures, built in {built:.0f} s.",
        f"{PEOPLE} people, {PAUSE:.0f} s between pages, gunicorn 2 workers × 4 threads; {len(taken)} pages, {failed} failed.", "",
        "| page | n | p50 ms | p95 ms | max ms |", "|---|--:|--:|--:|--:|",
    ]  # fmt: skip
    kinds = ["all", *sorted({kind for kind, _ in taken})]
    for kind in kinds:
        times = [1000 * t for k, t in taken if kind in ("all", k)]
        lines.append(
            f"| {kind} | {len(times)} | {percentile(times, 0.5):.0f} | {percentile(times, 0.95):.0f} | {max(times):.0f} |"
        )
    lines += ["", "| accepted | seconds until the board shows it (three tries) |", "|---|--:|"]
    for label in dict.fromkeys(label for label, _ in seen):
        lines.append(f"| {label} | {' · '.join(f'{t:.2f}' for name, t in seen if name == label)} |")
    lines += ["", machine()]
    return "\n".join(lines) + "\n"


def machine() -> str:
    import django

    name = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        "",
    )
    return (
        f"Machine: {name}, {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f} at the end, "
        f"Python {platform.python_version()}, Django {django.__version__}."
    )


if __name__ == "__main__":
    main()
