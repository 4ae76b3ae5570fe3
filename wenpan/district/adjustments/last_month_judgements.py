"""What another rule of places, of better periods or of bond money would have given on the newest figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from wenpan import rules
from wenpan.district.adjustments.preview_lines import MOST, Preview
from wenpan.district.indicators.hysteresis import held_light
from wenpan.district.indicators.judging import lights_before
from wenpan.district.indicators.models import Judgement
from wenpan.district.indicators.rules import month_end
from wenpan.district.observations.models import Observation, Region
from wenpan.district.projects.key_projects.queries import bond_clock
from wenpan.district.projects.models import KeyProject
from wenpan.district.ui import lights
from wenpan.economy.time.periods import Month, parse_month, parse_period

Published = Mapping[str, Mapping[str, set[str]]]  # indicator → period → regions
PAST = 14  # months: enough for the period before


def ranks(before: float, after: float, month: Month) -> Preview:
    """Whether the newest period of each indicator has places, with either share of the last to publish."""
    published, family = _published(month)
    rule = rules.rank_rule(month_end(month))

    def placed(share: float) -> set[str]:
        one = replace(rule, of_last=share)
        found = set()
        for code, periods in published.items():
            ends = sorted((parse_period(p).end.index, who) for p, who in periods.items())
            if one.enough(ends, family)[-1]:
                found.add(code)
        return found

    was, then = placed(before), placed(after)
    names = {code: item.short for code, item in rules.catalogue().items()}
    yes, no = _("排位"), _("不排位")
    lines = [
        (names[code], yes if code in was else no, yes if code in then else no) for code in sorted(was ^ then)
    ]
    words = _("到%(month)s已公布的数中，排位的指标由%(was)s项变为%(then)s项。")
    told = {"month": month.label, "was": len(was), "then": len(then)}
    return Preview(words % told, tuple(lines[:MOST]))


def _published(month: Month) -> tuple[Published, int]:
    """Who of our city's districts has published the headline of what, and how many they are."""
    home = Region.objects.filter(home=True).first()
    if home is None or home.parent_id is None:
        return {}, 0
    family = Region.objects.filter(parent=home.parent_id)
    catalogue = rules.catalogue()
    rows = Observation.objects.filter(
        superseded_at__isnull=True, value__isnull=False, region__in=family,
        period__gte=f"{month.plus(-PAST).year}-01", period__lte=f"{month}~",
    ).order_by("period")  # fmt: skip
    found: dict[str, dict[str, set[str]]] = {}
    columns = ("region__code", "indicator", "measure", "basis", "period")
    for region, code, measure, basis, period in rows.values_list(*columns):
        item = catalogue.get(code)
        if item is None or (measure, basis) != (str(item.headline), item.basis):
            continue
        if parse_period(period).end.index <= month.index:
            found.setdefault(code, {}).setdefault(period, set()).add(region)
    return found, family.count()


def better_periods(before: float, after: float, month: Month) -> Preview:
    """The lights of the newest board up to the month, as either number of better periods holds them."""
    rows = Judgement.objects.filter(region__home=True, superseded_at__isnull=True, primary=True)
    newest = rows.filter(as_of__lte=str(month)).order_by("-as_of").values_list("as_of", flat=True).first()
    home = Region.objects.filter(home=True).first()
    if newest is None or home is None:
        return Preview(_("还没有研判，无法试算。"))
    as_of, catalogue = parse_month(newest), rules.catalogue()
    past, lines, number = lights_before(home, as_of), [], 0
    kept = rows.filter(as_of=newest).order_by("pk").values_list("indicator", "light", "facts")
    for code, light, facts in kept:
        key = (code, facts.get("set_by"), facts["measure"], facts["basis"])
        raw, period = str(facts.get("raw_light") or light), str(facts["period"])
        holds = (max(1, int(n)) for n in (before, after))
        was, then = (held_light(raw, period, past.get(key, ()), hold=hold).light for hold in holds)
        if was != then:
            number += 1
            name = catalogue[code].short if code in catalogue else code
            lines.append((name, str(lights.short(was)), str(lights.short(then))))
    words = _("按%(month)s的数试算，%(n)s项灯不同。") % {"month": as_of.label, "n": number}
    return Preview(words, tuple(lines[:MOST]))


def bonds(before: float, after: float, month: Month) -> Preview:
    """The lights of the money of special bonds at the month's end."""
    rows = KeyProject.objects.filter(year=month.year, retracted=False, bond__gt=0).order_by("pk")
    lines, number, total = [], 0, 0
    for row in rows:
        clocks = [bond_clock(row, month, span=int(n)) for n in (before, after)]
        if clocks[0] is None or clocks[1] is None:
            continue
        total += 1
        was, then = (str(lights.short(str(clock.verdict.light))) for clock in clocks if clock is not None)
        if was != then:
            number += 1
            lines.append((row.name, was, then))
    words = _("到%(month)s，%(all)s个有专项债的项目中%(n)s个灯不同。")
    return Preview(words % {"month": month.label, "all": total, "n": number}, tuple(lines[:MOST]))
