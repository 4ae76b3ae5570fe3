"""Which errors fell after a training: per unit and rule, beside the units that did not come."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from wenpan.district.accounts.models import Unit
from wenpan.district.projects.base.scope import ALL
from wenpan.district.projects.models import Project, Return
from wenpan.district.quality.checks import checks, pack
from wenpan.district.quality.models import TrainingSession
from wenpan.economy.quality.edits.edit_rules import EditRule
from wenpan.economy.quality.training import TrainingEffect, UnitErrors, effect_of
from wenpan.economy.time.periods import Month
from wenpan.rules.releases import RETURNED_BY, release_of_kind

MONTHS = 3  # on each side


@dataclass(frozen=True)
class RuleEffect:
    rule: EditRule
    units: tuple[UnitErrors, ...]
    effect: TrainingEffect


@dataclass(frozen=True)
class SessionEffect:
    before: tuple[Month, ...]
    after: tuple[Month, ...]  # those with returns
    rules: tuple[RuleEffect, ...]


def sessions() -> QuerySet[TrainingSession]:
    return TrainingSession.objects.annotate(units=Count("attendances"))


def rules_taught() -> list[EditRule]:
    """Those that can be ticked: the rules in use."""
    return [rule for rule in pack().rules if not rule.problem]


def effect(session: TrainingSession) -> SessionEffect:
    """Of each rule that was taught. The return of a month is sent when the month is over: that of the month
    in which the training was held comes from people who have heard it and counts as after; that of the month
    before is sent around that day and belongs to neither side."""
    held = Month(session.held_on.year, session.held_on.month)
    before = tuple(held.plus(-back) for back in range(MONTHS + 1, 1, -1))
    after = tuple(held.plus(ahead) for ahead in range(MONTHS))
    owner = _owners()
    returns = {month: _returns(month, owner) for month in (*before, *after)}
    failed = {month: checks(month, ALL).failed for month in returns if returns[month]}
    trained = set(session.attendances.values_list("unit", flat=True))
    names = dict(Unit.objects.values_list("pk", "short_name"))
    units = sorted({unit for counts in returns.values() for unit in counts}, key=lambda pk: names[pk])
    found = []
    for rule in rules_taught():
        if rule.code not in session.rules:
            continue
        errors = {
            month: Counter(owner.get(one.project) for one in rows if one.rule.code == rule.code)
            for month, rows in failed.items()
        }
        lines = tuple(
            UnitErrors(
                names[unit], unit in trained,
                sum(errors[m][unit] for m in before if m in errors), sum(returns[m][unit] for m in before),
                sum(errors[m][unit] for m in after if m in errors), sum(returns[m][unit] for m in after),
            )
            for unit in units
        )  # fmt: skip
        found.append(RuleEffect(rule, lines, effect_of(lines)))
    return SessionEffect(before, tuple(m for m in after if returns[m]), tuple(found))


def _owners() -> dict[int, int]:
    release = release_of_kind("project_returns")
    field = release.returned_by if release and release.returned_by else RETURNED_BY[0]
    rows = Project.objects.filter(retracted=False).exclude(**{f"{field}__isnull": True})
    return dict(rows.values_list("pk", f"{field}_id"))


def _returns(month: Month, owner: dict[int, int]) -> Counter[int]:
    rows = Return.objects.filter(period=str(month), superseded_at__isnull=True, cumulative__isnull=False)
    return Counter(owner[pk] for pk in rows.values_list("project", flat=True) if pk in owner)
