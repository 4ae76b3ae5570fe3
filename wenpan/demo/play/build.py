"""Building the demonstration: every file goes through the intake as a person would send it.

The clock of the demonstration is handed to each action (`at`), so that "as known on" any day of 2019 to
2022 can be asked. A soft finding is answered with a reason; a hard one stops the build, for a demo that
bends its own rules would show nothing.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from wenpan.demo.files import promises, samples
from wenpan.demo.files.workbooks import FileNames
from wenpan.demo.play import (
    accounts,
    arrivals,
    deals,
    entries,
    firms,
    fiscal,
    library,
    outside,
    projects,
    quality,
    reasons,
    sites,
    supervision,
    unit_returns,
)
from wenpan.demo.play.arrivals import SHANGHAI, Arrival, released
from wenpan.demo.story import people
from wenpan.demo.story.world import World, simulate
from wenpan.district.accounts.models import User
from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.time.periods import Month

MARK = "demo.json"  # says that a home holds a demonstration and may be thrown away
PLACE = Path(__file__).with_name("place.yaml")
OWN_RULES = ("after_closure.yaml",)  # what this place has settled otherwise than the program
REASON = "已向数据提供单位核实, 属核减或口径调整, 以本次公布数为准."
Say = Callable[[str], None]
JUDGED_MONTHS = 24  # of history with judgements as they were made then


def build(home: Path, as_of: Month, say: Say) -> None:
    """Fills an empty `home` (WENPAN_HOME of this process, Django started). Takes well under a minute."""
    started = time.monotonic()
    _install_place(home)
    from django.core.management import call_command

    from wenpan.district.ground.databases.whole_migrations import whole_migrations
    from wenpan.district.observations.place import sync_place
    from wenpan.rules import catalogue, place

    with whole_migrations():
        call_command("migrate", verbosity=0)
    sync_place(home)
    here, known = place(home), catalogue(home)
    assert here is not None
    users = _users()
    names = FileNames(here.city.name, here.home.name, {r.code: r.name for r in here.regions})
    units = {unit.code: unit.short_name for unit in here.units}
    world = simulate()
    say(f"… the place and its people ({time.monotonic() - started:.0f} s)")
    files = arrivals.arrivals(world, known, names, units, as_of)
    for year, of_year in groupby(files, key=lambda a: a.at.year):
        _send_in(list(of_year), users, as_of.plus(-JUDGED_MONTHS))
        say(f"… the files of {year}, through the intake ({time.monotonic() - started:.0f} s)")
    projects.fill(users, as_of, send)
    if as_of.year == 2022:
        unit_returns.fill(users, as_of)
    say(f"… the projects ({time.monotonic() - started:.0f} s)")
    deals.fill(users, as_of, send)
    fiscal.fill(users, world, names.regions, as_of, send)
    accounts.fill(users, world, as_of, send)
    entries.fill(users, as_of, send)
    say(f"… the deals ({time.monotonic() - started:.0f} s)")
    _curves(users["analyst"], as_of)
    if as_of.year == 2022:
        supervision.fill(users, today(as_of))
        firms.fill(users, today(as_of))
        sites.fill(users, today(as_of))
        library.fill(users, today(as_of))
        quality.fill(users, send)
        say(f"… the matters, the firms and the checks ({time.monotonic() - started:.0f} s)")
    _estimates(users, known, as_of)
    if as_of.year == 2022:
        outside.fill(users, as_of, send)
    reasons.fill(users, as_of, released(as_of, 24, 9))
    _briefing(users["analyst"], as_of)
    samples.write(home / "samples", world, known, names, as_of)
    _mark(home, as_of, world)
    say(f"… the briefing and the samples ({time.monotonic() - started:.0f} s)")


def _install_place(home: Path) -> None:
    (home / "rules").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PLACE, home / "rules" / "place.yaml")
    for name in OWN_RULES:
        shutil.copyfile(PLACE.with_name(name), home / "rules" / name)


def _users() -> dict[str, Any]:
    from wenpan.district.accounts.actions import create_user
    from wenpan.district.accounts.models import Unit

    units = {unit.code: unit for unit in Unit.objects.all()}
    opened = datetime(2018, 12, 20, 9, 0, tzinfo=SHANGHAI)
    return {
        p.username: create_user(
            username=p.username, name=p.name, role=p.role, unit=units[p.unit],
            password=people.PASSWORD, by=None, temporary=False, at=opened,
        )
        for p in (*people.PEOPLE, *people.OTHERS)
    }  # fmt: skip


def _send_in(files: list[Arrival], users: dict[str, Any], since: Month) -> None:
    """The files of one month's tables are judged together, as they were known then; none before `since`."""
    from wenpan.district.indicators import hooks

    for _month, together in groupby(files, key=lambda a: (a.at.year, a.at.month)):
        with hooks.deferred(since=since):
            for arrival in together:
                send(arrival, users[arrival.sender])


def send(arrival: Arrival, by: User) -> Any:
    """Submit, check, explain, accept: what a person does on the page of the intake."""
    from wenpan.district.intake import actions

    submission = actions.submit(data=arrival.file.data, filename=arrival.file.name, by=by, at=arrival.at)
    submission = actions.check(submission=submission, by=by, at=arrival.at + timedelta(minutes=1))
    if submission.state != submission.State.READY:
        raise RuntimeError(f"{arrival.file.name}: {submission.get_state_display()}: {_worst(submission)}")
    soft = list(submission.findings.filter(severity="soft").values_list("key", flat=True))
    decided = arrival.at + timedelta(minutes=14)
    if soft:
        actions.explain(submission=submission, reasons=dict.fromkeys(soft, REASON), by=by, at=decided)
    return actions.accept(submission=submission, by=by, at=decided)


def _worst(submission: Any) -> str:
    hard = submission.findings.filter(severity="hard")[:5]
    return "; ".join(f"{f.check_code} {f.sheet}!{f.cell} {f.subject}: {f.found} / {f.expected}" for f in hard)


def _curves(analyst: Any, as_of: Month) -> None:
    """The district's own way through the year for what months/12 would mislead."""
    from wenpan.district.indicators.actions import set_target

    if as_of.year < 2022:
        return
    for code, curve in promises.CURVES_2022.items():
        value = promises.LEVELS[code][2022][2]
        set_target(
            indicator=code, year=2022, value=Decimal(str(value)), set_by="district", measure="ytd",
            document="安禾区2022年利用外资工作推进方案", schedule="curve", curve=list(curve), by=analyst,
            effective_from=datetime(2022, 3, 15, tzinfo=SHANGHAI).date(),
            at=datetime(2022, 3, 15, 10, 0, tzinfo=SHANGHAI),
        )  # fmt: skip


def _estimates(users: dict[str, Any], catalogue: Mapping[str, Indicator], as_of: Month) -> None:
    """The commerce bureau expects next month's figures: its own layer, never the ledger."""
    from wenpan.district.observations.actions import record_estimate

    following = as_of.plus(1)
    moment = released(as_of, 25)
    for code, value in (("retail", "4.3"), ("catering", "-12.0"), ("wholesale", "6.5")):
        if code in catalogue:
            record_estimate(
                indicator=code, period=str(following), measure="ytd_growth", value=Decimal(value),
                note="据重点企业走访预计", by=users["liaison"], at=moment,
            )  # fmt: skip


def _briefing(analyst: Any, as_of: Month) -> None:
    from wenpan.district.bulletins.actions import make_briefing

    make_briefing(as_of=as_of, by=analyst, at=released(as_of, 24, 15))


def today(as_of: Month) -> date:
    """The day on which the demonstration is opened: the following month's figures have just come out."""
    following = as_of.plus(2)
    return date(following.year, following.month, 23)


def _mark(home: Path, as_of: Month, world: World) -> None:
    words = {
        "demo": True,
        "as_of": str(as_of),
        "day": str(today(as_of)),
        "seed": world.seed,
        "note": "演示数据, 均为虚构; 可整个删除",
    }
    (home / MARK).write_text(json.dumps(words, ensure_ascii=False, indent=1), encoding="utf-8")
