"""The navigation frame: what a person may open, in the order of the work.

Addresses are looked up when a page is drawn; a room that has no such page yet is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class NavLink:
    url_name: str
    label: Promise
    icon: str
    permissions: tuple[str, ...] = ()  # any of them; none: everybody who has a role
    also: tuple[str, ...] = ()  # other URL names that belong to this place
    url: str = ""
    active: bool = False


@dataclass(frozen=True)
class Group:
    label: Promise
    links: tuple[NavLink, ...]


GROUPS = (
    Group(_("今日"), (NavLink("home:today", _("今日"), "today"),)),
    Group(
        _("监测"),
        (
            NavLink("indicators:board", _("总览"), "board", ("board.view",), ("wall:wall",)),
            NavLink(
                "indicators:catalogue", _("指标"), "chart", ("indicator.view",), ("indicators:indicator",)
            ),
            NavLink("indicators:plan", _("目标倒逼"), "plan", ("plan.view",)),
            NavLink("indicators:targets", _("目标"), "target", ("target.view",)),
            NavLink("indicators:scorecard", _("预测成绩单"), "check", ("indicator.view",)),
        ),
    ),
    Group(
        _("项目"),
        (
            NavLink(
                "projects:pool",
                _("项目库"),
                "ledger",
                ("project.view",),
                ("projects:project", "projects:collection", "projects:own_returns", "projects:own_return"),
            ),
            NavLink("projects:speech", _("投资分析"), "chart", ("project.view",), ("projects:outlook",)),
            NavLink(
                "projects:keys",
                _("重点项目"),
                "target",
                ("project.view",),
                ("projects:map", "projects:key_project", "projects:links", "projects:problems"),
            ),
        ),
    ),
    Group(
        _("招商"),
        (
            NavLink("attraction:board", _("招商看板"), "board", ("deal.view",), ("attraction:duplicates",)),
            NavLink("attraction:deals", _("招商项目"), "ledger", ("deal.view",), ("attraction:deal",)),
            NavLink("attraction:funnel", _("招商漏斗"), "chart", ("deal.view",)),
            NavLink("attraction:mine", _("我的招商项目"), "pencil", ("deal.edit", "deal.own")),
        ),
    ),
    Group(
        _("企业"),
        (
            NavLink("firms:list", _("企业台账"), "people", ("firm.view",), ("firms:firm", "firms:add")),
            NavLink(
                "firms:requests", _("企业诉求"), "alert", ("firm.view",), ("firms:request", "firms:service")
            ),
            NavLink(
                "firms:contacts", _("包联走访"), "check", ("contact.visit", "contact.plan"), ("firms:plan",)
            ),
            NavLink("firms:policies", _("惠企政策"), "document", ("policy.view",), ("firms:policy",)),
        ),
    ),
    Group(
        _("督办"),
        (
            NavLink("supervision:desk", _("本单位事项"), "check", ("desk.use",)),
            NavLink("supervision:overview", _("督办总览"), "alert", ("matter.view",)),
            NavLink(
                "supervision:matters",
                _("督办事项"),
                "ledger",
                ("matter.view",),
                ("supervision:matter", "supervision:matter_draft", "supervision:deed"),
            ),
            NavLink(
                "supervision:sources",
                _("来源文件"),
                "document",
                ("matter.draft",),
                ("supervision:source", "supervision:lights", "supervision:note"),
            ),
            NavLink(
                "supervision:weekly",
                _("每周督查"),
                "board",
                ("matter.view",),
                ("supervision:cycle", "supervision:cycles"),
            ),
            NavLink(
                "supervision:slips",
                _("督办单"),
                "pencil",
                ("matter.view", "desk.use"),
                ("supervision:slip", "supervision:new_slip", "supervision:charges"),
            ),
            NavLink("supervision:vacuum", _("空转清单"), "target", ("matter.view",)),
            NavLink(
                "supervision:scores",
                _("督办计分"),
                "chart",
                ("score.view", "desk.use"),
                ("supervision:score",),
            ),
        ),
    ),
    Group(
        _("数据"),
        (
            NavLink("intake:list", _("数据"), "upload", ("intake.view",), ("intake:*",)),
            NavLink("observations:releases", _("发布日程"), "check", ("intake.view",)),
            NavLink("observations:ledger", _("台账"), "ledger", ("ledger.view",)),
            NavLink("observations:estimates", _("预计"), "pencil", ("estimate.enter",)),
            NavLink("quality:checks", _("数据质量"), "check", ("quality.view",), ("quality:*",)),
            NavLink("quality:letters", _("核实单"), "document", ("quality.answer",), ("quality:letter",)),
        ),
    ),
    Group(
        _("成果"),
        (
            NavLink("meetings:list", _("调度会"), "people", ("meeting.view", "desk.use"), ("meetings:*",)),
            NavLink("bulletins:list", _("通报"), "document", ("document.view", "desk.use"), ("bulletins:*",)),
            NavLink("proofs:papers", _("核数"), "search", ("proof.check",), ("proofs:*",)),
        ),
    ),
    Group(
        _("管理"),
        (
            NavLink(
                "accounts:people", _("人员"), "people", ("account.manage", "role.grant"), ("accounts:person",)
            ),
            NavLink(
                "accounts:hand_overs",
                _("重置码"),
                "check",
                ("role.grant", "journal.view"),
                ("accounts:hand_over",),
            ),
            NavLink("journal:list", _("日志"), "journal", ("journal.view",), ("journal:*",)),
            NavLink("outbox:log", _("发件记录"), "upload", ("outbox.view",)),
            NavLink("wall:screens", _("大屏"), "screen", ("wall.screens",)),
            NavLink("indicators:rules", _("规则"), "rules", ("rules.view",)),
        ),
    ),
)


def address(name: str) -> str:
    """The URL of a page without arguments, or "" if no room has it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def groups_for(request: HttpRequest) -> list[Group]:
    """Groups with the links that this person may open; empty groups are left out."""
    here = getattr(request.resolver_match, "view_name", "") or ""
    drawn = (replace(group, links=tuple(_links(group, request.user, here))) for group in GROUPS)
    return [group for group in drawn if group.links]


def _links(group: Group, user: Any, here: str) -> list[NavLink]:
    may = getattr(user, "may", None) if getattr(user, "role", "") else None
    wanted = [link for link in group.links if may and (not link.permissions or may(*link.permissions))]
    found = [replace(link, url=address(link.url_name), active=_active(link, here)) for link in wanted]
    return [link for link in found if link.url]


def _active(link: NavLink, here: str) -> bool:
    names = (link.url_name, *link.also)
    return any(here == name or (name.endswith(":*") and here.startswith(name[:-1])) for name in names)
