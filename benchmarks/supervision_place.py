"""A district with many matters over three years, written by bulk inserts that pass through `replay.state_after`.

Every matter is a walk along paths that the rules allow: each step is checked with `lifecycle.allowed` before it is
taken, and the derived columns are those of the fold of its whole log. One seed, one place.
"""

# ruff: noqa: E501
from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

ZONE = timezone(timedelta(hours=8))
WORDS = ("加快推进", "抓好", "完成", "落实", "协调解决", "统筹做好")
THINGS = ("二期供地", "入库纳统", "项目开工", "专项债支出", "企业走访", "管线迁改", "环评批复", "招商签约", "征迁交地",
          "税源摸排", "用能保障", "竣工验收")  # fmt: skip
DAYS = 3 * 365


@dataclass
class Walk:
    """One matter as it is built: its log, and the feedback, slips and looks that go with it."""

    lead: str
    coops: tuple[str, ...]
    kind: str
    created: date
    due: date | None
    recurrence: str
    fate: str
    log: list[Any] = field(default_factory=list)


def walks(count: int, until: date, units: list[str], kinds: list[str], seed: int = 7) -> Iterator[Walk]:
    """Older matters are closed; of the last four months half are open, and a tenth of the others lags."""
    from wenpan.district.supervision.log.events import EventKind, MatterEvent
    from wenpan.district.supervision.log.lifecycle import MatterState, allowed
    from wenpan.district.supervision.log.replay import _after

    rng = random.Random(seed)

    def step(
        walk: Walk, now: MatterState, kind: EventKind, day: date, data: dict[str, Any] | None, by: str
    ) -> MatterState:
        assert allowed(now, kind), (now.state, kind)
        at = datetime.combine(day, time(9 + len(walk.log) % 8, len(walk.log) % 60))
        walk.log.append(MatterEvent(kind, at, data or {}, None, by))
        return _after(now, walk.log[-1])

    for n in range(count):
        created = until - timedelta(days=DAYS - n * DAYS // count)
        lead = units[min(int(rng.expovariate(0.12)), len(units) - 1)]
        coops = tuple(rng.sample([u for u in units if u != lead], rng.choice((0, 0, 1, 1, 2, 3))))
        recurring = rng.random() < 0.06
        age = (until - created).days
        lagging = rng.random() < (0.55 if age < 120 else 0.07)
        walk = Walk(lead, coops, rng.choice(kinds), created, created + timedelta(days=rng.choice((15, 20, 30, 60))),
                    rng.choice(("monthly:25", "weekly:5")) if recurring else "", "open" if lagging else "closed")  # fmt: skip
        _live(walk, rng, step, until)
        yield walk


def _live(walk: Walk, rng: random.Random, step: Any, until: date) -> None:
    """Some ten events, in the order in which they happen; stops at the last day."""
    from wenpan.district.supervision.log.events import EventKind
    from wenpan.district.supervision.log.lifecycle import MatterState

    now, day = MatterState(), walk.created

    def do(kind: EventKind, after: int, data: dict[str, Any] | None = None, by: str = "dcb") -> bool:
        nonlocal now, day
        if day + timedelta(days=after) > until:
            return False
        day += timedelta(days=after)
        now = step(walk, now, kind, day, data, by)
        return True

    do(EventKind.DRAFTED, 0, {})
    if not do(EventKind.REGISTERED, rng.randint(0, 2)) or not do(
        EventKind.ASSIGNED, rng.randint(0, 1), _assignment(walk, day)
    ):
        return
    if not do(EventKind.SIGNED, rng.randint(0, 3), by=walk.lead):
        return
    for _ in range(rng.randint(2, 6)):
        claim = {
            "claim": rng.choice(("progress", "progress", "blocked")),
            "due": "",
            "late": rng.random() < 0.1,
        }
        if not do(EventKind.FEEDBACK, rng.randint(2, 9), claim, rng.choice((walk.lead, *walk.coops))):
            return
        if rng.random() < 0.25 and not do(EventKind.NOTED, rng.randint(0, 2)):
            return
        if rng.random() < 0.12 and not do(
            EventKind.SLIP, 1, {"level": 1, "colour": rng.choice(("blue", "yellow", "red"))}
        ):
            return
    if not walk.recurrence and rng.random() < 0.2:
        asked = {"due": (day + timedelta(days=25)).isoformat()}
        if not (
            do(EventKind.EXTENSION_ASKED, 1, asked, walk.lead)
            and do(EventKind.EXTENDED, rng.randint(1, 3), asked)
        ):
            return
    if rng.random() < 0.08 and not (do(EventKind.PAUSED, 1) and do(EventKind.RESUMED, rng.randint(5, 20))):
        return
    if walk.fate == "open" or not do(EventKind.ANSWERED, rng.randint(1, 6), {"claim": "done"}, walk.lead):
        return
    if rng.random() < 0.25 and not (
        do(EventKind.RETURNED, rng.randint(1, 4))
        and do(EventKind.ANSWERED, rng.randint(2, 8), {"claim": "done"}, walk.lead)
    ):
        return
    if walk.recurrence:
        do(EventKind.ROUND, rng.randint(1, 3), {"round": day.isoformat()})
    elif do(EventKind.PASSED, rng.randint(1, 4)):
        do(EventKind.CLOSED, rng.randint(0, 3))


def _assignment(walk: Walk, day: date) -> dict[str, Any]:
    data: dict[str, Any] = {"lead": walk.lead, "coops": list(walk.coops), "due_words": ""}
    if walk.recurrence:
        return data | {"recurrence": walk.recurrence}
    due = max(walk.due or day, day)
    return data | (
        {"limit": [10, "working_days"]} if walk.kind.endswith("light") else {"due": due.isoformat()}
    )


def build(count: int, until: date, *, after: int = 0) -> dict[str, int]:
    """Fills the database of the place that stands; how many rows of each were made. `after`: the number of the
    last matter and slip that the place has already."""
    from wenpan.district.accounts.models import Unit, User
    from wenpan.district.supervision.log import policy

    units = {
        u.code: u for u in Unit.objects.exclude(code="dcb").filter(kind__in=["department", "town", "park"])
    }
    office, liaison = User.objects.get(username="supervisor"), User.objects.get(username="liaison")
    sources = _sources(office, until)
    made = {"matters": after, "slips": after, "events": 0}
    batch: list[Walk] = []
    for walk in walks(count, until, sorted(units, key=lambda c: (c != "swj", c)), sorted(policy.types())):
        batch.append(walk)
        if len(batch) == 1000:
            _store(batch, made, units, sources, office, liaison)
            batch = []
    _store(batch, made, units, sources, office, liaison)
    _notices(liaison, until)
    return {**made, "matters": made["matters"] - after, "slips": made["slips"] - after}


def _sources(office: Any, until: date) -> list[Any]:
    from wenpan.district.supervision.models import Source

    days = [until - timedelta(days=DAYS - n * 10) for n in range(DAYS // 10)]
    return Source.objects.bulk_create(
        Source(
            kind=("speech", "minutes", "table")[n % 3],
            title=f"经济运行调度会第{n + 1}次",
            dated=day,
            paragraphs=["第一段", "由住建局牵头，10月底前完成供地。", "第三段"] * 10,
            created_by=office,
            created_at=_aware(datetime.combine(day, time(9))),
        )
        for n, day in enumerate(days)
    )


def _aware(at: datetime) -> datetime:
    return at.replace(tzinfo=ZONE)


def _store(
    batch: list[Walk], made: dict[str, int], units: Any, sources: Any, office: Any, liaison: Any
) -> None:
    from django.db import transaction

    from wenpan.district.supervision.log import policy
    from wenpan.district.supervision.log.replay import state_after
    from wenpan.district.supervision.models import Event, Feedback, Matter, Slip

    calendar = policy.calendar()
    with transaction.atomic():
        matters, standings = [], []
        for walk in batch:
            made["matters"] += 1
            now = state_after(walk.log, calendar)
            standings.append(now)
            matters.append(_matter(walk, now, made["matters"], units, sources, office))
        matters = Matter.objects.bulk_create(matters, batch_size=500)
        coops = Matter.coops.through
        coops.objects.bulk_create(
            [
                coops(matter_id=matter.pk, unit_id=units[code].pk)
                for matter, now in zip(matters, standings, strict=True)
                for code in now.coops
            ]
        )
        events = [
            Event(
                matter=matter,
                sequence=n,
                kind=e.kind.value,
                at=_aware(e.at),
                by=liaison if e.unit in units else office,
                unit=units.get(e.unit) or office.unit,
                text=f"{e.kind.value} {n}",
                data=dict(e.data),
            )
            for matter, walk in zip(matters, batch, strict=True)
            for n, e in enumerate(walk.log, 1)
        ]
        events = Event.objects.bulk_create(events, batch_size=1000)
        made["events"] += len(events)
        Feedback.objects.bulk_create(_feedback(events, liaison), batch_size=1000)
        Slip.objects.bulk_create(_slips(events, made), batch_size=500)


def _matter(walk: Walk, now: Any, n: int, units: Any, sources: Any, office: Any) -> Any:
    from wenpan.district.supervision.models import Matter

    title = f"{WORDS[n % len(WORDS)]}{n}号地块{THINGS[n % len(THINGS)]}"
    source = sources[n * len(sources) // 10**6 % len(sources)] if n % 4 == 0 else sources[n % len(sources)]
    return Matter(
        number=f"{walk.created.year}-{n:05d}", year=walk.created.year, serial=n, kind=walk.kind, title=title,
        source=source if n % 3 else None, evidence=title, important=n % 17 == 0, created_by=office,
        created_at=_aware(datetime.combine(walk.created, time(9))), version=len(walk.log), state=now.state,
        paused=now.paused, lead=units.get(now.lead), original_due=now.original_due, due=now.due,
        due_words=now.due_words, due_estimated=now.due_estimated, recurrence=now.recurrence,
        extension_asked=now.extension_asked, level=now.level, slip_level=now.slip_level,
        slip_colour=now.slip_colour, assigned_on=now.assigned_on, news_on=now.news_on, feedback_on=now.feedback_on, closed_on=now.closed_on,
        returned=now.returned,
    )  # fmt: skip


def _feedback(events: list[Any], liaison: Any) -> list[Any]:
    from wenpan.district.supervision.models import Feedback

    return [
        Feedback(
            matter=e.matter,
            unit=e.unit,
            claim=e.data.get("claim", "progress"),
            process=f"已召开现场会{e.sequence}次，完成总量的{e.sequence * 7}%。",
            situation="余量正在推进",
            by=liaison,
            at=e.at,
            late=bool(e.data.get("late")),
            event=e,
        )
        for e in events
        if e.kind in {"feedback", "answered"}
    ]


def _slips(events: list[Any], made: dict[str, int]) -> list[Any]:
    from wenpan.district.supervision.models import Slip

    found = []
    for e in events:
        if e.kind != "slip":
            continue
        made["slips"] += 1
        n = made["slips"]
        answered = n % 9 != 0
        found.append(Slip(
            matter=e.matter, key=f"bench:{n}", number=f"安督单〔{e.at.year}〕{n}号", year=e.at.year, serial=n, rules="bench",
            rule="bench", colour=e.data["colour"], level=1, unit=e.matter.lead, reason="逾期", due=e.matter.due,
            answer_due=e.at.date() + timedelta(days=3), issued_at=e.at, answer="已办" if answered else "",
            answered_at=e.at + timedelta(days=2) if answered else None,
            answered_by=e.by if answered else None))  # fmt: skip
    return found


def _notices(user: Any, until: date) -> None:
    from wenpan.district.supervision.models import Notice

    at = _aware(datetime.combine(until, time(9)))
    Notice.objects.bulk_create(
        Notice(key=f"bench:{n}", user=user, text=f"事项{n}到期提醒", made_at=at - timedelta(days=n),
               not_before=at - timedelta(days=n))
        for n in range(300)
    )  # fmt: skip
