"""A change of a list is proposed here; it is decided as every setting is (adjustments/actions.py)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.adjustments.models import Adjustment
from wenpan.district.adjustments.registers.base import (
    PlaceList,
    RowChange,
    changed_rows,
    changes_to_keep,
    stale,
)
from wenpan.district.ground.journal.actions import record

SHOWN = 6  # lines that a summary names


@transaction.atomic
def propose_rows(
    *,
    register: PlaceList,
    changes: Sequence[RowChange],
    since: date,
    reason: str,
    by: User,
    at: datetime | None = None,
) -> Adjustment:
    """ValidationError, by column where one is wrong: what the list may not hold, a day gone by, no reason, no
    change, a line changed meanwhile, another proposal still open."""
    require(by, *register.proposes)
    at = at or timezone.now()
    changes = [change for change in changes if change.was != change.now]
    if not changes:
        raise ValidationError(_("与现在的名录相同，没有要改的。"))
    if not reason.strip():
        raise ValidationError({"reason": _("请写理由或文号。")})
    if since < timezone.localdate(at):
        raise ValidationError({"since": _("不能早于今天。")})
    require_fitting(register=register, changes=changes, since=since)
    code = f"{register.code}:{changes[0].key}"[:60] if len(changes) == 1 else register.code
    try:
        with transaction.atomic():
            made = Adjustment.objects.create(
                item=code, before="", value=summary_of(changes=changes)[:200],
                changes=changes_to_keep(changes), since=since,
                reason=reason.strip()[:200], proposed_by=by, proposed_at=at,
            )  # fmt: skip
    except IntegrityError:
        raise ValidationError(_("同一处已有一个提议待审定。")) from None
    note(register=register, made=made, by=by, at=at, action="settings.proposed", deed=_("提议"))
    return made


def require_fitting(*, register: PlaceList, changes: Sequence[RowChange], since: date) -> None:
    """ValidationError by column for what is wrong, and for a line that was changed meanwhile."""
    if stale(register, changes, since):
        raise ValidationError(_("名录刚被改过，请重新打开再提议。"))
    wrong: dict[str, list[str]] = {}
    for found in register.check(changed_rows(register, changes, since), changes, since):
        if found.hard:
            known = register.column(found.column)
            wrong.setdefault(known.key if known else "__all__", []).append(found.message)
    if wrong:
        raise ValidationError(wrong)


def summary_of(*, changes: Sequence[RowChange]) -> str:
    added = sum(change.was is None for change in changes)
    gone = sum(change.now is None for change in changes)
    parts = ((added, _("新增")), (len(changes) - added - gone, _("修改")), (gone, _("去掉")))
    return "、".join(_("%(deed)s%(n)s条") % {"deed": deed, "n": n} for n, deed in parts if n)


def note(*, register: PlaceList, made: Adjustment, by: User, at: datetime, action: str, deed: str) -> None:
    keys = [entry["key"] for entry in made.changes]
    record(
        by=by,
        action=action,
        subject=f"setting:{made.pk}",
        at=at,
        summary=_("%(deed)s：%(label)s%(value)s，自%(since)s起（%(reason)s）")
        % {"deed": deed, "label": register.label, "value": made.value, "since": made.since,
           "reason": made.reason},
        detail={"list": register.code, "lines": keys[:SHOWN], "count": len(keys), "changes": made.changes,
                "since": made.since.isoformat()},
    )  # fmt: skip
