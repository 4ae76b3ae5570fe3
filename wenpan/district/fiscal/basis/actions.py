"""Every write of the ledger of the comparable basis: proposed by one, decided by another, withdrawn with a
reason; and the answer to which method was used. None of them touches a published figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.fiscal.models import AdjustmentEntry, MethodAnswer
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.models import Submission
from wenpan.district.observations.models import Region
from wenpan.economy.fiscal.comparable_basis import METHOD_WORDS, BasisMethod
from wenpan.economy.time.periods import parse_period
from wenpan.rules import catalogue

State = AdjustmentEntry.State
ANSWERS = (BasisMethod.TWO_SIDED, BasisMethod.ONE_SIDED, BasisMethod.BASE_REDUCED)


@dataclass(frozen=True)
class AdjustmentDraft:
    """What is proposed, in the indicator's unit; `digits`: decimals as printed."""

    region: Region
    indicator: str
    period: str
    kind: str
    label: str
    this_year: Decimal
    last_year: Decimal | None
    this_digits: int
    last_digits: int
    paper: str
    paper_on: date
    sheet: str = ""
    cell: str = ""


def _address(entry: AdjustmentEntry) -> str:
    return f"adjustment:{entry.pk}"


@transaction.atomic
def propose(*, draft: AdjustmentDraft, by: User, at: datetime | None = None) -> AdjustmentEntry:
    """A line that waits for another person's approval. Refused "bad_value" without paper or matter, "clash"
    where the same matter stands already."""
    require(by, "basis.propose")
    at = at or timezone.now()
    entry = _made(draft, by, at)
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError:
        raise Refused("clash", _("同一事项已在台账中，请先撤销原来的。")) from None
    record(
        by=by, action="basis.proposed", subject=_address(entry), at=at,
        summary=f"提出口径调整 {_named(entry)}：{entry.label}，依据{entry.paper}", detail=_told(entry),
    )  # fmt: skip
    return entry


@transaction.atomic
def store_adjustments(
    *, submission: Submission, drafts: Sequence[AdjustmentDraft], by: User, at: datetime
) -> None:
    """The lines of an accepted file, proposed by who accepted it. Part of `intake.actions.accept`."""
    require(by, "intake.accept")
    for draft in drafts:
        entry = _made(draft, by, at)
        entry.submission = submission
        try:
            with transaction.atomic():
                entry.save(force_insert=True)
        except IntegrityError:
            raise Refused("clash", _("核对之后台账里又有了同一事项，请重新核对。")) from None


@transaction.atomic
def undo_adjustments(*, submission: Submission, by: User, reason: str, at: datetime) -> None:
    """Takes a file's lines back; refused where one of them was approved since."""
    require(by, "intake.undo")
    mine = AdjustmentEntry.objects.filter(submission=submission)
    if mine.filter(state=State.APPROVED).exists():
        raise Refused("later_batch", _("其中有的调整已经批准，请先撤销批准的调整。"))
    mine.filter(state=State.PROPOSED).update(
        state=State.WITHDRAWN, withdrawn_by=by, withdrawn_at=at, withdrawn_reason=reason[:200]
    )


@transaction.atomic
def decide(
    *, entry: AdjustmentEntry, approve: bool, by: User, reason: str = "", at: datetime | None = None
) -> AdjustmentEntry:
    """Approves or declines; never by who proposed it. A refusal needs a reason."""
    require(by, "basis.approve")
    at = at or timezone.now()
    if entry.proposed_by_id == by.pk:
        raise Refused("own", _("提出人不能审批自己提出的调整。"))
    if not approve and not reason.strip():
        raise Refused("reason_missing", _("请写明不批准的理由。"))
    state = State.APPROVED if approve else State.DECLINED
    waiting = AdjustmentEntry.objects.filter(pk=entry.pk, state=State.PROPOSED)
    if waiting.update(state=state, decided_by=by, decided_at=at, reason=reason.strip()[:200]) != 1:
        raise Refused("state", _("这条调整已经审批或撤销。"))
    entry.refresh_from_db()
    record(
        by=by, action="basis.decided", subject=_address(entry), at=at,
        summary=f"{entry.get_state_display()}口径调整 {_named(entry)}：{entry.label}",
        detail=_told(entry) | {"reason": entry.reason},
    )  # fmt: skip
    return entry


@transaction.atomic
def withdraw(*, entry: AdjustmentEntry, reason: str, by: User, at: datetime | None = None) -> AdjustmentEntry:
    """Takes a line out: one's own proposal, or by an approver; the line stays readable."""
    require(by, "basis.propose", "basis.approve")
    at = at or timezone.now()
    if not reason.strip():
        raise Refused("reason_missing", _("请写明撤销的理由。"))
    if entry.proposed_by_id != by.pk or entry.state == State.APPROVED:
        require(by, "basis.approve")
    held = AdjustmentEntry.objects.filter(pk=entry.pk, state__in=[State.PROPOSED, State.APPROVED])
    done = held.update(
        state=State.WITHDRAWN, withdrawn_by=by, withdrawn_at=at, withdrawn_reason=reason.strip()[:200]
    )
    if done != 1:
        raise Refused("state", _("这条调整已经不在台账中。"))
    entry.refresh_from_db()
    record(
        by=by, action="basis.withdrawn", subject=_address(entry), at=at,
        summary=f"撤销口径调整 {_named(entry)}：{entry.label}", detail={"reason": entry.withdrawn_reason},
    )  # fmt: skip
    return entry


@transaction.atomic
def answer_method(
    *,
    region: Region,
    indicator: str,
    period: str,
    method: str,
    paper: str,
    by: User,
    at: datetime | None = None,
) -> MethodAnswer:
    """The finance bureau's word on how the published rate was worked out; a later answer supersedes it."""
    require(by, "basis.approve")
    at = at or timezone.now()
    if method not in ANSWERS or not paper.strip():
        raise Refused("bad_value", _("请选定算法并写明依据。"))
    _known(indicator, period)
    MethodAnswer.objects.filter(
        region=region, indicator=indicator, period=period, superseded_at__isnull=True
    ).update(superseded_at=at)
    made = MethodAnswer.objects.create(
        region=region, indicator=indicator, period=period, method=method, paper=paper.strip()[:200],
        answered_by=by, answered_at=at,
    )  # fmt: skip
    record(
        by=by,
        action="basis.answered",
        subject=f"basis:{region.code}/{indicator}/{period}",
        at=at,
        summary=f"{region.name}{indicator}{period} 可比口径算法："
        f"{METHOD_WORDS[BasisMethod(method)]}，依据{made.paper}",
    )
    return made


def _made(draft: AdjustmentDraft, by: User, at: datetime) -> AdjustmentEntry:
    _known(draft.indicator, draft.period)
    if draft.kind not in AdjustmentEntry.Kind.values:
        raise Refused("bad_value", _("请选定调整类别。"))
    if not draft.label.strip() or not draft.paper.strip():
        raise Refused("bad_value", _("请写明调整事项和依据文件。"))
    if draft.kind == AdjustmentEntry.Kind.REFUND and (draft.this_year < 0 or (draft.last_year or 0) < 0):
        raise Refused("bad_value", _("退税金额不能为负数。"))
    if draft.kind != AdjustmentEntry.Kind.REFUND and draft.last_year is None:
        raise Refused("bad_value", _("口径范围变化和基数修订要写明上年数，没有影响的写0。"))
    return AdjustmentEntry(
        region=draft.region, indicator=draft.indicator, period=draft.period, kind=draft.kind,
        label=draft.label.strip()[:80], this_year=draft.this_year, last_year=draft.last_year,
        this_digits=draft.this_digits, last_digits=draft.last_digits, paper=draft.paper.strip()[:200],
        paper_on=draft.paper_on, sheet=draft.sheet[:80], cell=draft.cell[:12], proposed_by=by, proposed_at=at,
    )  # fmt: skip


def _known(indicator: str, period: str) -> None:
    try:
        parse_period(period)
    except ValueError:
        raise Refused("bad_value", _("期间应写作 2022-09。")) from None
    if indicator not in catalogue():
        raise Refused("bad_value", _("目录里没有这项指标。"))


def _named(entry: AdjustmentEntry) -> str:
    return f"{entry.region.name}{catalogue()[entry.indicator].name}{entry.period}"


def _told(entry: AdjustmentEntry) -> dict[str, str]:
    last = "" if entry.last_year is None else str(entry.last_year)
    return {"kind": entry.kind, "this_year": str(entry.this_year), "last_year": last, "paper": entry.paper}
