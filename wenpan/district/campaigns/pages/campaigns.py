"""Screens of campaigns: the list, one campaign with its objects and numbers, its steps, its report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import can, requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.campaigns import papers, queries
from wenpan.district.campaigns.actions import ending, planning, teams
from wenpan.district.campaigns.facts import matter_words
from wenpan.district.campaigns.models import Campaign, CampaignObject
from wenpan.district.campaigns.policy import campaign_rules
from wenpan.district.supervision.matters import attachments
from wenpan.district.ui import asked
from wenpan.district.ui.doing import do
from wenpan.district.ui.exports import attachment
from wenpan.district.ui.tables import PageTable, TableColumn

READERS = ("campaign.view", "campaign.take_part")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE = 40


def _columns(names: dict[str, str]) -> list[TableColumn]:
    return [
        TableColumn("starts_on", _("开始日期"), kind="date"),
        TableColumn("ends_on", _("结束日期"), kind="date"),
        TableColumn("title", _("名称")),
        TableColumn("kind", _("类型"), value=lambda c: names.get(c.kind, c.kind)),
        TableColumn("state", _("状态"), value=lambda c: c.get_state_display()),
        TableColumn("n_all", _("对象"), kind="number", decimals=0),
        TableColumn("n_seen", _("已督查"), kind="number", decimals=0),
        TableColumn("n_asked", _("提出事项"), kind="number", decimals=0),
    ]


@require_GET
@requires(*READERS)
def campaigns(request: SignedInRequest) -> HttpResponse:
    rules = campaign_rules(timezone.localdate())
    names = {code: kind.label for code, kind in rules.kinds.items()}
    kind = asked.choice(request.GET, "kind", set(names), "")
    state = asked.choice(request.GET, "state", set(Campaign.State.values), "")
    rows = queries.listed(request.user)
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(state=state) if state else rows
    table = PageTable(request, _columns(names), rows, sort="-starts_on")
    if table.exporting:
        return table.response(_("集中督查与专项督查"))
    context = {
        "table": table, "names": names, "kind": kind, "state": state, "states": Campaign.State.choices,
        "may_lead": can(request.user, "campaign.lead"),
    }  # fmt: skip
    return render(request, "campaigns/list.html", context)


@require_GET
@requires(*READERS)
def campaign(request: SignedInRequest, pk: int) -> HttpResponse:
    """The plan before it begins, the rows to be recorded while it runs, the findings afterwards."""
    found = queries.campaign_for(request.user, pk)
    user, teams_ = request.user, queries.teams_of(found)
    picked = _picked(request, {t.pk for t in teams_})
    rows = queries.rows_of(user, found, **picked)
    if asked.choice(request.GET, "export", {"xlsx", "csv"}):
        return PageTable(request, _object_columns(found), rows).response(found.title)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    inside = can(user, "campaign.view")
    query = request.GET.copy()
    query.pop("page", None)
    context: dict[str, Any] = {
        "campaign": found,
        "page": page,
        "rows": objects_with_results(request, found, list(page.object_list)),
        "picked": picked,
        "sums": queries.sums(found, None if inside else queries.objects_for(user)),
        "teams": teams_,
        "mine": any(m.user_id == user.pk for t in teams_ for m in t.members.all()),
        "inside": inside,
        "units": Unit.objects.filter(
            pk__in=queries.objects_for(user).filter(campaign=found).order_by().values("unit")
        ),
        "choices": list(found.choices.select_related("by")) if inside else [],
        "query": query.urlencode(),
        **_rights(request, found),
    }
    return render(request, "campaigns/campaign.html", context)


def _picked(request: SignedInRequest, teams_: set[int]) -> dict[str, Any]:
    team = asked.integer(request.GET, "team")
    return {
        "show": asked.choice(request.GET, "show", queries.SHOWN, "all"),
        "team": team if team in teams_ else None,
        "unit": asked.words(request.GET, "unit", 40),
        "day": asked.day(request.GET, "day"),
        "result": asked.words(request.GET, "result", 16),
    }


def _rights(request: SignedInRequest, found: Campaign) -> dict[str, Any]:
    state, lead = found.state, can(request.user, "campaign.lead")
    rules = queries.rules_of(found)
    kind = rules.kinds.get(found.kind)
    return {
        "may_lead": lead,
        "may_plan": lead and state in ("planned", "running"),
        "may_issue": can(request.user, "bulletin.issue") and state == "closed",
        "kind_name": kind.label if kind else "",
        "results": list(rules.results.values()),
        "ways": list(rules.ways.values()),
        "accept": attachments.limits().accept,
        "today": timezone.localdate(),
    }


def objects_with_results(
    request: SignedInRequest, found: Campaign, items: list[CampaignObject]
) -> list[tuple[CampaignObject, Any, bool, str]]:
    """Each with its result, whether this person may write of it now, and the matter that followed."""
    rules = queries.rules_of(found)
    mine = queries.may_enter(request.user, found, {o.team_id for o in items if o.team_id})
    lead = can(request.user, "campaign.lead") and found.state == Campaign.State.RUNNING
    unit = request.user.unit_id
    return [
        (
            o, rules.results.get(o.result),
            (o.team_id in mine or lead) and not o.left_out_why and (unit is None or unit != o.unit_id),
            matter_words(o),
        )
        for o in items
    ]  # fmt: skip


def _object_columns(found: Campaign) -> list[TableColumn]:
    rules = queries.rules_of(found)

    def named(code: str, known: Any) -> str:
        return str(known[code].label) if code in known else code

    return [
        TableColumn("day", _("督查日期"), kind="date"),
        TableColumn("team__name", _("督查组")),
        TableColumn("title", _("对象")),
        TableColumn("unit__short_name", _("责任单位")),
        TableColumn("why", _("列入原因")),
        TableColumn("result", _("督查结果"), value=lambda o: named(o.result, rules.results) or _("未督查")),
        TableColumn("way", _("方式"), value=lambda o: named(o.way, rules.ways)),
        TableColumn("note", _("情况")),
        TableColumn("by__name", _("记录人")),
        TableColumn("at", _("记录时间"), kind="date"),
        TableColumn("proposal", _("督办事项"), value=matter_words, searched=False),
        TableColumn("left_out_why", _("剔除理由")),
    ]


@require_POST
@requires("campaign.lead", "bulletin.issue")
def step(request: SignedInRequest, pk: int, deed: str) -> HttpResponse:
    """开始、取消、结束、继续、通报."""
    found = queries.campaign_for(request.user, pk)
    words, seen = request.POST, asked.integer(request.POST, "seen")
    by = request.user
    deeds: dict[str, tuple[Callable[[], object], str]] = {
        "start": (lambda: teams.start(campaign=found, by=by, seen=seen), _("督查已开始，督查组可以记录了。")),
        "cancel": (lambda: planning.cancel(campaign=found, by=by, seen=seen), _("已取消。")),
        "finish": (
            lambda: ending.finish(
                campaign=found, summary=words.get("summary", ""), reason=words.get("reason", ""),
                by=by, seen=seen,
            ),
            _("督查已结束。"),
        ),
        "resume": (lambda: ending.resume(campaign=found, by=by, seen=seen), _("可以继续记录。")),
        "issue": (
            lambda: ending.issue(campaign=found, by=by, seen=seen), _("已通报，各单位可以看到本单位的结果。"),
        ),
    }  # fmt: skip
    if deed not in deeds:
        raise Http404
    do(request, *deeds[deed])
    return redirect("campaigns:campaign", pk)


@require_GET
@requires("campaign.view")
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.campaign_for(request.user, pk)
    return attachment(papers.report_docx(found), f"关于{found.title}情况的通报.docx", DOCX)
