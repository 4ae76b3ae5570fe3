"""What is noted of a deal: events, amounts, shares, the next step. Each in one transaction with its entry.

A stage is noted with the evidence that the dated rule demands, or refused. What was noted wrongly is
withdrawn, with a reason; the columns of the deal are worked out anew from what is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.attraction.derive import refresh
from wenpan.district.attraction.models import Deal, DealAmount, DealEvent, DealShare
from wenpan.district.attraction.scope import deals_of, require_writable
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.economy.funnel.amount_ladder import OF_MONTH, OF_YEAR, TOTAL, Rung
from wenpan.economy.funnel.events import PipelineEventKind as Kind
from wenpan.economy.funnel.money import MoneyError, read_money
from wenpan.economy.funnel.stages import Stage
from wenpan.rules.deals import exchange_rate, stage_rules

BY_HAND = (Kind.REACHED, Kind.PROGRESS, Kind.RETURNED, Kind.MOVED, Kind.REPLACED, Kind.ENDED, Kind.RESUMED)


@transaction.atomic
def note_event(
    *, deal: Deal, kind: str, on: date, by: User, stage: str = "", approved_on: date | None = None,
    evidence: Sequence[str] = (), document: str = "", reason: str = "", successor: Deal | None = None,
    place: str = "", note: str = "", at: datetime | None = None,
) -> DealEvent:  # fmt: skip
    """Appends one event. Refused: a day to come, a stage without its evidence, an end without its reason."""
    require_writable(by, deal)
    at = at or timezone.now()
    today = timezone.localdate(at)
    said = Kind(kind) if kind in list(BY_HAND) else None
    known = stage_rules(today).evidence_names
    if said is None or (stage and stage not in list(Stage)) or not set(evidence) <= set(known):
        raise Refused("bad_value", _("不认识这种进展。"))
    if on > today or (approved_on and not on <= approved_on <= today):
        raise Refused("bad_value", _("日期不能在今天之后，认定日期不能早于发生日期。"))
    if deal.ended_on is not None and said is not Kind.RESUMED:
        raise Refused("state", _("项目已终止；如又恢复，请先登记恢复。"))
    if deal.ended_on is None and said is Kind.RESUMED:
        raise Refused("state", _("项目没有终止，不用恢复。"))
    _complete(said, stage, reason, place, note, successor, deal, by)
    if said is Kind.REACHED:
        missing = stage_rules(on).missing_evidence(Stage(stage), set(evidence))
        if missing:
            raise Refused(
                "reason_missing",
                _("进入“%(stage)s”须有%(papers)s；没有佐证的不登记。")
                % {"stage": stage_rules(on).label(Stage(stage)), "papers": "、".join(missing)},
            )
        if any(stage_rules(on).demands[Stage(stage)].evidence) and not document.strip():
            raise Refused("reason_missing", _("请写明佐证材料的文号或说明。"))
    event = DealEvent.objects.create(
        deal=deal, kind=said.value, stage=stage, on=on, approved_on=approved_on,
        evidence=sorted(set(evidence)), document=document.strip()[:200], reason=reason.strip()[:200],
        successor=successor, place=place.strip()[:60], note=note.strip()[:400], by=by, at=at,
    )  # fmt: skip
    refresh_deal(deal=deal, today=today)
    record(
        by=by, action="deals.event", subject=f"deal:{deal.pk}", at=at,
        summary=f"招商项目“{deal.name}”：{on} {_words(event)}",
        detail={"event": event.pk, "kind": event.kind, "stage": stage, "on": on},
    )  # fmt: skip
    return event


def _complete(
    kind: Kind, stage: str, reason: str, place: str, note: str, successor: Deal | None, deal: Deal, by: User
) -> None:
    needed = {
        Kind.REACHED: (stage, _("阶段")), Kind.RETURNED: (stage and reason.strip(), _("退回的阶段和原因")),
        Kind.ENDED: (reason.strip(), _("终止原因")), Kind.MOVED: (place.strip(), _("转入地")),
        Kind.PROGRESS: (note.strip(), _("进展内容")), Kind.REPLACED: (successor, _("替代它的项目")),
    }.get(kind, (True, ""))  # fmt: skip
    if not needed[0]:
        raise Refused("reason_missing", _("请写明%(what)s。") % {"what": needed[1]})
    if kind is Kind.REPLACED and successor is not None:
        other = deals_of(by).filter(pk=successor.pk, ended_on=None).exclude(pk=deal.pk)
        if not other.exists():
            raise Refused("bad_value", _("替代它的项目应是另一个没有终止的项目。"))


def _words(event: DealEvent) -> str:
    if event.stage:
        back = "退回" if event.kind == Kind.RETURNED else ""
        return f"{back}{Stage(event.stage).label}"
    words = {Kind.ENDED: "终止", Kind.REPLACED: "被替代", Kind.RESUMED: "恢复", Kind.MOVED: "转移"}
    return words.get(Kind(event.kind), "") or event.note[:60]


def refresh_deal(*, deal: Deal, today: date) -> None:
    """One more version, and the columns anew. Two who write at once: the second sees both."""
    Deal.objects.filter(pk=deal.pk).update(version=F("version") + 1)
    refresh([deal.pk], today)
    deal.refresh_from_db()


@transaction.atomic
def withdraw_event(*, event: DealEvent, reason: str, by: User, at: datetime | None = None) -> None:
    """A wrongly noted event no longer counts; it stays readable."""
    require_writable(by, event.deal)
    at = at or timezone.now()
    if not reason.strip():
        raise Refused("reason_missing", _("请写明撤销的原因。"))
    if DealEvent.objects.filter(pk=event.pk, withdrawn_at=None).update(withdrawn_at=at) != 1:
        raise Refused("state", _("这条进展已经撤销。"))
    refresh_deal(deal=event.deal, today=timezone.localdate(at))
    record(
        by=by, action="deals.withdraw", subject=f"deal:{event.deal_id}", at=at,
        summary=f"招商项目“{event.deal.name}”：撤销{event.on}{_words(event)}，{reason.strip()[:120]}",
        detail={"event": event.pk, "reason": reason.strip()[:200]},
    )  # fmt: skip


@transaction.atomic
def note_amount(
    *, deal: Deal, rung: str, text: str, as_of: date, by: User, unit: str = "万元", scope: str = TOTAL,
    proof: str = "", at: datetime | None = None,
) -> DealAmount:  # fmt: skip
    """One amount of a rung as of a day. Arrived, invested and produced money needs its proof."""
    require_writable(by, deal)
    at = at or timezone.now()
    if rung not in list(Rung) or scope not in (TOTAL, OF_YEAR, OF_MONTH):
        raise Refused("bad_value", _("不认识这种金额。"))
    if as_of > timezone.localdate(at):
        raise Refused("bad_value", _("截至日期不能在今天之后。"))
    try:
        money = read_money(text, unit)
    except MoneyError as error:
        raise Refused("bad_value", f"{error}。") from None
    if money is None or money.amount < 0 or money.amount >= Decimal(10) ** 10:
        raise Refused("bad_value", _("请填写金额。"))
    if Rung(rung) not in (Rung.AGREED, Rung.REGISTERED) and not proof.strip():
        raise Refused("reason_missing", _("请写明证明材料，如验资报告、银行回单、设备清单。"))
    rate = exchange_rate(money.currency, as_of)
    amount = DealAmount.objects.create(
        deal=deal, rung=rung, scope=scope, amount=money.amount.quantize(Decimal("0.0001")),
        currency=money.currency, text=money.text[:40], as_of=as_of, rate=rate.per if rate else None,
        rate_on=rate.on if rate else None, rate_source=rate.source[:80] if rate else "",
        proof=proof.strip()[:200], by=by, at=at,
    )  # fmt: skip
    refresh_deal(deal=deal, today=timezone.localdate(at))
    record(
        by=by, action="deals.amount", subject=f"deal:{deal.pk}", at=at,
        summary=f"招商项目“{deal.name}”：{Rung(rung).label}{money}，截至{as_of}",
        detail={"amount": amount.pk, "rung": rung, "scope": scope},
    )  # fmt: skip
    return amount


@transaction.atomic
def withdraw_amount(*, amount: DealAmount, reason: str, by: User, at: datetime | None = None) -> None:
    require_writable(by, amount.deal)
    at = at or timezone.now()
    if not reason.strip():
        raise Refused("reason_missing", _("请写明撤销的原因。"))
    if DealAmount.objects.filter(pk=amount.pk, withdrawn_at=None).update(withdrawn_at=at) != 1:
        raise Refused("state", _("这笔金额已经撤销。"))
    refresh_deal(deal=amount.deal, today=timezone.localdate(at))
    record(
        by=by, action="deals.withdraw", subject=f"deal:{amount.deal_id}", at=at,
        summary=f"招商项目“{amount.deal.name}”：撤销{amount.get_rung_display()}，{reason.strip()[:120]}",
        detail={"amount": amount.pk, "reason": reason.strip()[:200]},
    )  # fmt: skip


@transaction.atomic
def set_shares(*, deal: Deal, shares: Mapping[int, Decimal], by: User, at: datetime | None = None) -> None:
    """The parts (percent by the unit's key) of units that brought a deal together; none: no shares."""
    require_writable(by, deal)
    if shares and (
        sum(shares.values()) != 100 or any(part <= 0 for part in shares.values()) or len(shares) < 2
    ):
        raise Refused("bad_value", _("分成比例应由两家以上单位分，合计为100%。"))
    units = Unit.objects.in_bulk(list(shares))
    if len(units) != len(shares):
        raise Refused("bad_value", _("没有这个单位。"))
    DealShare.objects.filter(deal=deal).delete()
    DealShare.objects.bulk_create(
        [DealShare(deal=deal, unit=units[pk], share=part / 100) for pk, part in shares.items()]
    )
    said = "、".join(f"{units[pk].short_name}{part.normalize():f}%" for pk, part in shares.items())
    record(
        by=by, action="deals.shares", subject=f"deal:{deal.pk}", at=at,
        summary=f"招商项目“{deal.name}”：分成{said or '取消'}",
    )  # fmt: skip


@transaction.atomic
def set_next_step(
    *, deal: Deal, step: str, on: date | None, who: str, by: User, at: datetime | None = None
) -> None:
    """What comes next, by whom and until when; an empty step says that none is open."""
    require_writable(by, deal)
    step, who = step.strip()[:200], who.strip()[:40]
    if step and (on is None or not who):
        raise Refused("reason_missing", _("下一步须写明时间和责任人。"))
    values = {"next_step": step, "next_on": on if step else None, "next_by": who if step else ""}
    Deal.objects.filter(pk=deal.pk).update(**values, version=F("version") + 1)
    record(
        by=by, action="deals.next", subject=f"deal:{deal.pk}", at=at,
        summary=f"招商项目“{deal.name}”：下一步{step or '已办'}" + (f"，{on}前，{who}" if step else ""),
    )  # fmt: skip
