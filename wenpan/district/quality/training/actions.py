"""A training is written down: what, when, by whom, which rules it dealt with, who came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.quality.models import TrainingAttendance, TrainingSession
from wenpan.district.quality.training.queries import rules_taught


@transaction.atomic
def note_training(
    *,
    title: str,
    held_on: date,
    teacher: str,
    content: str,
    rules: Sequence[str],
    attended: Mapping[str, str],
    by: User,
    at: datetime | None = None,
) -> TrainingSession:
    """`attended`: unit's code → the people who came. Refused for a training that is still to come,
    that nobody attended, or of a rule that is not in use."""
    require(by, "quality.query")
    at = at or timezone.now()
    known = {rule.code for rule in rules_taught()}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=attended)}
    if not title.strip() or not teacher.strip() or not content.strip():
        raise Refused("bad_value", _("请写明培训名称、讲课人和内容。"))
    if held_on > timezone.localdate(at):
        raise Refused("bad_value", _("培训日期不能晚于今天。"))
    if not rules or not set(rules) <= known:
        raise Refused("bad_value", _("请勾选讲到的审核规则，培训后按它们看差错。"))
    if not units or len(units) < len(attended):
        raise Refused("bad_value", _("请勾选参加的单位。"))
    made = TrainingSession.objects.create(
        title=title.strip()[:120], held_on=held_on, teacher=teacher.strip()[:60],
        content=content.strip()[:400], rules=sorted(set(rules)), by=by, at=at,
    )  # fmt: skip
    TrainingAttendance.objects.bulk_create(
        TrainingAttendance(session=made, unit=units[code], people=people.strip()[:200])
        for code, people in attended.items()
    )
    names = "、".join(unit.short_name for unit in units.values())
    record(
        by=by, action="quality.training", subject=f"training:{made.pk}", at=at,
        summary=f"{held_on}培训“{made.title}”，参加单位：{names}", detail={"rules": made.rules},
    )  # fmt: skip
    return made
