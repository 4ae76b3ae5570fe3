"""What has changed among the matters, and the month's steps of the office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.supervision.awaiting.rows import OF_A_LINE, counted, sunday
from wenpan.district.supervision.log import labels, lifecycle, matter_sets
from wenpan.district.supervision.models import Matter, WeeklyInspection
from wenpan.district.supervision.weekly import weeks
from wenpan.district.ui.changes import ChangeGroup, ChangeLine, MonthStep

DAYS = 7  # what is called lately


def sets(on: date) -> dict[str, Q]:
    """Newly overdue, due today, due in the rest of the week, closed of late; a matter is in one of them."""
    lately = on - timedelta(days=DAYS)
    return {
        "overdue": matter_sets.overdue(on) & Q(due__gte=lately),
        "today": matter_sets.due_between(on, on),
        "week": matter_sets.due_between(on + timedelta(days=1), sunday(on)),
        "closed": Q(state=lifecycle.CLOSED, closed_on__gt=lately, closed_on__lte=on),
    }


def groups(user: User, at: datetime, shown: int) -> Sequence[ChangeGroup]:
    if not can(user, "matter.view", "desk.use"):
        return ()
    on = timezone.localdate(at)
    return list(_groups(matter_sets.visible(user), on, shown))


def _groups(rows: QuerySet[Matter], on: date, shown: int) -> Iterator[ChangeGroup]:
    wanted = sets(on)
    titles = {
        "overdue": (_("新逾期的事项"), 4, _("近%(n)s日") % {"n": DAYS}),
        "today": (_("今天到期"), 5, ""),
        "week": (_("本周到期"), 6, ""),
        "closed": (_("新办结的事项"), 7, _("近%(n)s日") % {"n": DAYS}),
    }
    lately = Q(state__in=matter_sets.LATE_IN) | wanted["closed"]  # what is over for long is not looked at
    for code, count in counted(rows.filter(lately), wanted).items():
        if not count:
            continue
        title, order, since = titles[code]
        ordered = ("-closed_on", "-pk") if code == "closed" else ("due", "pk")
        found = rows.filter(wanted[code]).select_related("lead").only(*OF_A_LINE).order_by(*ordered)[:shown]
        lines = tuple(_line(m, on, good=code == "closed") for m in found)
        yield ChangeGroup(f"matters_{code}", title, count, lines, order, since)


def _line(m: Matter, on: date, *, good: bool) -> ChangeLine:
    unit = m.lead.short_name if m.lead else _("未定单位")
    light = "" if good else matter_sets.light_of(m, on)
    detail = f"{unit} · {labels.due_of(m, on).words}"
    return ChangeLine(m.title, reverse("supervision:matter", args=[m.pk]), detail, light, good=good)


def steps(user: User, at: datetime) -> Sequence[MonthStep]:
    """Feedback that is late, and this week's check."""
    if not can(user, "matter.assign", "matter.draft"):
        return ()
    on = timezone.localdate(at)
    return [_feedback(on), *_week(on)]


def _feedback(on: date) -> MonthStep:
    with_units = Matter.objects.filter(state__in=matter_sets.LATE_IN, paused=False)
    silent = with_units.filter(matter_sets.silent(on) | Q(due__lt=on)).order_by()
    units = list(silent.values_list("lead__short_name").annotate(n=Count("pk")).order_by("-n", "lead__order"))
    late = "、".join(f"{name}{n}件" for name, n in [(name, n) for name, n in units if name][:6])
    total = sum(n for _name, n in units)
    words = _("逾期或久无反馈%(n)s件") % {"n": total} if total else _("都在按时反馈")
    url = reverse("supervision:vacuum")
    return MonthStep("feedback", _("反馈"), "late" if total else "done", words, url, late=late, order=30)


def _week(on: date) -> Iterator[MonthStep]:
    week = weeks.monday(on)
    found = WeeklyInspection.objects.filter(week=week).annotate(
        all=Count("looks"), left=Count("looks", filter=Q(looks__result=""))
    )
    cycle = found.first()
    url, title = reverse("supervision:weekly"), _("每周督查")
    if cycle is None:
        yield MonthStep("week", title, "due", _("本周还没有打开"), url, sunday(on), order=40)
    elif cycle.closed_at:
        yield MonthStep("week", title, "done", _("本周已结束"), url, order=40)
    else:
        seen = {"seen": cycle.all - cycle.left, "all": cycle.all}
        yield MonthStep(
            "week", title, "due", _("已看%(seen)s项，共%(all)s项") % seen, url, sunday(on), order=40
        )
