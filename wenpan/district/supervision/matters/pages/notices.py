"""提醒: the words that came for the person who is signed in; opening one marks it as read."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.supervision.log.recipients import notices_of
from wenpan.district.supervision.matters.actions import reports
from wenpan.district.supervision.models import Notice
from wenpan.district.ui.tables import PageTable, TableColumn


@require_GET
@requires("matter.view", "desk.use")
def notices(request: SignedInRequest) -> HttpResponse:
    mine = Notice.objects.filter(notices_of(request.user), not_before__lte=timezone.now())
    columns = [
        TableColumn("text", _("提醒")),
        TableColumn("matter__number", _("事项编号")),
        TableColumn("not_before", _("时间"), kind="date"),
        TableColumn("read_at", _("已读"), kind="date"),
    ]
    table = PageTable(request, columns, mine.select_related("matter"), sort="-not_before", page_size=40)
    context = {"table": table, "unread": mine.filter(read_at=None).order_by().count()}
    return render(request, "supervision/notices.html", context)


@require_POST
@requires("matter.view", "desk.use")
def open_notice(request: SignedInRequest, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice, notices_of(request.user), pk=pk)
    reports.read_notices(by=request.user, notice=notice)
    return redirect(notice.url or "supervision:notices")


@require_POST
@requires("matter.view", "desk.use")
def read_all(request: SignedInRequest) -> HttpResponse:
    reports.read_notices(by=request.user)
    return redirect("supervision:notices")


routes: list[URLPattern] = [
    path("notices/", notices, name="notices"),
    path("notices/read/", read_all, name="read_all_notices"),
    path("notices/<int:pk>/open/", open_notice, name="open_notice"),
]
