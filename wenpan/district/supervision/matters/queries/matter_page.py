"""One matter as its page shows it: today, or as it was known on an earlier day.

Everything that a day says comes from the events up to its end: the standing is their fold, and feedback,
slips, looks and parts that came later are not there. One read of the log serves standing, timeline and deeds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.utils import timezone

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import own_unit_only
from wenpan.district.supervision.log import labels, lifecycle, matter_sets, policy
from wenpan.district.supervision.log.as_known import all_as_they_stood, as_it_stood, until
from wenpan.district.supervision.log.cause_names import Cause, cause_of
from wenpan.district.supervision.log.event_log import matter_event
from wenpan.district.supervision.log.events import MOVES_DUE, EventKind, kind_of
from wenpan.district.supervision.log.lifecycle import MatterState
from wenpan.district.supervision.log.replay import replay, standing, state_after
from wenpan.district.supervision.matters import available_actions
from wenpan.district.supervision.models import Event, Feedback, InspectionItem, Matter, Proposal, Slip

_INTERNAL = {
    EventKind.NOTED,
    EventKind.LIGHT_CHANGED,
    EventKind.JOINED,
    EventKind.UNJOINED,
}
_WORST = ("RED", "YELLOW", "GREEN", "UNKNOWN")


@dataclass(frozen=True)
class DueChange:
    """The deadline after an event that touches it. `due` None: none, or the count stands still."""

    event: Event
    words: str
    due: date | None


@dataclass(frozen=True)
class Evidence:
    """The ordered words amid their paragraph: before, marked, after."""

    before: str
    marked: str
    after: str


@dataclass(frozen=True)
class Parts:
    """子事项: how many are done, and the worst light of the open ones."""

    rows: tuple[Matter, ...]
    done: int
    light: str


@dataclass(frozen=True)
class Page:
    matter: Matter  # as it stood on the day
    now: MatterState
    on: date
    past: bool
    coops: tuple[Unit, ...]
    events: tuple[Event, ...]
    moved: tuple[DueChange, ...]
    feedback: tuple[Feedback, ...]
    slips: tuple[Slip, ...]
    looks: tuple[InspectionItem, ...]
    parts: Parts
    evidence: Evidence | None
    cause: Cause | None
    offered: tuple[available_actions.MatterAction, ...]
    hidden: int  # notes of the office that a handling unit is not shown

    @property
    def codes(self) -> list[str]:
        return available_actions.codes(self.offered)


def page_of(user: User, pk: int, *, today: date, on: date | None = None) -> Page:
    """Http404 for what the person may not see, or what was not there on that day."""
    matter = matter_sets.matter_for(user, pk)
    day = min(on or today, today)
    past = day < today
    log = [e for e in _log(matter) if timezone.localdate(e.at) <= day] if past else _log(matter)
    if not log:
        raise Http404
    calendar = policy.calendar()
    now = state_after([matter_event(e) for e in log], calendar)
    shown = as_it_stood(matter, now) if past else matter
    coops = _coops(now) if past else tuple(matter.coops.all())
    events = tuple(e for e in log if not _is_internal(user, e))
    parts = _parts(user, matter, day, past)
    case = available_actions.Situation(
        user,
        matter,
        now,
        today,
        frozenset(u.pk for u in coops),
        any(p.state not in lifecycle.ENDED for p in parts.rows),
    )
    return Page(
        matter=shown,
        now=now,
        on=day,
        past=past,
        coops=coops,
        events=events,
        moved=_moves(log, calendar),
        feedback=_feedback(matter, day),
        slips=_slips(matter, day),
        looks=_looks(matter, day),
        parts=parts,
        evidence=evidence_of(matter),
        cause=cause_of(matter.cause, user),
        offered=() if past else tuple(available_actions.available_actions(case)),
        hidden=len(log) - len(events),
    )


def _log(matter: Matter) -> list[Event]:
    return list(matter.events.select_related("by", "unit").order_by("sequence"))


def _is_internal(user: User, event: Event) -> bool:
    """A note that the office made for itself, before a unit's own people."""
    return event.meaning in _INTERNAL and own_unit_only(user) and event.unit_id != user.unit_id


def _coops(now: MatterState) -> tuple[Unit, ...]:
    return tuple(Unit.objects.filter(code__in=now.coops)) if now.coops else ()


def _moves(log: Sequence[Event], calendar: Any) -> tuple[DueChange, ...]:
    """The deadline's own history: after each event that moves it. Empty if there was only one."""
    log = standing(log, lambda event: kind_of(event.kind, event.data))
    states = replay([matter_event(e) for e in log], calendar)
    found: list[DueChange] = []
    for event, state in zip(log, states, strict=True):
        if event.meaning not in MOVES_DUE:
            continue
        due = state.due
        if event.kind != EventKind.RETURNED or (
            found and found[-1].due != due
        ):  # sent back when late: no change
            found.append(DueChange(event, str(labels.EVENTS[event.kind]), due))
    return tuple(found) if len(found) > 1 else ()


def _feedback(matter: Matter, day: date) -> tuple[Feedback, ...]:
    rows = matter.feedback.select_related("unit", "by", "signed_by").prefetch_related("attachments")
    return tuple(until(day, f, "signed_at", "signed_by") for f in rows if timezone.localdate(f.at) <= day)


def _slips(matter: Matter, day: date) -> tuple[Slip, ...]:
    rows = [s for s in matter.slips.select_related("unit") if timezone.localdate(s.issued_at) <= day]
    return tuple(until(day, until(day, s, "answered_at"), "withdrawn_at") for s in rows)


def _looks(matter: Matter, day: date) -> tuple[InspectionItem, ...]:
    rows = InspectionItem.objects.filter(subject=f"matter:{matter.pk}").select_related("cycle", "by")
    found = [look for look in rows.order_by("-cycle__week") if look.cycle.week <= day]
    return tuple(until(day, look, "at", "result", empty="") for look in found)


def _parts(user: User, matter: Matter, day: date, past: bool) -> Parts:
    rows = matter_sets.visible(user).filter(parent=matter).select_related("lead").prefetch_related("coops")
    found = [p for p in rows.order_by("year", "serial") if timezone.localdate(p.created_at) <= day]
    if past:
        found = all_as_they_stood(found, day)
    lights = {matter_sets.light_of(p, day) for p in found if p.state not in lifecycle.ENDED}
    done = sum(p.state in lifecycle.ENDED for p in found)
    return Parts(tuple(found), done, next((light for light in _WORST if light in lights), "GREEN"))


def evidence_of(matter: Matter) -> Evidence | None:
    """The paragraph of the source around the span; the kept words where there is no span."""
    start, end = matter.span_start, matter.span_end
    if matter.source is None or start is None or end is None:
        return Evidence("", matter.evidence, "") if matter.evidence else None
    text = "\n".join(p if isinstance(p, str) else str(p.get("text", "")) for p in matter.source.paragraphs)
    if not 0 <= start < end <= len(text):
        return Evidence("", matter.evidence, "") if matter.evidence else None
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return Evidence(text[first:start], text[start:end], text[end : last if last >= 0 else len(text)])


def proposed(matter: Matter) -> dict[str, Any]:
    """What the assignment form starts with: the last assignment, else what the paper proposes."""
    if matter.assigned_on is not None:
        return {
            "lead": matter.lead.code if matter.lead else "",
            "coops": [u.code for u in matter.coops.all()],
            "due": matter.due if matter.due and not matter.recurrence else None,
            "due_words": matter.due_words,
            "recurrence": matter.recurrence,
        }
    confirmed = Proposal.objects.filter(matter=matter, state=Proposal.State.CONFIRMED)
    found = confirmed.select_related("lead").order_by("pk").first()
    if found is None:
        return {"lead": "", "coops": [], "due": None, "due_words": "", "recurrence": ""}
    return {
        "lead": found.lead.code if found.lead else "",
        "coops": list(found.coops),
        "due": found.deadline,
        "due_words": found.deadline_text,
        "recurrence": found.recurrence,
    }


@dataclass(frozen=True)
class PlannedHandover:
    """To whom a matter is meant to go, before it is handed over: for who approves it."""

    lead: str
    coops: str
    due: date | None
    words: str  # of the deadline: as the paper has it, or its recurrence


def planned(matter: Matter) -> PlannedHandover | None:
    """None once it was handed over, or where nobody proposed anything."""
    if matter.assigned_on is not None:
        return None
    found = proposed(matter)
    if not any(found.values()):
        return None
    names = dict(
        Unit.objects.filter(code__in=[found["lead"], *found["coops"]]).values_list("code", "short_name")
    )
    words = found["due_words"] or (labels.every(found["recurrence"]) if found["recurrence"] else "")
    coops = "、".join(names.get(code, code) for code in found["coops"])
    return PlannedHandover(names.get(found["lead"], ""), coops, found["due"], words)


def last_words(matter: Matter, unit_id: int | None) -> Feedback | None:
    """The unit's own newest feedback: what its next form starts with."""
    return matter.feedback.filter(unit=unit_id).order_by("-at", "-pk").first()


def since(user: User, matter: Matter, seen: int) -> list[Event]:
    """What happened after the version that the person saw, as far as they may know it: the other side of a
    clash."""
    found = matter.events.filter(sequence__gt=seen).select_related("by", "unit").order_by("sequence")
    return [event for event in found if not _is_internal(user, event)]
