"""Data quality in the demonstration: errors seeded into May's returns, letters, a training, a draw, contacts.

The errors (a nought too many or too few, yuan for 万元, swapped digits, twice the amount) stand in a late
return of May; the months around it are right. Three of them are asked about.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from wenpan.demo.files.grid import Cell, PrintedSheet, workbook
from wenpan.demo.files.project_files import RETURN_HEAD
from wenpan.demo.files.workbooks import File
from wenpan.demo.play.arrivals import SHANGHAI, Arrival
from wenpan.economy.time.periods import Month

MAY = Month(2022, 5)
WRONG: tuple[Callable[[float], float], ...] = (
    lambda right: right * 10,  # a nought too many
    lambda right: right / 10,
    lambda right: right * 10_000,  # yuan in a column of 万元
    lambda right: float(f"{right:.0f}"[1:2] + f"{right:.0f}"[:1] + f"{right:.0f}"[2:]),  # digits swapped
    lambda right: right * 2,
)
Send = Callable[[Arrival, Any], Any]


def fill(users: dict[str, Any], send: Send) -> None:
    """As long as the returns of May and July are there; else nothing."""
    at = datetime(2022, 10, 20, 9, 30, tzinfo=SHANGHAI)
    wrong = _seeded()
    if not wrong:
        return
    body = [row for _project, row in wrong]
    data = workbook(
        [PrintedSheet("月报", f"安禾区{MAY.label}投资项目月报", "单位:万元", [RETURN_HEAD], body)]
    )
    file = File(f"{MAY.label}投资项目月报(补报).xlsx", data)
    send(Arrival(at, MAY, "project_returns", "statistician", file), users["statistician"])
    _letters(users, [project for project, _row in wrong])
    _training(users["statistician"])
    _draw(users["statistician"])
    _contacts(users)
    _estimates(users["liaison"])


def _seeded() -> list[tuple[Any, list[Cell]]]:
    """Projects whose total of May is between the months around it, each with one kind of error."""
    from wenpan.district.projects.models import Return

    rows = Return.objects.filter(
        period=str(MAY), superseded_at__isnull=True, project__retracted=False, project__state="in_library",
        project__unit__code__in=("liuwan", "shibu"), cumulative__gt=1000, cumulative__lt=4000,
        project__leading=False,
    ).select_related("project", "project__unit")  # fmt: skip
    found = []
    for change, row in zip(WRONG, rows.order_by("project__code"), strict=False):
        right = float(row.cumulative or 0)
        value, year = round(change(right), 2), float(row.this_year or 0)
        town = row.project.unit.name if row.project.unit else ""
        cells: list[Cell] = [row.project.code, row.project.name, town, value, year, "本年正式施工",
                             row.progress, row.evidence]  # fmt: skip
        found.append((row.project, cells))
    return found


def _letters(users: dict[str, Any], projects: list[Any]) -> None:
    """Three of the outliers are asked about: one is late, one due tomorrow, one waits."""
    from wenpan.district.projects.base.scope import ALL
    from wenpan.district.quality import actions
    from wenpan.district.quality.outlying import OUTLIER, SENTENCE, outlying

    office = users["statistician"]
    flagged = {one.project for one in outlying(Month(2022, 9), ALL).totals}
    asked = [project for project in projects if project.pk in flagged][:3]
    days = ((date(2022, 11, 30), 11), (date(2022, 11, 24), 10), (date(2022, 11, 17), 7))
    for project, (due, day) in zip(asked, days, strict=False):
        actions.issue_letter(
            project=project, month=MAY, rule=OUTLIER, question=f"{SENTENCE}，请核实。", due=due, by=office,
            at=datetime(2022, 11, day, 10, 0, tzinfo=SHANGHAI),
        )  # fmt: skip


def _training(office: Any) -> None:
    from wenpan.district.quality.training.actions import note_training

    note_training(
        title="投资项目月报填报培训", held_on=date(2022, 7, 12), teacher="沈明册",
        content="自开始建设累计与本年累计的关系，单位为万元，补报和更正怎么做",
        rules=["total_since_start", "ytd_within_total", "not_fallen"],
        attended={"tongxi": "何青桐", "xinan": "", "hedong": ""}, by=office,
        at=datetime(2022, 7, 13, 9, 0, tzinfo=SHANGHAI),
    )  # fmt: skip


def _draw(office: Any) -> None:
    from wenpan.district.quality.draws import actions, queries

    at = datetime(2022, 11, 8, 9, 0, tzinfo=SHANGHAI)
    population = queries.population_of_projects()
    made = actions.make_draw(
        title="2022年下半年投资项目双随机抽查",
        seed="20221108-0713",
        asked=8,
        population=population,
        by=office,
        at=at,
    )
    item = next(iter(queries.FROM_RETURN))
    for place, code in enumerate(made.drawn[:3]):
        told = queries.reported(code, item, "2022-09")
        if told is None or told <= 0:
            continue
        actions.note_result(
            made=made, code=code, item=item, period="2022-09",
            actual=(told * Decimal(("1.00", "0.96", "1.00")[place])).quantize(Decimal("0.01")),
            evidence="工程进度单、监理签证、付款凭证", checkers="沈明册、何青桐",
            checked_on=date(2022, 11, 15), by=office, at=at + timedelta(days=7, hours=8),
        )  # fmt: skip


def _contacts(users: dict[str, Any]) -> None:
    """The commerce bureau asked the city how retail is compiled, a month later on the sheet of the week what
    is new; its next contact is due."""
    from wenpan.district.upward.actions import note_contact
    from wenpan.district.upward.on_sheet import questions

    note_contact(
        indicator="retail", on=date(2022, 9, 21), way="visit", department="市商务局", counterpart="流通处",
        person=users["liaison"].name, release_day=date(2022, 10, 24), method="网上零售按注册地核算",
        next_on=date(2022, 10, 21), by=users["liaison"], at=datetime(2022, 9, 21, 16, 0, tzinfo=SHANGHAI),
    )  # fmt: skip
    at = datetime(2022, 10, 20, 16, 30, tzinfo=SHANGHAI)
    (asked,) = [one for one in questions(users["liaison"], at) if one.key == "upward:retail"]
    asked.write("全市预计增长4%左右；限下样本本月轮换", at)


MISSED = ("0.6", "-0.4", "0.9", "0.2", "-0.7", "0.5", "0.3")  # estimate less what was published then


def _estimates(liaison: Any) -> None:
    """What the commerce bureau expected of retail in the months before, from its own meeting papers."""
    from wenpan.district.observations.models import Observation
    from wenpan.district.quality.estimates.actions import bring_in_estimates
    from wenpan.district.quality.estimates.pasted import PastedEstimate

    rows = Observation.objects.filter(
        region__home=True, indicator="retail", measure="ytd_growth", basis="natural", value__isnull=False,
        replaces__isnull=True, period__gte="2022-02", period__lte="2022-09",
    ).order_by("period")  # fmt: skip
    lines = []
    for number, (missed, row) in enumerate(zip(MISSED, rows, strict=False), 1):
        month = Month(int(row.period[:4]), int(row.period[5:])).plus(1)
        lines.append(PastedEstimate(
            number, "retail", row.period, (row.value or Decimal(0)) + Decimal(missed),
            date(month.year, month.month, 6), "月度经济运行会材料",
        ))  # fmt: skip
    if lines:
        at = datetime(2022, 11, 9, 15, 0, tzinfo=SHANGHAI)
        bring_in_estimates(lines=lines, by=liaison, at=at)
