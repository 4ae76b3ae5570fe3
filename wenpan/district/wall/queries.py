"""The wall, read from the rooms below. `public`: for a screen without a person, where nothing is named that
could be a firm or come from a single return: projects, deals and matters are counted by unit there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.indicators import queries as judged
from wenpan.district.indicators.models import Judgement
from wenpan.district.indicators.queries.board_rows import BoardRow, board_rows, worst
from wenpan.district.meetings.models import Meeting
from wenpan.district.meetings.queries import kind_name
from wenpan.district.observations.releases import DUE, release_calendar
from wenpan.district.ui import lights
from wenpan.district.ui.templatetags.ui import number_text
from wenpan.district.wall.policy import wall_rules
from wenpan.district.wall.project_scene import project_scene
from wenpan.district.wall.supervision_scene import supervision_scene
from wenpan.district.wall.view import (
    MOVED,
    RELEASES,
    TURNED,
    IndicatorScene,
    Wall,
    WallCount,
    WallLine,
    WallRanks,
    WallRed,
    WallReds,
    WallTurn,
)
from wenpan.economy.time.periods import Month

WORST = {"RED": 0, "YELLOW": 1, "GREEN": 2}


def wall(*, as_of: Month | None = None, at: datetime | None = None, public: bool = False) -> Wall:
    at = timezone.localtime(at)
    on, rules = at.date(), wall_rules()
    shown = judged.board(as_of=as_of)
    rows = board_rows(judged.counted(shown.rows))
    everything = board_rows(shown.rows)
    return Wall(
        title=shown.region_name,
        as_of=str(shown.as_of) if shown.as_of else "",
        rules=shown.rule_name,
        at=at,
        indicators=_indicators(rows, shown.as_of, rules.most_reds),
        projects=project_scene(on, everything, rules.most_reds, public=public),
        supervision=supervision_scene(on, rules.most_reds, public=public),
        releases=_releases(on),
        next_meeting=_next_meeting(on),
        day=on,
    )


def _indicators(rows: Sequence[BoardRow], as_of: Month | None, most: int) -> IndicatorScene:
    counts = judged.count(tuple(row.j for row in rows))
    turned = _turned(rows, as_of) if as_of else []
    return IndicatorScene(
        counts=light_counts(counts.red, counts.yellow, counts.green, counts.unknown),
        reds=WallReds.of([_red(row) for row in worst(rows, len(rows))], most),
        turned=tuple(turned[:TURNED]),
        turned_left=max(0, len(turned) - TURNED),
        ranks=_ranks(rows),
        since=_("与%(month)s月比") % {"month": as_of.plus(-1).month} if as_of else "",
    )


def light_counts(red: int, yellow: int, green: int, unknown: int | None = None) -> tuple[WallCount, ...]:
    found = [
        WallCount(str(red), _("红灯"), "red"),
        WallCount(str(yellow), _("黄灯"), "yellow"),
        WallCount(str(green), _("绿灯"), "green"),
    ]
    if unknown is not None:
        found.append(WallCount(str(unknown), _("未知"), "unknown"))
    return tuple(found)


def _red(row: BoardRow) -> WallRed:
    j = row.j
    value = number_text(j.actual, j.decimals)
    aim = number_text(j.target, j.decimals)
    return WallRed(
        name=j.short_name,
        unit=j.owner_name,
        value=f"{value}{j.unit}" if j.actual is not None else value,
        aim=_("目标%(aim)s%(unit)s") % {"aim": aim, "unit": j.unit} if j.target is not None else "",
        other=row.other_basis,
        words=row.rank_words or row.gap_words,
        since=row.since,
        trend=j.trend,
    )


def _turned(rows: Iterable[BoardRow], as_of: Month) -> list[WallTurn]:
    """Lights that changed since the month before, the worse first; what was not known has not turned."""
    kept = Judgement.objects.filter(
        region__home=True, as_of=str(as_of.plus(-1)), primary=True, superseded_at__isnull=True
    )
    before = dict(kept.values_list("indicator", "light"))
    found = []
    for row in rows:
        was, now = before.get(row.j.indicator, ""), row.j.light
        if was != now and was in WORST and now in WORST:
            good = WORST[now] > WORST[was]
            found.append(WallTurn(row.j.short_name, lights.short(was), lights.short(now), good, now.lower()))
    return sorted(found, key=lambda turn: (turn.good, turn.tone != "red"))


def _ranks(rows: Sequence[BoardRow]) -> WallRanks:
    """As the judgement says: a place that it withholds is named as withheld, never shown."""
    ranked = [row.j for row in rows if row.j.rank is not None]
    moved = [j for j in ranked if j.rank_change]
    up = sorted((j for j in moved if (j.rank_change or 0) > 0), key=lambda j: -(j.rank_change or 0))
    down = sorted((j for j in moved if (j.rank_change or 0) < 0), key=lambda j: j.rank_change or 0)
    pending = [row.j for row in rows if row.j.rank_pending]
    due = sorted({j.rank_due for j in pending if j.rank_due})
    return WallRanks(
        up=tuple(WallTurn(j.short_name, j.place_before, f"{j.rank}/{j.rivals}", True) for j in up[:MOVED]),
        down=tuple(
            WallTurn(j.short_name, j.place_before, f"{j.rank}/{j.rivals}", False) for j in down[:MOVED]
        ),
        last=tuple(j.short_name for j in ranked if j.last),
        ranked=len(ranked),
        pending=tuple(j.short_name for j in pending),
        pending_until="、".join(due[:2]),
    )


def _releases(on: date) -> tuple[WallLine, ...]:
    """The next that are due, of this month and the next."""
    month = Month(on.year, on.month)
    rows = [
        row
        for calendar in (release_calendar(month, on), release_calendar(month.plus(1), on))
        for row in calendar.rows
        if row.state == DUE and row.due >= on
    ]
    rows.sort(key=lambda row: row.due)
    return tuple(WallLine(row.release.name, f"{row.due.month}-{row.due.day:02d}") for row in rows[:RELEASES])


def _next_meeting(on: date) -> str:
    coming = Meeting.objects.filter(state__in=["planned", "put"], held_on__gte=on).order_by("held_on").first()
    if coming is None:
        return ""
    when = f"{coming.held_on.month}-{coming.held_on.day:02d} {coming.starts}".strip()
    return f"{when} {kind_name(coming)}"
