"""The day of a demonstration: a story of 2022 is told as if today were 2022.

WENPAN_DAY_SHIFT (whole days, set by the commands for a home that holds a demonstration) moves the program's
clock, `django.utils.timezone.now`, which everything here asks. A real place never sets it; the frame of
every page says so where it is set.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta

NAME = "WENPAN_DAY_SHIFT"


def days() -> int:
    return int(os.environ.get(NAME) or 0)


def shift_clock() -> None:
    """Moves Django's clock; called once, before anything has asked it."""
    if not days():
        return
    from django.utils import timezone

    real, by = timezone.now, timedelta(days=days())

    def now() -> datetime:
        return real() + by

    timezone.now = now
