"""The demonstration's projects: every file goes through the intake; people raise and settle problems."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl

from wenpan.demo.files import key_files, site_pictures
from wenpan.demo.files import project_files as files
from wenpan.demo.files.workbooks import File
from wenpan.demo.play.arrivals import SHANGHAI, Arrival, released
from wenpan.economy.time.periods import Month

Send = Callable[[Arrival, Any], Any]


def fill(users: dict[str, Any], as_of: Month, send: Send) -> None:
    """The library at last year's end with its history, this year's entries and returns, the key list."""
    from wenpan.district.projects import actions

    if as_of.year < files.FIRST.year + 2:  # the pool would have no history yet
        return
    pool = files.pool(as_of)
    statistician, analyst = users["statistician"], users["analyst"]
    files_ = arrivals(pool, as_of)
    with actions.deferred(by=statistician, at=files_[-1].at, also=[str(as_of.plus(-1)), str(as_of.plus(-2))]):
        for arrival in files_:
            send(arrival, statistician if arrival.kind != "key_projects" else analyst)
    _people_act(users, as_of)


def arrivals(pool: files.Pool, as_of: Month) -> list[Arrival]:
    """In the order in which they arrive."""
    year = as_of.year
    end = Month(year - 1, 12)
    old = pool.entered_in("", str(end))
    first = datetime(year, 1, 12, 9, 30, tzinfo=SHANGHAI)
    found = [
        _arrival(
            first,
            end,
            "statistics_projects",
            f"{year - 1}年末在库项目台账.xlsx",
            files.list_workbook(f"安禾区{year - 1}年末投资统计在库项目清单", old, _states(pool, old, end)),
        ),
        _arrival(
            first + timedelta(hours=1),
            end,
            "project_returns",
            f"在库项目{files.FIRST.year}—{year - 1}年累计完成投资.xlsx",
            files.history_workbook(
                pool, old, end, f"安禾区在库项目{files.FIRST.year}—{year - 1}年累计完成投资"
            ),
        ),
    ]
    for number in range(1, as_of.month + 1):
        found += _of_month(pool, Month(year, number))
    found += [_key_list(pool, as_of.plus(-12), first + timedelta(hours=2)), _key_list(pool, as_of)]
    name, parts = f"{as_of.label}待入库项目.xlsx", files.parts_workbook(pool, as_of)
    found.append(_arrival(released(as_of, 13), as_of, "statistics_projects", name, parts))
    return sorted(found, key=lambda arrival: arrival.at)


def _key_list(pool: files.Pool, as_of: Month, at: datetime | None = None) -> Arrival:
    """The year's key list; last year's at the same month, for comparison, came with the library."""
    name = f"{as_of.year}年重点建设项目计划表({as_of.month}月).xlsx"
    data = key_files.key_workbook(pool, as_of)
    return _arrival(at or released(as_of, 12), as_of, "key_projects", name, data)


def _of_month(pool: files.Pool, month: Month) -> list[Arrival]:
    new = pool.entered_in(str(month), str(month))
    at = released(month, 10)
    found = []
    if len(new):
        data = files.list_workbook(f"安禾区{month.label}新入库项目清单", new, {})
        found.append(_arrival(at, month, "statistics_projects", f"{month.label}新入库项目.xlsx", data))
    rows = _reporting(pool, month)
    data = files.return_workbook(pool, rows, month)
    found.append(
        _arrival(at + timedelta(hours=2), month, "project_returns", f"{month.label}投资项目月报.xlsx", data)
    )
    return found


def _arrival(at: datetime, month: Month, kind: str, name: str, data: bytes) -> Arrival:
    return Arrival(at, month, kind, "statistician", File(name, data))


def _share(pool: files.Pool, row: dict[str, Any], month: Month) -> float:
    return float(pool.cumulative.get((row["code"], str(month)), 0.0) / row["planned_total"])


def _reporting(pool: files.Pool, month: Month) -> pl.DataFrame:
    """In the library and not finished before this year."""
    december = Month(month.year - 1, 12)
    rows = pool.entered_in("", str(month))
    return _unfinished(pool, rows, december)


def _unfinished(pool: files.Pool, rows: pl.DataFrame, month: Month) -> pl.DataFrame:
    """Without those that were done by then: they have left the library long ago."""
    return rows.filter(pl.Series([_share(pool, row, month) < 0.995 for row in rows.iter_rows(named=True)]))


def _states(pool: files.Pool, rows: pl.DataFrame, month: Month) -> dict[str, str]:
    """已退库 what was done a year before, 完工无余量 what is done now; of the idle a few are 停工."""
    found = {}
    for k, row in enumerate(rows.iter_rows(named=True)):
        share = _share(pool, row, month)
        if _share(pool, row, Month(month.year - 1, 12)) >= 0.995:
            found[row["code"]] = "已退库"
        elif share >= 0.995:
            found[row["code"]] = "完工无余量"
        elif share >= 0.97:
            found[row["code"]] = "完工"
        elif k % 23 == 0 and share == _share(pool, row, month.plus(-4)):
            found[row["code"]] = "停工"
    return found


def _people_act(users: dict[str, Any], as_of: Month) -> None:
    """Pairs confirmed, problems raised, one of them settled by a visit, one light held by an excuse."""
    from wenpan.district.projects import actions
    from wenpan.district.projects.models import KeyProject, Project
    from wenpan.district.projects.pairs.queries import proposals

    analyst = users["analyst"]
    at = released(as_of, 16)
    for pair in proposals()[:48]:
        actions.confirm_link(
            project=Project.objects.get(pk=pair.project_id),
            reasons=list(pair.reasons),
            at=at,
            key_project=KeyProject.objects.get(pk=pair.key_id),
            by=analyst,
        )
    _milestones(analyst, as_of)
    _own_work(users, as_of)
    late = list(KeyProject.objects.filter(actual_start="", year=as_of.year).order_by("code")[:4])
    for k, (subject, words) in enumerate(zip(late, _BLOCKED, strict=False)):
        _blocked(subject, words, k, users, as_of)
    if len(late) > 1:
        actions.excuse(
            subject=late[1],
            reason="规划调整待市政府批复",
            document="宁澜市自然资源局复函(演示)",
            by=analyst,
            since=str(as_of.plus(-2)),
            until=str(as_of.plus(1)),
            at=at,
        )


def _own_work(users: dict[str, Any], as_of: Month) -> None:
    """A town's officer answers the problem that the town must settle and sends pictures of its sites."""
    from wenpan.district.accounts.models import Unit
    from wenpan.district.projects import actions
    from wenpan.district.projects.models import KeyProject, Project

    town, officer, at = Unit.objects.get(code="tongxi"), users["liaison_town"], released(as_of, 16)
    project = Project.objects.filter(unit=town, state="in_library", retracted=False).order_by("code").last()
    key = (
        KeyProject.objects.filter(unit=town, year=as_of.year)
        .exclude(actual_start="")
        .order_by("code")
        .first()
    )
    sites: list[Project | KeyProject] = [site for site in (project, key) if site is not None]
    for k, subject in enumerate(sites):
        for number in (1, 2):
            actions.add_photo(
                subject=subject,
                data=site_pictures.site(2 + number + k, 10 * k + number),
                taken_on=date(as_of.year, as_of.month, 8 + 9 * number),
                place="桐溪镇工地东门" if number == 1 else "桐溪镇主体西侧",
                verifier="何青桐",
                by=officer,
                at=at,
            )
    if project is None:
        return
    problem = actions.raise_problem(
        subject=project,
        kind="removal",
        text="场地北侧3户尚未签约，施工便道不能贯通",
        owner=town,
        level="department",
        on=date(as_of.year, as_of.month, 12),
        by=users["supervisor"],
        at=at,
    )
    actions.report_progress(
        problem=problem,
        text="3户中2户已签约，余1户本周入户商谈",
        on=date(as_of.year, as_of.month, 26),
        by=officer,
        at=at,
    )


def _milestones(analyst: Any, as_of: Month) -> None:
    """What was due by last month is done, but for every fifth."""
    from wenpan.district.projects import actions
    from wenpan.district.projects.models import Milestone

    due = Milestone.objects.exclude(key_project__actual_start="").exclude(
        month__gte=str(as_of), month__startswith=str(as_of.year)
    )
    for k, node in enumerate(due.order_by("key_project__code", "month")):
        if k % 5:
            on = date(int(node.month[:4]), int(node.month[5:]), 20 + k % 8)
            actions.reach_milestone(milestone=node, on=on, by=analyst, at=released(as_of, 16))


_BLOCKED = (
    ("land", "zjj", "deputy", "剩余18亩用地未完成征拆, 施工单位无法进场"),
    ("planning", "jfj", "department", "规划指标调整待批复"),
    ("funds", "czj", "deputy", "地方配套资金未到位"),
    ("utilities", "jtj", "department", "红线内高压线未迁改"),
)


def _blocked(
    subject: Any, words: tuple[str, str, str, str], k: int, users: dict[str, Any], as_of: Month
) -> None:
    from wenpan.district.accounts.models import Unit
    from wenpan.district.projects import actions

    kind, owner, level, text = words
    raised = date(as_of.year, as_of.month, 6 + k) - timedelta(days=31 * (k % 3))
    at = released(as_of, 16)
    problem = actions.raise_problem(
        subject=subject,
        kind=kind,
        text=text,
        owner=Unit.objects.get(code=owner),
        level=level,
        on=raised,
        by=users["supervisor"],
        at=at,
    )
    if k == 3:
        actions.record_visit(
            subject=subject,
            leader="江望舒",
            on=raised + timedelta(days=9),
            by=users["analyst"],
            at=at,
            notes="现场协调供电公司, 高压线已完成迁改",
            closes=[problem],
        )
