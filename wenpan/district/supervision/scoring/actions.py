"""Appeals against a point, their decision by another, and keeping a month's scores with its bulletin."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.models import Appeal, ScoreSheet
from wenpan.district.supervision.scoring import queries as scores
from wenpan.district.supervision.scoring.queries import MonthSheet
from wenpan.economy.time.periods import Month


@transaction.atomic
def appeal(*, month: Month, line: str, reason: str, by: User, at: datetime | None = None) -> Appeal:
    """The head of a unit says why a deduction of its own was not its doing; once a line, in time.

    Raises Refused: "bad_value" (no such deduction of this unit), "state" (too late), "clash" (asked before).
    """
    require(by, "score.appeal")
    at = at or timezone.now()
    if not reason.strip():
        raise Refused("reason_missing", _("请写明申诉理由。"))
    sheet = scores.sheet(month)
    own = by.unit_code
    found = next((one for one in sheet.lines if one.key == line and own and one.unit == own), None)
    if found is None or found.points >= 0:
        raise Refused("bad_value", _("没有这一条扣分，或不是本单位的扣分。"))
    if not sheet.over_on(timezone.localdate(at)):
        raise Refused("state", _("本月还在暂计，过完月再申诉。"))
    if timezone.localdate(at) > (until := scores.appeal_until(sheet)):
        raise Refused("state", _("申诉期已于%(day)s截止。") % {"day": until})
    try:
        with transaction.atomic():
            made = Appeal.objects.create(
                unit=by.own_unit, month=str(month), line=line, reason=reason.strip()[:500], by=by, at=at
            )
    except IntegrityError as clash:
        raise Refused("clash", _("这一条扣分已经申诉过。")) from clash
    record(
        by=by,
        action="score.appeal",
        subject=f"appeal:{made.pk}",
        summary=_("%(unit)s对%(number)s的%(points)s分申诉")
        % {"unit": by.own_unit.short_name, "number": found.number, "points": found.points},
        detail={"month": str(month), "line": line, "events": list(found.events), "reason": made.reason},
        at=at,
    )
    return made


@transaction.atomic
def decide(*, appeal: Appeal, upheld: bool, words: str, by: User, at: datetime | None = None) -> Appeal:
    """予以调整: the line leaves the score, and stays to be seen; or 维持原分. With words, once."""
    require(by, "score.decide")
    if not words.strip():
        raise Refused("reason_missing", _("请写明复核意见。"))
    if by.pk == appeal.by_id or (by.unit_id and by.unit_id == appeal.unit_id):
        raise Refused("permission", _("申诉单位的人不能复核自己的申诉。"))
    at = at or timezone.now()
    state = Appeal.State.UPHELD if upheld else Appeal.State.REFUSED
    waiting = Appeal.objects.filter(pk=appeal.pk, state=Appeal.State.OPEN)
    if waiting.update(state=state, decision=words.strip()[:300], decided_by=by, decided_at=at) != 1:
        raise Refused("clash", _("这件申诉已经复核过。"))
    appeal.refresh_from_db()
    record(
        by=by,
        action="score.decide",
        subject=f"appeal:{appeal.pk}",
        summary=_("复核%(unit)s的申诉：%(state)s")
        % {"unit": appeal.unit.short_name, "state": appeal.get_state_display()},
        detail={"month": appeal.month, "line": appeal.line, "upheld": upheld, "words": appeal.decision},
        at=at,
    )
    return appeal


@transaction.atomic
def keep_scores(*, sheet: MonthSheet, by: User, at: datetime | None = None) -> ScoreSheet:
    """The month as its bulletin prints it, with the rules it was scored by; called when that is issued."""
    require(by, "bulletin.issue")
    at = at or timezone.now()
    kept, new = ScoreSheet.objects.get_or_create(
        month=str(sheet.month),
        defaults={"data": scores.to_json(sheet), "frozen_by": by, "frozen_at": at},
    )
    if new:
        record(
            by=by,
            action="score.keep",
            subject=f"scores:{sheet.month}",
            summary=_("%(month)s督办计分随通报固定") % {"month": sheet.month.label},
            detail={"lines": len(sheet.lines), "rules": sheet.rules.version},
            at=at,
        )
    return kept
