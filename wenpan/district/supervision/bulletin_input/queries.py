"""Everything that a month's bulletin counts, from one reading of the log: `bulletin(month, …)`.

Matters as they stood at the month's end, feedback of the month, lights of indicators and projects, weekly
inspections, scores, and whom the line names. Nothing is counted anywhere else; the paper counts these rows.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max

from wenpan import rules as place_rules
from wenpan.district.accounts.models import Unit
from wenpan.district.supervision.bulletin_input import surroundings as around
from wenpan.district.supervision.log import labels, lifecycle, policy
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.log.lifecycle import MatterState
from wenpan.district.supervision.models import Appeal, Event, Matter, Source
from wenpan.district.supervision.scoring import queries as scores
from wenpan.district.supervision.scoring.month_log import MonthLog, month_log
from wenpan.district.supervision.slips import queries as slips
from wenpan.documents.papers.bulletin import rows as parts
from wenpan.documents.papers.bulletin.input import Before, BulletinInput, BulletinPolicy
from wenpan.documents.papers.bulletin.rows import BulletinRow, Reply
from wenpan.economy.time.periods import Month


def bulletin_policy() -> BulletinPolicy:
    """The place's `supervision/bulletin.yaml`, or ours. ValueError in Chinese where it cannot be used."""
    return BulletinPolicy.from_data(place_rules.load_yaml("supervision/bulletin")[0])


def bulletin(
    month: Month, *, dated: date, place: str, issuer: str, head: str, before: Before | None = None
) -> BulletinInput:
    """The frozen input of the month's bulletin. `before`: what last month's bulletin printed, if issued."""
    found_policy = bulletin_policy()
    book = month_log(month)
    counted = _in_scope(book, found_policy.scope)
    sheet = scores.sheet(month, book)
    known = {u.code: u.short_name for u in Unit.objects.order_by("order", "pk")}
    rows = tuple(_rows(book, counted, known))
    return BulletinInput(
        month=month,
        place=place,
        issuer=issuer,
        dated=dated,
        rows=rows,
        replies=tuple(_replies(book, frozenset(row.pk for row in rows))),
        units=known,
        sources=_sources(rows),
        indicators=around.indicators_of_month(month, dated, found_policy),
        projects=around.projects_of_month(book.last_day, month, dated, found_policy),
        scores=around.scores_of_month(sheet),
        weeks=around.weeks_of_month(book),
        policy=found_policy,
        before=None if _first_of_its_kind(month, found_policy) else before or _before(book, counted),
        named=tuple(around.named_of_month(month)),
        slips=tuple((c, str(labels.COLOURS[c]), n) for c, n in slips.by_colour(month).items()),
        lead_in=found_policy.lead_in,
        demands=found_policy.demands,
        journal_head=head,
        stamp=stamp(month),
        forecasts=around.forecasts_of_year(month),
    )


def stamp(month: Month) -> str:
    """What of the log a month was counted from; it changes when anything is added to the month later."""
    _first, end = slips.span(month)
    log = Event.objects.filter(at__lt=end).aggregate(n=Count("pk"), last=Max("pk"))
    struck = Appeal.objects.filter(month=str(month), state=Appeal.State.UPHELD).count()
    return f"{log['n']}:{log['last'] or 0}:{struck}"


def _first_of_its_kind(month: Month, found_policy: BulletinPolicy) -> bool:
    """A yearly count begins anew in January; it is not set beside December's."""
    return found_policy.scope == "year" and month.month == 1


def _in_scope(book: MonthLog, scope: str) -> list[int]:
    """Handed over this year, or open when the year began; dropped ones do not count."""
    begun = date(book.month.year, 1, 1)
    found = []
    for pk in book.matters:
        now = book.at_end(pk)
        if now is None or now.state == lifecycle.DROPPED or now.assigned_on is None:
            continue
        ended_before = now.closed_on is not None and now.closed_on < begun
        if scope == "all" or not ended_before:
            found.append(pk)
    return found


def part_of(now: MatterState, on: date) -> str:
    """The one part of six in which a matter is counted."""
    if now.state == lifecycle.CLOSED:
        return parts.CLOSED
    if now.paused:
        return parts.PAUSED
    if lifecycle.is_overdue(now, on):
        return parts.OVERDUE
    if now.state in {lifecycle.ANSWERED, lifecycle.CHECKED}:
        return parts.CHECKING
    return parts.VACANT if now.state == lifecycle.DECLINED else parts.WORKING


def _rows(book: MonthLog, counted: list[int], names: dict[str, str]) -> Any:
    following = book.month.plus(1)
    next_end = slips.span(following)[1].date() - timedelta(days=1)
    coops = _coops(book, names)
    soon = policy.office().soon_days
    for pk in counted:
        now, kept = book.at_end(pk), book.matters[pk]
        assert now is not None and now.assigned_on is not None
        part = part_of(now, book.after)
        closed = part == parts.CLOSED
        done = book.answered.get(pk)
        open_ = part in parts.OPEN - {parts.CHECKING}
        yield BulletinRow(
            pk=pk,
            number=kept["number"],
            title=kept["title"],
            source=_source(kept),
            unit="" if part == parts.VACANT else now.lead,
            coops=coops.get(pk, ()),
            part=part,
            light=lifecycle.light(now, book.after, soon),
            due=now.due,
            assigned_on=now.assigned_on,
            closed_on=now.closed_on if closed else None,
            in_time=closed and (now.due is None or (done is not None and done <= now.due)),
            recurring=bool(now.recurrence) and not closed,
            new=now.assigned_on >= book.first_day,
            closed_now=closed and now.closed_on is not None and now.closed_on >= book.first_day,
            due_next=open_ and now.due is not None and book.after <= now.due <= next_end,
        )


def _coops(book: MonthLog, names: dict[str, str]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    pairs = Matter.coops.through.objects.order_by("matter", "pk").values_list("matter_id", "unit__code")
    for pk, code in pairs:
        if pk not in book.moved_after:
            found[pk] = (*found.get(pk, ()), names.get(code, code))
    for pk in book.moved_after & book.matters.keys():
        now = book.at_end(pk)
        found[pk] = tuple(names.get(code, code) for code in now.coops) if now else ()
    return found


def _source(kept: dict[str, Any]) -> str:
    if kept["source"]:
        return f"source:{kept['source']}"
    cause = str(kept["cause"]).partition(":")[0]
    if cause:
        return "cause:project" if cause in {"project", "key_project"} else f"cause:{cause}"
    return f"kind:{kept['kind']}"


_CAUSES = {"indicator": "指标红黄灯", "project": "项目红黄灯", "problem": "项目问题", "request": "企业诉求"}


def _sources(rows: tuple[BulletinRow, ...]) -> dict[str, str]:
    """How each source is called: 《…》 with its number, or what gave cause."""
    keys = {row.source for row in rows}
    pks = [int(key.partition(":")[2]) for key in keys if key.startswith("source:")]
    found = {f"source:{s.pk}": _titled(s) for s in Source.objects.filter(pk__in=pks)}
    types = policy.types()
    for key in sorted(keys - found.keys()):
        what, _sep, code = key.partition(":")
        named = _CAUSES.get(code, code) if what == "cause" else types[code].name if code in types else code
        found[key] = named
    return found


def _titled(source: Source) -> str:
    title = source.title if source.title.startswith("《") else f"《{source.title}》"
    return f"{title}（{source.number}）" if source.number else title


def _replies(book: MonthLog, counted: frozenset[int]) -> Any:
    """Feedback of the month and what was sent back in it, by day."""
    told = Event.objects.filter(
        kind__in=(EventKind.FEEDBACK, EventKind.ANSWERED, EventKind.RETURNED),
        at__gte=book.start,
        at__lt=book.end,
    ).order_by("at", "pk")
    zone = book.start.tzinfo
    for pk, kind, at, data, unit, text in told.values_list(
        "matter", "kind", "at", "data", "unit__code", "text"
    ):
        if pk not in counted:
            continue
        kept, day = book.matters[pk], at.astimezone(zone).date()
        back = kind == EventKind.RETURNED
        now = book.at_end(pk)
        lead = now.lead if now else ""
        due = data.get("due") or ""
        late = not back and bool(data.get("late")) and bool(due)
        yield Reply(
            matter=pk,
            number=kept["number"],
            title=kept["title"],
            unit=lead if back else unit or lead,
            day=day,
            kind="returned" if back else "feedback",
            late=late,
            days=(day - date.fromisoformat(due)).days if late else 0,
            words=str(text)[:60] if back else "",
        )


def _before(book: MonthLog, counted: list[int]) -> Before | None:
    """The month before on today's log: for the first bulletin, or one whose forerunner was not issued."""
    closed = overdue = everything = of_rate = 0
    for pk in counted:
        now = book.at_start(pk)
        if now is None or now.assigned_on is None or now.assigned_on >= book.first_day:
            continue
        part = part_of(now, book.first_day)
        everything += 1
        closed += part == parts.CLOSED
        overdue += part == parts.OVERDUE
        of_rate += part != parts.PAUSED and (part == parts.CLOSED or not now.recurrence)
    return Before(everything, closed, overdue, of_rate) if everything else None
