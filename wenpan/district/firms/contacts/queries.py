"""What is due of whom, and how far the plan is carried out: counts with n, never a ranking of leaders."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from wenpan.district.accounts.models import User
from wenpan.district.firms.models import ContactAssignment, Firm, FirmVisit, ServiceRequest
from wenpan.district.firms.models.requests import OPEN
from wenpan.economy.time.visits import PlanCoverage, VisitDue, months_after, plan_coverage, visit_due


@dataclass(frozen=True)
class ContactLine:
    contact: ContactAssignment
    state: VisitDue
    due: bool
    late: bool
    open_requests: int


def lines(contacts: Iterable[ContactAssignment], on: date) -> list[ContactLine]:
    """Each plan with what is due of it, the earliest first; a firm that is gone last."""
    held = list(contacts)
    visits: dict[tuple[int, int], list[tuple[date, str]]] = defaultdict(list)
    pairs = FirmVisit.objects.filter(firm__in={c.firm_id for c in held}, on__lte=on)
    for firm, person, day, result in pairs.values_list("firm_id", "person_id", "on", "result"):
        visits[firm, person].append((day, result))
    asked = Counter(
        ServiceRequest.objects.filter(firm__in={c.firm_id for c in held}, phase__in=OPEN).values_list(
            "firm_id", flat=True
        )
    )
    told = []
    for contact in held:
        state = visit_due(contact.starts_on, contact.every, visits[contact.firm_id, contact.person_id], on)
        told.append(
            ContactLine(contact, state, state.is_due(on), state.is_late(on), asked.get(contact.firm_id, 0))
        )
    return sorted(told, key=lambda line: (line.state.due or date.max, line.contact.firm.pinyin))


def current(on: date, person: User | None = None) -> QuerySet[ContactAssignment]:
    """Plans that hold on the day, of firms that are active."""
    rows = ContactAssignment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)
    rows = rows.filter(firm__state=Firm.State.ACTIVE)
    if person is not None:
        rows = rows.filter(person=person)
    return rows.select_related("firm__town", "person__unit")


def coverage(contacts: Iterable[ContactAssignment], on: date, months: int = 3) -> PlanCoverage:
    """A firm counts once, by the best that came of it of anybody's visits."""
    firms = {contact.firm_id for contact in contacts}
    since = months_after(on, -months)
    found: dict[Hashable, list[str]] = defaultdict(list)
    rows = FirmVisit.objects.filter(firm__in=firms, on__gt=since, on__lte=on).order_by("on", "pk")
    for firm, result in rows.values_list("firm_id", "result"):
        found[firm].append(result)
    return plan_coverage(firms, found, months)


def due_of(user: Any, on: date) -> list[ContactLine]:
    """What is due of this person this month, or was before."""
    return [line for line in lines(current(on, user), on) if line.due]
