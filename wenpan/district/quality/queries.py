"""Every read of the room. A unit's people see the letters to their unit; another unit's letter is not there
(404)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import own_unit_only
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.projects.models import Return
from wenpan.district.quality import rules
from wenpan.district.quality.models import AcceptedFinding, QueryLetter
from wenpan.economy.time.periods import Month, parse_month

SHOWN = (rules.OPEN, rules.LATE, rules.ANSWERED, rules.CLOSED)


@dataclass(frozen=True)
class RuleRecord:
    """What became of what a rule found: letters, those closed, those of them that led to a corrected return;
    soft findings that were accepted, and those of them whose return the unit corrected later all the same."""

    rule: str
    letters: int = 0
    closed: int = 0
    corrected: int = 0
    accepted: int = 0
    accepted_corrected: int = 0

    @property
    def settled(self) -> int:
        return self.closed + self.accepted

    @property
    def hits(self) -> int:
        return self.corrected + self.accepted_corrected

    @property
    def rate(self) -> float | None:
        """Percent of what was settled; None where nothing was."""
        return 100 * self.hits / self.settled if self.settled else None


def corrections(after: str) -> QuerySet[Return]:
    """A newer return of the same project and month, recorded after a moment of the outer row."""
    return Return.objects.filter(
        project=OuterRef("project"),
        period=OuterRef("period"),
        superseded_at__isnull=True,
        recorded_at__gt=OuterRef(after),
    )


def letters(user: User, on: date, state: str = "") -> QuerySet[QueryLetter]:
    """Those that the user may see, in one state or in any."""
    rows = with_corrections().select_related("unit", "project", "issued_by")
    if own_unit_only(user):
        rows = rows.filter(unit=user.unit_id) if user.unit_id else rows.none()
    return rows.filter(_in_state(state, on))


def with_corrections() -> QuerySet[QueryLetter]:
    """`sent_anew`: a corrected return has come from the unit itself since the letter was issued."""
    rows: QuerySet[QueryLetter] = QueryLetter.objects.all()
    own = corrections("issued_at").filter(submission__unit=OuterRef("unit"))
    return rows.alias().annotate(sent_anew=Exists(own))


def _in_state(state: str, on: date) -> Q:
    """The twin of `quality.rules.letter_state` in SQL; a test holds the two together."""
    open_ = Q(closed_at__isnull=True)
    told = Q(answered_at__isnull=False) | Q(sent_anew=True)
    return {
        rules.OPEN: open_ & ~told & Q(due__gte=on),
        rules.LATE: open_ & ~told & Q(due__lt=on),
        rules.ANSWERED: open_ & told,
        rules.CLOSED: Q(closed_at__isnull=False),
    }.get(state, Q())


def in_any(states: tuple[str, ...], on: date) -> Q:
    found = Q(pk__in=[])
    for state in states:
        found |= _in_state(state, on)
    return found


def counts(user: User, on: date) -> dict[str, int]:
    found = letters(user, on).aggregate(
        **{state: Count("pk", filter=_in_state(state, on)) for state in SHOWN}
    )
    return {state: found[state] for state in SHOWN}


def state_of(letter: QueryLetter, on: date) -> str:
    answered = letter.answered_at is not None or corrected_return(letter)
    return rules.letter_state(due=letter.due, answered=answered, closed=letter.closed_at is not None, on=on)


def corrected_return(letter: QueryLetter) -> bool:
    """Whether the unit itself has sent the return anew since the letter was issued."""
    told = getattr(letter, "sent_anew", None)
    if told is not None:
        return bool(told)
    anew = newer_return(letter)
    return anew is not None and anew.submission.unit_id == letter.unit_id


def corrected_by_unit(letter: QueryLetter) -> bool:
    """Whether a newer return is the unit's correction: it sent the file, or answered that it has sent one
    (which then came with others in a table of the office)."""
    said = letter.answer_kind == QueryLetter.AnswerKind.CORRECTED
    return corrected_return(letter) or (said and newer_return(letter) is not None)


def newer_return(letter: QueryLetter) -> Return | None:
    """Whoever brought it."""
    return (
        Return.objects.filter(
            project=letter.project_id, period=letter.period, superseded_at__isnull=True,
            recorded_at__gt=letter.issued_at,
        )
        .select_related("submission__unit", "submission__uploaded_by")
        .first()
    )  # fmt: skip


def require_own(user: User, letter: QueryLetter) -> None:
    """Raises NotYours (404) for a letter to another unit."""
    if own_unit_only(user) and letter.unit_id != user.unit_id:
        raise NotYours


def open_rules(month: Month) -> set[tuple[int, str]]:
    """Project and rule of the letters of a month that are not closed."""
    rows = QueryLetter.objects.filter(period=str(month), closed_at__isnull=True)
    return set(rows.values_list("project_id", "rule"))


def open_letters() -> set[tuple[int, str, str]]:
    """Project, period and rule of every letter that is not closed."""
    rows = QueryLetter.objects.filter(closed_at__isnull=True)
    return set(rows.values_list("project_id", "period", "rule"))


def accepted_of(month: Month) -> dict[tuple[int, str, str], AcceptedFinding]:
    """Of a month, by project, rule and what was reported then."""
    rows = AcceptedFinding.objects.filter(period=str(month)).select_related("by")
    return {(row.project_id, row.rule, row.evidence): row for row in rows}


def rule_records() -> list[RuleRecord]:
    """Each rule's later record: a rule that never finds anything wrong is seen here. Two queries."""
    asked = {
        row["rule"]: row
        for row in QueryLetter.objects.values("rule").annotate(
            letters=Count("pk"),
            closed=Count("closed_at"),
            corrected=Count("pk", filter=Q(outcome=QueryLetter.Outcome.CORRECTED)),
        )
    }
    taken = {
        row["rule"]: row
        for row in AcceptedFinding.objects.annotate(anew=Exists(corrections("at")))
        .values("rule")
        .annotate(accepted=Count("pk"), accepted_corrected=Count("pk", filter=Q(anew=True)))
        .order_by()
    }
    found = []
    for rule in asked.keys() | taken.keys():
        told: dict[str, Any] = {}
        for part in (asked.get(rule), taken.get(rule)):
            told |= {} if part is None else dict(part.items())
        found.append(RuleRecord(**told))
    return sorted(found, key=lambda one: (-one.settled, -one.letters, one.rule))


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
