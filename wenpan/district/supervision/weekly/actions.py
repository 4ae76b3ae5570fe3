"""The weekly check: a week opens with what shines and what was left, is looked at row by row, and closes.

Opening, refreshing and closing are safe to repeat: a subject stands once a week (the database holds it). A
closed week is never written to again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.lights.weekly_subjects import InspectionSubject, of_matter, subjects
from wenpan.district.supervision.log import append as event_log
from wenpan.district.supervision.log import lifecycle, policy
from wenpan.district.supervision.log.event_data import InspectedData
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.models import InspectionItem, Matter, WeeklyInspection
from wenpan.district.supervision.weekly import queries, weeks

_BATCH = 500
RECORD = "zh-hans"  # what is kept is Chinese, whatever the page speaks


@transaction.atomic
def open_week(*, by: User | None = None, at: datetime | None = None) -> WeeklyInspection:
    """This week's inspection, made at its first working day or later; the one that is there otherwise.

    The week before is closed by it if nobody did. Raises Refused "state" before the first working day.
    """
    if by is not None:
        require(by, "week.check")
    at = at or timezone.now()
    on = timezone.localdate(at)
    week = weeks.monday(on)
    first = weeks.opens_on(week, policy.calendar())
    if first is None or on < first:
        raise Refused("state", _("本周还没有到第一个工作日。"))
    hold()
    cycle, new = WeeklyInspection.objects.get_or_create(
        week=week, defaults={"opened_by": by, "opened_at": at}
    )
    if not new:
        return cycle
    for old in WeeklyInspection.objects.filter(week__lt=week, closed_at__isnull=True):
        _close(old, by=None, at=at, words="")
    added = _add(cycle, on, carried=_left_of(queries.previous(week)))
    record(by=by, action="week.opened", subject=_subject(cycle), at=at,
           summary=_("打开每周督查%(week)s，应督查%(n)s项") % {"week": weeks.words(week), "n": added},
           detail={"added": added})  # fmt: skip
    return cycle


@transaction.atomic
def refresh_week(*, cycle: WeeklyInspection, by: User | None = None, at: datetime | None = None) -> int:
    """Adds what has turned red or yellow since, and lets rows that wait show today's light. Gives the number
    of rows added. A row stays though its light has turned: it still has to be looked at."""
    if by is not None:
        require(by, "week.check")
    at = at or timezone.now()
    _hold(cycle)
    added = _add(cycle, timezone.localdate(at), carried={})
    if added:
        record(by=by, action="week.refreshed", subject=_subject(cycle), at=at,
               summary=_("每周督查新增%(n)s项") % {"n": added}, detail={"added": added})  # fmt: skip
    return added


def keep_up(*, at: datetime | None = None) -> tuple[WeeklyInspection | None, int]:
    """What the clock does: opens the week on its first working day, adds to it what is new."""
    at = at or timezone.now()
    try:
        cycle = open_week(at=at)
        return cycle, refresh_week(cycle=cycle, at=at)
    except Refused:
        return None, 0  # before its first working day, or closed


def _subject(cycle: WeeklyInspection) -> str:
    return f"cycle:{cycle.pk}"


def _hold(cycle: WeeklyInspection) -> None:
    """Nobody closes the week while it is written to."""
    hold()
    if WeeklyInspection.objects.filter(pk=cycle.pk, closed_at__isnull=True).update(closed_at=None) != 1:
        raise Refused("state", _("这一周的督查已经结束，不能再改。"))


def _left_of(cycle: WeeklyInspection | None) -> dict[str, InspectionItem]:
    if cycle is None:
        return {}
    return {look.subject: look for look in cycle.looks.filter(result="").select_related("unit")}


def _add(cycle: WeeklyInspection, on: date, *, carried: dict[str, InspectionItem]) -> int:
    with translation.override(RECORD):
        lit = {s.subject: s for s in subjects(on)}
        for key, old in carried.items():
            if key not in lit and (found := _carried(old, on)):
                lit[key] = found
    there = {look.subject: look for look in cycle.looks.all()}
    _relight(there, lit)
    new = [_row(cycle, s, carried.get(s.subject)) for s in lit.values() if s.subject not in there]
    InspectionItem.objects.bulk_create(new, batch_size=_BATCH)
    return len(new)


def _row(cycle: WeeklyInspection, s: InspectionSubject, old: InspectionItem | None) -> InspectionItem:
    weeks_left = old.weeks_left + 1 if old else 0
    return InspectionItem(cycle=cycle, subject=s.subject, title=s.title, unit=s.unit, light=s.light,
                          why=s.why, url=s.url[:120], weeks_left=weeks_left)  # fmt: skip


def _relight(there: dict[str, InspectionItem], lit: dict[str, InspectionSubject]) -> None:
    changed = []
    for key, look in there.items():
        now = lit.get(key)
        if now and not look.result and look.light != now.light:
            look.light, look.why = now.light, now.why
            changed.append(look)
    InspectionItem.objects.bulk_update(changed, ["light", "why"], batch_size=_BATCH)


def _carried(old: InspectionItem, on: date) -> InspectionSubject | None:
    """What was left though it shines no more: it is looked at once, unless the matter is over."""
    kind, _sep, key = old.subject.partition(":")
    if kind == "matter":
        matter = Matter.objects.filter(pk=int(key), state__in=lifecycle.OPEN).select_related("lead").first()
        return of_matter(matter, on) if matter else None
    why = _("上周没有督查到；现在不亮红灯、黄灯")
    return InspectionSubject(old.subject, old.title, old.unit, "UNKNOWN", why, old.url)


@transaction.atomic
def record_inspection(
    *, item: InspectionItem, result: str, way: str, by: User, note: str = "", at: datetime | None = None
) -> InspectionItem:
    """Records what was found, once. While the week is open whoever recorded it may correct it.

    Raises Refused: "bad_value" (no such result or way; a problem without words), "clash" (somebody else has
    recorded it), "state" (the week is closed).
    """
    require(by, "week.check")
    at = at or timezone.now()
    if result not in InspectionItem.Result.values or way not in dict(weeks.WAYS):
        raise Refused("bad_value", _("请选定督查结果和方式。"))
    if result == InspectionItem.Result.PROBLEM and not note.strip():
        raise Refused("bad_value", _("存在问题的，请写明是什么问题。"))
    _hold(item.cycle)
    mine = InspectionItem.objects.filter(Q(by=by) | Q(result=""), pk=item.pk)
    if mine.update(result=result, way=way, note=note.strip()[:300], by=by, at=at) != 1:
        raise Refused("clash", _("%(title)s已由别人记录。") % {"title": item.title[:40]})
    item.refresh_from_db()
    _tell_the_matter(item, by, at)
    record(
        by=by,
        action="week.looked",
        subject=_subject(item.cycle),
        at=at,
        summary=_("督查%(title)s：%(result)s")
        % {"title": item.title[:80], "result": item.get_result_display()},
        detail={"look": item.pk, "subject": item.subject, "result": result, "way": way},
    )
    return item


def _tell_the_matter(found: InspectionItem, by: User, at: datetime) -> None:
    kind, _sep, key = found.subject.partition(":")
    if kind != "matter":
        return
    matter = Matter.objects.filter(pk=int(key), state__in=lifecycle.OPEN).first()
    if matter is not None:
        with translation.override(RECORD):
            words = f"{found.get_result_display()}（{dict(weeks.WAYS)[found.way]}）{found.note}"
        event_log.append(
            matter=matter,
            kind=EventKind.LOOKED,
            by=by,
            text=words,
            at=at,
            data=InspectedData(result=found.result, way=found.way, week=found.cycle.week.isoformat()),
        )


@transaction.atomic
def record_inspections(
    *,
    items: Sequence[InspectionItem],
    result: str,
    way: str,
    by: User,
    note: str = "",
    at: datetime | None = None,
) -> int:
    """The same result for rows that a person ticked, all or none."""
    require(by, "week.check")
    if not items:
        raise Refused("bad_value", _("请先勾选要一并记录的对象。"))
    for one in items:
        record_inspection(item=one, result=result, way=way, note=note, by=by, at=at)
    return len(items)


@transaction.atomic
def close_week(
    *, cycle: WeeklyInspection, by: User, summary: str = "", at: datetime | None = None
) -> WeeklyInspection:
    """小结 and end of the week. It takes in what is new first; what nobody looked at shows as missed, and
    the next week begins with it."""
    require(by, "week.check")
    at = at or timezone.now()
    refresh_week(cycle=cycle, at=at)
    _close(cycle, by=by, at=at, words=summary.strip())
    cycle.refresh_from_db()
    return cycle


def _close(cycle: WeeklyInspection, *, by: User | None, at: datetime, words: str) -> None:
    with translation.override(RECORD):
        text = "\n".join(part for part in (queries.summed_up(cycle), words) if part)
    waiting = WeeklyInspection.objects.filter(pk=cycle.pk, closed_at__isnull=True)
    if waiting.update(closed_by=by, closed_at=at, summary=text) != 1:
        raise Refused("clash", _("这一周的督查已经结束。"))
    record(
        by=by,
        action="week.closed",
        subject=_subject(cycle),
        at=at,
        summary=_("结束每周督查%(week)s") % {"week": weeks.words(cycle.week)},
        detail={"summary": text},
    )
