"""What turned since the month before: lights of the board, and places among the rivals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import can
from wenpan.district.indicators.models import Judgement
from wenpan.district.indicators.queries.board import latest_judged, visible
from wenpan.district.observations.models import Region
from wenpan.district.ui.changes import ChangeGroup, ChangeLine
from wenpan.district.ui.responsible import contacts_of_units
from wenpan.rules import catalogue

WORST = {"RED": 0, "YELLOW": 1, "GREEN": 2}


@dataclass(frozen=True)
class _Seen:
    light: str
    rank: int | None
    rivals: int | None


def groups(user: User, _at: datetime, shown: int) -> Sequence[ChangeGroup]:
    """Against the month before the newest; a light that was not known then has not turned, and a place that
    is withheld (rivals have not published) has not moved. Three queries, and who owns what turned worse."""
    if not can(user, "board.view"):
        return ()
    home = Region.objects.filter(home=True).first()
    month = latest_judged(home) if home else None
    if home is None or month is None:
        return ()
    now, before = _seen(home, str(month)), _seen(home, str(month.plus(-1)))
    may_see = visible(user, month.year)
    known = {code: item for code, item in catalogue().items() if code in now and may_see(item)}
    since = _("与%(month)s月比") % {"month": month.plus(-1).month}
    worse: list[ChangeLine] = []
    better: list[ChangeLine] = []
    moved: list[ChangeLine] = []
    owners: dict[str, str] = {}
    for code, item in known.items():
        was = before.get(code)
        if was is None:
            continue
        url = reverse("indicators:indicator", args=[code])
        light = now[code].light
        if was.light != light and was.light in WORST and light in WORST:
            good = WORST[light] > WORST[was.light]
            line = ChangeLine(item.short, url, light=light, before=was.light, good=good)
            if good:
                better.append(line)
            else:
                worse.append(line)
                owners[line.url] = item.owner
        if move := _move(now[code], was):
            moved.append(ChangeLine(item.short, url, detail=move[0], good=move[1]))
    named = _owners(set(owners.values())) if owners else {}
    worse = [replace(line, detail=named.get(owners[line.url], "")) for line in worse]
    return list(_groups(worse, better, moved, since, shown))


def _owners(codes: set[str]) -> dict[str, str]:
    """Who answers for what turned worse: the unit, and its first person with a telephone."""
    people, said = contacts_of_units(), {}
    for unit in Unit.objects.filter(code__in=codes):
        person = next((p for p in people.get(unit.code, ()) if p.telephone), None)
        said[unit.code] = (
            f"{unit.short_name} · {person.name} {person.telephone}" if person else unit.short_name
        )
    return said


def _groups(
    worse: list[ChangeLine], better: list[ChangeLine], moved: list[ChangeLine], since: str, shown: int
) -> Iterator[ChangeGroup]:
    url = reverse("indicators:board")
    worse.sort(key=lambda line: WORST[line.light])
    moved.sort(key=lambda line: line.good)
    for code, title, lines, order in (
        ("worse", _("转差的指标"), worse, 1),
        ("better", _("转好的指标"), better, 2),
        ("moved", _("位次变化"), moved, 3),
    ):
        yield ChangeGroup(code, title, len(lines), tuple(lines[:shown]), order, since, url)


def _seen(home: Region, month: str) -> dict[str, _Seen]:
    rows = Judgement.objects.filter(region=home, as_of=month, superseded_at__isnull=True, primary=True)
    return {
        code: _Seen(light, rank, rivals)
        for code, light, rank, rivals in rows.values_list(
            "indicator", "light", "facts__rank", "facts__rivals"
        )
    }


def _move(now: _Seen, was: _Seen) -> tuple[str, bool] | None:
    """第8/10位 → 第5/10位; None where either is unknown or nothing moved."""
    if now.rank is None or was.rank is None or now.rank == was.rank:
        return None
    words = _("第%(was)s位 → 第%(now)s位") % {
        "was": f"{was.rank}/{was.rivals}",
        "now": f"{now.rank}/{now.rivals}",
    }
    return words, now.rank < was.rank
