"""对上衔接: every indicator's newest contact and next day, one indicator's record, and the form."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.ui.doing import do
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.district.upward import actions, queries
from wenpan.district.upward.models import UpwardContact
from wenpan.rules import catalogue


@require_GET
@requires("indicator.view")
def contacts(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    code = request.GET.get("indicator", "")
    code = code if code in {item.code for item in queries.owned(request.user)} else ""
    columns = [
        TableColumn("on", _("日期"), kind="date"),
        TableColumn("indicator", _("指标"), value=lambda row: catalogue_name(row.indicator)),
        TableColumn("unit__short_name", _("责任单位")),
        TableColumn("department", _("上级部门")),
        TableColumn("counterpart", _("对方")),
        TableColumn("person", _("衔接人")),
        TableColumn("way", _("方式"), value=lambda row: row.get_way_display()),
        TableColumn("release_day", _("发布日期"), kind="date"),
        TableColumn("city_expected", _("全市预计")),
        TableColumn("method", _("方法")),
        TableColumn("basis_change", _("口径变化")),
        TableColumn("other", _("其他情况")),
        TableColumn("next_on", _("下次衔接"), kind="date"),
    ]
    table = PageTable(request, columns, queries.contacts(request.user, code), sort="-on")
    if table.exporting:
        return table.response(_("对上衔接"))
    notes = [
        n for n in queries.upward_notes(today, user=request.user) if not code or n.indicator.code == code
    ]
    owned = queries.owned(request.user) if request.user.may("upward.note") else []
    asked = code or (owned[0].code if owned else "")  # as the form begins
    context = {
        "table": table, "notes": [n for n in notes if n.contact], "today": today,
        "without": [n for n in notes if not n.contact], "chosen": code,
        "rows": [(row, catalogue_name(row.indicator), queries.learned(row)) for row in table.page],
        "owned": owned,
        "ways": UpwardContact.Way.choices,
        "last": queries.contacts(request.user, asked).first() if asked else None,  # not asked twice
    }  # fmt: skip
    return render(request, "upward/contacts.html", context)


def catalogue_name(code: str) -> str:
    return catalogue()[code].name if code in catalogue() else code


@require_POST
@requires("upward.note")
def note(request: SignedInRequest) -> HttpResponse:
    post = request.POST
    do(
        request,
        lambda: actions.note_contact(
            indicator=post.get("indicator", ""), on=typed_day(post.get("on", "")), way=post.get("way", ""),
            department=post.get("department", ""), counterpart=post.get("counterpart", ""),
            person=post.get("person", ""),
            release_day=typed_day(post["release_day"]) if post.get("release_day") else None,
            city_expected=post.get("city_expected", ""), method=post.get("method", ""),
            basis_change=post.get("basis_change", ""), other=post.get("other", ""),
            next_on=typed_day(post["next_on"]) if post.get("next_on") else None, by=request.user,
        ),
        _("已登记衔接。"),
    )  # fmt: skip
    chosen = post.get("indicator", "")
    query = f"?indicator={chosen}" if chosen in catalogue() else ""
    return redirect(reverse("upward:contacts") + query)
