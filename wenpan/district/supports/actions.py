"""Writes of the room: the accounts of a quarter come in and are taken back; who answers for an industry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.models import Submission
from wenpan.district.supports.models import AccountsReport, AccountsRow, SupportDuty
from wenpan.rules.figures.supports import support_rules


@transaction.atomic
def store_accounts(
    *,
    submission: Submission,
    period: str,
    title: str,
    rows: Sequence[AccountsRow],
    seen: int | None,
    by: User,
    at: datetime,
) -> AccountsReport:
    """Part of `intake.actions.accept`. Refused "clash" where another file of the quarter came in since."""
    require(by, "intake.accept")
    held = AccountsReport.objects.filter(period=period, undone_at__isnull=True).order_by("-pk").first()
    if (held.pk if held else None) != seen:
        raise Refused("clash", _("核对之后又有同期的表入账，请重新核对。"))
    report = AccountsReport.objects.create(
        period=period, title=title[:200], submission=submission, recorded_by=by, recorded_at=at
    )
    for row in rows:
        row.report = report
    AccountsRow.objects.bulk_create(rows)
    return report


@transaction.atomic
def undo_accounts(*, submission: Submission, by: User, reason: str, at: datetime) -> None:
    """Part of `intake.actions.undo`: the file before holds again."""
    require(by, "intake.undo")
    AccountsReport.objects.filter(submission=submission, undone_at__isnull=True).update(
        undone_at=at, undone_by=by
    )


@transaction.atomic
def set_duty(
    *, industry: str, unit: Unit, leader: str, person: str, by: User, at: datetime | None = None
) -> SupportDuty:
    """Who answers for an industry from now on; who did before stays readable."""
    require(by, "supports.set")
    at = at or timezone.now()
    names = {one.code: one.name for one in support_rules().industries}
    if industry not in names:
        raise Refused("bad_value", _("没有这个核算行业。"))
    if not leader.strip() or not person.strip():
        raise Refused("bad_value", _("请写明责任领导和责任人。"))
    hold()
    SupportDuty.objects.filter(industry=industry, superseded_at__isnull=True).update(superseded_at=at)
    made = SupportDuty.objects.create(
        industry=industry, unit=unit, leader=leader.strip()[:40], person=person.strip()[:40],
        set_by=by, set_at=at,
    )  # fmt: skip
    record(
        by=by, action="supports.duty", subject=f"industry:{industry}", at=at,
        summary=f"{names[industry]}支撑指标由{unit.short_name}负责：{made.leader}、{made.person}",
    )  # fmt: skip
    return made
