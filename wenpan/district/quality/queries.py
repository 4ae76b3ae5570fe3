"""Every read of the room. A unit's people see the letters to their unit; another unit's letter is not there
(404)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import own_unit_only
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.projects.models import Return
from wenpan.district.quality import rules
from wenpan.district.quality.models import QueryLetter
from wenpan.economy.time.periods import Month, parse_month

SHOWN = (rules.OPEN, rules.LATE, rules.ANSWERED, rules.CLOSED)


@dataclass(frozen=True)
class RuleRecord:
    """What became of a rule's letters: closed ones, and how many of them led to a corrected return."""

    rule: str
    letters: int
    closed: int
    corrected: int


def letters(user: User, on: date, state: str = "") -> QuerySet[QueryLetter]:
    """Those that the user may see, in one state or in any."""
    rows = QueryLetter.objects.select_related("unit", "project", "issued_by")
    if own_unit_only(user):
        rows = rows.filter(unit=user.unit_id) if user.unit_id else rows.none()
    return rows.filter(_in_state(state, on))


def _in_state(state: str, on: date) -> Q:
    """The twin of `rules.letter_state` in SQL; a test holds the two together."""
    waiting = Q(closed_at__isnull=True, answered_at__isnull=True)
    return {
        rules.OPEN: waiting & Q(due__gte=on),
        rules.LATE: waiting & Q(due__lt=on),
        rules.ANSWERED: Q(closed_at__isnull=True, answered_at__isnull=False),
        rules.CLOSED: Q(closed_at__isnull=False),
    }.get(state, Q())


def counts(user: User, on: date) -> dict[str, int]:
    found = letters(user, on).aggregate(
        **{state: Count("pk", filter=_in_state(state, on)) for state in SHOWN}
    )
    return {state: found[state] for state in SHOWN}


def state_of(letter: QueryLetter, on: date) -> str:
    return rules.letter_state(
        due=letter.due, answered=letter.answered_at is not None, closed=letter.closed_at is not None, on=on
    )


def require_own(user: User, letter: QueryLetter) -> None:
    """Raises NotYours (404) for a letter to another unit."""
    if own_unit_only(user) and letter.unit_id != user.unit_id:
        raise NotYours


def open_rules(month: Month) -> set[tuple[int, str]]:
    """Project and rule of the letters of a month that are not closed."""
    rows = QueryLetter.objects.filter(period=str(month), closed_at__isnull=True)
    return set(rows.values_list("project_id", "rule"))


def rule_records() -> list[RuleRecord]:
    """Each rule's later record: a rule that never finds anything wrong is seen here."""
    rows = (
        QueryLetter.objects.values("rule")
        .annotate(
            letters=Count("pk"),
            closed=Count("closed_at"),
            corrected=Count("pk", filter=Q(outcome=QueryLetter.Outcome.CORRECTED)),
        )
        .order_by("-letters", "rule")
    )
    return [RuleRecord(**row) for row in rows]


def shown_month(text: str) -> Month | None:
    """The month asked for if it has returns, else the newest that has; None without returns."""
    current = Return.objects.filter(superseded_at__isnull=True, project__retracted=False)
    if text and current.filter(period=text).exists():
        return parse_month(text)
    newest = current.order_by(F("period").desc()).values_list("period", flat=True).first()
    return parse_month(newest) if newest else None


def months() -> list[str]:
    rows = Return.objects.filter(superseded_at__isnull=True).values_list("period", flat=True)
    return list(rows.order_by("-period").distinct()[:24])
