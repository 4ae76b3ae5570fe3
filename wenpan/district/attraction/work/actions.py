"""Steps on a lead, and visits and receptions with their result and promise. Each with its entry in the
journal.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import can, require
from wenpan.district.attraction.actions import note_event, refresh_deal, set_next_step, withdraw_event
from wenpan.district.attraction.lead_clocks import received
from wenpan.district.attraction.models import Deal, LeadStep, Reception
from wenpan.district.attraction.models.work import OCCASIONS, STEPS
from wenpan.district.attraction.scope import require_writable
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused
from wenpan.economy.funnel.stages import Stage


@transaction.atomic
def note_lead_step(
    *, deal: Deal, kind: str, on: datetime, note: str, by: User, at: datetime | None = None
) -> LeadStep:
    """Answered, judged, fed back, reported, put to experts, paused, resumed. Refused before the lead
    came, after now, and for what is no lead any more."""
    require_writable(by, deal)
    at = at or timezone.now()
    words = dict(STEPS)
    if kind not in words or not note.strip():
        raise Refused("bad_value", _("请选事项，写明内容。"))
    lead = deal.events.filter(kind="reached", stage=Stage.LEAD.value, withdrawn_at=None).first()
    if lead is None or deal.ended_on is not None:
        raise Refused("state", _("这个项目不是在跟进的线索。"))
    first = received(lead)
    if on > at or timezone.localtime(on).date() < first.date():
        raise Refused("bad_value", _("时间应在线索录入之后、现在之前。"))
    steps = LeadStep.objects.filter(deal=deal, withdrawn_at=None, kind__in=("paused", "resumed"), on__lte=on)
    last = steps.order_by("on", "pk").values_list("kind", flat=True).last()
    if (kind == "paused" and last == "paused") or (kind == "resumed" and last != "paused"):
        raise Refused("state", _("计时状态没有变化。"))
    step = LeadStep.objects.create(deal=deal, kind=kind, on=on, note=note.strip()[:400], by=by, at=at)
    refresh_deal(deal=deal, today=timezone.localdate(at))
    record(
        by=by, action="leads.step", subject=f"deal:{deal.pk}", at=at,
        summary=f"线索“{deal.name}”：{words[kind]}，{step.note[:120]}",
        detail={"step": step.pk, "kind": kind, "on": on.isoformat()},
    )  # fmt: skip
    return step


@transaction.atomic
def withdraw_lead_step(*, step: LeadStep, reason: str, by: User, at: datetime | None = None) -> None:
    require_writable(by, step.deal)
    at = at or timezone.now()
    if not reason.strip():
        raise Refused("reason_missing", _("请写明撤销的原因。"))
    if LeadStep.objects.filter(pk=step.pk, withdrawn_at=None).update(withdrawn_at=at) != 1:
        raise Refused("state", _("已经撤销。"))
    refresh_deal(deal=step.deal, today=timezone.localdate(at))
    record(
        by=by, action="leads.step", subject=f"deal:{step.deal_id}", at=at,
        summary=f"线索“{step.deal.name}”：撤销{step.get_kind_display()}，{reason.strip()[:120]}",
        detail={"step": step.pk},
    )  # fmt: skip


@transaction.atomic
def record_reception(
    *, kind: str, on: date, host: str, guest: str, result: str, by: User, unit: Unit | None = None,
    deal: Deal | None = None, place: str = "", promise: str = "", promise_on: date | None = None,
    promise_by: str = "", at: datetime | None = None,
) -> Reception:  # fmt: skip
    """A visit, reception or talk with its result. Of a deal it is progress, and a promise its next step.
    A unit's own people record for their unit."""
    require(by, "deal.edit", "deal.own")
    at = at or timezone.now()
    unit = unit if unit is not None and can(by, "deal.edit") else by.unit
    if deal is not None:
        require_writable(by, deal)
    words, today = dict(OCCASIONS), timezone.localdate(at)
    host, guest, result, promise = host.strip(), guest.strip(), result.strip(), promise.strip()
    if kind not in words or not (host and guest and result) or unit is None:
        raise Refused("reason_missing", _("请写明类别、双方人员和结果。"))
    if on > today:
        raise Refused("bad_value", _("日期不能在今天之后。"))
    if promise and (promise_on is None or not promise_by.strip()):
        raise Refused("reason_missing", _("承诺事项须写明时限和责任人。"))
    if promise_on is not None and promise and promise_on < on:
        raise Refused("bad_value", _("承诺的时限不能早于当天。"))
    event = None
    if deal is not None:
        note = f"{words[kind]}：{result}"
        event = note_event(deal=deal, kind="progress", on=on, note=note, by=by, at=at)
        if promise:
            set_next_step(deal=deal, step=promise, on=promise_on, who=promise_by, by=by, at=at)
    row = Reception.objects.create(
        deal=deal, unit=unit, kind=kind, on=on, host=host[:120], guest=guest[:120], place=place.strip()[:60],
        result=result[:400], promise=promise[:200], promise_on=promise_on if promise else None,
        promise_by=promise_by.strip()[:40] if promise else "", event=event, by=by, at=at,
    )  # fmt: skip
    record(
        by=by,
        action="receptions.note",
        subject=f"reception:{row.pk}",
        at=at,
        summary=f"{words[kind]}：{row.guest}，{row.result[:100]}",
        detail={
            "deal": deal.pk if deal else None,
            "promise": row.promise,
            "promise_on": str(promise_on or ""),
        },
    )
    return row


def require_own(*, by: User, reception: Reception) -> None:
    """NotYours (404) for another unit's."""
    require(by, "deal.edit", "deal.own")
    if not can(by, "deal.edit") and reception.unit_id != by.unit_id:
        raise NotYours(_("这次接待不由您的单位承办。"))


@transaction.atomic
def keep_promise(*, reception: Reception, on: date, by: User, at: datetime | None = None) -> None:
    """What was promised is done. The deal's next step is cleared where it still is this promise."""
    require_own(by=by, reception=reception)
    at = at or timezone.now()
    if not reception.promise or on > timezone.localdate(at) or on < reception.on:
        raise Refused("bad_value", _("没有承诺事项，或日期不对。"))
    held = Reception.objects.filter(pk=reception.pk, kept_on=None, withdrawn_at=None)
    if held.update(kept_on=on) != 1:
        raise Refused("state", _("已经登记兑现或已撤销。"))
    deal = reception.deal
    if deal is not None and (deal.next_step, deal.next_on) == (reception.promise, reception.promise_on):
        set_next_step(deal=deal, step="", on=None, who="", by=by, at=at)
    record(
        by=by, action="receptions.kept", subject=f"reception:{reception.pk}", at=at,
        summary=f"承诺已兑现：{reception.promise}", detail={"on": str(on)},
    )  # fmt: skip
    reception.refresh_from_db()


@transaction.atomic
def withdraw_reception(*, reception: Reception, reason: str, by: User, at: datetime | None = None) -> None:
    """What was recorded wrongly; its progress on the deal goes with it."""
    require_own(by=by, reception=reception)
    at = at or timezone.now()
    if not reason.strip():
        raise Refused("reason_missing", _("请写明撤销的原因。"))
    if Reception.objects.filter(pk=reception.pk, withdrawn_at=None).update(withdrawn_at=at) != 1:
        raise Refused("state", _("已经撤销。"))
    if reception.event is not None and reception.event.withdrawn_at is None:
        withdraw_event(event=reception.event, reason=reason, by=by, at=at)
    record(
        by=by, action="receptions.withdraw", subject=f"reception:{reception.pk}", at=at,
        summary=f"撤销{reception.get_kind_display()}“{reception.guest}”：{reason.strip()[:120]}",
    )  # fmt: skip
