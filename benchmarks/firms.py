"""Pages of the room of firms with 20,000 firms, 50,000 requests and 500,000 events.

    python benchmarks/firms.py [--firms 2000]     # ten events a request, two and a half requests a firm
    python benchmarks/firms.py --full             # 20,000 firms
    python benchmarks/firms.py --full --keep HOME # filled where there is none, measured again where there is

A home of its own in the temporary folder, filled by bulk inserts (every request with the derived columns of
its log). Printed: machine, and p50 and p95 of 20 answers of one server process after one to warm up, by the
clock and of the processor (the clock's depend on what else runs).
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import shutil
import tempfile
import time
from datetime import date, datetime, timedelta
from datetime import timezone as zone
from pathlib import Path
from typing import Any

ZONE = zone(timedelta(hours=8))
UNTIL = datetime(2022, 11, 23, 9, tzinfo=ZONE)
STEPS = (
    "received",
    "accepted",
    "assigned",
    "signed_for",
    "contacted",
    "progressed",
    "replied",
    "checked",
    "called_back",
    "closed",
)
PHASES = (
    "registered",
    "accepted",
    "assigned",
    "in_hand",
    "in_hand",
    "in_hand",
    "replied",
    "checked",
    "checked",
    "closed",
)


def fill(count: int) -> dict[str, Any]:
    from django.db import transaction

    from wenpan.district.accounts.actions import create_user, sync_units
    from wenpan.district.accounts.models import Unit
    from wenpan.district.firms.models import Firm, RequestEntry, ServiceRequest
    from wenpan.district.firms.policies.actions import keep_clause
    from wenpan.rules.firm_policies import sample_clauses

    rng = random.Random(7)
    names = [("jfj", "经发局", "department"), ("zjj", "住建局", "department"), ("tongxi", "桐溪镇", "town")]
    sync_units(units=[{"code": c, "name": n, "short_name": n, "kind": k} for c, n, k in names], by=None)
    units = list(Unit.objects.all())
    password = "Stable-district-2022"
    office = create_user(username="o", name="o", role="service", unit=units[0], password=password, by=None)
    unit = create_user(username="u", name="u", role="liaison", unit=units[1], password=password, by=None)
    with transaction.atomic():
        firms = Firm.objects.bulk_create(
            [
                Firm(
                    name=f"安禾{n}号企业有限公司",
                    compared=f"安禾{n}号企业有限公司",
                    pinyin=f"an he {n:06d}",
                    town=units[2],
                    lists=["四上"] if n % 3 else [],
                    marks="|四上|" if n % 3 else "|",
                    trade=rng.choice(["机械", "食品"]),
                )
                for n in range(count)
            ],
            batch_size=2000,
        )
        rows, entries = [], []
        for n in range(count * 5 // 2):
            at = UNTIL - timedelta(minutes=rng.randrange(2 * 365 * 1440))
            last = 9 if rng.random() < 0.96 else rng.randrange(9)
            handled = last >= 2
            rows.append(
                ServiceRequest(
                    number=f"{at.year}-S{n:05d}",
                    year=at.year,
                    serial=n,
                    firm=rng.choice(firms),
                    title=f"第{n}件诉求",
                    channel="window",
                    category="factors",
                    request_class="normal",
                    rules="default",
                    received_at=at,
                    version=last + 1,
                    phase=PHASES[last],
                    unit=units[n % 2] if handled else None,
                    outcome="solved" if last == 9 else "",
                    attempts=1 if last else 0,
                    accepted_at=at + timedelta(hours=1) if last else None,
                    replied_at=at + timedelta(hours=6) if last >= 6 else None,
                    closed_at=at + timedelta(hours=9) if last == 9 else None,
                    next_due=at + timedelta(days=15) if last < 9 else None,
                    main_due=at + timedelta(days=21),
                )
            )
        rows = ServiceRequest.objects.bulk_create(rows, batch_size=2000)
        for row in rows:
            for k in range(row.version):
                data = _data(STEPS[k], row)
                at = row.received_at + timedelta(hours=k)
                entries.append(
                    RequestEntry(request=row, sequence=k + 1, kind=STEPS[k], at=at, by=unit, data=data)
                )
        RequestEntry.objects.bulk_create(entries, batch_size=5000)
        for _clause, data in sample_clauses():
            keep_clause(data=data, by=None, at=UNTIL)
    return {
        "office": office,
        "unit": unit,
        "firms": len(firms),
        "requests": len(rows),
        "entries": len(entries),
    }


def standing() -> dict[str, Any]:
    """The people and sizes of a home that was filled before."""
    from wenpan.district.accounts.models import User
    from wenpan.district.firms.models import Firm, RequestEntry, ServiceRequest

    return {
        "office": User.objects.get(username="o"), "unit": User.objects.get(username="u"),
        "firms": Firm.objects.count(), "requests": ServiceRequest.objects.count(),
        "entries": RequestEntry.objects.count(),
    }  # fmt: skip


def _data(kind: str, row: Any) -> dict[str, Any]:
    known = {
        "assigned": {"unit": row.unit.code if row.unit else ""},
        "checked": {"passed": True},
        "called_back": {"result": "satisfied", "contacted": True, "solved": True},
        "closed": {"outcome": "solved"},
    }
    return known.get(kind, {})


def measure(made: dict[str, Any]) -> None:
    from django.test import Client

    from wenpan.district.firms.models import Firm, ServiceRequest, SupportClause

    firm, request = Firm.objects.first(), ServiceRequest.objects.filter(unit__code="zjj").first()
    assert firm is not None and request is not None
    clause = SupportClause.objects.get(code="henan-whitelist")
    pages = {
        "office": [
            "/firms/",
            "/firms/?mark=四上&q=77",
            f"/firms/{firm.pk}/",
            "/firms/requests/",
            "/firms/requests/?show=overdue",
            f"/firms/requests/{request.pk}/",
            "/firms/contacts/plan/",
            "/firms/policies/",
            f"/firms/policies/{clause.pk}/",
            "/firms/requests/service/?month=2022-10",
        ],
        "unit": ["/firms/", "/firms/requests/?show=mine", f"/firms/requests/{request.pk}/"],
    }
    for who, addresses in pages.items():
        browser = Client()
        browser.force_login(made[who])
        for address in addresses:
            times, work = [], []
            for _ in range(21):
                began, worked = time.perf_counter(), time.process_time()
                status = browser.get(address).status_code
                times.append(1000 * (time.perf_counter() - began))
                work.append(1000 * (time.process_time() - worked))
            ordered, own = sorted(times[1:]), sorted(work[1:])
            told = f"p50 {ordered[10]:6.0f} ms  p95 {ordered[18]:6.0f} ms"
            told += f"  of the processor p95 {own[18]:6.0f} ms"
            print(f"{who:7} {address:42} {status} {told}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=2_000)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    home = args.keep or Path(tempfile.mkdtemp(prefix="wenpan-bench-"))
    stands = (home / "wenpan.sqlite3").exists()
    home.mkdir(exist_ok=True)
    os.environ |= {"WENPAN_HOME": str(home), "WENPAN_JOBS": "inline"}
    from wenpan.commands._start import start_django

    start_django()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["*"]
    try:
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        began = time.monotonic()
        made = standing() if stands else fill(20_000 if args.full else args.firms)
        load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
        print(f"{platform.machine()}, {os.cpu_count()} cores, load {load}, {date.today()}")
        said = f"{made['firms']} firms, {made['requests']} requests, {made['entries']} events"
        print(f"{said}, filled in {time.monotonic() - began:.0f} s")
        measure(made)
    finally:
        if not args.keep:
            shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
