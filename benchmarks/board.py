"""The board at 200 indicators × 10 years × 20 regions: pages under load, and a figure from acceptance to sight.

    python benchmarks/board.py --full            # builds a database in a temporary home, prints figures
    python benchmarks/board.py --full --write    # and writes benchmarks/board.md

Without --full there are three years instead of ten, read for 15 seconds instead of 40.

20 people are at work at once, each reading a page, then waiting a second. The pages are what they
open: the board of the newest months, filtered, sorted, and single indicators. gunicorn with two
gthread workers, as `wenpan serve` runs it. Acceptance is timed from the act to the
board read again, in one process; so is what a page costs the processor. Not a test: figures depend on the machine and its load.
"""

# ruff: noqa: E501
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

import board_place
from board_place import INDICATORS, PASSWORD, REGIONS, acceptance, build, cost

CODE = Path(__file__).resolve().parents[1]
PEOPLE, PAUSE = 20, 1.0


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
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--full", action="store_true", help="ten years, 40 seconds")
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--home", type=Path, help="keep the database here, and use it if it is there")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    board_place.YEARS = 10 if arguments.full else 3
    arguments.seconds = arguments.seconds or (40 if arguments.full else 15)
    home = arguments.home or Path(tempfile.mkdtemp(prefix="wenpan-board-"))
    fresh = not (home / "wenpan.sqlite3").exists()
    os.environ["WENPAN_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "wenpan.district.settings"
    sys.path.insert(0, str(CODE))
    from wenpan.district.ground.sqlite import bring_fixed_library

    bring_fixed_library()
    import django

    django.setup()
    from wenpan.commands import _assets

    _assets.gather()
    if fresh:
        build(home)
    seen = acceptance()
    from wenpan.district.observations.models import Observation
    from wenpan.rules import catalogue

    figures = Observation.objects.filter(superseded_at__isnull=True).count()

    codes = list(catalogue())
    spent = cost(codes)
    server = serve(home, arguments.port)
    try:
        load(arguments.port, codes, 5)  # the first pages of a fresh process draw every table once
        taken, failed = load(arguments.port, codes, arguments.seconds)
    finally:
        server.terminate()
        server.wait()
    report = tell(figures, seen, taken, failed, spent)
    print(report)
    if arguments.write:
        (CODE / "benchmarks" / "board.md").write_text(report, encoding="utf-8")
    if arguments.home is None:
        shutil.rmtree(home)


def tell(
    figures: int,
    seen: list[tuple[str, float, float]],
    taken: list[tuple[str, float]],
    failed: int,
    spent: list[tuple[str, float]],
) -> str:
    lines = [
        "## The board under load, and a figure from acceptance to sight", "", "    python benchmarks/board.py --full --write", "",
        f"{INDICATORS} indicators × {board_place.YEARS} years × {REGIONS} regions on SQLite: {figures:,} figures.",
        f"{PEOPLE} people, {PAUSE:.0f} s between pages, gunicorn 2 workers × 4 threads; {len(taken)} pages, {failed} failed.", "",
        "| page | n | p50 ms | p95 ms | max ms |", "|---|--:|--:|--:|--:|",
    ]  # fmt: skip
    kinds = ["all", *sorted({kind for kind, _ in taken})]
    for kind in kinds:
        times = [1000 * t for k, t in taken if kind in ("all", k)]
        lines.append(
            f"| {kind} | {len(times)} | {percentile(times, 0.5):.0f} | {percentile(times, 0.95):.0f} | {max(times):.0f} |"
        )
    lines += [
        "",
        "| accepted | seconds until the board shows it (three tries) | of the processor |",
        "|---|--:|--:|",
    ]
    for label in dict.fromkeys(label for label, _, _ in seen):
        clock = " · ".join(f"{t:.2f}" for name, t, _ in seen if name == label)
        work = " · ".join(f"{t:.2f}" for name, _, t in seen if name == label)
        lines.append(f"| {label} | {clock} | {work} |")
    lines += ["", "| page, alone in one process | ms of the processor |", "|---|--:|"]
    lines += [f"| {page} | {ms:.1f} |" for page, ms in spent]
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
