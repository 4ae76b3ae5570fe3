"""How long the room of deals takes with 5,000 deals and 60,000 events: import, pages, funnel.

    python benchmarks/deals.py [deals] [--write]

A home of its own, in the temporary folder; prints machine, load and times. The ledger goes through the intake
(check and accept); more events are then written to the size that was asked for, as progress notes of years
would. Times of pages are of the whole answer of the server (Django's test client), p95 of 20 after one to
warm up.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import tempfile
import time
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

AT = datetime(2022, 10, 10, 9, 0, tzinfo=timezone(timedelta(hours=8)))
EVENTS_A_DEAL = 12
PAGES = (
    ("board", "/deals/"), ("list", "/deals/list/"),
    ("list, filtered", "/deals/list/?state=all&size=1&trade=industry"),
    ("list, standing still", "/deals/list/?still=3&sort=-agreed"), ("list, searched", "/deals/list/?q=智能"),
    ("funnel by year", "/deals/funnel/"), ("funnel by quarter", "/deals/funnel/?by=quarter"),
    ("a deal", "/deals/{deal}/"), ("my deals", "/deals/mine/"),
    ("possible duplicates", "/deals/duplicates/"),
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("deals", type=int, nargs="?", default=5_000)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="wenpan-bench-"))
    os.environ |= {"WENPAN_HOME": str(home), "WENPAN_JOBS": "inline", "WENPAN_SANDBOX": "inline"}
    lines: list[str] = []
    try:
        _run(home, given.deals, lines)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    if given.write:
        note = Path(__file__).with_suffix(".md")
        head, _, _ = note.read_text(encoding="utf-8").partition("<!-- numbers -->")
        body = "\n".join(f"    {line}" for line in lines)
        note.write_text(f"{head}<!-- numbers -->\n\n{body}\n", encoding="utf-8")


def _tell(lines: list[str], line: str) -> None:
    lines.append(line)
    print(line, flush=True)


def _machine() -> str:
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    cores = f"{os.cpu_count()} cores, load {load}"
    return f"{platform.machine()} {platform.system()}, {cores}, Python {platform.python_version()}"


def _run(home: Path, count: int, lines: list[str]) -> None:
    from wenpan.commands._start import start_django

    start_django()
    from django.core.management import call_command
    from django.utils import timezone as clock

    from wenpan.demo.files.deal_files import ledger_workbook
    from wenpan.demo.play import build
    from wenpan.demo.story.deals import many_deals
    from wenpan.district.intake import actions
    from wenpan.district.observations.place import sync_place

    clock.now = lambda: AT  # the story is of 2022
    _tell(lines, _machine())
    build._install_place(home)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    sync_place(home)
    users = build._users()
    data = ledger_workbook(many_deals(count), date(2022, 10, 8))
    submission = actions.submit(data=data, filename="台账.xlsx", by=users["analyst"], at=AT)
    started, worked = time.perf_counter(), time.process_time()
    actions.check(submission=submission, by=users["analyst"], at=AT)
    checked = time.perf_counter()
    submission.refresh_from_db()
    assert submission.state == "ready", list(submission.findings.values_list("check_code", "found")[:5])
    keys = submission.findings.filter(severity="soft").values_list("key", flat=True)
    actions.explain(submission=submission, reasons=dict.fromkeys(keys, "已核实"), by=users["analyst"], at=AT)
    begun = time.perf_counter()
    actions.accept(submission=submission, by=users["analyst"], at=AT)
    took, work = time.perf_counter() - begun, time.process_time() - worked
    told = f"checked in {checked - started:.1f} s, accepted in {took:.1f} s"
    _tell(lines, f"import of {count} rows: {told}; {work:.1f} s of the processor in all")
    _more_events(users["analyst"], count * EVENTS_A_DEAL)
    _pages(users["staff"], lines)
    _tell(lines, _machine())


def _more_events(by: Any, wanted: int) -> None:
    from wenpan.district.attraction.derive import refresh
    from wenpan.district.attraction.models import Deal, DealEvent

    deals = list(Deal.objects.exclude(since=None))
    missing = wanted - DealEvent.objects.count()
    rows = []
    for number in range(max(0, missing)):
        deal = deals[number % len(deals)]
        on = min(AT.date(), deal.since + timedelta(days=7 * (number // len(deals))))
        rows.append(DealEvent(deal=deal, kind="progress", on=on, note="来访", by=by, at=AT))
    DealEvent.objects.bulk_create(rows, batch_size=2000)
    refresh([deal.pk for deal in deals], AT.date())


def _pages(user: Any, lines: list[str]) -> None:
    from django.test import Client

    from wenpan.district.attraction.models import Deal, DealEvent

    _tell(lines, f"{Deal.objects.count()} deals, {DealEvent.objects.count()} events")
    client = Client()
    client.force_login(user)
    deal = Deal.objects.filter(stage="started").first()
    for name, address in PAGES:
        times, work = [], []
        for _ in range(21):
            started, worked = time.perf_counter(), time.process_time()
            answer = client.get(address.format(deal=deal.pk))
            assert answer.status_code == 200, (address, answer.status_code)
            times.append(time.perf_counter() - started)
            work.append(time.process_time() - worked)
        ordered, processor = sorted(times[1:]), sorted(work[1:])
        told = f"p50 {1000 * ordered[9]:5.0f} ms   p95 {1000 * ordered[18]:5.0f} ms"
        told += (
            f"   of the processor p95 {1000 * processor[18]:5.0f} ms, the first time {1000 * work[0]:5.0f} ms"
        )
        _tell(lines, f"page: {name:<22} {told}")


if __name__ == "__main__":
    main()
