"""Claim windows remind: the office, the unit in charge, and the towns whose firms may fit, once a stage.

Words go through the outbox, which keeps the quiet hours. A town hears how many of its firms are candidates,
never that one is entitled.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenpan.district.accounts.models import User
from wenpan.district.accounts.roles import LIAISON, ROLES
from wenpan.district.firms.models import Firm, SupportClause, WindowNotice
from wenpan.district.firms.policies.queries import open_windows, verdicts_of
from wenpan.district.ground.jobs.registry import Progress, job
from wenpan.district.ground.jobs.timed import timed
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.notices import notify
from wenpan.economy.policies.conditions import ConditionVerdict
from wenpan.economy.policies.windows import WindowStage, stage_on
from wenpan.rules.claim_windows import OFFICES, STAFF, TOWNS, claim_window_rules

REMIND = "firms.windows"
Counts = dict[str, Counter[ConditionVerdict]]  # of each town by its code, "" where none is known


def remind(*, at: datetime | None = None) -> int:
    """Tells of every window what this day asks for, and how many people were told. Safe again at any time."""
    at = at or timezone.now()
    today, rules = timezone.localdate(at), claim_window_rules()
    told = 0
    for clause in open_windows(today):
        stage = stage_on(clause.claim_from, clause.claim_to, today, rules.stages)
        if stage is not None:
            told += tell_of_window(clause=clause, stage=stage, tell=rules.tell, at=at)
    return told


def tell_of_window(*, clause: SupportClause, stage: WindowStage, tell: tuple[str, ...], at: datetime) -> int:
    """How many people were told; 0 where this window's stage was told already, also by another at once."""
    closes = clause.claim_to
    assert closes is not None  # a window has an end
    same = WindowNotice.objects.filter(code=clause.code, claim_to=closes, stage=stage.code)
    if same.exists():
        return 0
    try:
        with transaction.atomic():
            return _tell(clause, closes, stage, tell, at)
    except IntegrityError:
        if same.exists():
            return 0
        raise


def _tell(
    clause: SupportClause, closes: date, stage: WindowStage, tell: tuple[str, ...], at: datetime
) -> int:
    counts = candidates_by_town(clause)
    whole: Counter[ConditionVerdict] = sum(counts.values(), Counter())
    key, url = f"claim:{clause.code}:{closes}:{stage.code}", reverse("firms:policy", args=[clause.pk])
    words = {"name": clause.name, "closes": f"{closes:%Y-%m-%d}", "stage": stage.name}
    office = _("“%(name)s”%(stage)s，%(closes)s截止申报。") % words
    people = 0
    if STAFF in tell:
        roles = [code for code, role in ROLES.items() if "policy.edit" in role.permissions]
        text = office + _candidates(whole, _("全区"))
        staff = User.objects.filter(role__in=roles, is_active=True)
        people += notify(users=staff, key=key, text=text, at=at, url=url, kind="due")
    if OFFICES in tell and clause.office_id:
        people += notify(users=_liaisons(clause.office_id), key=key, text=office, at=at, url=url, kind="due")
    towns = []
    for code, town in sorted(counts.items()) if TOWNS in tell else ():
        if code and _some(town):
            towns.append(code)
            text = office + _candidates(town, _("本辖区"))
            people += notify(
                users=_liaisons(code), key=f"{key}:{code}", text=text, at=at, url=url, kind="due"
            )
    WindowNotice.objects.create(
        code=clause.code, clause=clause, claim_to=closes, stage=stage.code, stage_name=stage.name[:20],
        met=whole[ConditionVerdict.MET], unknown=whole[ConditionVerdict.UNKNOWN], towns=towns, people=people,
        at=at,
    )  # fmt: skip
    record(
        by=None, action="policies.window", subject=f"policy:{clause.code}", at=at,
        summary=_("%(words)s提醒%(n)s人") % {"words": office, "n": people}, detail={"towns": towns},
    )  # fmt: skip
    return people


def candidates_by_town(clause: SupportClause) -> Counts:
    """Of the active firms: how many meet all conditions, how many could, by town."""
    towns = dict(Firm.objects.filter(state=Firm.State.ACTIVE).values_list("pk", "town__code"))
    found: Counts = defaultdict(Counter)
    for pk, verdict in verdicts_of(clause, Firm.objects.all()).items():
        found[towns.get(pk) or ""][verdict] += 1
    return found


def _some(counts: Counter[ConditionVerdict]) -> bool:
    return bool(counts[ConditionVerdict.MET] or counts[ConditionVerdict.UNKNOWN])


def _candidates(counts: Counter[ConditionVerdict], where: str) -> str:
    said = {
        "where": where,
        "met": counts[ConditionVerdict.MET],
        "unknown": counts[ConditionVerdict.UNKNOWN],
    }
    return _("%(where)s候选企业：条件已具备%(met)s户，还要先问%(unknown)s户；由主管部门认定。") % said


def _liaisons(unit: int | str) -> Any:
    people = User.objects.filter(role=LIAISON.code, is_active=True)
    return people.filter(unit_id=unit) if isinstance(unit, int) else people.filter(unit__code=unit)


@job(REMIND, label=gettext_lazy("提醒申报窗口"))
def send_reminders(_args: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Safe to run at any time, and again."""
    progress(10, "")
    return {"told": remind()}


timed(REMIND, minutes=60)
