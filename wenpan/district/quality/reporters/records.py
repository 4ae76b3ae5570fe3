"""The record of those who report: due, sent, reminders served, sent after, errors by kind, repeat errors.

Facts with their days; no mark and no penalty follows from them here. A repeat error is the same rule failed
by the same project in the month before. A unit is asked of its own record only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit
from wenpan.district.outbox.models import Message
from wenpan.district.projects.base.scope import ALL
from wenpan.district.projects.models import Project, Return
from wenpan.district.projects.returns.collection import collection, handed_in
from wenpan.district.projects.returns.lines import RETURNS
from wenpan.district.quality import rules
from wenpan.district.quality.checks import FailedReturn, checks
from wenpan.district.quality.models import QueryLetter, ReminderServed
from wenpan.economy.time.periods import Month
from wenpan.rules.releases import RETURNED_BY, release_of_kind


def state_words() -> dict[str, str]:
    return {
        rules.ON_TIME: _("按期"),
        rules.BEFORE_REMINDER: _("迟报（催报前）"),
        rules.IN_TERM: _("催报期限内"),
        rules.AFTER_TERM: _("超过催报期限"),
        rules.MISSING: _("未报"),
        rules.NOT_DUE: _("未到期"),
        rules.LISTED: _("总表已报"),
    }


@dataclass(frozen=True)
class ReporterMonth:
    """One unit and month. `sent`: the day its first return came; `by_list`: it came in the office's own
    table, and when the unit sent it is not known here. `served`: the reminders that were served; `told`: the
    first reminder of the program itself. `errors`: rule's sentence → returns that fail it; `repeated`: of
    them those of last month too."""

    unit: Unit
    month: Month
    due: date | None
    sent: date | None
    by_list: bool
    versions: int
    told: date | None
    served: tuple[ReminderServed, ...]
    state: str
    projects: int
    reported: int
    errors: tuple[tuple[str, int], ...]
    hard: int
    soft: int
    repeated: int
    letters: int
    letters_late: int

    @property
    def state_word(self) -> str:
        return state_words()[self.state]

    @property
    def late(self) -> bool:
        return self.state not in (rules.ON_TIME, rules.NOT_DUE, rules.LISTED)

    @property
    def first_reminder(self) -> date | None:
        days = [day for day in (self.told, *(one.served_on for one in self.served)) if day]
        return min(days, default=None)

    @property
    def errors_text(self) -> str:
        return "；".join(f"{sentence} {n}" for sentence, n in self.errors)


Failed = Callable[[Month], tuple[FailedReturn, ...]]


def reporter_months(
    month: Month, on: date, unit: int | None = None, failed: Failed | None = None
) -> list[ReporterMonth]:
    """Every unit that had something to report in a month, or one of them; in the order of the units.
    `failed`: how the failing returns of a month are looked up, once for several months."""
    failed = failed or _failed
    found = collection(month, on)
    rows = [row for row in found.rows if unit is None or row.unit.pk == unit]
    sent, listed = _sent(month), _listed(month)
    told, served, letters = _told(month), _served(month), _letters(month, on)
    errors, owners = failed(month), _owners()
    before = {(one.project, one.rule.code) for one in failed(month.plus(-1))}
    out = []
    for row in rows:
        mine = [one for one in errors if owners.get(one.project) == row.unit.pk]
        kinds = Counter(one.rule.sentence for one in mine)
        hard = sum(one.rule.severity == "hard" for one in mine)
        first = sent.get(row.unit.pk)
        day = first[0] if first else listed.get(row.unit.pk)
        reminders = tuple(served.get(row.unit.pk, ()))
        start = min((one.served_on for one in reminders), default=None)
        term = next((one.until for one in reminders if one.served_on == start), None)
        out.append(ReporterMonth(
            row.unit, month, found.due, day, first is None and day is not None, first[1] if first else 0,
            told.get(row.unit.code), reminders,
            rules.LISTED if first is None and day
            else rules.sending_state(due=found.due, sent=day, served=start, until=term, on=on),
            row.projects, row.reported, tuple(kinds.most_common()), hard, len(mine) - hard,
            sum((one.project, one.rule.code) in before for one in mine), *letters.get(row.unit.pk, (0, 0)),
        ))  # fmt: skip
    return sorted(out, key=lambda one: (one.unit.order, one.unit.pinyin))


def history(unit: Unit, last: Month, on: date, months: int) -> list[ReporterMonth]:
    """One unit's months, the newest first; those in which it had nothing to report are left out."""
    once = cache(_failed)
    return [one for back in range(months) for one in reporter_months(last.plus(-back), on, unit.pk, once)]


def _failed(month: Month) -> tuple[FailedReturn, ...]:
    return checks(month, ALL).failed


def _sent(month: Month) -> dict[int, tuple[date, int]]:
    """The day of the first return that a unit handed in, and how many it has."""
    rows = handed_in(month).order_by().values("unit").annotate(first=Min("uploaded_at"), n=Count("pk"))
    return {row["unit"]: (timezone.localdate(row["first"]), row["n"]) for row in rows}


def _field() -> str:
    release = release_of_kind(RETURNS)
    return release.returned_by if release and release.returned_by else RETURNED_BY[0]


def _listed(month: Month) -> dict[int, date]:
    """The day on which the first return of a unit's projects came into the ledger."""
    path = f"project__{_field()}"
    rows = (
        Return.objects.filter(period=str(month), cumulative__isnull=False)
        .exclude(**{f"{path}__isnull": True})
        .values(path)
        .annotate(first=Min("recorded_at"))
        .order_by()
    )
    return {row[path]: timezone.localdate(row["first"]) for row in rows}


def _told(month: Month) -> dict[str, date]:
    """Unit's code → the first day on which the program reminded its people of this month's return."""
    prefix = f"notice:return.due:{month}:"
    found: dict[str, date] = {}
    rows = (
        Message.objects.filter(key__startswith=prefix).order_by("made_at", "pk").values_list("key", "made_at")
    )
    for key, made in rows:
        found.setdefault(key.removeprefix(prefix).split(":")[0], timezone.localdate(made))
    return found


def _served(month: Month) -> dict[int, list[ReminderServed]]:
    found: dict[int, list[ReminderServed]] = defaultdict(list)
    for row in ReminderServed.objects.filter(period=str(month)).order_by("unit", "number"):
        found[row.unit_id].append(row)
    return found


def _letters(month: Month, on: date) -> dict[int, tuple[int, int]]:
    """Letters about a month's returns, and those that were answered late or are late now."""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    rows: Any = QueryLetter.objects.filter(period=str(month)).values_list(
        "unit", "due", "answered_at", "closed_at"
    )
    for unit, due, answered, closed in rows:
        end = answered or closed
        found[unit][0] += 1
        found[unit][1] += (timezone.localdate(end) if end else on) > due
    return {unit: (n, late) for unit, (n, late) in found.items()}


def _owners() -> dict[int, int | None]:
    return dict(Project.objects.filter(retracted=False).values_list("pk", f"{_field()}_id"))
