"""项目与招商: red projects, deals by stage, what stands still, and the course of investment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from wenpan.district.attraction.lights import deal_causes
from wenpan.district.attraction.models import STAGES, Deal
from wenpan.district.indicators.queries.board_rows import BoardRow
from wenpan.district.projects.lights import LightCause, light_causes, month_on
from wenpan.district.projects.models import Standing
from wenpan.district.ui.templatetags.ui import number_text
from wenpan.district.wall.view import (
    STALLED,
    TRENDS,
    ProjectScene,
    WallCount,
    WallLine,
    WallRed,
    WallReds,
    WallTrend,
)

INVESTMENT = ("fai", "fai_industry", "fai_infrastructure", "fai_private", "foreign_investment", "fai_large")


def project_scene(on: date, rows: Sequence[BoardRow], most: int, *, public: bool) -> ProjectScene:
    causes = light_causes(on)
    reds = [cause for cause in causes if cause.light == "RED"]
    month = month_on(on)
    kept = Standing.objects.filter(month=str(month), project__retracted=False) if month else None
    library = (
        kept.aggregate(all=Count("pk", filter=Q(in_library=True)), still=Count("pk", filter=Q(stopped=True)))
        if kept is not None
        else {"all": 0, "still": 0}
    )
    counts = (
        WallCount(str(len(reds)), _("红灯项目"), "red"),
        WallCount(str(len(causes) - len(reds)), _("黄灯项目"), "yellow"),
        WallCount(str(library["all"]), _("在库项目")),
        WallCount(str(library["still"]), _("停工项目"), "unknown"),
    )
    stalled = Counter(c.unit.short_name if c.unit else _("未定单位") for c in deal_causes(on))
    return ProjectScene(
        counts=counts,
        reds=WallReds.of(_by_unit(reds) if public else [_red(cause) for cause in reds], most),
        stages=_stages(),
        stalled=tuple(WallLine(unit, str(n)) for unit, n in stalled.most_common(STALLED)),
        trends=_trends(rows),
    )


def _red(cause: LightCause) -> WallRed:
    """Name, unit, and why; on both lists once."""
    unit = cause.department or cause.unit
    return WallRed(
        name=cause.name,
        unit=unit.short_name if unit else _("未定单位"),
        words="；".join(cause.reasons[:1]),
        since=cause.pair_words,
    )


def _by_unit(reds: Sequence[LightCause]) -> list[WallRed]:
    """For a screen without a person: how many each unit has, no project by its name."""
    units = [cause.department or cause.unit for cause in reds]
    counted = Counter(unit.short_name if unit else _("未定单位") for unit in units)
    return [WallRed(name, "", value=str(n), words=_("红灯项目")) for name, n in counted.most_common()]


def _stages() -> tuple[WallLine, ...]:
    """Open deals by the stage that they have reached."""
    open_ = Deal.objects.filter(retracted=False, duplicate_of=None, ended_on=None)
    counted = dict(open_.order_by().values_list("stage").annotate(n=Count("pk")))
    return tuple(WallLine(str(label), str(counted[code])) for code, label in STAGES if counted.get(code))


def _trends(rows: Sequence[BoardRow]) -> tuple[WallTrend, ...]:
    known = {row.j.indicator: row.j for row in rows}
    found = [known[code] for code in INVESTMENT if code in known][:TRENDS]
    return tuple(
        WallTrend(j.short_name, number_text(j.actual, j.decimals) + (j.unit if j.actual is not None else ""),
                  j.trend)
        for j in found
    )  # fmt: skip
