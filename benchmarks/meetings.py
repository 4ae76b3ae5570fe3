"""How long a memo, a follow-up, the minutes and the wall take at the full-size place.

    python benchmarks/meetings.py [--demo FOLDER]   # one that stands is copied, not changed; else one is made

To the demonstration come 20,000 matters, twelve meetings of thirty decisions with their feedback, 10,000
projects with a light, 5,000 deals and 10,000 requests. Prints machine, load, and for each the median and the
longest of five after one to warm up, and the processor time of the
median (on a busy machine the only number that means much). Goals: memo < 2 s, follow-up and minutes < 1 s.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from demonstration import demonstration

ON = date(2022, 11, 23)
MATTERS, MEETINGS, DECISIONS, PROJECTS, DEALS, REQUESTS = 20_000, 12, 30, 10_000, 5_000, 10_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--demo", type=Path, help="`wenpan demo --no-serve` makes one")
    with demonstration(parser.parse_args().demo):
        print(_machine())
        began = time.perf_counter()
        meeting = fill()
        print(f"filled in {time.perf_counter() - began:.0f} s")
        measure(meeting)
        print(_machine())


def _machine() -> str:
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    cores = f"{os.cpu_count()} cores, load {load}"
    return f"{platform.machine()} {platform.system()}, {cores}, Python {sys.version.split()[0]}"


def fill() -> Any:
    """Straight into the tables; the meeting whose memo is made."""
    from django.db import transaction
    from django.utils import timezone

    from wenpan.district.accounts.models import Unit, User

    units, by = list(Unit.objects.exclude(code="dcb")), User.objects.get(username="supervisor")
    at = timezone.make_aware(datetime(2022, 11, 1, 9))
    with transaction.atomic():
        matters = _matters(units, by, at)
        meeting = _meetings(units, by, at, matters)
        _projects(units)
        _deals(units)
        _requests(units, at)
    return meeting


def _matters(units: list[Any], by: Any, at: datetime) -> list[Any]:
    from wenpan.district.supervision.models import Matter

    rows = []
    for n in range(MATTERS):
        state = ("working", "closed", "closed", "assigned", "closed")[n % 5]
        rows.append(
            Matter(
                number=f"2022-9{n:05}", year=2022, serial=900_000 + n, kind="meeting",
                title=f"第{n}件议定事项",
                created_by=by, created_at=at, state=state, lead=units[n % len(units)],
                due=ON + timedelta(days=n % 60 - 20), original_due=ON,
                assigned_on=ON - timedelta(days=n % 300),
                closed_on=ON if state == "closed" else None, version=3,
            )
        )  # fmt: skip
    return Matter.objects.bulk_create(rows, batch_size=2000)


def _meetings(units: list[Any], by: Any, at: datetime, matters: list[Any]) -> Any:
    from wenpan.district.meetings.models import Meeting, MeetingQuestion
    from wenpan.district.supervision.models import Feedback, Proposal, Source

    for n in range(MEETINGS):
        day = date(2021, 11, 18) + timedelta(days=30 * n)
        record = Source.objects.create(
            kind="minutes", title=f"会{n}", dated=day, created_by=by, created_at=at
        )
        held = Meeting.objects.create(
            kind="monthly", title=f"第{n + 1}次", held_on=day, state="held", record=record, created_by=by,
            created_at=at,
        )  # fmt: skip
        own = matters[n * DECISIONS : (n + 1) * DECISIONS]
        Proposal.objects.bulk_create(
            Proposal(source=record, order=i, text=m.title, lead=m.lead, state="confirmed", matter=m)
            for i, m in enumerate(own)
        )
        Feedback.objects.bulk_create(
            Feedback(matter=m, unit=m.lead, claim="progress", process="按计划推进。", by=by,
                     at=at - timedelta(days=k)) for m in own for k in range(6)
        )  # fmt: skip
        MeetingQuestion.objects.bulk_create(
            MeetingQuestion(meeting=held, order=i, unit=units[i % len(units)], text=f"第{i}问",
                            citations=[{"kind": "matter", "key": str(own[i].pk), "label": own[i].number}])
            for i in range(DECISIONS)
        )  # fmt: skip
    Meeting.objects.filter(state="put").update(state="cancelled")
    return Meeting.objects.create(
        kind="monthly", title="压测", held_on=ON + timedelta(days=1), created_by=by, created_at=at
    )


def _projects(units: list[Any]) -> None:
    from wenpan.district.projects.lights import month_on
    from wenpan.district.projects.models import Project, Standing

    month = str(month_on(ON))
    rows = Project.objects.bulk_create(
        (
            Project(code=f"B{n}", name=f"压测项目{n}", pinyin="x", band="large", state="in_library",
                    unit=units[n % len(units)], department=units[(n + 3) % len(units)], planned_total=30_000)
            for n in range(PROJECTS)
        ),
        batch_size=2000,
    )  # fmt: skip
    Standing.objects.bulk_create(
        (
            Standing(project=p, month=month, state="in_library", in_library=True, reasons=["落后时序进度"],
                     light=("RED", "YELLOW", "GREEN", "GREEN", "GREEN")[n % 5])
            for n, p in enumerate(rows)
        ),
        batch_size=2000,
    )  # fmt: skip


def _deals(units: list[Any]) -> None:
    from wenpan.district.attraction.models import Deal

    Deal.objects.bulk_create(
        (
            Deal(code=f"BD{n}", name=f"压测招商{n}", pinyin="x", unit=units[n % len(units)],
                 stage=("talk", "signed", "started")[n % 3], since=ON - timedelta(days=n % 400),
                 moved_on=ON - timedelta(days=n % 200), signed_on=ON - timedelta(days=n % 400))
            for n in range(DEALS)
        ),
        batch_size=2000,
    )  # fmt: skip


def _requests(units: list[Any], at: datetime) -> None:
    from wenpan.district.firms.models import Firm, ServiceRequest

    firm = Firm.objects.order_by("pk").first()
    ServiceRequest.objects.bulk_create(
        (
            ServiceRequest(number=f"BS{n}", year=2022, serial=900_000 + n, firm=firm,
                           title=f"诉求{n}", channel="visit", category="other", rules="default",
                           unit=units[n % len(units)], phase=("in_hand", "closed", "closed")[n % 3],
                           received_at=at - timedelta(days=n % 90), main_due=at - timedelta(days=n % 60 - 30),
                           next_due=at - timedelta(days=n % 60 - 30))
            for n in range(REQUESTS)
        ),
        batch_size=2000,
    )  # fmt: skip


def measure(meeting: Any) -> None:
    from wenpan.district.meetings import memo_facts, papers, queries
    from wenpan.district.meetings.models import Meeting
    from wenpan.district.wall import queries as walls

    held = Meeting.objects.filter(state="held", kind="monthly").order_by("-held_on").first()
    for kind in ("monthly", "weekly", "gdp", "investment", "requests"):
        meeting.kind = kind
        _timed(f"memo: {kind}", lambda: memo_facts.live_memo(meeting, ON))
    meeting.kind = "monthly"
    shown = queries.ShownMemo(memo_facts.live_memo(meeting, ON), None)
    memo = shown.memo
    print(f"questions {len(memo.questions)}, left out {memo.left}, agreed {len(memo.facts.agreed)}")
    _timed("memo as .docx", lambda: papers.memo_docx(meeting, shown))
    _timed("follow-up", lambda: papers.follow_up_docx(held))
    _timed("minutes", lambda: papers.minutes_docx(held))
    _timed("wall", walls.wall)


def _timed(name: str, act: Callable[[], Any]) -> None:
    act()
    spent, worked = [], []
    for _ in range(5):
        began, before = time.perf_counter(), time.process_time()
        act()
        spent.append(time.perf_counter() - began)
        worked.append(time.process_time() - before)
    median, work = statistics.median(spent), statistics.median(worked)
    print(f"{name:18} median {median:.2f} s, longest {max(spent):.2f} s, of the processor {work:.2f} s")


if __name__ == "__main__":
    main()
