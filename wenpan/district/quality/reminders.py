"""Reminders of query letters: the unit's people are told when one is issued, the working day before it is
due, the working day after, and every fifth working day while it stays open. Once a key, through the outbox.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenpan.district.accounts.models import User
from wenpan.district.accounts.roles import LIAISON
from wenpan.district.ground.jobs.registry import Progress, job
from wenpan.district.ground.jobs.timed import timed
from wenpan.district.ground.notices import notify
from wenpan.district.quality import queries, rules
from wenpan.district.quality.models import QueryLetter
from wenpan.rules.working_days import calendar

REMIND = "quality.remind"


@transaction.atomic
def tell_unit(*, letter: QueryLetter, stage: str, at: datetime) -> int:
    """How many of the unit's liaison officers were told; none twice of the same stage."""
    people = User.objects.filter(unit=letter.unit_id, role=LIAISON.code, is_active=True)
    words = {"number": letter.number, "project": letter.project.name, "due": f"{letter.due:%Y-%m-%d}"}
    if stage == "issued":
        text = _("%(number)s请核实%(project)s的月报，%(due)s前答复。") % words
    elif stage == "soon":
        text = _("%(number)s（%(project)s）%(due)s到期，还没有答复。") % words
    else:
        text = _("%(number)s（%(project)s）已过答复期限%(due)s，请尽快答复。") % words
    url = reverse("quality:letter", args=[letter.pk])
    return notify(users=people, key=f"letter:{letter.pk}:{stage}", text=text, at=at, url=url)


def remind(*, at: datetime | None = None) -> int:
    """Tells of every open letter what this day asks for. Safe at any time, and again."""
    at = at or timezone.now()
    today = timezone.localdate(at)
    if not calendar().is_working_day(today):
        return 0
    told = 0
    for letter in queries.with_corrections().filter(closed_at__isnull=True).select_related("project", "unit"):
        state = queries.state_of(letter, today)
        if state in (rules.OPEN, rules.LATE) and (stage := stage_on(letter.due, today)):
            told += tell_unit(letter=letter, stage=stage, at=at)
    return told


def stage_on(due: date, today: date) -> str:
    """soon, late0, late1, …, by working days; "" where nothing is due to be said. A day on which nobody was
    awake is made up by the next one, as the keys are of stages and not of days."""
    days = calendar()
    if today <= due:
        return "soon" if days.working_days_after(today, 1) >= due else ""
    number, day = 0, due
    while (following := days.working_days_after(day, 5)) < today and number < 12:
        number, day = number + 1, following
    return f"late{number}"


@job(REMIND, label=gettext_lazy("提醒答复核实单"))
def send_reminders(_args: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Safe to run at any time, and again."""
    progress(10, "")
    return {"told": remind()}


timed(REMIND, minutes=30)
