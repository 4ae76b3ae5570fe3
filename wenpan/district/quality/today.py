"""What of data quality awaits a person: letters to the unit that are open, answered ones to close."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.quality import queries, rules
from wenpan.district.quality.actions import close_letter
from wenpan.district.quality.models import QueryLetter
from wenpan.district.ui.awaited import AwaitedAct, AwaitedGroup, BatchAct, BatchOutcome, chosen, each

CLOSE = "quality-close"


def groups(user: User, at: datetime, shown: int) -> Sequence[AwaitedGroup]:
    on = timezone.localdate(at)
    found = []
    if can(user, "quality.answer"):
        found.append(_group(user, on, shown, (rules.OPEN, rules.LATE), "quality-letters", _("核实单待答复")))
    if can(user, "quality.query"):
        found.append(_group(user, on, shown, (rules.ANSWERED,), "quality-answered", _("核实单待办结")))
    return found


def _group(user: User, on: Any, shown: int, states: tuple[str, ...], code: str, title: str) -> AwaitedGroup:
    rows = queries.letters(user, on)
    rows = rows.filter(queries.in_any(states, on)).order_by("due", "pk")
    closing = rules.ANSWERED in states
    items = tuple(_item(row, on, keyed=closing) for row in (rows[:shown] if shown else ()))
    url = f"{reverse('quality:letters')}?state={rules.ANSWERED}" if closing else reverse("quality:letters")
    return AwaitedGroup(
        code, title, rows.count(), items, url, 20 if closing else 12, (CLOSE,) if closing else ()
    )


def _item(row: QueryLetter, on: Any, *, keyed: bool) -> AwaitedAct:
    if keyed:
        answer = row.get_answer_kind_display() if row.answered_at else _("单位已另报更正的报表")
        detail = f"{row.unit.short_name} · {answer}"
    else:
        detail = f"{row.period} · {row.question}"
    return AwaitedAct(
        f"{row.number} {row.project.name}",
        reverse("quality:letter", args=[row.pk]),
        str(row.pk) if keyed else "",
        detail,
        row.due,
        "RED" if not keyed and row.due < on else "",
    )


def _close(user: Any, keys: Sequence[str], words: str) -> BatchOutcome:
    """Each as its answer says: a corrected return closes as corrected, an explanation as accepted."""
    rows = queries.letters(user, timezone.localdate()).in_bulk(list(chosen(keys)))

    def act(pk: int) -> Callable[[], Any] | None:
        row = rows.get(pk)
        if row is None:
            return None
        explained = row.answer_kind == QueryLetter.AnswerKind.RIGHT
        outcome = QueryLetter.Outcome.ACCEPTED if explained else QueryLetter.Outcome.CORRECTED
        return partial(close_letter, letter=row, outcome=outcome, reason=words, by=user)

    return each((f"{pk}", rows[pk].number if pk in rows else f"{pk}", act(pk)) for pk in chosen(keys))


ACTS = (
    BatchAct(
        CLOSE, gettext_lazy("办结"), gettext_lazy("已办结%(n)s件核实单。"), _close,
        asks=gettext_lazy("理由"), permissions=("quality.query",),
    ),
)  # fmt: skip
