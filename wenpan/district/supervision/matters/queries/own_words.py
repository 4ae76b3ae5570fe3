"""What a unit has said of an indicator already, in feedback: nobody is asked for the same words twice.

Of a matter that follows the indicator's light, or names the indicator, the whole; of another matter of the
unit the sentences that name the indicator. Where a cause is asked for, of a matter that only names it the
situation alone: what was done is no cause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.supervision.models import Feedback
from wenpan.rules import catalogue

RECENT = timedelta(days=45)
_SENTENCE = re.compile(r"[^。；;\n]+")


@dataclass(frozen=True)
class OwnWords:
    """`label`: where and when it was said, 督办反馈 2022-0002（10-12）."""

    label: str
    words: str
    url: str


def own_words(indicators: Sequence[str], on: date, *, causes: bool = False) -> dict[str, list[OwnWords]]:
    """By indicator, the newest first; what was said of late by the unit that owns it. One query."""
    known = catalogue()
    asked = {code: known[code] for code in indicators if code in known and known[code].owner}
    found: dict[str, list[OwnWords]] = {code: [] for code in indicators}
    if not asked:
        return found
    rows = Feedback.objects.filter(
        unit__code__in={item.owner for item in asked.values()}, at__date__lte=on, at__date__gt=on - RECENT
    )
    rows = rows.select_related("unit", "matter").defer("matter__evidence").order_by("-at", "-pk")
    for told in rows:
        for code, item in asked.items():
            if told.unit.code != item.owner:
                continue
            words = _said_of(told, code, {item.name, item.short_name} - {""}, causes)
            if words and all(words != other.words for other in found[code]):
                found[code].append(OwnWords(_label(told), words, _url(told)))
    return found


def _said_of(told: Feedback, code: str, names: set[str], causes: bool) -> str:
    matter = told.matter
    follows = matter.cause == f"indicator:{code}"
    if follows or any(name in matter.title for name in names):
        whole = told.situation or ("" if causes and not follows else told.process)
        if whole.strip():
            return whole.strip()
    sentences = _SENTENCE.findall(f"{told.process}\n{told.situation}")
    return "；".join(s.strip() for s in sentences if any(name in s for name in names))


def _label(told: Feedback) -> str:
    day = f"{timezone.localdate(told.at):%m-%d}"
    return _("督办反馈 %(number)s（%(day)s）") % {"number": told.matter.number, "day": day}


def _url(told: Feedback) -> str:
    return reverse("supervision:matter", args=[told.matter_id])
