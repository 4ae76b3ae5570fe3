"""What awaits the office: approve, check, close, decide, hand over, ask again, decide proposals, the week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import can
from wenpan.district.supervision.awaiting.rows import group, matter_line, waiting
from wenpan.district.supervision.log import lifecycle, matter_sets, policy
from wenpan.district.supervision.matters import available_actions as may
from wenpan.district.supervision.matters.available_rows import rows_for, urged_since
from wenpan.district.supervision.models import (
    Appeal,
    InspectionItem,
    Matter,
    Proposal,
    Source,
    WeeklyInspection,
)
from wenpan.district.supervision.sources.certainty import certainty
from wenpan.district.supervision.sources.queries import dictated, from_lights
from wenpan.district.supervision.weekly import weeks
from wenpan.district.ui.awaited import AwaitedAct, AwaitedGroup

OFFICE = ("matter.draft", "matter.assign", "matter.check", "matter.register", "week.check", "score.decide")
MATTERS: dict[str, tuple[str, int, tuple[str, ...]]] = {  # group → flag of the list, place, acts for many
    "register": ("draft", 10, ("register", "drop")),
    "check": ("mine", 11, ("check",)),
    "close": ("", 12, ("close",)),
    "decide": ("", 13, ("grant",)),
    "assign": ("", 14, ("assign",)),
    "again": ("", 15, ()),
    "no_lead": ("draft", 16, ()),
    "urge": ("", 40, ("urge",)),
}


def groups(user: Any, at: datetime, shown: int) -> Sequence[AwaitedGroup]:
    if not can(user, *OFFICE):
        return ()
    on = timezone.localdate(at)
    return [*_matters(user, on, shown), *_papers(user, shown), *_week(user, on), *_appeals(user, shown)]


def _titles() -> dict[str, str]:
    return {
        "register": _("待立项"),
        "check": _("待核查"),
        "close": _("核查通过，待销号"),
        "decide": _("延期待批"),
        "assign": _("已立项，待交办"),
        "again": _("单位退回，待重新交办"),
        "no_lead": _("拟办事项没有牵头单位"),
        "urge": _("久无反馈，待催办"),
    }


def sets(user: Any, on: date) -> dict[str, Q]:
    """What of all matters waits for an act of this person; a matter is in one of them."""
    found: dict[str, Q] = {}
    if can(user, "matter.register"):
        found["register"] = rows_for(user, may.REGISTER, on)
    if can(user, "matter.check"):
        found["check"] = rows_for(user, may.CHECK, on)
    if can(user, "matter.close"):
        found["close"] = rows_for(user, may.CLOSE, on)
    if can(user, "matter.extend"):
        found["decide"] = rows_for(user, may.DECIDE, on)
    if can(user, "matter.assign"):
        found["assign"] = Q(state=lifecycle.REGISTERED, paused=False)
        found["again"] = Q(state=lifecycle.DECLINED, paused=False)
        lately = on - timedelta(days=policy.office().silent_days)
        found["urge"] = matter_sets.silent(on) & Q(extension_asked=None) & ~urged_since(lately)
    if can(user, "matter.draft"):
        found["no_lead"] = _without_lead()
    return found


def _without_lead() -> Q:
    """Drafted from a proposal that names nobody: it cannot be approved."""
    planned = Proposal.objects.filter(matter=OuterRef("pk"), state=Proposal.State.CONFIRMED)
    return Q(state=lifecycle.DRAFT) & Q(Exists(planned)) & ~Q(Exists(planned.filter(lead__isnull=False)))


def _matters(user: Any, on: date, shown: int) -> Iterator[AwaitedGroup]:
    wanted = sets(user, on)
    rows = Matter.objects.filter(matter_sets.is_open())
    titles = _titles()
    for code, count, found in waiting(rows, wanted, shown):
        flag, order, acts = MATTERS[code]
        items = [matter_line(m, on, ticked=bool(acts)) for m in found]
        url = reverse("supervision:matters") + (f"?flag={flag}" if flag else "")
        yield group(code, titles[code], count, items, order=order, url=url, acts=acts)


def _papers(user: Any, shown: int) -> Iterator[AwaitedGroup]:
    """One line a paper; one a light's proposal."""
    if not can(user, "matter.draft"):
        return
    waiting = Source.objects.filter(settled_at=None, proposals__state=Proposal.State.OPEN).distinct()
    waiting = waiting.exclude(dictated())  # the room of meetings tells of those
    if count := waiting.count():
        sure = Q(
            proposals__confidence__gte=certainty().sure_from,
            proposals__questions=[],
            proposals__lead__isnull=False,
        )
        is_open = Q(proposals__state=Proposal.State.OPEN)
        rows = Source.objects.filter(pk__in=waiting.values("pk")).annotate(
            left=Count("proposals", filter=is_open), sure=Count("proposals", filter=is_open & sure)
        )
        items = [_paper_line(s) for s in rows.order_by("-dated", "-pk")[:shown]] if shown else []
        url = reverse("supervision:sources") + "?state=open"
        yield group(
            "papers", _("来源文件有待确认的建议"), count, items, order=20, url=url, acts=("confirm_sure",)
        )
    lights = from_lights().filter(state=Proposal.State.OPEN)
    if count := lights.count():
        found = lights.select_related("lead")[:shown] if shown else ()
        url = reverse("supervision:lights")
        items = [_light_line(p) for p in found]
        yield group(
            "lights", _("红黄灯提出的事项"), count, items, order=21, url=url, acts=("confirm", "dismiss")
        )


def _paper_line(source: Any) -> AwaitedAct:
    words = _("待确认%(left)s条，其中把握较大%(sure)s条") % {"left": source.left, "sure": source.sure}
    url = reverse("supervision:source", args=[source.pk])
    return AwaitedAct(source.title, url, str(source.pk) if source.sure else "", words)


def _light_line(p: Proposal) -> AwaitedAct:
    unit = p.lead.short_name if p.lead else _("未定单位")
    key = f"{p.pk}@{p.version}"
    light = str(p.detail.get("light", "")).upper()
    return AwaitedAct(p.text, reverse("supervision:lights") + f"#p{p.pk}", key, unit, p.deadline, light)


def _week(user: Any, on: date) -> Iterator[AwaitedGroup]:
    """本周督查: not opened yet, or what is still to be looked at; one act, however many objects it has."""
    if not can(user, "week.check"):
        return
    week = weeks.monday(on)
    opens = weeks.opens_on(week, policy.calendar())
    if opens is None or opens > on:
        return
    cycle = WeeklyInspection.objects.filter(week=week).first()
    if cycle is not None and cycle.closed_at is not None:
        return
    left = InspectionItem.objects.filter(cycle=cycle, result="").count() if cycle else 0
    if cycle is not None and not left:
        text = _("本周督查已看完，写小结并结束")
    elif cycle is not None:
        text = _("本周督查还有%(n)s项") % {"n": left}
    else:
        text = _("本周督查还没有打开")
    line = AwaitedAct(text, reverse("supervision:weekly"), detail=weeks.words(week))
    yield group("week", _("每周督查"), 1, [line], order=22)


def _appeals(user: Any, shown: int) -> Iterator[AwaitedGroup]:
    if not can(user, "score.decide"):
        return
    rows = Appeal.objects.filter(state=Appeal.State.OPEN).select_related("unit").order_by("at")
    if not (count := rows.count()):
        return
    url = reverse("supervision:scores")
    items = [AwaitedAct(a.reason, url, detail=f"{a.unit.short_name} · {a.month}") for a in rows[:shown]]
    yield group("appeals", _("扣分申诉待复核"), count, items if shown else (), order=17, url=url)
