"""包联走访: what is due of me (a leader's phone), visits, and the office's plan as a whole."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.firms.base.scope import firm_scope
from wenpan.district.firms.contacts import actions, queries
from wenpan.district.firms.models import ContactAssignment, Firm, FirmVisit, ServiceRequest
from wenpan.district.ground import originals
from wenpan.district.ground.refused import Refused
from wenpan.district.projects.site.photos import CONTENT_TYPE, MOST_BYTES
from wenpan.district.projects.site.plan_queries import due_of as sites_due
from wenpan.district.ui import asked
from wenpan.district.ui.doing import telling
from wenpan.district.ui.tables import PageTable, TableColumn


@require_GET
@requires("contact.visit")
def due(request: SignedInRequest) -> HttpResponse:
    """What is due this month, each with its form; below it all that the person looks after, as a list."""
    today = timezone.localdate()
    mine = queries.lines(queries.current(today, request.user), today)
    table = PageTable(request, _plan_columns(), mine, sort="state__due")
    if table.exporting:
        return table.response(_("我的包联"))
    context = {
        "tab": "contacts",
        "due": [line for line in mine if line.due],
        "table": table,
        "coverage": queries.coverage([line.contact for line in mine], today),
        "results": FirmVisit.Result.choices,
        "categories": ServiceRequest.Category.choices,
        "sites": len(sites_due(request.user, today)),
        "today": today,
    }
    return render(request, "firms/contacts.html", context)


def _plan_columns() -> list[TableColumn]:
    return [
        TableColumn("contact__firm__pinyin", _("企业"), value=lambda line: line.contact.firm.name),
        TableColumn("contact__firm__town__short_name", _("镇街")),
        TableColumn("contact__person__name", _("包联人")),
        TableColumn("contact__every", _("间隔（月）"), kind="number", decimals=0),
        TableColumn("state__last", _("最近走访"), kind="date"),
        TableColumn("state__due", _("应走访"), kind="date"),
        TableColumn("open_requests", _("在办诉求"), kind="number", decimals=0),
        TableColumn("contact__firm__contact", _("联系人")),
        TableColumn("contact__firm__phone", _("电话")),
    ]


@require_GET
@requires("contact.plan")
def plan(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    contacts = list(queries.current(today))
    found = queries.lines(contacts, today)
    show = asked.choice(request.GET, "show", {"all", "due", "late", "gone"}, "due")
    picked = {
        "all": found,
        "due": [line for line in found if line.due],
        "late": [line for line in found if line.late],
        "gone": [line for line in found if line.state.due is None],
    }
    table = PageTable(request, _plan_columns(), picked[show], sort="state__due")
    if table.exporting:
        return table.response(_("包联计划"))
    labels = {"due": _("本月应走访"), "late": _("已过期"), "gone": _("企业已不在"), "all": _("全部")}
    context = {
        "tab": "plan",
        "table": table,
        "show": show,
        "coverage": queries.coverage(contacts, today),
        "today": today,
        "tallies": [(code, label, len(picked[code])) for code, label in labels.items()],
    }
    return render(request, "firms/plan.html", context)


def _firm(request: SignedInRequest, pk: int) -> Firm:
    return get_object_or_404(Firm.objects.filter(firm_scope(request.user).firms()), pk=pk)


@require_POST
@requires("contact.visit", "contact.plan")
def visit(request: SignedInRequest, pk: int) -> HttpResponse:
    firm, post = _firm(request, pk), request.POST
    with telling(request):
        on = asked.day(post, "on")
        if on is None:
            raise Refused("bad_value", _("日期应写作 2022-10-18。"))
        person = User.objects.filter(pk=asked.integer(post, "person") or 0).first()
        sent = request.FILES.get("photo")
        photo = None
        if sent is not None:
            data = sent.read(MOST_BYTES + 1)
            photo = actions.photo_of(filename=sent.name or "", data=data, by=request.user)
        made = actions.note_visit(
            photo=photo,
            firm=firm,
            on=on,
            result=post.get("result", ""),
            person=person,
            place=post.get("place", ""),
            asked=post.get("asked", ""),
            promised=post.get("promised", ""),
            note=post.get("note", ""),
            category=asked.choice(post, "category", set(ServiceRequest.Category.values), "other"),
            by=request.user,
        )
        number = made.requests.values_list("number", flat=True).first()
        done = _("已登记走访，并转为诉求%(number)s。") % {"number": number} if number else _("已登记走访。")
        messages.success(request, done)
    if post.get("back") == "due":
        return redirect("firms:contacts")
    return redirect("firms:firm", pk=pk)


@require_GET
@requires("firm.view")
def picture(request: SignedInRequest, pk: int) -> HttpResponse:
    firms = Firm.objects.filter(firm_scope(request.user).firms())
    found = get_object_or_404(FirmVisit.objects.filter(firm__in=firms).exclude(picture=""), pk=pk)
    return HttpResponse(originals.get(found.picture), content_type=CONTENT_TYPE)


@require_POST
@requires("contact.plan")
def assign(request: SignedInRequest, pk: int) -> HttpResponse:
    firm, post = _firm(request, pk), request.POST
    try:
        person = User.objects.filter(pk=asked.integer(post, "person") or 0).first()
        if person is None:
            raise Refused("bad_value", _("请选定包联人。"))
        actions.assign_contact(
            firm=firm,
            person=person,
            every=asked.integer(post, "every", default=0) or 0,
            starts_on=asked.day(post, "starts_on") or timezone.localdate(),
            by=request.user,
        )
        messages.success(request, _("已列入包联计划。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("firms:firm", pk=pk)


@require_POST
@requires("contact.plan")
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    contact = get_object_or_404(ContactAssignment.objects.select_related("firm", "person"), pk=pk)
    try:
        actions.end_contact(
            contact=contact, on=asked.day(request.POST, "on") or timezone.localdate(), by=request.user
        )
        messages.success(request, _("包联已结束。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("firms:firm", pk=contact.firm_id)
