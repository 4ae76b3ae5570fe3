"""发件记录: what was to leave the program, to whom, and its state. 我的提醒: what reaches me."""

from __future__ import annotations

from django.contrib import messages as words
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.refused import Refused
from wenpan.district.outbox import actions, queries
from wenpan.district.outbox.models import Envelope
from wenpan.district.ui.tables import PageTable, TableColumn

STATE_LABELS = {
    **dict(Envelope.State.choices),
    "none": gettext_lazy("未经渠道发出"),
}
COLUMNS = [
    TableColumn("not_before", gettext_lazy("时间"), kind="date"),
    TableColumn("user__name", gettext_lazy("发给")),
    TableColumn("user__unit__short_name", gettext_lazy("单位")),
    TableColumn("text", gettext_lazy("内容")),
    TableColumn(
        "state",
        gettext_lazy("状态"),
        value=lambda row: str(STATE_LABELS[row.state or "none"]),
        searched=False,
    ),
    TableColumn("sent_at", gettext_lazy("发出时间"), kind="date"),
    TableColumn("error", gettext_lazy("原因"), searched=False),
]


@require_GET
@requires("outbox.view")
def log(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    state = state if state in queries.STATES else ""
    table = PageTable(request, COLUMNS, queries.messages(state), sort="-not_before")
    if table.exporting:
        return table.response(_("发件记录"))
    channels = queries.channel_states()
    context = {"table": table, "state": state, "states": STATE_LABELS, "summary": queries.summary()}
    context |= {"channels": channels, "names": {one.code: one.name for one in channels}}
    context["may_retry"] = request.user.may("outbox.retry")  # type: ignore[union-attr]
    return render(request, "outbox/log.html", context)


@require_POST
@requires("outbox.retry")
def again(request: HttpRequest) -> HttpResponse:
    try:
        count = actions.try_again(by=request.user)  # type: ignore[arg-type]
    except Refused as refused:
        words.error(request, str(refused))
    else:
        words.success(request, _("已重新排队%(count)d份，几分钟内发出。") % {"count": count})
    return redirect("outbox:log")


@require_http_methods(["GET", "POST"])
def mine(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST":
        try:
            actions.choose(
                by=request.user,
                mailbox=request.POST.get("mailbox", ""),
                wanted=request.POST.getlist("kind"),
            )
        except Refused as refused:
            words.error(request, str(refused))
        else:
            words.success(request, _("已保存，从下一份汇总起生效。"))
        return redirect("outbox:mine")
    return render(request, "outbox/mine.html", {"mine": queries.reminders_of(request.user)})
