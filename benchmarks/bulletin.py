"""How long a month's bulletin takes with 20,000 matters and 200,000 events, all of them in its annex.

    python benchmarks/bulletin.py --full                  # 20,000 matters; else 2,000
    python benchmarks/bulletin.py [matters] [--keep FOLDER] [--pages FOLDER]

The place is that of `supervision.py` (a home made with its --keep can be given as --pages); the scope is
set to `all`: every matter is counted and printed. Two months are written: the last one that is over, for
which most derived columns still hold, and one a year ago, whose later events must be left out. Part by part,
then the whole action (`draft_bulletin`: count, compose, check, .docx, archive), then the pages. The bar: 5 s.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from supervision import _machine, _place, _times

GOAL = 5.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("matters", type=int, nargs="?", default=2_000)
    parser.add_argument("--full", action="store_true", help="20,000 matters")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--pages", type=Path)
    given = parser.parse_args()
    kept = given.pages or given.keep
    home = kept or Path(tempfile.mkdtemp(prefix="wenpan-bench-"))
    home.mkdir(parents=True, exist_ok=True)
    os.environ |= {"WENPAN_HOME": str(home), "WENPAN_JOBS": "inline"}
    from wenpan.commands._start import start_django

    start_django()
    print(_machine())
    try:
        from django.core.management import call_command

        if not given.pages:
            _place(home, 20_000 if given.full else given.matters)
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)  # pages name their files
        _scope_all(home)
        measure()
    finally:
        if not kept:
            shutil.rmtree(home, ignore_errors=True)
    print(_machine())


def _scope_all(home: Path) -> None:
    from wenpan.rules.loading import OURS

    words = (OURS / "supervision" / "bulletin.yaml").read_text("utf-8").replace("scope: year", "scope: all")
    folder = home / "rules" / "supervision"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bulletin.yaml").write_text(words, "utf-8")


def _timed(name: str, act: Callable[[], Any]) -> Any:
    started = time.perf_counter()
    found = act()
    print(f"  {name:<28} {time.perf_counter() - started:6.2f} s", flush=True)
    return found


def measure() -> None:
    from wenpan.economy.time.periods import Month

    today = date.today()
    last = Month(today.year, today.month).plus(-1)
    _warm()
    for month in (last, last.plus(-12)):
        print(f"{month}:")
        _parts(month)
        _whole(month)
    _pages(last)


def _warm() -> None:
    import docx  # noqa: F401 - the import is the server's, not the bulletin's


def _parts(month: Any) -> None:
    from wenpan.district.supervision.bulletin_input import queries as bulletin
    from wenpan.district.supervision.scoring import queries as scores
    from wenpan.district.supervision.scoring.month_log import month_log
    from wenpan.documents.papers.bulletin import compose as paper
    from wenpan.documents.papers.gbt9704 import render as gbt9704

    book = _timed("log of the month", lambda: month_log(month))
    print(f"    {len(book.matters)} matters, {sum(map(len, book.logs.values()))} events read")
    sheet = _timed("scores", lambda: scores.sheet(month, book))
    print(f"    {len(sheet.lines)} lines")
    given = _timed("everything counted", lambda: bulletin.bulletin(
        month, dated=date.today(), place="安禾区", issuer="督查绩效办", head="0" * 64))  # fmt: skip
    made, register = _timed("composed and checked", lambda: paper.compose(given))
    data = _timed("docx", lambda: gbt9704.render(made, created=given.dated))
    print(f"    {len(given.rows)} rows, {len(register.facts)} facts, {len(data):,} bytes")


def _whole(month: Any) -> None:
    from wenpan.district.accounts.models import User
    from wenpan.district.bulletins.actions import draft_bulletin

    clerk = User.objects.get(username="supervisor")
    started, cpu = time.perf_counter(), time.process_time()
    document = draft_bulletin(month=month, by=clerk)
    wall = time.perf_counter() - started
    verdict = "within" if wall < GOAL else "above"
    print(f"  the whole draft              {wall:6.2f} s, {verdict} {GOAL:.0f} s; "
          f"processor {time.process_time() - cpu:.2f} s; edition {document.edition}", flush=True)  # fmt: skip


def _pages(month: Any) -> None:
    from django.test import Client
    from django.urls import reverse

    from wenpan.district.accounts.models import User
    from wenpan.district.bulletins.models import Document

    client = Client()
    client.force_login(User.objects.get(username="supervisor"))
    document = Document.objects.filter(kind="bulletin", as_of=str(month)).latest("edition")
    for name, address in (
        ("archive", reverse("bulletins:list")),
        ("preview", reverse("bulletins:document", args=[document.pk])),
        ("behind a number", reverse("bulletins:behind", args=[document.pk]) + "?key=matters/overdue"),
        ("scores", reverse("supervision:scores")),
        ("scores of a unit", reverse("supervision:score", args=[str(month), "swj"])),
    ):
        p50, p95, _own = _times(lambda address=address: client.get(address))
        print(f"page: {name:<26} p50 {p50:6.0f} ms   p95 {p95:6.0f} ms", flush=True)


if __name__ == "__main__":
    main()
