"""One proposes, another puts in force. File, journal and record are written together or not at all."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.adjustments import checks, items, targets
from wenpan.district.adjustments.models import Adjustment
from wenpan.district.adjustments.registers import actions as lists
from wenpan.district.adjustments.registers.base import PlaceList, back, read_kept
from wenpan.district.adjustments.writing import written
from wenpan.district.ground.journal import rule_digests
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused

State = Adjustment.State


@transaction.atomic
def propose(
    *, code: str, typed: str, since: date, reason: str, by: User, at: datetime | None = None
) -> Adjustment:
    """ValidationError: no such setting, a value that it cannot have, a day gone by, no reason, no
    change, another proposal still open."""
    item = items.items().get(code)
    require(by, *(item.proposes if item else ("rules.set",)))
    at = at or timezone.now()
    today = timezone.localdate(at)
    if item is None:
        raise ValidationError(_("没有这项设置。"))
    try:
        value = items.read(item, typed)
    except ValueError as error:
        raise ValidationError(str(error) if item.kind != "day" else _("日期写作 2027-12-31。")) from None
    if not reason.strip():
        raise ValidationError(_("请写理由或文号。"))
    if since < today or (not item.dated and since != today):
        raise ValidationError(
            _("这项设置自审定之日起施行，日期填今天。") if not item.dated else _("不能早于今天。")
        )
    before = items.current(item, since)
    if str(value) == before:
        raise ValidationError(_("与现值相同。"))
    try:
        with transaction.atomic():
            made = Adjustment.objects.create(
                item=code, before=before[:200], value=str(value), since=since, reason=reason.strip()[:200],
                proposed_by=by, proposed_at=at,
            )  # fmt: skip
    except IntegrityError:
        raise ValidationError(_("这项设置已有一个提议待审定。")) from None
    _told(made, item, by, at, "settings.proposed", _("提议"))
    return made


@transaction.atomic
def put_in_force(*, adjustment: Adjustment, by: User, at: datetime | None = None) -> Adjustment:
    """By another than who proposed it. Raises Refused "own", "state", "rule" (a file that cannot be used, or
    a list that was changed since)."""
    at = at or timezone.now()
    target = _decided(adjustment, State.IN_FORCE, by, at)
    today = timezone.localdate(at)
    since = max(adjustment.since, today) if target.dated else today
    words = _("%(proposed)s提议、%(decided)s审定：%(reason)s") % {
        "proposed": adjustment.proposed_by, "decided": by, "reason": adjustment.reason,
    }  # fmt: skip
    _told(adjustment, target, by, at, "settings.put_in_force", _("施行"))
    with written(_contents(target, adjustment, since, words)):
        checks.usable(since)
        if isinstance(target, PlaceList):
            target.usable()
            target.applied(by)
        rule_digests.note(why=_("设置施行"), by=by)
    return adjustment


def _contents(
    target: targets.Target, adjustment: Adjustment, since: date, words: str
) -> dict[str, dict[str, Any]]:
    """Files by name."""
    if not isinstance(target, PlaceList):
        return items.changed(target, items.read(target, adjustment.value), since, words)
    changes = read_kept(adjustment.changes)
    try:
        lists.require_fitting(register=target, changes=changes, since=since)
    except ValidationError as why:
        raise Refused("rule", "；".join(why.messages)) from None
    return {target.file: items.signed(target.content(changes, since), since, words)}


@transaction.atomic
def propose_back(*, adjustment: Adjustment, reason: str, by: User, at: datetime | None = None) -> Adjustment:
    """A following proposal that undoes one in force; it is decided like every other. ValidationError."""
    target = targets.target_of(adjustment.item)
    if target is None or adjustment.state != State.IN_FORCE:
        raise ValidationError(_("只有已施行的可以提议恢复。"))
    today = timezone.localdate(at or timezone.now())
    since = max(adjustment.since, today) if target.dated else today
    if isinstance(target, PlaceList):
        changes = back(target, read_kept(adjustment.changes))
        return lists.propose_rows(register=target, changes=changes, since=since, reason=reason, by=by, at=at)
    return propose(code=target.code, typed=adjustment.before, since=since, reason=reason, by=by, at=at)


@transaction.atomic
def refuse(*, adjustment: Adjustment, by: User, at: datetime | None = None) -> Adjustment:
    at = at or timezone.now()
    target = _decided(adjustment, State.REFUSED, by, at)
    _told(adjustment, target, by, at, "settings.refused", _("不同意"))
    return adjustment


@transaction.atomic
def withdraw(*, adjustment: Adjustment, by: User, at: datetime | None = None) -> Adjustment:
    """By who proposed it."""
    at = at or timezone.now()
    target = _decided(adjustment, State.WITHDRAWN, by, at)
    _told(adjustment, target, by, at, "settings.withdraw", _("撤回"))
    return adjustment


def _decided(adjustment: Adjustment, state: str, by: User, at: datetime) -> targets.Target:
    """A conditional update: of two who decide at once one does."""
    target = targets.target_of(adjustment.item)
    if target is None:
        require(by, "rules.set")
        raise Refused("state", _("没有这项设置。"))
    withdrawn = state == State.WITHDRAWN
    require(by, *(target.proposes if withdrawn else target.decides))
    own = adjustment.proposed_by_id == by.pk
    if own != withdrawn:
        raise Refused("own", _("自己的提议要由另一人审定。") if own else _("只有提议人可以撤回。"))
    waiting = Adjustment.objects.filter(pk=adjustment.pk, state=State.OPEN)
    if waiting.update(state=state, decided_by=by, decided_at=at) != 1:
        raise Refused("state", _("这个提议已经办过。"))
    adjustment.refresh_from_db()
    return target


def _told(
    adjustment: Adjustment, target: targets.Target, by: User, at: datetime, action: str, deed: str
) -> None:
    if isinstance(target, PlaceList):
        lists.note(register=target, made=adjustment, by=by, at=at, action=action, deed=deed)
        return
    record(
        by=by,
        action=action,
        subject=f"setting:{adjustment.pk}",
        at=at,
        summary=_("%(deed)s：%(label)s由%(before)s改为%(value)s，自%(since)s起（%(reason)s）")
        % {
            "deed": deed,
            "label": target.label,
            "before": items.value_words(target, adjustment.before),
            "value": items.value_words(target, adjustment.value),
            "since": adjustment.since,
            "reason": adjustment.reason,
        },
        detail={"value": adjustment.value, "old": adjustment.before, "since": adjustment.since.isoformat()},
    )
