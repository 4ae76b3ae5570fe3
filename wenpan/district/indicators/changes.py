"""What turned since the month before: lights of the board, and places among the rivals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    turned: dict[bool, list[str]] = {False: [], True: []}
    moved = [code for code in known if code in before and _moved(now[code], before[code])]
    for code in known:
        was, light = before.get(code), now[code].light
        if was is not None and was.light != light and was.light in WORST and light in WORST:
            turned[WORST[light] > WORST[was.light]].append(code)
    named = _owners({known[code].owner for code in turned[False]}) if turned[False] else {}

    def line(code: str, good: bool) -> ChangeLine:
        light, was = now[code].light, before[code].light
        detail = "" if good else named.get(known[code].owner, "")
        return ChangeLine(known[code].short, _url(code), detail, light, was, good)

    def place(code: str) -> ChangeLine:
        words, good = _move(now[code], before[code])
        return ChangeLine(known[code].short, _url(code), words, good=good)

    turned[False].sort(key=lambda code: WORST[now[code].light])
    moved.sort(key=lambda code: _better(now[code], before[code]))
    url = reverse("indicators:board")
    # only the lines that are shown are written out: on a board of hundreds most are not
    parts = (
        (
            "worse",
            _("转差的指标"),
            turned[False],
            [line(c, False) for c in turned[False][:shown]],
        ),
        ("better", _("转好的指标"), turned[True], [line(c, True) for c in turned[True][:shown]]),
        ("moved", _("位次变化"), moved, [place(c) for c in moved[:shown]]),
    )
    return [
        ChangeGroup(code, title, len(every), tuple(lines), order, since, url)
        for order, (code, title, every, lines) in enumerate(parts, start=1)
    ]


def _url(code: str) -> str:
    return reverse("indicators:indicator", args=[code])


def _owners(codes: set[str]) -> dict[str, str]:
    """Who answers for what turned worse: the unit, and its first person with a telephone."""
    people, said = contacts_of_units(), {}
    for unit in Unit.objects.filter(code__in=codes):
        person = next((p for p in people.get(unit.code, ()) if p.telephone), None)
        said[unit.code] = (
            f"{unit.short_name} · {person.name} {person.telephone}" if person else unit.short_name
        )
    return said


def _seen(home: Region, month: str) -> dict[str, _Seen]:
    rows = Judgement.objects.filter(region=home, as_of=month, superseded_at__isnull=True, primary=True)
    return {
        code: _Seen(light, rank, rivals)
        for code, light, rank, rivals in rows.values_list(
            "indicator", "light", "facts__rank", "facts__rivals"
        )
    }


def _moved(now: _Seen, was: _Seen) -> bool:
    """Not where either place is unknown."""
    return now.rank is not None and was.rank is not None and now.rank != was.rank


def _better(now: _Seen, was: _Seen) -> bool:
    return (now.rank or 0) < (was.rank or 0)


def _move(now: _Seen, was: _Seen) -> tuple[str, bool]:
    """第8/10位 → 第5/10位, and whether that is praise."""
    words = _("第%(was)s位 → 第%(now)s位") % {
        "was": f"{was.rank}/{was.rivals}",
        "now": f"{now.rank}/{now.rivals}",
    }
    return words, _better(now, was)
