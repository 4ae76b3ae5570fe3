"""Every write of the room: a unit comes on the list, facts, papers, steps; a step by mistake is cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.entries import rules
from wenpan.district.entries.models import EntryCandidate, EntryFact, EntryPaper, EntryStep
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.models import Submission
from wenpan.economy.funnel.identity import normal_uscc, uscc_fault
from wenpan.rules.figures.entries import entry_rules


@dataclass(frozen=True)
class CandidateDraft:
    uscc: str
    name: str
    trade: str
    town: Unit | None
    origin: str
    listed_on: date
    fact: str = ""  # as told; what it is of stands in `fact_what`
    fact_what: str = ""


def _address(candidate: EntryCandidate) -> str:
    return f"entry:{candidate.pk}"


@transaction.atomic
def list_candidate(*, draft: CandidateDraft, by: User, at: datetime | None = None) -> EntryCandidate:
    """A unit that was not on the list. Refused "bad_value" for a wrong code or trade, "clash" if there."""
    require(by, "entry.edit")
    at = at or timezone.now()
    made = _listed(draft, by, at, None)
    record(
        by=by,
        action="entries.listed",
        subject=_address(made),
        at=at,
        summary=f"列入准四上名单：{made.name}，来源{made.origin}",
        detail={"uscc": made.uscc},
    )
    return made


@transaction.atomic
def store_candidates(
    *, submission: Submission, drafts: Sequence[CandidateDraft], by: User, at: datetime
) -> None:
    """Part of `intake.actions.accept`."""
    require(by, "intake.accept")
    for draft in drafts:
        _listed(draft, by, at, submission)


@transaction.atomic
def undo_candidates(*, submission: Submission, by: User, reason: str, at: datetime) -> None:
    """Units that only the list brought leave it again (a step with the reason); refused where one has moved
    on."""
    require(by, "intake.undo")
    mine = list(EntryCandidate.objects.filter(submission=submission))
    if any(one.stage not in ("listed", "left") for one in mine):
        raise Refused("later_batch", _("名单里有的单位已经走访或申报，不能整批撤回。"))
    for one in mine:
        if one.stage == "listed":
            _step(one, "left", timezone.localdate(at), by, at, reason=reason[:200] or "撤回名单")


@transaction.atomic
def note_fact(
    *,
    candidate: EntryCandidate,
    what: str,
    told: str,
    source: str,
    on: date,
    by: User,
    at: datetime | None = None,
) -> EntryFact:
    """What a source says, with its day."""
    require(by, "entry.edit")
    at = at or timezone.now()
    if not what.strip() or not told.strip() or not source.strip():
        raise Refused("bad_value", _("请写明事项、数据和来源。"))
    made = EntryFact.objects.create(
        candidate=candidate,
        what=what.strip()[:40],
        told=told.strip()[:120],
        source=source.strip()[:80],
        on=on,
        noted_by=by,
        noted_at=at,
    )
    record(
        by=by,
        action="entries.fact",
        subject=_address(candidate),
        at=at,
        summary=f"{candidate.name}：{made.what} {made.told}（{made.source}）",
    )
    return made


@transaction.atomic
def note_paper(
    *, candidate: EntryCandidate, code: str, got_on: date, by: User, at: datetime | None = None
) -> EntryPaper:
    """A paper that was handed over, once."""
    require(by, "entry.edit")
    at = at or timezone.now()
    names = {paper.code: paper.name for paper in entry_rules().papers_of(candidate.trade)}
    if code not in names:
        raise Refused("bad_value", _("这个行业不要这份材料。"))
    try:
        with transaction.atomic():
            made = EntryPaper.objects.create(
                candidate=candidate, code=code, got_on=got_on, noted_by=by, noted_at=at
            )
    except IntegrityError:
        raise Refused("clash", _("这份材料已经登记过。")) from None
    record(
        by=by,
        action="entries.paper",
        subject=_address(candidate),
        at=at,
        summary=f"{candidate.name}：收到{names[code]}",
    )
    return made


@transaction.atomic
def take_step(
    *,
    candidate: EntryCandidate,
    kind: str,
    on: date,
    by: User,
    batch: str = "",
    by_whom: str = "",
    reason: str = "",
    at: datetime | None = None,
) -> EntryStep:
    """The next step of a unit. Refused "state" where it does not follow, "reason_missing" for a return, a
    refusal or a withdrawal without a reason, "bad_value" for a day before the step it follows or to come."""
    require(by, "entry.edit")
    at = at or timezone.now()
    held = EntryCandidate.objects.get(pk=candidate.pk)
    if kind not in rules.NEXT.get(held.stage, frozenset()):
        raise Refused("state", _("这一步不能接在“%s”之后。") % EntryStep.Kind(held.stage).label)
    if kind in rules.REASONED and not reason.strip():
        raise Refused("reason_missing", _("退回、不愿申报和退库要写明原因。"))
    if on < held.stage_on or on > timezone.localdate(at):
        raise Refused("bad_value", _("日期不能早于上一步，也不能晚于今天。"))
    made = _step(held, kind, on, by, at, batch=batch, by_whom=by_whom, reason=reason)
    record(
        by=by,
        action="entries.step",
        subject=_address(candidate),
        at=at,
        summary=f"{held.name}：{made.get_kind_display()}{'，' + made.reason if made.reason else ''}",
        detail={"on": str(on), "batch": made.batch},
    )
    return made


@transaction.atomic
def cancel_step(*, candidate: EntryCandidate, by: User, at: datetime | None = None) -> EntryStep:
    """The last step was a mistake: it stays readable and counts no more. The listing itself stays."""
    require(by, "entry.edit")
    at = at or timezone.now()
    steps = list(candidate.steps.filter(cancelled_at__isnull=True).order_by("pk"))
    if len(steps) < 2:
        raise Refused("state", _("只有列入名单这一步，不能取消。"))
    last = steps[-1]
    if (
        EntryStep.objects.filter(pk=last.pk, cancelled_at__isnull=True).update(
            cancelled_at=at, cancelled_by=by
        )
        != 1
    ):
        raise Refused("clash", _("这一步刚被别人取消。"))
    stage, on = rules.standing([(step.kind, step.on) for step in steps[:-1]])
    _move(candidate, last.kind, stage, on)
    record(
        by=by,
        action="entries.cancelled",
        subject=_address(candidate),
        at=at,
        summary=f"{candidate.name}：取消“{last.get_kind_display()}”",
    )
    last.refresh_from_db()
    return last


def _listed(draft: CandidateDraft, by: User, at: datetime, submission: Submission | None) -> EntryCandidate:
    if fault := uscc_fault(draft.uscc) or ("" if draft.uscc.strip() else _("请写明统一社会信用代码。")):
        raise Refused("bad_value", fault)
    if draft.trade not in entry_rules().trades:
        raise Refused("bad_value", _("请选定行业。"))
    if not draft.name.strip() or not draft.origin.strip():
        raise Refused("bad_value", _("请写明单位名称和来源部门。"))
    if draft.listed_on > timezone.localdate(at):
        raise Refused("bad_value", _("列入日期不能晚于今天。"))
    try:
        with transaction.atomic():
            made = EntryCandidate.objects.create(
                uscc=normal_uscc(draft.uscc),
                name=draft.name.strip()[:120],
                trade=draft.trade,
                town=draft.town,
                origin=draft.origin.strip()[:40],
                listed_on=draft.listed_on,
                stage_on=draft.listed_on,
                submission=submission,
                added_by=by,
                added_at=at,
            )
    except IntegrityError:
        raise Refused("clash", _("名单里已有这个统一社会信用代码。")) from None
    EntryStep.objects.create(
        candidate=made, kind="listed", on=draft.listed_on, by_whom=made.origin, taken_by=by, taken_at=at
    )
    if draft.fact:
        EntryFact.objects.create(
            candidate=made,
            what=draft.fact_what or "营业收入",
            told=draft.fact[:120],
            source=made.origin,
            on=draft.listed_on,
            noted_by=by,
            noted_at=at,
        )
    return made


def _step(
    candidate: EntryCandidate,
    kind: str,
    on: date,
    by: User,
    at: datetime,
    *,
    batch: str = "",
    by_whom: str = "",
    reason: str = "",
) -> EntryStep:
    _move(candidate, candidate.stage, kind, on)
    return EntryStep.objects.create(
        candidate=candidate,
        kind=kind,
        on=on,
        batch=batch.strip()[:10],
        by_whom=by_whom.strip()[:60],
        reason=reason.strip()[:200],
        taken_by=by,
        taken_at=at,
    )


def _move(candidate: EntryCandidate, seen: str, stage: str, on: date) -> None:
    """Two who act at once: the second is told."""
    held = EntryCandidate.objects.filter(pk=candidate.pk, stage=seen)
    if held.update(stage=stage, stage_on=on) != 1:
        raise Refused("clash", _("这个单位的进度刚被别人改过，请刷新后再看。"))
