"""抽查: draws, one draw with its proof and results, and its population as a list for whoever draws again."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.accounts.single_returns import shows_single_returns
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.quality.draws import actions, queries
from wenpan.district.quality.models import FieldDraw
from wenpan.district.ui.doing import do
from wenpan.district.ui.tables import PageTable, TableColumn


@require_GET
@requires("quality.view")
def draws(request: SignedInRequest) -> HttpResponse:
    columns = [
        TableColumn(
            "at", _("抽取时间"), value=lambda row: timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M")
        ),
        TableColumn("title", _("抽查")),
        TableColumn(
            "population", _("总体"), value=lambda row: len(row.population), sortable=False, searched=False
        ),
        TableColumn("drawn", _("抽中"), value=lambda row: len(row.drawn), sortable=False, searched=False),
        TableColumn("seed", _("随机号码")),
        TableColumn("population_hash", _("总体摘要")),
    ]
    table = PageTable(request, columns, queries.draws(), sort="-at")
    if table.exporting:
        return table.response(_("抽查记录"))
    context = {"tab": "draws", "table": table, "projects": len(queries.population_of_projects())}
    return render(request, "quality/draws.html", context)


@require_POST
@requires("quality.query")
def make(request: SignedInRequest) -> HttpResponse:
    post = request.POST

    def act() -> None:
        number = post.get("asked", "")
        if not number.isascii() or not number.isdigit() or len(number) > 5:
            raise Refused("bad_value", _("抽取数应为1到5000。"))
        pasted = _listed(post.get("list", ""))
        actions.make_draw(
            title=post.get("title", ""), seed=post.get("seed", ""), asked=int(number),
            population=pasted or queries.population_of_projects(), by=request.user,
        )  # fmt: skip

    do(request, act, _("已抽取，结果和随机号码已留存。"))
    return redirect("quality:draws")


def _listed(text: str) -> list[tuple[str, str]]:
    """One unit a line: code, then its name."""
    found = []
    for line in text[:2_000_000].splitlines():
        code, _sign, name = (
            line.strip().replace("\t", " ").replace(",", " ").replace("，", " ").partition(" ")
        )
        if code:
            found.append((code, name.strip()))
    return found


def _draw_columns() -> list[TableColumn]:
    return [
        TableColumn("place", _("次序"), kind="number", decimals=0),
        TableColumn("code", _("单位代码")),
        TableColumn("name", _("单位")),
        TableColumn("item", _("指标")),
        TableColumn("kind", _("类别")),
        TableColumn("period", _("报告期")),
        TableColumn("reported", _("上报数"), kind="number", decimals=2),
        TableColumn("actual", _("核实数"), kind="number", decimals=2),
        TableColumn("rate", _("违法比例"), kind="percent", decimals=2),
        TableColumn("evidence", _("依据")),
        TableColumn("checkers", _("检查人")),
        TableColumn("checked_on", _("检查日期"), kind="date"),
    ]


@require_GET
@requires("quality.view")
@shows_single_returns("抽查结果")
def draw_page(request: SignedInRequest, pk: int) -> HttpResponse:
    made = get_object_or_404(FieldDraw.objects.select_related("by"), pk=pk)
    units = queries.drawn_units(made)
    table = PageTable(request, _draw_columns(), _lines(units), page_size=200)
    if table.exporting:
        return table.response(_("抽查结果") + made.title)
    context = {
        "tab": "draws", "made": made, "units": units, "proof": queries.proof(made), "table": table,
        "items": list(queries.FROM_RETURN), "today": timezone.localdate(),
        "size": len(made.population),
    }  # fmt: skip
    return render(request, "quality/draw.html", context)


def _lines(units: list[queries.DrawnUnit]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for unit in units:
        head = {"place": unit.place, "code": unit.code, "name": unit.name}
        for one in unit.results:
            r = one.result
            kind = _("价值量") if r.in_money else _("非价值量")
            rows.append({
                **head, "item": r.item, "kind": kind, "period": r.period, "reported": r.reported,
                "actual": r.actual, "rate": one.rate, "evidence": r.evidence, "checkers": r.checkers,
                "checked_on": r.checked_on,
            })  # fmt: skip
        if not unit.results:
            rows.append(dict(head))
    return rows


@require_GET
@requires("quality.view")
def population(request: SignedInRequest, pk: int) -> HttpResponse:
    """One code a line, in the order in which its hash is taken."""
    made = get_object_or_404(FieldDraw, pk=pk)
    text = "\n".join(sorted(code for code, _name in made.population))
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="population-{made.pk}.txt"'
    return answer


@require_POST
@requires("quality.query")
def result(request: SignedInRequest, pk: int) -> HttpResponse:
    made, post = get_object_or_404(FieldDraw, pk=pk), request.POST
    do(
        request,
        lambda: actions.note_result(
            made=made, code=post.get("code", ""), item=post.get("item", ""), period=post.get("period", ""),
            actual=_number(post.get("actual", "")) or Decimal(0),
            reported=_number(post.get("reported", ""), empty=True), evidence=post.get("evidence", ""),
            checkers=post.get("checkers", ""), checked_on=typed_day(post.get("checked_on", "")),
            in_money=post.get("kind", "money") == "money", by=request.user,
        ),
        _("已登记核查结果。"),
    )  # fmt: skip
    return redirect("quality:drawn", pk=pk)


def _number(text: str, *, empty: bool = False) -> Decimal | None:
    """Nothing typed is nothing reported, never zero; as an actual value it is refused."""
    if empty and not text.strip():
        return None
    try:
        return Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        raise Refused("bad_value", _("请填数字。")) from None
