"""Choosing among light rules: what a miss is worth, and taking the set that fits; dated, with a reason.

The choices stand in dated files of the place (`rules.choices`); the journal's entry and the file are written
in one transaction: without the file no entry, and what judged before stays as it was.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal import actions as journal
from wenpan.district.ground.journal import rule_digests
from wenpan.district.indicators.queries.light_worth import Fit, fit
from wenpan.district.ui import lights
from wenpan.economy.time.periods import Month
from wenpan.rules.choices import WarningCost, put_in_force, say_cost, warning_cost

LONGEST_REASON = 200


def say_warning_cost(*, dispatches: float, reason: str, since: date, by: User) -> WarningCost:
    """From `since` on one miss is worth so many needless dispatches. The same again changes nothing.

    ValidationError for a number outside 1—100, without a reason, or for a day before what was said last.
    """
    require(by, "rules.set")
    reason = _reason(reason)
    if not 1 < dispatches <= 100:
        raise ValidationError(
            {"dispatches": _("应大于1、不超过100，收到的是%(found)s。") % {"found": f"{dispatches:g}"}}
        )
    known = warning_cost(date.max)
    if known is not None and since < known.since:
        raise ValidationError({"since": _("不能早于上一次的%(day)s。") % {"day": known.since}})
    cost = WarningCost(since, dispatches, reason, by.name or by.username)
    if known is not None and (known.since, known.dispatches) == (since, dispatches):
        return known
    with transaction.atomic():
        journal.record(
            by=by,
            action="rules.worth",
            subject="rules:warning_costs",
            summary=_("自%(day)s起，%(words)s：%(reason)s")
            % {"day": since, "words": cost.words, "reason": reason},
            detail={
                "from": since.isoformat(),
                "dispatches": dispatches,
                "before": known and known.dispatches,
            },
            at=timezone.now(),
        )
        say_cost(cost)
        rule_digests.note(why="设定代价比", by=by)
    return cost


def adopt_fitting(*, as_of: Month, code: str, reason: str, by: User) -> Fit:
    """From the month after `as_of` on the set judges that fits what a miss was said to be worth.

    `code` is the set whose effect was shown: another one meanwhile is refused, so that nobody takes what
    they did not see.
    """
    require(by, "rules.set")
    reason = _reason(reason)
    chosen = fit(as_of)
    if chosen.cost is None or chosen.since is None:
        raise ValidationError(_("还没有说一次漏报抵几次空跑，不能确定合适的规则。"))
    if chosen.code != code:
        raise ValidationError(_("代价比刚被改过，请看清新的影响再定。"))
    if chosen.in_force:
        raise ValidationError(_("这套规则已在使用。"))
    words = _("本地选择：%(words)s（%(reason)s），%(day)s记入日志") % {
        "words": chosen.cost.words, "reason": reason, "day": timezone.localdate(),
    }  # fmt: skip
    with transaction.atomic():
        journal.record(
            by=by,
            action="rules.adopt",
            subject=f"rules:{chosen.code}",
            summary=_("自%(day)s起用“%(name)s”研判，对照%(month)s有%(n)s项灯不同：%(reason)s")
            % {
                "day": chosen.since, "name": chosen.name, "month": as_of.label, "n": len(chosen.moves),
                "reason": reason,
            },
            detail=[
                {"indicator": m.code, "now": str(lights.short(m.now)), "then": str(lights.short(m.then))}
                for m in chosen.moves
            ],
            at=timezone.now(),
        )  # fmt: skip
        put_in_force(chosen.code, since=chosen.since, source=words, fitted=chosen.cost.dispatches)
        rule_digests.note(why="起用规则", by=by)
    return chosen


def _reason(reason: str) -> str:
    reason = " ".join(reason.split())
    if not reason:
        raise ValidationError({"reason": _("请写明理由。")})
    if len(reason) > LONGEST_REASON:
        raise ValidationError({"reason": _("理由不超过%(n)s字。") % {"n": LONGEST_REASON}})
    return reason
