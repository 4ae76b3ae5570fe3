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
    folds: bool = False  # where all links would not fit a screen of 768 lines
    open: bool = True


GROUPS = (
    Group(
        _("今日"),
        (NavLink("home:today", _("今日"), "today"),),
    ),
    Group(_("日历"), (NavLink("sharing:calendar", _("日历"), "calendar"),)),
    Group(
        _("监测"),
        (
            NavLink("indicators:board", _("总览"), "board", ("board.view",), ("wall:wall", "home:sheet")),
            NavLink(
                "indicators:catalogue", _("指标"), "chart", ("indicator.view",), ("indicators:indicator",)
            ),
            NavLink("indicators:plan", _("目标倒逼"), "plan", ("plan.view",)),
            NavLink("indicators:targets", _("目标"), "target", ("target.view",)),
            NavLink("supports:table", _("支撑指标"), "bars", ("supports.view",), ("supports:*",)),
            NavLink("upward:contacts", _("对上衔接"), "people", ("indicator.view",)),
            NavLink("indicators:scorecard", _("预测成绩单"), "medal", ("indicator.view",)),
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
                ("projects:project",),
            ),
            NavLink("projects:speech", _("投资分析"), "bars", ("project.view",)),
            NavLink("projects:outlook", _("后续预计"), "forward", ("project.all",)),
            NavLink("projects:keys", _("重点项目"), "flag", ("project.view",), ("projects:key_project",)),
            NavLink("projects:map", _("挂图作战"), "map", ("project.view",)),
            NavLink("projects:problems", _("要素保障"), "tools", ("project.view",)),
            NavLink("projects:my_sites", _("我的现场"), "pin", ("contact.visit",), ("projects:site_plan",)),
            NavLink("projects:own_returns", _("本单位报表"), "upload", ("return.hand_in",)),
            NavLink("projects:collection", _("收月报"), "inbox", ("intake.accept",)),
            NavLink("projects:ratings", _("外部评级"), "star", ("project.all",)),
            NavLink("projects:links", _("两库对应"), "swap", ("project.all",)),
            NavLink("projects:successions", _("拆并认定"), "split", ("project.all",)),
        ),
    ),
    Group(
        _("财政"),
        (
            NavLink(
                "fiscal:overview",
                _("财政收支"),
                "chart",
                ("fiscal.view",),
                ("fiscal:budgets", "fiscal:funds", "fiscal:bonds"),
            ),
            NavLink(
                "fiscal:basis",
                _("口径台账"),
                "ledger",
                ("basis.view",),
                ("fiscal:basis_one", "fiscal:ledger"),
            ),
        ),
    ),
    Group(
        _("招商"),
        (
            NavLink("attraction:board", _("招商看板"), "board", ("deal.view",), ("attraction:duplicates",)),
            NavLink("attraction:deals", _("招商项目"), "briefcase", ("deal.view",), ("attraction:deal",)),
            NavLink("attraction:funnel", _("招商漏斗"), "funnel", ("deal.view",)),
            NavLink("attraction:mine", _("我的招商项目"), "pencil", ("deal.edit", "deal.own")),
        ),
    ),
    Group(
        _("企业"),
        (
            NavLink("firms:list", _("企业台账"), "factory", ("firm.view",), ("firms:firm", "firms:add")),
            NavLink(
                "firms:requests", _("企业诉求"), "alert", ("firm.view",), ("firms:request", "firms:service")
            ),
            NavLink(
                "firms:contacts", _("包联走访"), "pin", ("contact.visit", "contact.plan"), ("firms:plan",)
            ),
            NavLink("firms:policies", _("惠企政策"), "document", ("policy.view",), ("firms:policy",)),
        ),
    ),
    Group(
        _("督办"),
        (
            NavLink(
                "supervision:desk",
                _("本单位事项"),
                "check",
                ("desk.use",),
                ("supervision:matter", "supervision:deed"),
            ),
            NavLink("supervision:overview", _("督办总览"), "eye", ("matter.view",)),
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
                "calendar",
                ("matter.view",),
                ("supervision:cycle", "supervision:cycles"),
            ),
            NavLink(
                "campaigns:list",
                _("专项督查"),
                "campaign",
                ("campaign.view", "campaign.take_part"),
                ("campaigns:*",),
            ),
            NavLink(
                "supervision:slips",
                _("督办单"),
                "pencil",
                ("matter.view", "desk.use"),
                ("supervision:slip", "supervision:new_slip", "supervision:charges"),
            ),
            NavLink("supervision:vacuum", _("空转清单"), "loop", ("matter.view",)),
            NavLink(
                "checkup:matrix",
                _("执行体检"),
                "pulse",
                ("indicator.view", "project.view", "matter.view", "desk.use", "deal.view", "firm.view"),
                ("checkup:*",),
            ),
            NavLink(
                "supervision:burden",
                _("填报账"),
                "clock",
                ("score.view", "desk.use"),
            ),
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
            NavLink(
                "intake:list", _("收表入账"), "upload", ("intake.view",), ("intake:*", "collecting:sources")
            ),
            NavLink("observations:releases", _("发布日程"), "calendar", ("intake.view",)),
            NavLink("observations:ledger", _("台账"), "ledger", ("ledger.view",), ("observations:*",)),
            NavLink("observations:estimates", _("预计"), "pencil", ("estimate.enter",)),
            NavLink("entries:progress", _("纳统"), "check", ("entry.count",), ("entries:*",)),
            NavLink("quality:estimates", _("预计偏差"), "chart", ("estimate.enter", "matter.instruct")),
            NavLink("quality:checks", _("数据质量"), "shield", ("quality.view",), ("quality:*",)),
            NavLink("quality:letters", _("核实单"), "document", ("quality.answer",), ("quality:*",)),
        ),
    ),
    Group(
        _("成果"),
        (
            NavLink("meetings:list", _("调度会"), "people", ("meeting.view", "desk.use"), ("meetings:*",)),
            NavLink("bulletins:list", _("通报"), "document", ("document.view", "desk.use"), ("bulletins:*",)),
            NavLink(
                "library:list", _("学习借鉴"), "ledger", ("library.view", "library.receive"), ("library:*",)
            ),
            NavLink("effects:page", _("督查问效"), "forward", ("matter.view",), ("effects:*",)),
            NavLink("exchange:list", _("往来"), "upload", ("letter.write", "role.grant"), ("exchange:*",)),
            NavLink("proofs:papers", _("核数"), "search", ("proof.check",), ("proofs:*",)),
        ),
    ),
    Group(
        _("管理"),
        (
            NavLink(
                "accounts:people",
                _("人员"),
                "people",
                ("account.manage", "role.grant"),
                (
                    "accounts:person",
                    "accounts:outside",
                    "adjustments:roster",
                    "adjustments:roster_check",
                    "adjustments:slips",
                ),
            ),
            NavLink(
                "accounts:hand_overs",
                _("重置码"),
                "key",
                ("role.grant", "journal.view"),
                ("accounts:hand_over",),
            ),
            NavLink(
                "journal:list", _("日志"), "journal", ("journal.view",), ("journal:*", "supervision:numbers")
            ),
            NavLink("outbox:log", _("发件记录"), "send", ("outbox.view",)),
            NavLink("wall:screens", _("大屏"), "screen", ("wall.screens",)),
            NavLink("indicators:rules", _("规则"), "rules", ("rules.view",)),
            NavLink(
                "adjustments:list",
                _("设置"),
                "settings",
                ("rules.view", "account.manage", "role.grant", "slip.issue"),
                ("adjustments:*",),
            ),
        ),
    ),
)


FIT = 15  # links that stand open on a screen of 768 lines, with the names of their groups
# The group that is open on 今日, named by one of its links: where the role works.
OWN = {
    "supervisor": "supervision:matters",
    "supervision_head": "supervision:matters",
    "statistician": "intake:list",
    "service": "firms:requests",
    "attraction": "attraction:deals",
    "liaison": "supervision:desk",
    "unit_head": "supervision:desk",
}


def address(name: str) -> str:
    """The URL of a page without arguments, or "" if no room has it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def groups_for(request: HttpRequest) -> list[Group]:
    """Groups with the links that this person may open; empty groups are left out.

    Exactly one link is lit: the one named for this page, else the one whose address stands before it. Where a
    person has more links than fit, the groups fold, and the one at hand is open: that of the page, or on
    今日 the one that the role works in.
    """
    match = request.resolver_match
    here = getattr(match, "view_name", "") or ""
    drawn = [replace(group, links=tuple(_links(group, request.user))) for group in GROUPS]
    found = [group for group in drawn if group.links]
    lit = _lit([link for group in found for link in group.links], here, request.path)
    found = [replace(g, links=tuple(replace(x, active=x.url_name == lit) for x in g.links)) for g in found]
    if sum(len(group.links) for group in found) <= FIT:
        return found
    own = OWN.get(getattr(request.user, "role", ""), found[min(2, len(found) - 1)].links[0].url_name)
    at = next((i for i, g in enumerate(found) if any(x.active for x in g.links)), 0)
    shown = at or next((i for i, g in enumerate(found) if any(x.url_name == own for x in g.links)), 1)
    return [
        replace(g, folds=len(g.links) > 1, open=len(g.links) == 1 or i == shown) for i, g in enumerate(found)
    ]


def _lit(links: list[NavLink], here: str, path: str) -> str:
    named = next((link.url_name for link in links if here and _active(link, here)), "")
    before = [link for link in links if link.url != "/" and path.startswith(link.url)]
    return named or max(before, key=lambda link: len(link.url)).url_name if named or before else ""


def _links(group: Group, user: Any) -> list[NavLink]:
    may = getattr(user, "may", None) if getattr(user, "role", "") else None
    wanted = [link for link in group.links if may and (not link.permissions or may(*link.permissions))]
    found = [replace(link, url=address(link.url_name)) for link in wanted]
    return [link for link in found if link.url]


def _active(link: NavLink, here: str) -> bool:
    names = (link.url_name, *link.also)
    return any(here == name or (name.endswith(":*") and here.startswith(name[:-1])) for name in names)
