"""What a setting would have changed last month, before anybody puts it in force."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan import rules
from wenpan.district.adjustments import last_month, last_month_judgements, last_month_sign_ins
from wenpan.district.adjustments.models import Adjustment
from wenpan.district.adjustments.preview_lines import MOST, Preview
from wenpan.district.adjustments.setting import SettingItem
from wenpan.district.indicators import queries
from wenpan.district.indicators.queries.light_worth import moves
from wenpan.district.indicators.rules import month_end
from wenpan.district.quality.models import QueryLetter
from wenpan.district.supervision.burden.queries import burden
from wenpan.district.supervision.log.matter_sets import LATE_IN
from wenpan.district.supervision.models import Attachment, Matter
from wenpan.district.ui import lights
from wenpan.economy.judging.lights import RuleSet
from wenpan.economy.time.periods import Month
from wenpan.rules.working_days import calendar as calendar_in_force

SETS: dict[str, Callable[[str, str, Month], Preview]] = {
    "slips": last_month.slips,
    "projects": last_month.key_lights,
}
NUMBERS: dict[str, Callable[[float, float, Month], Preview]] = {
    "growth_jump": last_month.growth_jumps,
    "revised_far": last_month.far_revisions,
    "month_and_ytd": last_month.months_and_totals,
    "stopped_months": last_month.stopped,
    "silent_days": last_month.silent,
    "soon_days": last_month.soon,
    "undo_minutes": last_month.undone,
    "most_files": last_month.files_a_feedback,
    "rank_share": last_month_judgements.ranks,
    "hold_periods": last_month_judgements.better_periods,
    "bond_months": last_month_judgements.bonds,
    **last_month_sign_ins.NUMBERS,
}


def preview(adjustment: Adjustment, item: SettingItem, today: date) -> Preview:
    before, value, last = adjustment.before, adjustment.value, Month(today.year, today.month).plus(-1)
    if item.code == "lights":
        return _relit(rules.light_rules().get(value))
    if item.code in SETS:
        return SETS[item.code](before, value, last)
    if item.code.startswith("limit-"):
        return _limit(item, adjustment)
    if item.code.startswith("step-"):
        return _step(int(before), int(value), last)
    if item.code == "letter_days":
        return _letters(int(before), int(value), last)
    return _amounts(item, before, value, last, today)


def _amounts(item: SettingItem, before: str, value: str, last: Month, today: date) -> Preview:
    if item.code.startswith("burden-") and item.code.endswith("-minutes"):
        return _minutes(str(item.path[1]), float(before), float(value), last, today)
    if item.code in NUMBERS:
        return NUMBERS[item.code](float(before), float(value), last)
    if item.code == "most_megabytes":
        most = int(float(value)) * 1024 * 1024
        over = Attachment.objects.filter(
            size__gt=most, feedback__at__month=last.month, feedback__at__year=last.year
        )
        return Preview(_("上月有%(n)s个附件会超过新的上限。") % {"n": over.count()})
    return Preview(_("不改变上月已有的研判和记录，只对施行以后的有效。"))


def _limit(item: SettingItem, adjustment: Adjustment) -> Preview:
    """The light set with the other limit, on the newest month that was judged."""
    assert item.settled is not None
    made = item.settled.files(float(adjustment.value), adjustment.since)
    data = next(content for name, content in made.items() if not name.endswith("in_force"))
    return _relit(RuleSet.from_data(data))


def _step(before: int, after: int, month: Month) -> Preview:
    """Matters that had come to the step by the end of the month, as it was and as it would have been."""
    end, calendar = month_end(month), calendar_in_force()
    late = Matter.objects.filter(due__lt=end, paused=False).filter(
        Q(closed_on=None, state__in=LATE_IN) | Q(closed_on__gt=end)
    )
    dues = [(m.number, m.due) for m in late if m.due is not None]
    was, then = (
        {number for number, due in dues if calendar.working_days_after(due, days) <= end}
        for days in (before, after)
    )
    words = _("到上月底，逾期到这一级的事项由%(was)s件变为%(then)s件。") % {
        "was": len(was),
        "then": len(then),
    }
    lines = [(n, _("已到"), _("未到")) if n in was else (n, _("未到"), _("已到")) for n in sorted(was ^ then)]
    return Preview(words, tuple(lines[:MOST]))


def _letters(before: int, after: int, month: Month) -> Preview:
    """Deadlines of the letters of the month."""
    calendar, lines = calendar_in_force(), []
    first, last = date(month.year, month.month, 1), month_end(month)
    for letter in QueryLetter.objects.filter(issued_at__date__gte=first, issued_at__date__lte=last):
        on = timezone.localdate(letter.issued_at)
        was, then = (str(calendar.working_days_after(on, days)) for days in (before, after))
        lines.append((_("%(year)s年第%(n)s号") % {"year": letter.year, "n": letter.sequence}, was, then))
    words = _("上月发出的%(n)s张核实单，答复期限会这样变；已发出的不变。") % {"n": len(lines)}
    return Preview(words, tuple(lines[:MOST]))


def _relit(chosen: RuleSet | None) -> Preview:
    months = queries.judged_months()
    if not months or chosen is None:
        return Preview(_("还没有研判，无法试算。"))
    found = moves(months[0], chosen)
    lines = tuple((m.name, str(lights.short(m.now)), str(lights.short(m.then))) for m in found)
    return Preview(
        _("按%(month)s的数试算，%(n)s项灯不同。") % {"month": months[0].label, "n": len(lines)}, lines
    )


def _minutes(form: str, before: float, after: float, month: Month, today: date) -> Preview:
    times = sum(line.times.get(form, 0) for line in burden(month, today).units)
    return Preview(
        _("上月共%(n)s件，全区由%(before)s分钟变为%(after)s分钟。")
        % {"n": times, "before": f"{times * before:g}", "after": f"{times * after:g}"}
    )
