"""404 and 403 with the menu of who is signed in, and with the pages they may go to instead."""

from __future__ import annotations

from itertools import islice

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wenpan.district.ui import nav

SHOWN = 6  # ways out of a refused page


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = _("地址可能抄错了，或这条记录已撤回、不归您查看。")
    return _refused(request, 404, _("没有这一页"), sentence)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = str(exception) or _("您的角色没有这项权限。")
    further = _("权限由安全管理员授予。如工作需要，请向安全管理员申请。")
    return _refused(request, 403, _("没有权限"), sentence, further)


def _refused(request: HttpRequest, status: int, title: str, sentence: str, further: str = "") -> HttpResponse:
    context = {
        "frame": "base.html" if getattr(request.user, "role", "") else "plain.html",
        "status": status,
        "refused": title,
        "sentence": sentence,
        "further": further,
        "ways": ways(request),
    }
    return render(request, "refused.html", context, status=status)


def ways(request: HttpRequest) -> list[nav.NavLink]:
    """Pages of the menu that this person may open: first those of the same part of the program."""
    links = [link for group in nav.groups_for(request) for link in group.links]
    part = request.path.strip("/").split("/")[0]
    links.sort(key=lambda link: link.url.strip("/").split("/")[0] != part or not part)
    return list(islice(links, SHOWN))
