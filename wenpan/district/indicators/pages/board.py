"""总览: the board.

The drawn table is kept in memory by the stamp of the judgements it shows: the next person gets the
same numbers without drawing them again. What depends on a person (a liaison officer's part) is not kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import own_unit_only, requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.indicators import changes, queries, words
from wenpan.district.indicators.pages import row_cache
from wenpan.district.indicators.queries.board_rows import BoardRow, best, board_rows, worst
from wenpan.district.indicators.queries.together import JointPage, joint_page
from wenpan.district.observations.models import Region
from wenpan.district.ui import asked, lights
from wenpan.district.ui.page_cache import cached_page
from wenpan.district.ui.personal_lists import list_of
from wenpan.district.ui.tables import EXPORTS, PageTable, TableColumn
from wenpan.district.ui.templatetags.ui import month
from wenpan.economy.time.periods import Month
from wenpan.rules import catalogue

KEEP = 300  # seconds
SHOWN = ("light", "group", "owner", "q", "sort", "all")


def columns() -> list[TableColumn]:
    """What is sorted and exported; the page draws them in fewer, stacked cells."""
    j = "j__"
    return [
        TableColumn("light_order", _("灯"), value=lambda r: r.word),
        TableColumn("place", _("指标"), value=lambda r: r.j.short_name),
        TableColumn("j__name", _("全称")),
        TableColumn("j__group", _("类别")),
        TableColumn("period", _("期间")),
        TableColumn("measure", _("计量")),
        TableColumn(j + "actual", _("完成"), kind="number", decimals=2),
        TableColumn(j + "unit", _("单位"), value=lambda r: r.j.unit),
        TableColumn("other_basis", _("另一口径增速")),
        TableColumn(j + "target_label", _("目标")),
        TableColumn(j + "gap", _("与目标差距"), kind="number", decimals=2),
        TableColumn("gap_words", _("差距说明")),
        TableColumn(j + "schedule_gap", _("与时序差距（百分点）"), kind="number", decimals=1),
        TableColumn(j + "rank", _("位次"), kind="number", decimals=0),
        TableColumn("rank_words", _("位次说明")),
        TableColumn(j + "rivals", _("参与排位地区数"), kind="number", decimals=0),
        TableColumn(j + "rank_change", _("位次变化"), kind="number", decimals=0),
        TableColumn(j + "versus_city", _("较全市（百分点）"), kind="number", decimals=1),
        TableColumn(j + "needed", _("后期需"), kind="number", decimals=2),
        TableColumn("needed_words", _("后期需说明")),
        TableColumn(j + "p50", _("年末预计"), kind="number", decimals=2),
        TableColumn(j + "p10", _("年末预计下限（10%）"), kind="number", decimals=2),
        TableColumn(j + "p90", _("年末预计上限（90%）"), kind="number", decimals=2),
        TableColumn(j + "probability", _("完成概率"), value=lambda r: r.chance),
        TableColumn(j + "owner_name", _("责任单位")),
        TableColumn("run", _("亮灯月数"), kind="number", decimals=0),
        TableColumn("why", _("理由"), value=lambda r: "；".join(r.why), sortable=False),
    ]


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    chosen: bool


@requires("board.view")
@cached_page
def board(request: SignedInRequest) -> HttpResponse:
    as_of = chosen_month(request)
    if request.GET.get("export") in EXPORTS:
        shown = queries.board(as_of=as_of, user=request.user)
        table = PageTable(request, columns(), _filtered(request, board_rows(shown.rows)), page_size=1000)
        label = shown.as_of.label if shown.as_of else ""
        return table.response(f"{shown.region_name}{label}{_('指标总览')}")
    stamp = queries.stamp(as_of=as_of)
    if stamp is None:
        return render(request, "indicators/board_empty.html")
    mine = list_of(request)
    own = own_unit_only(request.user) or bool(mine and mine.columns)  # or the person's own columns
    kept = "" if own else _key(request, stamp)
    content = cache.get(kept) if kept else None
    if content is not None:
        PageTable(request, columns(), ())  # the frame asks for its views and columns; its rows are drawn
    else:
        content = _content(request, as_of)
        if kept:
            cache.set(kept, content, KEEP)
    months = [Choice(str(m), month(m), str(m) == stamp.as_of) for m in queries.judged_months()]
    return render(
        request,
        "indicators/board.html",
        {
            "content": mark_safe(content),  # noqa: S308  # our own template, drawn before
            "months": months,
            "as_of": stamp.as_of,
            "all": "all" in request.GET,
            "changes": changes.groups(request.user, timezone.now(), 4) if as_of is None else (),
            "own_unit": own_unit_only(request.user),
        },
    )


def chosen_month(request: HttpRequest) -> Month | None:
    """The month asked for, None for the newest; nonsense is the newest."""
    return asked.month(request.GET, "as_of")


def _key(request: SignedInRequest, stamp: queries.Stamp) -> str:
    import hashlib

    choices = "&".join(f"{name}={request.GET.get(name, '')}" for name in SHOWN)
    may = row_cache.rights(request)
    names = (id(catalogue()), *Unit.objects.order_by("pk").values_list("code", "short_name"))
    seen = f"{stamp.text}|{choices}|{get_language()}|{may}|{'all' in request.GET}|{names}"
    return "board:" + hashlib.sha256(seen.encode()).hexdigest()


def _content(request: SignedInRequest, as_of: Month | None) -> str:
    shown = queries.board(as_of=as_of, user=request.user)
    rows = board_rows(shown.rows)
    scope = rows if "all" in request.GET else board_rows(queries.counted(shown.rows))
    table = PageTable(request, columns(), _filtered(request, rows), page_size=1000)
    context = {
        "board": shown,
        "counts": _counts(scope),
        "headline": words.summary(
            shown.region_name, shown.as_of, [r.j for r in sorted(scope, key=lambda r: r.place)]
        )
        if shown.as_of
        else "",
        "worst": worst(scope),
        "best": best(scope),
        "table": table,
        "drawn": row_cache.rows(table.rows, request),
        "lights": [
            Choice(name, f"{word} {sum(r.j.light == name for r in scope)}", request.GET.get("light") == name)
            for name, word in lights.SHORT.items()
        ],
        "groups": _choices(
            request, "group", [(r.j.group, r.j.group) for r in sorted(rows, key=lambda r: r.place)]
        ),
        "owners": _choices(request, "owner", [(r.j.owner, r.j.owner_name) for r in rows]),
        "filtered": any(request.GET.get(name) for name in ("light", "group", "owner", "q")),
        "core_only": "all" not in request.GET,
        "others": len(rows) - len(queries.counted(shown.rows)),
        "joint": None if own_unit_only(request.user) else _joint(shown),
    }
    return render_to_string("indicators/parts/board_content.html", context, request=request)


def _joint(shown: queries.Board) -> JointPage | None:
    home = Region.objects.filter(home=True).first()
    return joint_page(home, shown.as_of) if home is not None and shown.as_of is not None else None


def _counts(rows: Sequence[BoardRow]) -> queries.BoardCounts:
    return queries.count(tuple(r.j for r in rows))


def _choices(request: HttpRequest, name: str, found: list[tuple[str, str]]) -> list[Choice]:
    asked = request.GET.get(name, "")
    return [Choice(value, label, value == asked) for value, label in dict(found).items() if value]


def _filtered(request: HttpRequest, rows: Sequence[BoardRow]) -> list[BoardRow]:
    asked: dict[str, Any] = {name: request.GET.get(name, "") for name in ("light", "group", "owner")}
    return [
        row
        for row in rows
        if ("all" in request.GET or row.j.core)
        and all(not wanted or getattr(row.j, name) == wanted for name, wanted in asked.items())
    ]
