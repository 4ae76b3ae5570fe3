"""Forms of the head of every list (views, columns), the star of every object, and 我的收藏与最近看过."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.refused import Refused
from wenpan.district.personal import actions, column_forms, queries
from wenpan.district.personal.models import ListView
from wenpan.district.search.named import address_of
from wenpan.district.ui import asked
from wenpan.district.ui.personal_lists import NO_VIEW, VIEW


@require_GET
def mine(request: SignedInRequest) -> HttpResponse:
    """Favourites and what was seen last: a page, or the part below the search box."""
    own = queries.own_objects(request, request.user)
    page = "personal/mine_part.html" if request.headers.get("HX-Request") else "personal/mine.html"
    return render(request, page, {"own": own})


def _back(request: SignedInRequest) -> str:
    """The list that the form stood on, if that is a page of ours."""
    wanted = request.POST.get("back", "")[:1500]
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("home:today")


def _path(back: str) -> str:
    return back.partition("?")[0]


def _done(request: SignedInRequest, act: Callable[[], str], back: str) -> HttpResponse:
    """`act` gives where to go then; a refused one says why and stays."""
    try:
        return redirect(act())
    except Refused as refusal:
        if refusal.code == "not_found":
            raise Http404 from refusal
        messages.error(request, refusal.message)
        return redirect(back)


def _own(request: SignedInRequest, pk: int) -> ListView:
    return get_object_or_404(ListView, pk=pk, user=request.user)


@require_POST
def save_view(request: SignedInRequest) -> HttpResponse:
    post, back = request.POST, _back(request)

    def act() -> str:
        view = actions.keep_view(
            code=post.get("list", ""),
            name=post.get("name", ""),
            query=back.partition("?")[2],
            columns=column_forms.columns_at_hand(request.user, post.get("list", ""), back),
            shared=post.get("shared") == "1",
            by=request.user,
        )
        messages.success(request, _("已保存视图“%(name)s”。") % {"name": view.name})
        return f"{_path(back)}?{view.query}{'&' if view.query else ''}{VIEW}={view.pk}"

    return _done(request, act, back)


@require_POST
def change_view(request: SignedInRequest, pk: int) -> HttpResponse:
    view, post, back = _own(request, pk), request.POST, _back(request)

    def act() -> str:
        actions.change_view(
            view=view,
            name=post.get("name", ""),
            shared=post.get("shared") == "1",
            default=post.get("default") == "1",
            by=request.user,
        )
        messages.success(request, _("已修改视图“%(name)s”。") % {"name": view.name})
        return back

    return _done(request, act, back)


@require_POST
def forget_view(request: SignedInRequest, pk: int) -> HttpResponse:
    view, back = _own(request, pk), _back(request)
    name = view.name
    actions.forget_view(view=view, by=request.user)
    messages.success(request, _("已删除视图“%(name)s”。") % {"name": name})
    return redirect(f"{_path(back)}?{VIEW}={NO_VIEW}")


@require_POST
def columns(request: SignedInRequest) -> HttpResponse:
    """The ticked columns in the order of their numbers; the button 恢复默认 forgets the choice."""
    post, back = request.POST, _back(request)
    pk = asked.integer(post, "view")
    view = ListView.objects.filter(pk=pk, user=request.user).first() if pk else None

    def act() -> str:
        shown, hidden = ([], []) if post.get("reset") else column_forms.chosen(post)
        actions.choose_columns(
            code=post.get("list", ""), view=view, shown=shown, hidden=hidden, by=request.user
        )
        return back

    return _done(request, act, back)


@require_POST
def star(request: SignedInRequest) -> HttpResponse:
    """404 for what the person may not see."""
    subject, back = request.POST.get("subject", "")[:60], _back(request)

    def act() -> str:
        if request.POST.get("on") == "1":
            actions.star(subject=subject, by=request.user)
        else:
            actions.unstar(subject=subject, by=request.user)
        return back if "back" in request.POST else address_of(subject) or back

    return _done(request, act, back)
