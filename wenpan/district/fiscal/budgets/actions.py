"""Versions of the revenue budget: each is a decision with its body, paper and day; a mistake is withdrawn."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.fiscal.models import BudgetVersion
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused


@transaction.atomic
def set_budget(
    *,
    year: int,
    revenue: Decimal,
    tax: Decimal | None,
    non_tax: Decimal | None,
    body: str,
    document: str,
    decided_on: date,
    by: User,
    at: datetime | None = None,
) -> BudgetVersion:
    """The year's budget or its next adjustment (万元). Refused "bad_value" where the parts are not the whole
    or the decision is earlier than the version before."""
    require(by, "budget.set")
    at = at or timezone.now()
    if not body.strip() or not document.strip():
        raise Refused("bad_value", _("请写明决定机关和决定文件。"))
    if revenue <= 0 or (tax is not None and tax < 0) or (non_tax is not None and non_tax < 0):
        raise Refused("bad_value", _("预算数应大于0。"))
    if tax is not None and non_tax is not None and tax + non_tax != revenue:
        raise Refused("bad_value", _("税收与非税之和应等于一般公共预算收入。"))
    hold()  # versions are numbered one after the other
    before = BudgetVersion.objects.filter(year=year, withdrawn_at__isnull=True).order_by("number").last()
    if before is not None and decided_on < before.decided_on:
        raise Refused("bad_value", _("决定日期不能早于前一版（%s）。") % before.decided_on)
    number = 0 if before is None else before.number + 1
    try:
        with transaction.atomic():
            made = BudgetVersion.objects.create(
                year=year, number=number, revenue=revenue, tax=tax, non_tax=non_tax, body=body.strip()[:80],
                document=document.strip()[:200], decided_on=decided_on, recorded_by=by, recorded_at=at,
            )  # fmt: skip
    except IntegrityError:
        raise Refused("clash", _("这一版预算刚被别人登记，请刷新后再看。")) from None
    record(
        by=by, action="budget.set", subject=f"budget:{made.pk}", at=at,
        summary=f"登记{year}年{_version_word(number)}：一般公共预算收入{revenue:f}万元，{made.body}{made.document}",
        detail={"revenue": str(revenue), "decided_on": str(decided_on)},
    )  # fmt: skip
    return made


@transaction.atomic
def withdraw_budget(
    *, version: BudgetVersion, reason: str, by: User, at: datetime | None = None
) -> BudgetVersion:
    """The newest version only: an earlier one is what the later was decided upon."""
    require(by, "budget.set")
    at = at or timezone.now()
    if not reason.strip():
        raise Refused("reason_missing", _("请写明撤销的理由。"))
    standing = BudgetVersion.objects.filter(year=version.year, withdrawn_at__isnull=True)
    if standing.filter(number__gt=version.number).exists():
        raise Refused("state", _("后面还有调整，请先撤销后来的版本。"))
    done = standing.filter(pk=version.pk).update(
        withdrawn_by=by, withdrawn_at=at, withdrawn_reason=reason.strip()[:200]
    )
    if done != 1:
        raise Refused("state", _("这一版预算已经撤销。"))
    version.refresh_from_db()
    record(
        by=by, action="budget.withdrawn", subject=f"budget:{version.pk}", at=at,
        summary=f"撤销{version.year}年{_version_word(version.number)}",
        detail={"reason": version.withdrawn_reason},
    )  # fmt: skip
    return version


def _version_word(number: int) -> str:
    return "年初预算" if number == 0 else f"第{number}次调整预算"
