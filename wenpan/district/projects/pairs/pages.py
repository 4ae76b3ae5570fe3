"""两库对应, 拆并认定: which projects of both lists are the same; what became of split and merged ones."""

from __future__ import annotations

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.accounts.single_returns import shows_single_returns
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.projects import actions
from wenpan.district.projects.base.subjects import Subject
from wenpan.district.projects.key_projects import queries as keys
from wenpan.district.projects.library import successions as queries
from wenpan.district.projects.models import Apart, KeyProject, Link, Project, Succession
from wenpan.district.projects.pairs import queries as pair_queries
from wenpan.district.ui import asked

ON_A_PAGE = 20  # pairs: each is read before it is decided


@require_GET
@requires("project.all")
@shows_single_returns("两张清单的关联")
def links(request: HttpRequest) -> HttpResponse:
    held = Link.objects.select_related("project", "key_project", "confirmed_by").order_by("-confirmed_at")
    apart = Apart.objects.select_related("project", "key_project", "by")
    proposals = Paginator(pair_queries.proposals(), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {"tab": "links", "proposals": proposals, "held": held, "apart": apart}
    return render(request, "projects/links.html", shown)


@require_POST
@requires("project.edit")
def confirm(request: SignedInRequest) -> HttpResponse:
    """One button of a row (`one`), or all the chosen rows (`pair`); `said`: same | apart."""
    one = request.POST.get("one", "")
    said, _colon, single = one.partition("|") if one else (request.POST.get("said", ""), "", "")
    pairs = _pairs([single] if one else request.POST.getlist("pair"))
    try:
        if said == "apart":
            count = actions.set_apart(pairs=pairs, by=request.user)
            messages.success(request, _("已认定%(n)d对不是同一个，不再建议。") % {"n": count})
        else:
            count = actions.confirm_pairs(pairs=pairs, by=request.user)
            messages.success(request, _("已确认%(n)d对对应。") % {"n": count})
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("projects:links")


def _pairs(values: list[str]) -> list[tuple[int, int]]:
    """`12:34` is project 12 and key project 34; anything else is no pair and matches no proposal."""
    found = [value.partition(":") for value in values[:1000]]
    return [(_pk(a), _pk(b)) for a, _colon, b in found]


def _pk(text: str) -> int:
    return asked.integer({"pk": text}, "pk", default=0) or 0


@require_POST
@requires("project.edit")
def propose_again(request: SignedInRequest, pk: int) -> HttpResponse:
    actions.propose_again(apart=get_object_or_404(Apart, pk=pk), by=request.user)
    messages.success(request, _("已撤销，可以重新建议。"))
    return redirect("projects:links")


@require_POST
@requires("project.edit")
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    actions.remove_link(link=get_object_or_404(Link, pk=pk), by=request.user)
    messages.success(request, _("已取消对应。"))
    return redirect("projects:links")


@require_GET
@requires("project.all")
@shows_single_returns("项目拆分合并")
def successions(request: HttpRequest) -> HttpResponse:
    context = {
        "tab": "successions",
        "proposals": queries.proposals(),
        "settled": queries.settled(),
        "kinds": Succession.Kind.choices,
        "today": timezone.localdate(),
    }
    return render(request, "projects/successions.html", context)


@require_POST
@requires("project.state", "project.edit")
def settle(request: SignedInRequest) -> HttpResponse:
    post = request.POST
    try:
        on = typed_day(post.get("on", ""))
        which = post.get("which", "")
        actions.settle_succession(
            before=_by_codes(which, " ".join(post.getlist("before"))),
            after=_by_codes(which, " ".join(post.getlist("after"))),
            kind=post.get("kind", ""),
            on=on,
            evidence=post.get("evidence", ""),
            by=request.user,
        )
        messages.success(request, _("已认定。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
    except NotYours:
        raise
    except PermissionDenied:
        messages.error(request, _("统计项目的拆分、合并、换代码由统计局认定，重点项目的由经发局认定。"))
    return redirect("projects:successions")


def _by_codes(which: str, text: str) -> list[Subject]:
    """Projects of a list by their codes, in the order given; of the newest year's key list."""
    codes = list(dict.fromkeys(filter(None, re.split(r"[\s,，、;；]+", text))))[:120]
    if which == "project":
        rows: list[Subject] = list(Project.objects.filter(code__in=codes, retracted=False))
    else:
        year = next(iter(keys.years()), 0)
        rows = list(KeyProject.objects.filter(code__in=codes, year=year, retracted=False))
    known = {row.code: row for row in rows}
    if missing := [code for code in codes if code not in known]:
        raise Refused("bad_value", _("清单里没有代码 %(codes)s。") % {"codes": "、".join(missing[:5])})
    return [known[code] for code in codes]


@require_POST
@requires("project.state", "project.edit")
def unsettle(request: SignedInRequest, case: str) -> HttpResponse:
    try:
        actions.take_back_succession(case=case, reason=request.POST.get("reason", ""), by=request.user)
        messages.success(request, _("已撤销认定。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
    except NotYours:
        raise
    except PermissionDenied:
        messages.error(request, _("统计项目的拆分、合并、换代码由统计局认定，重点项目的由经发局认定。"))
    return redirect("projects:successions")
