"""What a setting would have changed last month, before anybody puts it in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from wenpan import rules
from wenpan.district.adjustments.items import SettingItem
from wenpan.district.adjustments.models import Adjustment
from wenpan.district.indicators import queries
from wenpan.district.indicators.queries.light_worth import moves
from wenpan.district.supervision.burden.queries import burden
from wenpan.district.supervision.models import Attachment
from wenpan.district.ui import lights
from wenpan.economy.time.periods import Month


@dataclass(frozen=True)
class Preview:
    words: str
    lines: tuple[tuple[str, str, str], ...] = ()  # what, as it was, as it would have been


def preview(adjustment: Adjustment, item: SettingItem, today: date) -> Preview:
    if item.code == "lights":
        return _lights(adjustment.value)
    last = Month(today.year, today.month).plus(-1)
    if item.code.startswith("burden-") and item.code.endswith("-minutes"):
        return _minutes(str(item.path[1]), float(adjustment.before), float(adjustment.value), last, today)
    if item.code == "most_megabytes":
        most = int(float(adjustment.value)) * 1024 * 1024
        over = Attachment.objects.filter(
            size__gt=most, feedback__at__month=last.month, feedback__at__year=last.year
        )
        return Preview(_("上月有%(n)s个附件会超过新的上限。") % {"n": over.count()})
    return Preview(_("不改变上月已有的研判和记录，只对施行以后的有效。"))


def _lights(code: str) -> Preview:
    months = queries.judged_months()
    chosen = rules.light_rules().get(code)
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
