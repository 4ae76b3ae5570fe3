"""The line of 本月周期 for the office: how many sentences hold throughout the district.

The count runs over everything that is followed, so the line keeps it for KEEP seconds and says when it was
counted; the page itself counts anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.checkup.queries import matrix
from wenpan.district.ui.changes import MonthStep

KEEP = 600  # seconds
WORST = 3  # cells that are named


@dataclass(frozen=True)
class CheckupCount:
    """`worst`: the cells with most gaps, in words."""

    sentences: int
    broken: int
    lacking: int
    worst: str
    at: datetime


def steps(user: User, at: datetime) -> Sequence[MonthStep]:
    if not can(user, "matter.assign"):
        return ()
    found = _kept(at)
    url, title = reverse("checkup:matrix"), _("执行体检")
    when = f"{timezone.localtime(found.at):%H:%M}"
    if not found.lacking:
        words = _("各项要求都满足（%(when)s统计）") % {"when": when}
        return [MonthStep("checkup", title, "done", words, url, order=45)]
    words = _("%(all)s项要求中%(n)s项有缺口，共%(gaps)s处（%(when)s统计）") % {
        "all": found.sentences, "n": found.broken, "gaps": found.lacking, "when": when,
    }  # fmt: skip
    return [MonthStep("checkup", title, "late", words, url, late=found.worst, order=45)]


def _kept(at: datetime) -> CheckupCount:
    """Of the same day and language, and no older than KEEP."""
    key = f"checkup.today:{timezone.localdate(at)}:{get_language()}"
    found: CheckupCount | None = cache.get(key)
    if found is None or not 0 <= (at - found.at).total_seconds() < KEEP:
        found = _count(at)
        cache.set(key, found, KEEP)
    return found


def _count(at: datetime) -> CheckupCount:
    found = matrix(None, at)
    cells = [(cell.tally.lacking, row.name, cell.name) for row in found.rows for cell in row.cells]
    worst = sorted(cells, key=lambda cell: -cell[0])[:WORST]
    words = "、".join(
        _("%(what)s%(n)s处") % {"what": f"{name}{aspect}", "n": n} for n, name, aspect in worst if n
    )
    return CheckupCount(found.sentences, found.broken, found.lacking, words, at)
