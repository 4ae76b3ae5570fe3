"""What a change of a list touches: what hangs on units, whom last month's reminders would have reached, which
deadlines and steps move. Read only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.adjustments.preview_lines import Preview
from wenpan.district.adjustments.registers.base import RowChange
from wenpan.district.indicators.rules import month_end
from wenpan.district.projects.models import Project
from wenpan.district.quality.models import QueryLetter
from wenpan.district.supervision.escalation_steps.policy import escalation_rules
from wenpan.district.supervision.log.matter_sets import LATE_IN
from wenpan.district.supervision.models import Matter, Notice
from wenpan.economy.time.calendars import Calendar
from wenpan.economy.time.periods import Month
from wenpan.rules.query_letters import answer_days

MOST = 12  # lines that are shown


def last_month(today: date) -> tuple[date, date]:
    """Its first and its last day."""
    month = Month(today.year, today.month).plus(-1)
    return date(month.year, month.month, 1), month_end(month)


def unit_effects(changes: Sequence[RowChange], _today: date) -> Preview:
    """What hangs on units that end or are called otherwise."""
    touched = {c.row["code"]: c for c in changes if c.was is not None and c.now is not None}
    lines = []
    for unit in Unit.objects.filter(code__in=touched):
        change = touched[unit.code]
        assert change.was is not None and change.now is not None
        hangs = _("账号%(people)s个、未办结事项%(matters)s件、项目%(projects)s个") % {
            "people": User.objects.filter(unit=unit, is_active=True).count(),
            "matters": Matter.objects.filter(lead=unit, state__in=LATE_IN).count(),
            "projects": Project.objects.filter(unit=unit).count(),
        }
        if change.now["active_to"] and not change.was["active_to"]:
            lines.append((unit.short_name, hangs, _("撤并后须逐一移交")))
        elif change.now["name"] != change.was["name"]:
            lines.append(
                (unit.short_name, hangs, _("改称%(name)s，原名仍可识别") % {"name": change.now["name"]})
            )
    words = _("上月的研判和记录不变；以下单位名下现有：") if lines else _("上月的研判和记录不变。")
    return Preview(words, tuple(lines[:MOST]))


def leader_effects(changes: Sequence[RowChange], today: date) -> Preview:
    """Last month's reminders to leaders in charge, and who would have got them."""
    said = _notices(today, role="leader").values("matter__lead__code").annotate(n=Count("pk"))
    counts = {row["matter__lead__code"]: row["n"] for row in said}
    names = dict(User.objects.filter(username__in=_leaders(changes)).values_list("username", "name"))
    units = dict(Unit.objects.values_list("code", "short_name"))
    lines, total = [], 0
    for change in changes:
        n = counts.get(change.row["unit"], 0)
        total += n
        was, now = ((row or {}).get("leader", "") for row in (change.was, change.now))
        lines.append((
            units.get(change.row["unit"], change.row["unit"]), names.get(was, "") or _("未定"),
            (names.get(now, "") or _("未定")) + (_("（上月%(n)s条提醒）") % {"n": n} if n else ""),
        ))  # fmt: skip
    return Preview(_("上月报给分管领导的提醒中，有%(n)s条会改报他人。") % {"n": total}, tuple(lines[:MOST]))


def post_effects(changes: Sequence[RowChange], today: date) -> Preview:
    """Units that were reminded last month and whose people change; units left without anybody."""
    touched = {change.row["unit"] for change in changes}
    reminded = set(_notices(today).filter(unit__code__in=touched).values_list("unit__code", flat=True))
    return Preview(
        _("涉及%(n)s个单位，其中%(m)s个上月收到过督办提醒；红灯旁和督办页的联系人随之改变。")
        % {"n": len(touched), "m": len(reminded)}
    )


def calendar_effects(was: Calendar, then: Calendar, today: date) -> Preview:
    """Deadlines of letters of this and the last month, and steps up the line that are still to come."""
    first, moved = last_month(today)[0], []
    lines: list[tuple[str, str, str]] = []
    days = answer_days(today)
    for letter in QueryLetter.objects.filter(issued_at__date__gte=first, answered_at=None):
        on = timezone.localdate(letter.issued_at)
        old, new = (calendar.working_days_after(on, days) for calendar in (was, then))
        if old != new:
            moved.append(letter.pk)
            lines.append((_("核实单%(n)s答复期限") % {"n": letter.sequence}, str(old), str(new)))
    steps = 0
    for matter in Matter.objects.filter(state__in=LATE_IN, paused=False, due__isnull=False).order_by("due"):
        assert matter.due is not None
        for step in escalation_rules().steps:
            old, new = (calendar.working_days_after(matter.due, step.after) for calendar in (was, then))
            if old != new and max(old, new) >= today:
                steps += 1
                lines.append((f"{matter.number} {step.name}", str(old), str(new)))
    return Preview(
        _(
            "上月已经过去的期限和灯不变。未答复的核实单有%(letters)s张期限不同，办理中的事项有%(steps)s个提醒日不同。"
        )
        % {"letters": len(moved), "steps": steps},
        tuple(lines[:MOST]),
    )


def _leaders(changes: Iterable[RowChange]) -> set[str]:
    return {row["leader"] for c in changes for row in (c.was, c.now) if row is not None}


def _notices(today: date, **more: str) -> QuerySet[Notice]:
    first, last = last_month(today)
    found = Notice.objects.filter(made_at__date__gte=first, made_at__date__lte=last)
    return found.filter(**more)
