"""督办单: the list, one slip with its paper and its answer, issuing by hand; rules and line; notices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import can, requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground import originals
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.supervision import actions
from wenpan.district.supervision.escalation import pages as line
from wenpan.district.supervision.log import labels, matter_sets
from wenpan.district.supervision.matters.pages import notices
from wenpan.district.supervision.models import Slip
from wenpan.district.supervision.slips import labels as slip_labels
from wenpan.district.supervision.slips import queries
from wenpan.district.supervision.slips.state import open_on, stands_on
from wenpan.district.ui import asked
from wenpan.district.ui.exports import attachment
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.rules.slips import COLOURS, slips_in_force

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE = 40


def columns(on: date) -> list[TableColumn]:
    return [
        TableColumn("number", _("单号")),
        TableColumn("colour", _("颜色"), value=lambda s: str(labels.COLOURS.get(s.colour, s.colour))),
        TableColumn("matter__number", _("事项编号")),
        TableColumn("matter__title", _("督办事项")),
        TableColumn("unit__short_name", _("单位")),
        TableColumn("reason", _("事由")),
        TableColumn("due", _("事项时限"), kind="date"),
        TableColumn("issued_at", _("发出时间"), kind="date"),
        TableColumn("issued_by", _("发出人"), sortable=False,
               value=lambda s: str(s.issued_by) if s.issued_by else _("按规则")),
        TableColumn("acknowledged_at", _("签收时间"), kind="date"),
        TableColumn("answer_due", _("回复期限"), kind="date"),
        TableColumn("answered_at", _("回复时间"), kind="date"),
        TableColumn("answer", _("回复"), sortable=False),
        TableColumn("state", _("状态"), sortable=False, value=lambda s: slip_labels.state_of(s, on).words),
        TableColumn("withdrawn_reason", _("撤回理由"), sortable=False),
        TableColumn("rules", _("规则"), sortable=False),
    ]  # fmt: skip


@require_GET
@requires("matter.view", "desk.use")
def slips(request: SignedInRequest) -> HttpResponse:
    on, mine = timezone.localdate(), queries.visible(request.user)
    show, colour, unit = (request.GET.get(name, "") for name in ("show", "colour", "unit"))
    rows = mine.filter(queries.slips_behind(show, on))
    if colour in COLOURS:
        rows = rows.filter(colour=colour)
    if unit:
        rows = rows.filter(unit__code=unit)
    joined = rows.select_related("matter", "unit", "issued_by")
    table = PageTable(request, columns(on), joined, sort="-issued_at", page_size=PAGE)
    if table.exporting:
        return table.response(_("督办单台账") + f"{on:%Y%m%d}")
    words = (("", _("全部"), "all"), ("open", _("待回复"), "open"), ("late", _("逾期未回复"), "late"),
             ("unsigned", _("待签收"), "unsigned"), ("answered", _("已回复"), "answered"),
             ("withdrawn", _("已撤回"), "withdrawn"))  # fmt: skip
    counts = queries.counts(mine, on)
    all_units = can(request.user, "matter.view")
    context = {
        "table": table,
        "show": show,
        "colour": colour,
        "unit": unit,
        "today": on,
        "counts": [(code, label, counts[key]) for code, label, key in words],
        "colours": [(code, labels.COLOURS[code]) for code in COLOURS],
        "units": Unit.objects.filter(pk__in=mine.order_by().values("unit")) if all_units else (),
        "in_force": slips_in_force(on),
    }
    return render(request, "supervision/slips.html", context)


@require_GET
@requires("matter.view", "desk.use")
def slip(request: SignedInRequest, pk: int) -> HttpResponse:
    return _slip_page(request, queries.slip_for(request.user, pk))


def _slip_page(
    request: SignedInRequest, found: Slip, typed: str | None = None, status: int = 200
) -> HttpResponse:
    user = request.user
    mine = can(user, "desk.use") and getattr(user, "unit_id", None) == found.unit_id
    ended = found.matter.closed_on is not None
    today = timezone.localdate()
    may_answer = mine and open_on(found, today)
    context = {
        "slip": found,
        "matter": found.matter,
        "state": slip_labels.state_of(found, today),
        "set": slip_labels.set_name(found.rules),
        "may_sign": may_answer and found.acknowledged_at is None,
        "may_answer": may_answer,
        "typed": (queries.last_words(found) if typed is None else typed) if may_answer else "",
        "may_withdraw": can(user, "slip.issue") and stands_on(found, today) and not ended,
    }
    return render(request, "supervision/slip.html", context, status=status)


@require_GET
@requires("matter.view", "desk.use")
def docx(request: SignedInRequest, pk: int) -> HttpResponse:
    """The bytes as they were served."""
    found = queries.slip_for(request.user, pk)
    return attachment(originals.get(found.sha256), f"督办通知单 {found.number}.docx", DOCX)


def _answered(request: SignedInRequest, pk: int, act: Callable[[Slip], object], done: str) -> HttpResponse:
    found = queries.slip_for(request.user, pk)
    try:
        act(found)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _slip_page(request, queries.slip_for(request.user, pk), request.POST.get("text"), 422)
    messages.success(request, done)
    return redirect("supervision:slip", pk=pk)


@require_POST
@requires("desk.use")
def acknowledge(request: SignedInRequest, pk: int) -> HttpResponse:
    return _answered(request, pk, lambda s: actions.acknowledge(slip=s, by=request.user), _("已签收。"))


@require_POST
@requires("desk.use")
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    text = request.POST.get("text", "")
    return _answered(
        request,
        pk,
        lambda s: actions.answer(slip=s, text=text, by=request.user),
        _("已回复，督查办可以看到。"),
    )


@require_POST
@requires("slip.issue")
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _answered(
        request,
        pk,
        lambda s: actions.withdraw(slip=s, reason=reason, by=request.user),
        _("已撤回，记录保留。"),
    )


@require_http_methods(["GET", "POST"])
@requires("slip.issue")
def new_slip(request: SignedInRequest, pk: int) -> HttpResponse:
    """By hand, from a matter: colour, why, what is asked, by when."""
    found, on = matter_sets.matter_for(request.user, pk), timezone.localdate()
    post, refused = request.POST, ""
    if request.method == "POST":
        try:
            day = typed_day(post["answer_due"]) if post.get("answer_due") else None
            issued = actions.issue_slip(
                matter=found,
                colour=post.get("colour", ""),
                reason=post.get("reason", ""),
                asks=post.get("asks", ""),
                answer_due=day,
                by=request.user,
                seen=asked.integer(post, "seen"),
            )
        except Refused as refusal:
            refused = refusal.message
        else:
            messages.success(request, _("已发出%(number)s。") % {"number": issued.number})
            return redirect("supervision:slip", pk=issued.pk)
    rules = slips_in_force(on)
    context = {
        "matter": found,
        "kinds": [k for k in rules.kinds if k.level > found.slip_level] if rules else (),
        "rules": rules,
        "typed": {name: post.get(name, "") for name in ("colour", "reason", "asks", "answer_due")},
        "refused": refused,
        "seen": post.get("seen", found.version),
        "today": on,
    }
    return render(request, "supervision/slip_new.html", context, status=422 if refused else 200)


routes: list[URLPattern] = [
    path("slips/", slips, name="slips"),
    path("slips/<int:pk>/", slip, name="slip"),
    path("slips/<int:pk>/paper/", docx, name="slip_docx"),
    path("slips/<int:pk>/sign/", acknowledge, name="acknowledge_slip"),
    path("slips/<int:pk>/answer/", answer, name="answer_slip"),
    path("slips/<int:pk>/withdraw/", withdraw, name="withdraw_slip"),
    path("matters/<int:pk>/slip/", new_slip, name="new_slip"),
    *line.routes,
    *notices.routes,
]
