"""本周合报: what a unit has to say of all its matters of the week, on one sheet, one field each.

A line that was left empty says nothing. A number stands in the words as 本期报送数, so that every report
reads it as it was given. Each line is one feedback: what is refused of one spoils none of the others. Slips
of the matter that wait are answered with the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.matters.actions.handling import feed_back
from wenpan.district.supervision.models import Feedback, Matter, Slip
from wenpan.district.supervision.slips.actions import answer
from wenpan.district.supervision.slips.state import is_open_on

MOST = 60  # lines of a sheet
NUMBER = "本期报送数："


@dataclass(frozen=True)
class SheetLine:
    matter: Matter
    words: str = ""
    number: str = ""
    done: bool = False
    seen: int | None = None

    @property
    def empty(self) -> bool:
        return not (self.words.strip() or self.number.strip())


def report_sheet(
    *, lines: Sequence[SheetLine], by: User, at: datetime | None = None
) -> tuple[list[Feedback], dict[int, str]]:
    """What was reported, and of each matter that was refused (by its key) why.

    Raises Refused "bad_value" for an empty sheet or more than MOST lines.
    """
    require(by, "desk.use")
    told = [line for line in lines if not line.empty]
    if not told:
        raise Refused("bad_value", _("还没有填写任何一件。"))
    if len(told) > MOST:
        raise Refused("bad_value", _("一次最多报%(most)s件。") % {"most": MOST})
    at = at or timezone.now()  # one moment: the lines of a sheet are told by it
    made: list[Feedback] = []
    refused: dict[int, str] = {}
    for line in told:
        try:
            with transaction.atomic():
                made.append(_reported(line, by, at))
        except Refused as refusal:
            refused[line.matter.pk] = refusal.message
    return made, refused


def _reported(line: SheetLine, by: User, at: datetime) -> Feedback:
    claim = Feedback.Claim.DONE if line.done else Feedback.Claim.PROGRESS
    words = "；".join(part for part in (number_words(typed=line.number), line.words.strip()) if part)
    waiting = Slip.objects.filter(is_open_on(timezone.localdate(at)), unit=by.unit_id, matter=line.matter)
    slips = list(waiting.select_related("matter", "unit").order_by("issued_at"))
    told = feed_back(matter=line.matter, claim=claim, process=words, by=by, at=at, seen=line.seen, sheet=True)
    for slip in slips:
        answer(slip=slip, text=words, by=by, at=at, sheet=True)
    return told


def number_words(*, typed: str) -> str:
    """本期报送数：12.5, or "" for none. Raises Refused "bad_value" for what is no number."""
    plain = typed.strip().replace(",", "").replace("，", "")
    if not plain:
        return ""
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise Refused("bad_value", _("“%(typed)s”不是数。") % {"typed": typed.strip()[:20]}) from None
    if not value.is_finite() or len(plain) > 20:
        raise Refused("bad_value", _("“%(typed)s”不是数。") % {"typed": typed.strip()[:20]})
    return f"{NUMBER}{value:f}"


def number_in(*, words: str) -> str:
    """The number that a feedback gave in this way; "" where it gave none."""
    if not words.startswith(NUMBER):
        return ""
    return words.removeprefix(NUMBER).partition("；")[0]
