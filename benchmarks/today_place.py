"""A demonstration filled to the size of a whole district: 20,000 matters, 50,000 requests with ten events
each, 5,000 deals with twelve events each, 50 people. By bulk inserts; one seed, one place.
"""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta, timezone
from typing import Any

from firms import PHASES, STEPS
from firms import _data as step_data

ZONE = timezone(timedelta(hours=8))
ON = date(2022, 11, 23)  # the day of the demonstration
MATTERS, REQUESTS, DEALS, PEOPLE = 20_000, 50_000, 5_000, 50
FIRST = 900_000  # numbers of the demonstration's own rows are below


def build(scale: float = 1.0) -> dict[str, int]:
    """Rows made, by kind. `scale`: a part of the size, to try something out."""
    from django.db import connection
    from supervision_place import build as matters

    from wenpan.district.accounts.models import Unit

    units = list(Unit.objects.exclude(code="dcb").filter(kind__in=["department", "town", "park"]))
    made = matters(int(MATTERS * scale), ON, after=FIRST)
    made |= _requests(units, int(REQUESTS * scale))
    made |= {"deals": _deals(units, int(DEALS * scale)), "people": _people(units)}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def _requests(units: list[Any], count: int) -> dict[str, int]:
    """Two years of requests; of twenty-five one is still under way, with its limit ahead or just past."""
    from django.db import transaction

    from wenpan.district.accounts.models import User
    from wenpan.district.firms.models import Firm, RequestEntry, ServiceRequest

    rng, office = random.Random(7), User.objects.get(username="supervisor")
    firms, noon = list(Firm.objects.all()), datetime(ON.year, ON.month, ON.day, 9, tzinfo=ZONE)
    rows = []
    for n in range(count):
        last = 9 if rng.random() < 0.96 else rng.randrange(9)
        days = rng.randrange(2, 730) if last == 9 else rng.randrange(30)
        at = noon - timedelta(days=days, minutes=rng.randrange(480))
        rows.append(
            ServiceRequest(
                number=f"{at.year}-B{n:05d}", year=at.year, serial=FIRST + n, firm=rng.choice(firms),
                title=f"第{n}件诉求", channel="window", category="factors", request_class="normal",
                rules="default", received_at=at, version=last + 1, phase=PHASES[last],
                unit=units[n % len(units)] if last >= 2 else None, outcome="solved" if last == 9 else "",
                attempts=1 if last else 0, next_due=at + timedelta(days=15) if last < 9 else None,
                main_due=at + timedelta(days=21), closed_at=at + timedelta(hours=9) if last == 9 else None,
            )
        )  # fmt: skip
    events = 0
    with transaction.atomic():
        rows = ServiceRequest.objects.bulk_create(rows, batch_size=2000)
        for start in range(0, len(rows), 2000):
            made = RequestEntry.objects.bulk_create(
                (
                    RequestEntry(request=row, sequence=k + 1, kind=STEPS[k], by=office,
                                 at=row.received_at + timedelta(hours=k), data=step_data(STEPS[k], row))
                    for row in rows[start : start + 2000] for k in range(row.version)
                ),
                batch_size=5000,
            )  # fmt: skip
            events += len(made)
    return {"requests": len(rows), "request events": events}


def _deals(units: list[Any], count: int) -> int:
    from django.db import transaction
    from django.utils import timezone as clock

    from wenpan.district.accounts.models import User
    from wenpan.district.attraction.models import Deal, DealEvent

    office, at = User.objects.get(username="supervisor"), clock.now()
    stages = ("lead", "talk", "framework", "signed", "started", "producing")
    with transaction.atomic():
        rows = Deal.objects.bulk_create(
            (
                Deal(
                    code=f"BD{n}", name=f"第{n}个招商项目", pinyin=f"di {n}", unit=units[n % len(units)],
                    stage=stages[n % 6], since=ON - timedelta(days=n % 400), agreed=1000 + n,
                    moved_on=ON - timedelta(days=n % 200),
                    signed_on=ON - timedelta(days=n % 400) if n % 6 > 2 else None,
                )
                for n in range(count)
            ),
            batch_size=1000,
        )  # fmt: skip
        DealEvent.objects.bulk_create(
            (
                DealEvent(deal=row, kind="progress" if k else "reached", stage="" if k else row.stage,
                          on=row.moved_on - timedelta(days=11 - k), note=f"第{k}次进展", by=office, at=at)
                for row in rows for k in range(12)
            ),
            batch_size=5000,
        )  # fmt: skip
    return len(rows)


def _people(units: list[Any]) -> int:
    """Liaison officers and heads, unit by unit, until there are fifty people."""
    from wenpan.district.accounts.actions import create_user
    from wenpan.district.accounts.models import User

    have = User.objects.exclude(role="").count()
    for n in range(max(0, PEOPLE - have)):
        unit, role = units[n // 2 % len(units)], ("liaison", "unit_head")[n % 2]
        create_user(
            username=f"bench{n}",
            name=f"第{n}人",
            role=role,
            unit=unit,
            password="Stable-district-2022",
            by=None,
        )
    return User.objects.exclude(role="").count()
