"""督查问效: what became of figures and projects after their matters were closed; the cases behind it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.effects import papers, queries
from wenpan.district.effects.policy import WORDS
from wenpan.district.effects.queries import EffectCase, EffectGroup
from wenpan.district.ui import asked, lights
from wenpan.district.ui.exports import attachment
from wenpan.district.ui.tables import PageTable, TableColumn

TITLES = {"indicator": gettext_lazy("指标"), "project": gettext_lazy("项目")}
MEASURES = {
    "indicator": gettext_lazy("与目标差距的变化，向好为正"),
    "project": gettext_lazy("累计完成占计划总投资比重的变化"),
}
SHOWN = ("all", "compared", "unknown", "alone")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
@requires("matter.view")
def effects(request: SignedInRequest) -> HttpResponse:
    year = _year(request)
    groups = [
        (g, TITLES[kind], MEASURES[kind], [_(WORDS[kind][name]) for name in g.rules.like])
        for kind, g in queries.effects(year).items()
    ]
    context = {"year": year, "years": _years(), "groups": groups}
    return render(request, "effects/page.html", context)


@require_GET
@requires("matter.view")
def cases(request: SignedInRequest) -> HttpResponse:
    """The list behind a number: the cases of a kind, all or those compared after so many periods."""
    year = _year(request)
    kind = asked.choice(request.GET, "kind", queries.KINDS, "indicator")
    group = queries.effects(year)[kind]
    after = asked.integer(request.GET, "after", least=1, most=group.rules.periods)
    show = asked.choice(request.GET, "show", SHOWN, "all")
    rows = [case for case in group.cases if after is None or _is(case, after - 1, show)]
    table = PageTable(request, _columns(group), rows, page_size=50)
    if table.exporting:
        return table.response(_("督查问效") + f"{year}")
    context = {
        "table": table, "year": year, "kind": kind, "title": TITLES[kind], "after": after, "show": show,
        "periods": range(1, group.rules.periods + 1), "measure": MEASURES[kind],
    }  # fmt: skip
    return render(request, "effects/cases.html", context)


@require_GET
@requires("matter.view")
def section(request: SignedInRequest) -> HttpResponse:
    """A section for the year's bulletin, with the numbers of the page."""
    year = _year(request)
    with translation.override("zh-hans"):
        data = papers.section_docx(year, queries.effects(year), timezone.localdate())
    return attachment(data, f"{year}年督查问效.docx", DOCX)


def _year(request: SignedInRequest) -> int:
    years = _years()
    wanted = asked.year(request.GET, "year")
    return wanted if wanted in years else years[0]


def _years() -> list[int]:
    return queries.years() or [timezone.localdate().year]


def _is(case: EffectCase, k: int, show: str) -> bool:
    known, beside = case.changes[k] is not None, case.like_changes[k] is not None
    return {"compared": known and beside, "unknown": not known, "alone": known and not beside}.get(show, True)


def _columns(group: EffectGroup) -> list[TableColumn]:
    def change(k: int, *, like: bool) -> Any:
        return lambda case: (case.like_changes if like else case.changes)[k]

    found = [
        TableColumn("number", _("编号")),
        TableColumn("title", _("督办事项")),
        TableColumn("unit", _("牵头单位")),
        TableColumn("closed_on", _("办结日期"), kind="date"),
        TableColumn("subject", _("所督对象")),
        TableColumn("period", _("办结时数据截至")),
        TableColumn("light", _("灯"), value=lambda case: lights.SHORT.get(case.light, "—")),
        TableColumn("first", _("办结时"), kind="number", decimals=2, unit="%"),
    ]
    for k in range(group.rules.periods):
        words = {"k": k + 1}
        found += [
            TableColumn(f"c{k}", _("第%(k)s期变化") % words, kind="number", decimals=2, sortable=False,
                        value=change(k, like=False)),
            TableColumn(f"l{k}", _("同类第%(k)s期变化中位数") % words, kind="number", decimals=2,
                        sortable=False, value=change(k, like=True)),
        ]  # fmt: skip
    found.append(TableColumn("likes", _("同类"), sortable=False, value=lambda case: "、".join(case.likes)))
    return found
