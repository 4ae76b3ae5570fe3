"""表内关系: paste what a form prints, look at each proposal, confirm or decline; take the rules as a file."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.quality.models import PrintedRelation
from wenpan.district.quality.relations import actions, queries
from wenpan.district.ui.doing import do
from wenpan.district.ui.tables import PageTable, TableColumn

State = PrintedRelation.State


@require_GET
@requires("quality.view")
def relations(request: SignedInRequest) -> HttpResponse:
    if request.GET.get("export") == "yaml":
        answer = HttpResponse(queries.as_yaml(), content_type="application/yaml; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="relations.yaml"'
        return answer
    state = request.GET.get("state", "")
    state = state if state in State.values else ""
    columns = [
        TableColumn("form", _("报表")),
        TableColumn("printed", _("印在表上的关系")),
        TableColumn("proposed", _("读成的规则")),
        TableColumn("problem", _("未读懂的原因")),
        TableColumn("state", _("状态"), value=lambda row: row.get_state_display()),
        TableColumn("expression", _("规则")),
        TableColumn("sentence", _("说明")),
        TableColumn("from_day", _("施行"), kind="date"),
        TableColumn("to_day", _("截止"), kind="date"),
    ]
    table = PageTable(request, columns, queries.relations(state), page_size=30)
    if table.exporting:
        return table.response(_("表内关系"))
    rows = queries.relations()
    context = {
        "tab": "relations", "table": table, "state": state, "today": timezone.localdate(),
        "counts": [(code, label, rows.filter(state=code).count()) for code, label in State.choices],
    }  # fmt: skip
    return render(request, "quality/relations.html", context)


@require_POST
@requires("quality.query")
def propose(request: SignedInRequest) -> HttpResponse:
    try:
        new, understood = actions.propose_relations(
            form=request.POST.get("form", ""), text=request.POST.get("text", ""), by=request.user
        )
        messages.success(
            request, _("新读入%(new)s条，读懂%(n)s条，请逐条确认。") % {"new": new, "n": understood}
        )
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("quality:relations")


@require_POST
@requires("quality.query")
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm, decline or end, by the button that was pressed."""
    found, post = get_object_or_404(PrintedRelation, pk=pk), request.POST
    what = post.get("what", "")
    if what == "decline":
        do(request, lambda: actions.decline_relation(relation=found, by=request.user), _("已记为不采用。"))
    elif what == "end":
        do(
            request,
            lambda: actions.end_relation(relation=found, by=request.user),
            _("已停用，以前的结果仍在。"),
        )
    else:
        do(
            request,
            lambda: actions.confirm_relation(
                relation=found, expression=post.get("expression", ""), sentence=post.get("sentence", ""),
                severity=post.get("severity", ""), passes=post.get("passes", ""), fails=post.get("fails", ""),
                from_day=typed_day(post.get("from_day", "")), by=request.user,
            ),
            _("已确认，报表审核页即按它检查。"),
        )  # fmt: skip
    return redirect("quality:relations")
