"""Settling a table: what its columns leave to their neighbours and to the title, and what must be asked
about.

Pure. A growth column without a name belongs to the level at its left, if it is the only one since the last
growth; it takes its scope from that level. A table whose rows and columns name no indicator takes the one
of its title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wenpan.documents.tables.around import sheet_asks, without_fractions
from wenpan.documents.tables.columns import HeaderColumn, scope_in
from wenpan.documents.tables.explained import FROM_TITLE
from wenpan.documents.tables.layout.header_table import HeaderTable
from wenpan.documents.tables.names import Names
from wenpan.documents.tables.notes import Notes, NotesSay
from wenpan.documents.tables.reading import Context
from wenpan.documents.tables.title import Title, region_of


@dataclass(frozen=True)
class Settled:
    """A table with its columns settled. `asks` says in Chinese why nothing of it may be read, or is ""."""

    table: HeaderTable
    title: Title
    subject: str  # code of the region of rows and columns that name none
    indicator: str = ""  # what title or sheet name
    asks: str = ""
    about: str = ""  # layout | subject
    left_over: tuple[str, ...] = ()
    doubt: str = ""  # what a note below a table that a person explained says; its numbers are read


def settle(table: HeaderTable, title: Title, context: Context, names: Names, home: str, city: str) -> Settled:
    rows_name = bool(table.one("indicator"))
    strictly = not rows_name and not any(c.indicator for c in table.columns if c.role == "figure")
    named = title.indicators
    sheet_name = names.indicator(table.sheet.name, table.kind).code if table.sheet.typed else None
    indicator = "" if rows_name else (sheet_name or (named[0] if len(named) == 1 else ""))
    columns = _dated(table, title)
    if strictly and (known := context.catalogue.get(indicator)):
        columns = _short_of_title(columns, (known.name, known.short_name, *known.aliases))
    columns = _settled(columns, rows_name, indicator)
    columns = without_fractions(table, columns)
    settled = replace(table, columns=columns, rates=title.says_growth)
    subject, asks, words = _subject(settled, title, context, home, city)
    if asks:
        return Settled(settled, title, home, indicator, asks, "subject", words)
    if table.taught:
        figures = table.kind.produces == "figures"
        said = Notes(settled, names, title, subject, city).say() if figures else NotesSay()
        doubt = said.asks or next(iter((*said.columns.values(), *said.rows.values())), "")
        return Settled(settled, title, subject, indicator, doubt=doubt)
    if table.sheet.confirm:
        return Settled(settled, title, subject, indicator, table.sheet.confirm, "layout")
    asks, words = _title_asks(settled, title, strictly)
    if not asks:
        asks, words = sheet_asks(settled, names, subject, city)
    if not asks and table.kind.produces == "figures":
        said = Notes(settled, names, title, subject, city).say()
        columns = tuple(_asked(c, w) if (w := said.columns.get(c.index)) else c for c in settled.columns)
        asks, settled = said.asks, replace(settled, noted=said.rows, columns=columns)
    return Settled(settled, title, subject, indicator, asks, "layout" if asks else "", words)


_OF_ALL = (
    "estimate",
    "need",
    "average",
    "index",
    "target",
)  # what a whole table may be, whatever stands beside


def _title_asks(table: HeaderTable, title: Title, strictly: bool) -> tuple[str, tuple[str, ...]]:
    if table.kind.produces != "figures":
        return "", ()
    roles = title.roles(strictly=strictly)
    besides = {c.beside for c in table.columns}
    figures = [c for c in table.columns if c.role == "figure"]
    # 零售总额及对全市贡献, or 投资对增长的拉动 above 增速 and 贡献率: that column is what the title speaks of
    if title.of("joins") or (figures and all(c.said for c in figures)):
        roles = tuple(r for r in roles if r not in besides or (r in _OF_ALL and not title.of("joins")))
    if roles:
        beside = table.kind.words.beside
        labels = "、".join(beside[r].label for r in roles if r in beside)
        return f"标题“{title.text}”说的是{labels}, 这张表的数不按公布数读入", ()
    if why := _title_unclear(table, title):
        return why, ()
    if left := title.left_over(strictly=strictly):
        return f"标题里的“{'、'.join(left)}”不认识, 这张表的数是什么口径、什么范围不明确", left
    return "", ()


def _title_unclear(table: HeaderTable, title: Title) -> str:
    """The title says of the numbers what the columns do not: the month alone, one quarter, a basis."""
    columns = [c for c in table.columns if c.role == "figure"]
    silent = [c for c in columns if not c.scope and not c.period and not c.year]
    if silent and (title.of("month") or title.of("month_level")):
        return (
            f"标题写的是“{(title.of('month') or title.of('month_level'))[0].text}”, 各列是当月还是累计不明确"
        )
    quarters = [t for t in title.of("period") if t.period and not t.period.scope and "季" in t.text]
    if silent and quarters and not quarters[0].text.endswith(("末", "底")):
        return f"标题写的是“{quarters[0].text}”, 是当季还是累计不明确"
    bases = [t for t in title.of("basis") if t.value != "natural"]
    if bases and any(c.growth is not False and not c.basis for c in columns):
        return f"标题写的是“{bases[0].text}”, 各列是什么口径不明确"
    return ""


def _subject(  # noqa: PLR0911 (one return a reason)
    table: HeaderTable, title: Title, context: Context, home: str, city: str
) -> tuple[str, str, tuple[str, ...]]:
    """(region, why it is asked about, words)."""
    regions = {c.region for c in table.columns if c.region} | ({"rows"} if table.one("region") else set())
    if "rows" in regions or len(regions) > 1 or table.kind.produces == "records":
        return home, "", ()
    districts = [r for r in title.regions if r not in ("@city", city)]
    if len(set(districts) - {"@home", home}) and {"@home", home} & set(districts):
        return home, "标题写了几个地区, 各列没有写明是哪个的", ()
    region = region_of(title.regions, home, city)
    known = {code: name for name, code in reversed(list(context.regions.items()))}
    if not region or region == home or context.guess_regions:
        strangers = title.subject_words if region != home else title.parts_of_subject
        strangers = () if context.guess_regions else strangers
        others = [r for r in title.filled_by if r not in (home, city)]
        if strangers:
            return home, f"标题写的是“{'、'.join(strangers)}”, 不是本区的名称", strangers
        if title.carriers and region != home:
            return home, f"标题写的是“{'、'.join(title.carriers)}”, 不是全区的表", title.carriers
        if not region and others:
            return home, f"填报单位写的是“{known.get(others[0], others[0])}”, 不是本区", ()
        far = (*title.of("provinces"), *(t for t in title.of("beside") if t.value == "above"))
        if not region and far and not context.guess_regions:
            place = far[0].text
            return home, f"标题写的是“{place}”, 不是本区的名称", (place,)
        if context.guess_regions and region == city and city:
            return city, "", ()
        if title.carriers and region == home:
            return home, f"标题写的是“{'、'.join(title.carriers)}”, 是不是全区的数不明确", title.carriers
        return home, "", ()
    if region == city:
        return city, "", ()
    return home, f"标题写的是“{known.get(region, region)}”, 不是本区", ()


def _dated(table: HeaderTable, title: Title) -> tuple[HeaderColumn, ...]:
    """Months as column heads: the title says whether they are cumulative; a date says neither."""
    if table.taught:
        return table.columns
    ytd = (
        title.of("ytd")
        or title.of("ytd_growth")
        or any(t.period.scope == "ytd" for t in title.of("period") if t.period)
    )
    cumulative = bool(title.of("ytd") or title.of("ytd_growth"))
    month = any(title.of(kind) for kind in ("month", "month_level", "month_growth"))
    heads = [
        c for c in table.columns if c.role == "figure" and c.period and not scope_in(c.header, table.kind)
    ]
    spans = {c.period.scope for c in heads if c.period}
    columns = list(table.columns)
    for column in heads:
        scope = column.period.scope if column.period else ""
        if column.period and "季" in column.period.text and not scope and not (cumulative and not month):
            continue  # 三季度: alone or cumulative, where no title says which
        if not scope and (ytd or month):
            columns[column.index] = replace(column, scope="ytd" if ytd else "month")
        elif scope == "month" and spans == {"month"} and cumulative and not month:
            columns[column.index] = (
                replace(column, scope="ytd")
                if len(heads) > 1
                else _asked(column, f"标题写的是累计, 列头写的是“{column.header}”, 是当月还是累计不明确")
            )
    return tuple(columns)


def _short_of_title(columns: Sequence[HeaderColumn], names: Sequence[str]) -> tuple[HeaderColumn, ...]:
    """收入(亿元) below the title 一般公共预算收入: the end of the name that the title spells out."""
    return tuple(
        replace(c, role="figure", left_over=())
        if not c.role and not c.beside and not c.why and not c.indicator and (c.unit or c.growth is not None)
        and len(c.left_over) == 1 and len(c.left_over[0]) > 1
        and any(name and name.endswith(c.left_over[0]) for name in names)
        else c
        for c in columns
    )  # fmt: skip


def _settled(columns: Sequence[HeaderColumn], rows_name: bool, indicator: str) -> tuple[HeaderColumn, ...]:
    settled: list[HeaderColumn] = []
    levels: list[HeaderColumn] = []  # figure columns since the last growth column
    run: list[HeaderColumn] = []  # those before it: 当月 · 累计 · 当月增长 · 累计增长
    last: HeaderColumn | None = None  # the last figure column that has an indicator
    unclear: HeaderColumn | None = None  # a column since the last growth whose growth this may be
    for given in columns:
        column = given
        if column.indicator == FROM_TITLE:
            column = replace(column, indicator=indicator, why="" if indicator else "标题没有写明是哪个指标")
        if column.role != "figure" or column.fixed:
            settled.append(column)
            if column.fixed and column.role == "figure":
                last = column
            elif _has_a_growth(column):
                unclear = column
            continue
        if column.growth:
            neighbour, unclear = unclear, None
            if not levels and last is not None and last.growth and column.scope not in ("", last.scope):
                levels = [c for c in run if (c.scope or "ytd") == column.scope]
            column = _growth(column, levels, last, rows_name, indicator)
            if neighbour is not None and _may_be_of(column, given, neighbour, levels):
                column = _asked(column, f"是不是“{neighbour.header}”的增速不明确")
            run, levels = levels or run, []
        elif not rows_name and not column.indicator:
            column = _unnamed(column, last, indicator)
            levels.append(column)
        else:
            levels.append(column)
        if column.role == "figure" and (column.indicator or rows_name):
            last = column
        settled.append(column)
    return tuple(settled)


_WITH_GROWTH = ("estimate", "target", "need", "part_target")


def _has_a_growth(column: HeaderColumn) -> bool:
    """A column that is no figure and may have its growth at its right: an estimate, a target, an unknown."""
    return column.beside in _WITH_GROWTH or (not column.beside and column.asked and not column.growth)


def _may_be_of(
    column: HeaderColumn, given: HeaderColumn, neighbour: HeaderColumn, levels: Sequence[HeaderColumn]
) -> bool:
    """Whether a growth that does not say of what it is may be that of the column which was not read."""
    if given.scope or given.period or given.region:
        return False
    nearest = levels[-1].index if levels else -1
    if neighbour.beside:
        right_beside = neighbour.index == column.index - 1
        return neighbour.index > nearest and (
            nearest < 0 or (right_beside and neighbour.beside == "estimate")
        )
    return neighbour.index > nearest and (
        column.scope == "month" or neighbour.scope == "month" or nearest < 0
    )


def _unnamed(column: HeaderColumn, last: HeaderColumn | None, indicator: str) -> HeaderColumn:
    """A level without a name: of the title's indicator, if no column before it has another one."""
    if indicator and (last is None or last.indicator == indicator):
        return replace(column, indicator=indicator)
    return _asked(column, "表头和标题都没有写明是哪个指标")


def _growth(
    column: HeaderColumn,
    levels: Sequence[HeaderColumn],
    last: HeaderColumn | None,
    rows_name: bool,
    indicator: str,
) -> HeaderColumn:
    levels = [c for c in levels if c.region == column.region or not column.region]
    if not rows_name and not column.indicator:
        owners = list(dict.fromkeys(c.indicator for c in levels))
        if not levels and last is not None and last.growth and last.basis != column.basis:
            owners = [last.indicator]  # 增速(%), 同口径增速(%)
        if not owners and last is None and indicator:
            owners = [indicator]
        if len(owners) != 1 or not owners[0]:
            return _asked(
                column, "没有写明是哪个指标的增速" if not owners else "左边有几个指标, 是哪个的增速不明确"
            )
        column = replace(column, indicator=owners[0])
    if column.scope:
        return column
    mine = [c for c in levels if not column.indicator or c.indicator in ("", column.indicator)]
    scopes = list(dict.fromkeys(c.scope or "ytd" for c in mine))
    # 本月 · 累计 · 同比: of the level at its left; 累计 · 本月 · 同比 may be either.
    if len(scopes) > 1 and mine[-1].scope == "month":
        return _asked(column, "左边既有当月又有累计, 是哪个的增速不明确")
    if mine and column.period is None:
        if len(scopes) > 1:
            mine = [c for c in mine if c.scope != "month"]
        latest = max(mine, key=_when)
        column = replace(column, scope=latest.scope, period=latest.period, year=latest.year or column.year)
    return column


def _when(column: HeaderColumn) -> tuple[int, int]:
    """2022年1—9月 | 2021年1—9月 | 增长(%): the growth is of the later one."""
    found = column.period
    return (found.year or 9999, found.month) if found else (column.year or 9999, 13)


def _asked(column: HeaderColumn, why: str) -> HeaderColumn:
    return replace(column, role="", why=why)
