"""Signing in through the place's provider, and the administrators' list of who came that way."""

from __future__ import annotations

import logging
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts import entering
from wenpan.district.accounts.forms import OpenOutsideForm
from wenpan.district.accounts.models import OutsidePerson, User
from wenpan.district.accounts.outside import actions, provider
from wenpan.district.accounts.outside.words import waiting_words
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.rules.access.outside import ProviderRules, outside

log = logging.getLogger("wenpan.provider")
ASKED, VOUCHED = "outside_asked", "outside_vouched"  # keys of the session
_HOLDS = 10 * 60  # seconds
COLUMNS = [
    TableColumn("number", gettext_lazy("工号")),
    TableColumn("name", gettext_lazy("姓名")),
    TableColumn("source", gettext_lazy("来源")),
    TableColumn("state", gettext_lazy("状态"), value=lambda person: person.get_state_display()),
    TableColumn("user__username", gettext_lazy("账号")),
    TableColumn("first_at", gettext_lazy("首次登录"), kind="date"),
]


def _rules() -> ProviderRules:
    rules = outside().oidc
    if not rules.enabled:
        raise Http404
    return rules


def _to_the_door(request: HttpRequest, words: str) -> HttpResponse:
    messages.warning(request, words)
    return redirect("accounts:sign_in")


@require_GET
@login_not_required
def go(request: HttpRequest) -> HttpResponse:
    rules = _rules()
    try:
        address, told = provider.begin(rules, request.build_absolute_uri(reverse("accounts:outside_back")))
    except provider.NotVouchedError as error:
        log.warning("the provider did not answer: %s", error)
        return _to_the_door(request, _("统一认证暂时连不上，请用本系统的用户名和密码登录。"))
    told["next"] = entering.safe_next(request, request.GET.get("next", ""))
    request.session[ASKED] = told
    return redirect(address)


@require_GET
@login_not_required
def back(request: HttpRequest) -> HttpResponse:
    """The provider's answer, which proves somebody; they enter by the button of the page, since a page that
    is only opened writes nothing."""
    rules, told = _rules(), request.session.pop(ASKED, None)
    try:
        if told is None:
            raise provider.NotVouchedError("nobody of this browser was asked for")
        found = provider.finish(rules, told, request.GET.get("state", ""), request.GET.get("code", ""))
    except provider.NotVouchedError as error:
        log.warning("a sign-in through the provider failed: %s", error)
        return _to_the_door(request, _("统一认证没有通过，请重试，或用本系统的用户名和密码登录。"))
    now = int(timezone.now().timestamp())
    request.session[VOUCHED] = {
        "number": found.number, "name": found.name, "next": told["next"], "at": now,
    }  # fmt: skip
    return render(request, "accounts/outside_back.html", {"found": found})


@require_POST
@login_not_required
def enter(request: HttpRequest) -> HttpResponse:
    _rules()
    told = request.session.pop(VOUCHED, None)
    if told is None or int(timezone.now().timestamp()) - told["at"] >= _HOLDS:
        return _to_the_door(request, _("验证超时，请重新登录。"))
    try:
        user = actions.meet(number=told["number"], name=told["name"], source="oidc")
    except ValidationError as error:
        return _to_the_door(request, " ".join(error.messages))
    if user is None:
        return _to_the_door(request, waiting_words())
    return entering.recognised(request, user, told["next"], "oidc")


@requires("account.manage", "role.grant")
def people(request: SignedInRequest) -> HttpResponse:
    table = PageTable(
        request,
        COLUMNS,
        OutsidePerson.objects.select_related("user", "decided_by").order_by("-first_at", "-pk"),
    )
    if table.exporting:
        return table.response(_("统一认证"))
    return render(request, "accounts/outside.html", {"table": table, "rules": outside()})


@requires("account.manage", "role.grant")
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    return _person_page(request, get_object_or_404(_all(), pk=pk))


def _all() -> Any:
    return OutsidePerson.objects.select_related("user", "decided_by")


def _person_page(
    request: SignedInRequest, shown: OutsidePerson, form: OpenOutsideForm | None = None
) -> HttpResponse:
    taken = OutsidePerson.objects.exclude(user=None).values("user_id")
    namesakes = User.objects.filter(is_active=True, was_administrator=False).exclude(pk__in=taken)
    context = {
        "person": shown,
        "form": form or OpenOutsideForm(initial={"username": shown.number}),
        "users": namesakes.select_related("unit").order_by("username")[:500],
        "may_confirm": request.user.may("role.grant") and shown.decided_by_id != request.user.pk,
    }
    return render(request, "accounts/outside_person.html", context, status=422 if form else 200)


@require_POST
@requires("account.manage", "role.grant")
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    shown, by = get_object_or_404(_all(), pk=pk), request.user
    act = request.POST.get("act", "")
    form = OpenOutsideForm(request.POST) if act == "open" else None
    try:
        if form is not None:
            if not form.is_valid():
                return _person_page(request, shown, form)
            actions.open_account(person=shown, by=by, **form.cleaned_data)
        elif act == "propose":
            chosen = request.POST.get("user", "")
            user = get_object_or_404(User, pk=int(chosen) if chosen.isdecimal() and len(chosen) < 18 else 0)
            actions.propose(person=shown, user=user, by=by)
        elif act in {"confirm", "refuse", "reconsider"}:
            getattr(actions, act)(person=shown, by=by)
        else:
            raise Http404
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("已处理。"))
    return redirect("accounts:outside_person", pk)


routes = [
    path("outside/go/", go, name="outside_go"),
    path("outside/back/", back, name="outside_back"),
    path("outside/enter/", enter, name="outside_enter"),
    path("outside/", cast(Any, people), name="outside"),
    path("outside/<int:pk>/", cast(Any, person), name="outside_person"),
    path("outside/<int:pk>/decide/", cast(Any, decide), name="outside_decide"),
]
