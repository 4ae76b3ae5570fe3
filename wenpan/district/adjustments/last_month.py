"""What another set or threshold would have given in the last month: slips, lights of key projects,
questions about figures, projects and matters. Read off what is kept, as it stood at the month's end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan import rules
from wenpan.district.adjustments.preview_lines import MOST, Preview
from wenpan.district.indicators.rules import month_end
from wenpan.district.observations.models import Observation
from wenpan.district.projects.base import policy as project_policy
from wenpan.district.projects.key_projects import queries as keys
from wenpan.district.projects.models import Standing
from wenpan.district.supervision.log import lifecycle, policy
from wenpan.district.supervision.log.event_log import matter_event
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.log.lifecycle import MatterState
from wenpan.district.supervision.log.replay import state_after
from wenpan.district.supervision.models import Event, Feedback, Matter, Slip
from wenpan.district.supervision.slips import rules as serving_rules
from wenpan.district.supervision.slips.state import answered_on, stands_on
from wenpan.district.ui import lights
from wenpan.economy.pool.stock import FINISHED_STATES
from wenpan.economy.time.periods import Month, parse_month
from wenpan.rules.slips import SlipRules, slip_rules
from wenpan.rules.working_days import calendar as calendar_in_force

GROWTHS = ("ytd_growth", "balance_growth")


def slips(before: str, after: str, month: Month) -> Preview:
    """The slip that each set calls for at the month's end, whatever had been served by then."""
    known, end = slip_rules(), month_end(month)
    states, served = _matters_at(end), _served(end)
    was = _called(known.get(before), states, served, end)
    then = _called(known.get(after), states, served, end)
    words = _("按上月底的情形试算：应发督办单由%(was)s张变为%(then)s张，%(n)s件事项不同。")
    return _compared(words, was, then, none=_("不发"))


def _matters_at(end: date) -> dict[int, tuple[Matter, MatterState]]:
    """Matters that were with their units at the end of the day, as their logs tell."""
    rows = Matter.objects.filter(assigned_on__lte=end).exclude(closed_on__lte=end)
    rows = rows.exclude(state=lifecycle.DROPPED)
    matters, calendar = rows.in_bulk(), policy.calendar()
    logs: dict[int, list[Event]] = {}
    events = Event.objects.filter(matter__in=rows.values("pk"), at__lt=_midnight(end + timedelta(days=1)))
    for event in events.select_related("unit").order_by("matter", "sequence"):
        logs.setdefault(event.matter_id, []).append(event)
    return {
        pk: (matters[pk], state_after((matter_event(e) for e in log), calendar))
        for pk, log in logs.items()
        if pk in matters
    }


def _served(end: date) -> dict[int, list[serving_rules.Served]]:
    found: dict[int, list[serving_rules.Served]] = {}
    for slip in Slip.objects.filter(issued_at__lt=_midnight(end + timedelta(days=1))).order_by("pk"):
        found.setdefault(slip.matter_id, []).append(
            serving_rules.Served(
                slip.colour,
                slip.level,
                slip.due,
                slip.answer_due,
                answered_on(slip, end),
                not stands_on(slip, end),
            )
        )
    return found


def _called(
    found: SlipRules | None,
    states: dict[int, tuple[Matter, MatterState]],
    served: dict[int, list[serving_rules.Served]],
    end: date,
) -> dict[str, str]:
    """By matter the slip that the set calls for, as if none had been served for its due date."""
    calendar, silent, colours = calendar_in_force(), policy.office().silent_days, {}
    for pk, (matter, now) in states.items():
        asked = serving_rules.MatterColumns(
            now.state, now.paused, now.due, matter.important, now.returned, now.assigned_on, now.feedback_on
        )
        before = [s for s in served.get(pk, []) if s.due != now.due]
        call = serving_rules.call(found, asked, before, end, calendar, silent)
        if call is not None:
            colours[f"{matter.number} {matter.title}"] = call.kind.name
    return colours


def key_lights(before: str, after: str, month: Month) -> Preview:
    """Lights of the key projects of the month's list under both sets."""
    known = {**rules.light_rules(), **project_policy.rule_sets()}
    if before not in known or after not in known:
        return Preview(_("还没有研判，无法试算。"))
    was, then = (
        {line.project.name: str(lights.short(line.light)) for line in keys.lines(month, rules=known[code])}
        for code in (before, after)
    )
    reds = [sum(word == str(lights.short("RED")) for word in each.values()) for each in (was, then)]
    words = _("按%(month)s重点项目试算：红灯由%(was)s个变为%(then)s个，%(n)s个项目灯不同。")
    lines = [(name, was[name], then[name]) for name in was if was[name] != then.get(name)]
    told = {"month": month.label, "was": reds[0], "then": reds[1], "n": len(lines)}
    return Preview(words % told, tuple(lines[:MOST]))


def growth_jumps(before: float, after: float, month: Month) -> Preview:
    """Growths of the newest period that moved by more than the limit since the last of the same year."""
    period = _newest(month)
    changes: dict[tuple[int, str, str, str], list[tuple[str, Decimal]]] = {}
    rows = Observation.objects.filter(
        superseded_at__isnull=True, value__isnull=False, measure__in=GROWTHS,
        period__gte=f"{period[:4]}-01", period__lte=period,
    )  # fmt: skip
    found = rows.order_by("period").values_list(
        "region__name", "region", "indicator", "measure", "basis", "period", "value"
    )
    names: dict[int, str] = {}
    for name, region, indicator, measure, basis, of, value in found:
        names[region] = name
        series = changes.setdefault((region, indicator, measure, basis), [])
        series.append((of, value or Decimal(0)))
    moved = {
        f"{names[key[0]]} {_indicator(key[1])}": float(abs(series[-1][1] - series[-2][1]))
        for key, series in changes.items()
        if len(series) > 1 and series[-1][0] == period
    }
    return _over(moved, before, after, parse_month(period).label)


def far_revisions(before: float, after: float, month: Month) -> Preview:
    """Corrections of growths that came in the month."""
    first, last = _midnight(date(month.year, month.month, 1)), _midnight(month_end(month) + timedelta(days=1))
    rows = Observation.objects.filter(
        recorded_at__gte=first, recorded_at__lt=last, value__isnull=False, replaces__value__isnull=False,
        measure__endswith="_growth",
    ).values_list("region__name", "indicator", "period", "value", "replaces__value")  # fmt: skip
    moved = {
        f"{region} {_indicator(indicator)} {period}": float(abs(new - old))
        for region, indicator, period, new, old in rows
        if new is not None and old is not None
    }
    return _over(moved, before, after, month.label)


def months_and_totals(before: float, after: float, month: Month) -> Preview:
    """The month beside the difference of two totals, in percent of the total."""
    period = _newest(month)
    ago = str(parse_month(period).plus(-1))
    rows = Observation.objects.filter(
        superseded_at__isnull=True,
        value__isnull=False,
        measure__in=("ytd", "month"),
        period__in=(period, ago),
    ).values_list("region__name", "indicator", "basis", "measure", "period", "value")
    kept = {(r, i, b, m, p): float(v or 0) for r, i, b, m, p, v in rows}
    moved = {}
    for (region, indicator, basis, measure, of), value in kept.items():
        total, past = (kept.get((region, indicator, basis, "ytd", p)) for p in (period, ago))
        if measure == "month" and of == period and total and past is not None:
            moved[f"{region} {_indicator(indicator)}"] = 100 * abs(value - (total - past)) / abs(total)
    return _over(moved, before, after, parse_month(period).label)


def stopped(before: float, after: float, month: Month) -> Preview:
    """Projects with a remainder and so many months without investment, at the newest month that is kept."""
    months = Standing.objects.filter(month__lte=str(month)).order_by("-month")
    kept = months.values_list("month", flat=True).first()
    rows = Standing.objects.filter(month=kept or "", project__retracted=False, months_zero__isnull=False)
    rows = rows.filter(no_remainder=False).exclude(state__in=FINISHED_STATES)
    zero: dict[str, float | None] = dict(rows.values_list("project__name", "months_zero"))
    label = parse_month(kept).label if kept else month.label
    words = _("按%(month)s的报表试算：停工项目由%(was)s个变为%(then)s个。")
    return _limit(zero, before, after, label, words, lambda value, limit: value >= limit)


def silent(before: float, after: float, month: Month) -> Preview:
    """Matters of which nothing was heard for longer, at the month's end."""
    end = month_end(month)
    days: dict[str, float | None] = {}
    for matter, now in _matters_at(end).values():
        heard = now.feedback_on or now.assigned_on
        if _with_unit(now) and heard:
            days[f"{matter.number} {matter.title}"] = (end - heard).days
    words = _("到%(month)s底，久无反馈的事项由%(was)s件变为%(then)s件。")
    return _limit(days, before, after, month.label, words, lambda value, limit: value > limit)


def soon(before: float, after: float, month: Month) -> Preview:
    """Matters that were yellow because their day was near, at the month's end."""
    end = month_end(month)
    left: dict[str, float | None] = {}
    for matter, now in _matters_at(end).values():
        if (
            now.due
            and now.due >= end
            and not now.paused
            and now.state in (lifecycle.ASSIGNED, lifecycle.WORKING)
        ):
            left[f"{matter.number} {matter.title}"] = (now.due - end).days
    words = _("到%(month)s底，临期的事项由%(was)s件变为%(then)s件。")
    return _limit(left, before, after, month.label, words, lambda value, limit: value <= limit)


def undone(before: float, after: float, month: Month) -> Preview:
    """Acts that were taken back in the month, by the minutes after which they were."""
    first, last = _midnight(date(month.year, month.month, 1)), _midnight(month_end(month) + timedelta(days=1))
    back = Event.objects.filter(kind=EventKind.TAKEN_BACK, at__gte=first, at__lt=last)
    left: dict[str, float | None] = {}
    for event in back.select_related("matter"):
        done = (
            event.matter.events.filter(sequence=event.data["sequence"]).values_list("at", flat=True).first()
        )
        name = f"{event.matter.number} {event.matter.title} {event.text}"
        left[name] = (event.at - done).total_seconds() / 60 if done else None
    words = _("%(month)s撤销过的事项中，超过时限的由%(was)s件变为%(then)s件。")
    return _limit(left, before, after, month.label, words, lambda value, limit: value > limit)


def _with_unit(now: MatterState) -> bool:
    return now.state in (lifecycle.ASSIGNED, lifecycle.WORKING) and not now.paused


def files_a_feedback(before: float, after: float, month: Month) -> Preview:
    first, last = _midnight(date(month.year, month.month, 1)), _midnight(month_end(month) + timedelta(days=1))
    rows: QuerySet[Feedback] = Feedback.objects.filter(at__gte=first, at__lt=last)
    counted = rows.annotate(n=Count("attachments")).filter(n__gt=int(after))
    words = _("%(month)s的反馈中有%(n)s份附件多于新的上限。")
    return Preview(words % {"month": month.label, "n": counted.count()})


def _over(moved: Mapping[str, float | None], before: float, after: float, label: str) -> Preview:
    words = _("按%(month)s的数试算：要问的由%(was)s处变为%(then)s处。")
    return _limit(moved, before, after, label, words, lambda value, limit: value > limit)


def _limit(
    values: Mapping[str, float | None],
    before: float,
    after: float,
    label: str,
    words: str,
    caught: Callable[[float, float], bool],
) -> Preview:
    """How many each limit catches; the lines are those that only one of them does."""
    known = {name: value for name, value in values.items() if value is not None}
    was, then = ({name for name, value in known.items() if caught(value, to)} for to in (before, after))
    yes, no = _("算"), _("不算")
    lines = [(name, yes, no) if name in was else (name, no, yes) for name in sorted(was ^ then)]
    return Preview(words % {"month": label, "was": len(was), "then": len(then)}, tuple(lines[:MOST]))


def _compared(words: str, was: dict[str, str], then: dict[str, str], none: str) -> Preview:
    names: Iterable[str] = sorted({*was, *then})
    lines = [(n, was.get(n, none), then.get(n, none)) for n in names if was.get(n) != then.get(n)]
    told = {"was": len(was), "then": len(then), "n": len(lines)}
    return Preview(words % told, tuple(lines[:MOST]))


def _indicator(code: str) -> str:
    item = rules.catalogue().get(code)
    return item.short if item else code


def _newest(month: Month) -> str:
    """The newest monthly period of the ledger up to the month."""
    rows = Observation.objects.filter(superseded_at__isnull=True, period__lte=str(month), measure__in=GROWTHS)
    rows = rows.exclude(period__contains="Q").order_by("-period")
    return rows.values_list("period", flat=True).first() or str(month)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
