"""When a word that is ready may reach people: the place's own working hours and days."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from wenpan.district.supervision.escalation_steps.rules import next_working_moment
from wenpan.district.supervision.log import policy


def working_moment(at: datetime) -> datetime:
    """`at` itself at work, else the start of the next span of work; in the place's own time."""
    return next_working_moment(timezone.localtime(at), policy.calendar())
