"""One act for many matters: each in a savepoint of its own, what was refused with its reason.

The parts of an act that a single form asks for are taken from what stands already: whom a matter is planned
for, what a unit said last. Nothing is decided here that the single act would not allow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import matter_sets
from wenpan.district.supervision.matters.actions import handling, leading, opening
from wenpan.district.supervision.matters.queries.matter_page import proposed
from wenpan.district.supervision.models import Feedback, Matter
from wenpan.district.ui.awaited import BatchOutcome, chosen, each

Who = dict[str, Any]


@transaction.atomic
def act_on_many(
    *, action: str, keys: Sequence[str], by: User, words: str = "", at: datetime | None = None
) -> BatchOutcome:
    """`action`: a code of MANY; `keys`: "12@7", the matter and the version that was seen.

    Each matter is one act of its own with its own event. Raises Refused "bad_value": nothing ticked, more
    than MOST, words missing where the act needs them (`NEEDS_WORDS`).
    """
    ticked = chosen(keys)
    if action in NEEDS_WORDS and not words.strip():
        raise Refused("reason_missing", _("请写明理由。"))
    rows = matter_sets.visible(by).select_related("lead").in_bulk(list(ticked))

    def act(matter: Matter | None, seen: int | None) -> Callable[[], Any] | None:
        if matter is None:
            return None
        return lambda: MANY[action](matter, words.strip(), {"by": by, "at": at, "seen": seen})

    return each((str(pk), _name(rows.get(pk), pk), act(rows.get(pk), seen)) for pk, seen in ticked.items())


def _name(matter: Matter | None, pk: int) -> str:
    return f"{matter.number} {matter.title[:40]}" if matter else str(pk)


def _assign(matter: Matter, words: str, who: Who) -> None:
    """To the units and by the day that were planned for it."""
    plan = proposed(matter)
    lead = Unit.objects.filter(code=plan["lead"]).first() if plan["lead"] else None
    if lead is None:
        raise Refused("state", _("没有拟定牵头单位，请打开事项单独交办。"))
    opening.assign(
        matter=matter,
        lead=lead,
        coops=list(Unit.objects.filter(code__in=plan["coops"]).exclude(pk=lead.pk)),
        due=None if plan["recurrence"] else plan["due"],
        due_words=plan["due_words"],
        recurrence=plan["recurrence"],
        text=words,
        **who,
    )


MANY: dict[str, Callable[[Matter, str, Who], Any]] = {
    "register": lambda m, words, who: opening.register(matter=m, text=words, **who),
    "drop": lambda m, words, who: opening.drop(matter=m, reason=words, **who),
    "assign": _assign,
    "sign": lambda m, words, who: handling.sign(matter=m, **who),
    "nothing_new": lambda m, words, who: handling.nothing_new(matter=m, **who),
    "check": lambda m, words, who: handling.check(matter=m, passed=True, text=words, **who),
    "close": lambda m, words, who: handling.close(matter=m, text=words, **who),
    "grant": lambda m, words, who: handling.decide_extension(matter=m, granted=True, text=words, **who),
    "instruct": lambda m, words, who: leading.instruct(matter=m, words=words, **who),
    "seen": lambda m, words, who: leading.mark_seen(matter=m, **who),
    "urge": lambda m, words, who: handling.urge(matter=m, text=words, **who),
}
NEEDS_WORDS = frozenset({"drop", "check", "instruct"})


@transaction.atomic
def sign_off_many(*, keys: Sequence[str], by: User, at: datetime | None = None) -> BatchOutcome:
    """签发 of the feedback that the head of the unit ticked."""
    ticked = chosen(keys)
    rows = Feedback.objects.filter(unit=by.unit_id or 0).select_related("matter").in_bulk(list(ticked))

    def act(feedback: Feedback | None) -> Callable[[], Any] | None:
        return (lambda: handling.sign_off(feedback=feedback, by=by, at=at)) if feedback else None

    return each(
        (str(pk), rows[pk].matter.title[:40] if pk in rows else str(pk), act(rows.get(pk))) for pk in ticked
    )
