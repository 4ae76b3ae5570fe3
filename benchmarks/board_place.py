"""A place of 200 indicators × 10 years × 20 regions, and an acceptance in it; for benchmarks/board.py."""

# ruff: noqa: E501
from __future__ import annotations

import time
from pathlib import Path

INDICATORS, YEARS, REGIONS = 200, 10, 20
DRAWN = (
    20  # regions with figures of their own; further ones take theirs, a little moved, in the database itself
)
LAST = (2022, 9)
# Boards as people ask for them: another month, a light, an order, a unit.
BOARDS = ("", "?as_of=2022-08", "?as_of=2022-07", "?light=RED", "?sort=j__gap", "?sort=-j__rank", "?owner=u3")
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
    call_command("collectstatic", interactive=False, verbosity=0)  # pages name their files
    from wenpan.district.accounts.actions import create_user
    from wenpan.district.accounts.models import Unit
    from wenpan.district.indicators import actions, hooks
    from wenpan.district.intake.models import Original, Submission
    from wenpan.district.observations.models import Batch, Observation, Region
    from wenpan.economy.time.periods import Month, Quarter
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
        aside = taken_aside(cursor, table)
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
            growth = 5 + rng.normal(0, 0.6, (min(len(regions), DRAWN), len(periods))).cumsum(1)
            rows = []
            for r, region in enumerate(regions[:DRAWN]):
                for p, period in enumerate(periods):
                    g = round(float(growth[r, p]), 1)
                    level = round(10 * period.end.month * 1.05 ** (period.end.year - 2012), 2)
                    for measure, value in (("ytd_growth", g), ("ytd", level)):
                        if item.headline.startswith("balance"):
                            measure = {"ytd": "balance", "ytd_growth": "balance_growth"}[measure]  # noqa: PLW2901
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
        if more := [(regions[1 + n % (DRAWN - 1)].pk, r.pk) for n, r in enumerate(regions[DRAWN:])]:
            count += moved(cursor, table, columns, more)
        for sql in aside:
            cursor.execute(sql)
        cursor.execute("ANALYZE")
    with hooks.deferred():
        for code in catalogue():
            actions.set_target(
                indicator=code, year=2022, value=Decimal("6"), set_by="city", document="基准", by=user, at=at
            )
    for month in (7, 8, 9):
        actions.judge_month(as_of=Month(2022, month), by=user)
    return count


def taken_aside(cursor, table: str) -> list[str]:
    """Drops the table's indices and triggers; what makes them again. Millions go in without them."""
    if cursor.db.vendor != "sqlite":
        return []
    cursor.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = %s AND type IN ('index', 'trigger') AND sql IS NOT NULL",
        [table],
    )
    found = cursor.fetchall()
    for kind, name, _sql in found:
        cursor.execute(f'DROP {kind} "{name}"')
    return [sql for _kind, _name, sql in found]


def moved(cursor, table: str, columns: str, pairs: list[tuple[int, int]]) -> int:
    """The figures of a region (the first of a pair) for another, each up to two points away."""
    cursor.execute("CREATE TEMP TABLE further (source INTEGER, region INTEGER)")
    cursor.executemany("INSERT INTO further VALUES (%s, %s)", pairs)
    near = {"region_id": "region", "value": "ROUND(value + (ABS(RANDOM()) %% 41 - 20) / 10.0, 2)"}
    taken = ", ".join(near.get(column, column) for column in columns.split(", "))
    cursor.execute(
        f"INSERT INTO {table} ({columns}) SELECT {taken} FROM {table} JOIN further ON source = region_id", []
    )
    return int(cursor.rowcount)


def cost(codes: list[str], pages: int = 40) -> list[tuple[str, float]]:
    """Milliseconds of the processor for a page, one after the other in this process: the part that does not
    depend on how many people are at work. Each indicator is opened for the first time, then once more."""
    from django.core.cache import cache
    from django.test import Client

    from wenpan.district.accounts.models import User
    from wenpan.district.ui import journal_cache

    client = Client(headers={"Accept-Encoding": "gzip"})  # as every browser
    client.force_login(User.objects.get(username="bench"))
    cache.clear()
    for code in codes[:5]:  # templates and rules are read once
        client.get(f"/indicators/{code}/")
    client.get("/board/")
    chosen = codes[5 : 5 + pages]

    def spent(addresses: list[str]) -> float:
        begun = time.process_time()
        for address in addresses:
            assert client.get(address).status_code == 200
        return 1000 * (time.process_time() - begun) / len(addresses)

    indicators = [f"/indicators/{code}/" for code in chosen]
    found = [
        ("an indicator, first time", spent(indicators)),
        ("an indicator, again", spent(indicators)),
        ("the board, again", spent(["/board/"] * pages)),
    ]
    journal_cache.KEPT_SECONDS, before = 0, journal_cache.KEPT_SECONDS
    try:  # what does not depend on a person is kept all the same
        return [*found, ("the board after somebody wrote", spent(["/board/"] * (pages // 4)))]
    finally:
        journal_cache.KEPT_SECONDS = before


def acceptance() -> list[tuple[str, float, float]]:
    """Seconds (by the clock, of the processor) from an accepted file of a month to its figures on the board, in the same process as the act."""
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
                sha256=f"{label}{attempt}{time.time()}".ljust(64, "0")[:64],
                size=1,
                first_name="m.xlsx",
                stored_at=at,
            )
            submission = Submission.objects.create(
                original=original,
                filename="m.xlsx",
                kind="indicator_table",
                state="accepted",
                uploaded_by=user,
                uploaded_at=at,
            )
            begun, worked = time.perf_counter(), time.process_time()
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
            out.append((label, time.perf_counter() - begun, time.process_time() - worked))
    return out
