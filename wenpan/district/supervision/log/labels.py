"""The words of this room on pages, in the reader's language; rules and journal keep the Chinese ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from wenpan.district.supervision.log import lifecycle, policy, recurrences
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.models import Event, Feedback, Matter
from wenpan.district.ui import lights

EVENTS: Mapping[str, Promise] = {
    EventKind.DRAFTED: gettext_lazy("拟办"),
    EventKind.REGISTERED: gettext_lazy("立项"),
    EventKind.DROPPED: gettext_lazy("不予立项"),
    EventKind.ASSIGNED: gettext_lazy("交办"),
    EventKind.SIGNED: gettext_lazy("签收"),
    EventKind.DECLINED: gettext_lazy("退回"),
    EventKind.FEEDBACK: gettext_lazy("反馈进展"),
    EventKind.ANSWERED: gettext_lazy("报告办结"),
    EventKind.PASSED: gettext_lazy("核查通过"),
    EventKind.RETURNED: gettext_lazy("退办"),
    EventKind.ROUND: gettext_lazy("本期办结"),
    EventKind.CLOSED: gettext_lazy("办结销号"),
    EventKind.REOPENED: gettext_lazy("重办"),
    EventKind.EXTENSION_ASKED: gettext_lazy("申请延期"),
    EventKind.EXTENDED: gettext_lazy("同意延期"),
    EventKind.EXTENSION_REFUSED: gettext_lazy("不同意延期"),
    EventKind.PAUSED: gettext_lazy("暂缓"),
    EventKind.RESUMED: gettext_lazy("恢复办理"),
    EventKind.RAISED: gettext_lazy("提级督办"),
    EventKind.SLIP: gettext_lazy("发督办单"),
    EventKind.SLIP_ANSWERED: gettext_lazy("回复督办单"),
    EventKind.SLIP_WITHDRAWN: gettext_lazy("撤回督办单"),
    EventKind.LOOKED: gettext_lazy("每周督查"),
    EventKind.URGED: gettext_lazy("催办"),
    EventKind.INSTRUCTED: gettext_lazy("领导批示"),
    EventKind.SEEN: gettext_lazy("领导已阅"),
    EventKind.NOTED: gettext_lazy("记事"),
    EventKind.HEAD_SIGNED: gettext_lazy("主要负责人签发"),
    EventKind.LIGHT_CHANGED: gettext_lazy("灯色变化"),
    EventKind.JOINED: gettext_lazy("并入部署"),
    EventKind.UNJOINED: gettext_lazy("撤销并入"),
    EventKind.TAKEN_BACK: gettext_lazy("撤销"),
}
COLOURS: Mapping[str, Promise] = {
    "blue": gettext_lazy("蓝单"),
    "white": gettext_lazy("白单"),
    "orange": gettext_lazy("橙单"),
    "yellow": gettext_lazy("黄单"),
    "red": gettext_lazy("红单"),
}
LIGHTS = tuple({**lights.LABELS, "UNKNOWN": gettext_lazy("不亮灯")}.items())  # of a matter
_TONES: Mapping[str, str] = {
    **dict.fromkeys((EventKind.CLOSED, EventKind.PASSED, EventKind.ROUND), "green"),
    **dict.fromkeys((EventKind.RETURNED, EventKind.SLIP, EventKind.RAISED, EventKind.INSTRUCTED), "red"),
    **dict.fromkeys(
        (
            EventKind.DECLINED,
            EventKind.DROPPED,
            EventKind.REOPENED,
            EventKind.EXTENSION_ASKED,
            EventKind.PAUSED,
            EventKind.URGED,
            EventKind.TAKEN_BACK,
        ),
        "yellow",
    ),
}


@dataclass(frozen=True)
class Due:
    """When something is due, in words. tone: "" | red | yellow | muted. `day` may be None."""

    day: date | None
    words: str
    tone: str
    estimated: bool = False


def due_of(matter: Matter, on: date) -> Due:
    """Days left, days late, or why nothing is due. Calendar days."""
    if nothing := _not_due(matter):
        return nothing
    days = ((matter.due or on) - on).days
    soon = policy.office().soon_days
    if days < 0:
        words = ngettext("逾期%(days)s天", "逾期%(days)s天", -days) % {"days": -days}
    elif days == 0:
        words = _("今天到期")
    else:
        words = ngettext("还有%(days)s天", "还有%(days)s天", days) % {"days": days}
    return Due(
        matter.due, words, "red" if days < 0 else "yellow" if days <= soon else "", matter.due_estimated
    )


def _not_due(matter: Matter) -> Due | None:
    early = matter.state in {lifecycle.DRAFT, lifecycle.REGISTERED}
    if matter.state == lifecycle.CLOSED:
        return Due(matter.closed_on, _("已办结"), "muted")
    if matter.state == lifecycle.DROPPED:
        return Due(None, _("不予立项"), "muted")
    if matter.paused:
        return Due(None, _("暂缓，不计时限"), "muted")
    if matter.due is None:
        return Due(None, _("未定时限"), "muted" if early else "yellow")
    if matter.state in {lifecycle.ANSWERED, lifecycle.CHECKED}:
        return Due(matter.due, _("已报办结"), "muted", matter.due_estimated)
    return None


def kind_name(code: str) -> str:
    """The name of a type of matters; the code itself if the place no longer has it."""
    found = policy.types().get(code)
    return found.name if found else code


def flags(matter: Matter) -> list[tuple[str, str]]:
    """What else must be known at a glance: (words, tone)."""
    found = []
    if matter.important:
        found.append((_("重要"), "accent"))
    if matter.paused:
        found.append((_("暂缓"), ""))
    if matter.extension_asked:
        found.append((_("延期待批"), "yellow"))
    if matter.slip_colour and matter.state not in lifecycle.ENDED:
        found.append((str(COLOURS.get(matter.slip_colour, matter.slip_colour)), "red"))
    if matter.returned:
        found.append((_("退办%(n)s次") % {"n": matter.returned}, "yellow"))
    if matter.level:
        found.append((_("提级%(n)s级") % {"n": matter.level}, "red"))
    return found


def next_step(matter: Matter, on: date) -> str:
    """What must happen next, and by whom: one sentence for the leader and the list."""
    waiting = {
        lifecycle.DRAFT: _("待督查办负责人审批立项"),
        lifecycle.REGISTERED: _("待督查办交办"),
        lifecycle.DECLINED: _("单位退回，待督查办重新交办"),
        lifecycle.ANSWERED: _("单位已报办结，待督查办核查"),
        lifecycle.CHECKED: _("核查通过，待销号"),
        lifecycle.CLOSED: _("已办结"),
        lifecycle.DROPPED: _("不予立项"),
    }
    if matter.state in waiting:
        return waiting[matter.state]
    if matter.paused:
        return _("暂缓中，待条件具备后恢复")
    if matter.extension_asked:
        return _("申请延至%(day)s，待批") % {"day": matter.extension_asked}
    if matter.due is not None and matter.due < on:
        return _("逾期，单位须立即反馈；督查办按规则发单、提级")
    return _("待牵头单位签收") if matter.state == lifecycle.ASSIGNED else _("单位办理，到期前反馈")


def why(matter: Matter, on: date) -> str:
    """Why it is red or yellow; "" if it is neither."""
    due = due_of(matter, on)
    found = (
        [due.words]
        if due.tone in {"red", "yellow"} and matter.state in {lifecycle.ASSIGNED, lifecycle.WORKING}
        else []
    )
    if matter.state == lifecycle.DECLINED:
        found.append(_("单位退回，没有承办单位"))
    found += [words for words, _tone in flags(matter) if words != _("重要")]
    return "；".join(found)


def every(code: str) -> str:
    """A recurrence in the reader's language: `monthly:25` → 每月25日前."""
    name, on_days = recurrences.parse(code)
    plain = {
        "daily": pgettext("周期", "每日"),
        "weekly": pgettext("周期", "每周"),
        "biweekly": pgettext("周期", "每两周"),
        "ten-daily": pgettext("周期", "每旬"),
        "semimonthly": pgettext("周期", "每半月"),
        "monthly": pgettext("周期", "每月"),
        "bimonthly": pgettext("周期", "每两个月"),
        "quarterly": pgettext("周期", "每季度"),
        "semiannual": pgettext("周期", "每半年"),
        "yearly": pgettext("周期", "每年"),
    }
    word = plain.get(name, code)
    if not on_days:
        return word
    if name in {"weekly", "biweekly"}:
        days = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
        named = _("、").join(days[(day - 1) % 7] for day in on_days)
        return _("%(every)s（%(day)s）") % {"every": word, "day": named}
    return _("%(every)s%(day)s日前") % {"every": word, "day": _("日、").join(map(str, on_days))}


@dataclass(frozen=True)
class EventLine:
    """One event as people read it. `said`: what its data add to its text."""

    event: Event
    words: str
    tone: str
    said: str
    who: str


def timeline(events: Iterable[Event], units: Mapping[str, str]) -> list[EventLine]:
    """`events` with `by` and `unit` joined; `units`: short names by code."""
    return [event_line(e, units) for e in events]


def event_line(event: Event, units: Mapping[str, str]) -> EventLine:
    who = str(event.by) if event.by_id else _("系统")
    if event.unit_id and event.unit is not None:
        who = f"{event.unit.short_name} {who}"
    said = "；".join(_said(event, units))
    words = EVENTS.get(event.meaning, event.kind)  # an event that this version does not know still shows
    return EventLine(event, str(words), _TONES.get(event.meaning, ""), said, who)


def _said(event: Event, units: Mapping[str, str]) -> list[str]:
    data: Mapping[str, Any] = event.data
    found = []
    if event.kind == EventKind.ASSIGNED:
        found.append(_("牵头 %(unit)s") % {"unit": units.get(data.get("lead", ""), data.get("lead", ""))})
        if coops := [units.get(code, code) for code in data.get("coops", ())]:
            found.append(_("配合 %(units)s") % {"units": "、".join(coops)})
        found.append(_limit(data))
    elif event.kind in {EventKind.EXTENSION_ASKED, EventKind.EXTENDED}:
        found.append(_("延至 %(day)s") % {"day": data.get("due", "")})
    elif event.kind == EventKind.REOPENED and data.get("due"):
        found.append(_("时限 %(day)s") % {"day": data["due"]})
    elif event.kind in {EventKind.FEEDBACK, EventKind.ANSWERED}:
        found.append(str(dict(Feedback.Claim.choices).get(data.get("claim", ""), "")))
        if data.get("late"):
            found.append(_("逾期反馈"))
    elif event.kind == EventKind.ROUND and data.get("round"):
        found.append(_("本期时限 %(day)s") % {"day": data["round"]})
    elif event.kind == EventKind.SLIP:
        found += [str(COLOURS.get(str(data.get("colour")), "")), str(data.get("number", ""))]
    return [words for words in found if words]


def _limit(data: Mapping[str, Any]) -> str:
    if data.get("recurrence"):
        return _("周期 %(words)s") % {"words": every(str(data["recurrence"]))}
    if data.get("due"):
        return _("时限 %(day)s") % {"day": data["due"]}
    if limit := data.get("limit"):
        unit = _("个工作日") if limit[1] == "working_days" else _("天")
        return _("时限 %(n)s%(unit)s") % {"n": limit[0], "unit": unit}
    return ""
