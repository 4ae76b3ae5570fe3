"""Screens on which the office plans a campaign: its ground, objects by query, teams, days."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.campaigns import queries
from wenpan.district.campaigns.actions import planning
from wenpan.district.campaigns.actions import teams as team_actions
from wenpan.district.campaigns.candidates import KINDS, LIGHTS, ObjectFilter, candidates
from wenpan.district.campaigns.forms import CampaignForm, TeamForm
from wenpan.district.campaigns.models import Campaign, CampaignObject, CampaignTeam
from wenpan.district.campaigns.policy import campaign_rules
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.ui import asked
from wenpan.district.ui.doing import do

PREVIEW = 200  # rows that are drawn; all of the query are taken


@requires("campaign.lead")
def new(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    kinds = dict(campaign_rules(today).kinds)
    form = CampaignForm(request.POST or None, kinds=kinds, initial={"starts_on": today, "ends_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            made = planning.plan_campaign(given=form.given(), by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("campaigns:choose", made.pk)
    status = 400 if request.method == "POST" else 200
    return render(request, "campaigns/form.html", {"form": form, "campaign": None}, status=status)


@requires("campaign.lead")
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.campaign_for(request.user, pk)
    kinds = dict(queries.rules_of(found).kinds)
    form = CampaignForm(request.POST or None, kinds=kinds, initial=CampaignForm.start(found))
    if request.method == "POST" and form.is_valid():
        try:
            planning.amend(
                campaign=found, given=form.given(), by=request.user, seen=asked.integer(request.POST, "seen")
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("campaigns:campaign", pk)
    status = 400 if request.method == "POST" else 200
    return render(request, "campaigns/form.html", {"form": form, "campaign": found}, status=status)


@requires("campaign.lead")
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """The query and what it gives; what is ticked is taken, in the campaign's list or, later, by hand."""
    found = queries.campaign_for(request.user, pk)
    if request.method == "POST":
        return _take(request, found)
    kind, given = _asked(request.GET)
    most = queries.rules_of(found).most_objects
    rows = candidates(kind, given, timezone.localdate(), most) if "kind" in request.GET else []
    there = {a for pair in found.items.values_list("subject", "also") for a in pair if a}
    left = [row for row in rows if row.subject not in there and not (row.also and row.also in there)]
    context = {
        "campaign": found,
        "kinds": list(KINDS.items()),
        "kind": kind,
        "given": given,
        "searched": "kind" in request.GET,
        "found": len(rows),
        "there": len(rows) - len(left),
        "rows": left[:PREVIEW],
        "left": len(left),
        "beyond": max(0, len(left) - PREVIEW),
        "units": Unit.objects.filter(active_to=None).exclude(kind=Unit.Kind.DISTRICT),
        "planned": found.state == Campaign.State.PLANNED,
        "open": found.state in ("planned", "running"),
    }
    return render(request, "campaigns/choose.html", context)


def _asked(get: Any) -> tuple[str, ObjectFilter]:
    kind = asked.choice(get, "kind", KINDS, "key_project")
    light = asked.choice(get, "light", {*LIGHTS, "lit"}, "")
    return kind, ObjectFilter(light, asked.words(get, "unit", 40), asked.words(get, "words", 40))


def _take(request: SignedInRequest, found: Campaign) -> HttpResponse:
    kind, given = _asked(request.POST)
    post, reason = request.POST, request.POST.get("reason", "")
    ticked = None if post.get("all") else [s[:80] for s in post.getlist("subjects")]
    try:
        if found.state == Campaign.State.PLANNED and not reason.strip():
            n = len(planning.take_objects(
                campaign=found, kind=kind, given=given, subjects=ticked, by=request.user
            ).taken)  # fmt: skip
        else:
            n = _by_hand(request, found, kind, given, ticked or [], reason)
        messages.success(request, _("已列入%(n)s个对象。") % {"n": n})
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(f"{request.path}?kind={kind}")
    return redirect("campaigns:campaign", found.pk)


@transaction.atomic
def _by_hand(
    request: SignedInRequest, found: Campaign, kind: str, given: ObjectFilter, ticked: list[str], reason: str
) -> int:
    wanted = set(ticked)
    rows = candidates(kind, given, timezone.localdate(), queries.rules_of(found).most_objects)
    chosen = [row for row in rows if row.subject in wanted]
    if not chosen:
        raise Refused("bad_value", _("请先勾选对象。"))
    for row in chosen:
        planning.add_object(campaign=found, row=row, reason=reason, by=request.user)
    return len(chosen)


@requires("campaign.lead")
def teams(request: SignedInRequest, pk: int) -> HttpResponse:
    return _team(request, queries.campaign_for(request.user, pk), None)


@requires("campaign.lead")
def team(request: SignedInRequest, pk: int, team: int) -> HttpResponse:
    found = queries.campaign_for(request.user, pk)
    return _team(request, found, get_object_or_404(CampaignTeam, pk=team, campaign=found))


def _team(request: SignedInRequest, found: Campaign, team: CampaignTeam | None) -> HttpResponse:
    there = queries.teams_of(found)
    start = TeamForm.start(team) if team else {"name": _("第%(n)s组") % {"n": len(there) + 1}}
    form = TeamForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            team_actions.set_team(
                campaign=found, name=given["name"], leader=given["leader"],
                members=list(given["members"]), team=team, by=request.user,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("campaigns:teams", found.pk)
    status = 400 if request.method == "POST" else 200
    counts = {c.key: c for c in queries.sums(found).teams}
    context = {
        "campaign": found, "form": form, "team": team,
        "teams": [(t, counts.get(str(t.pk), queries.GroupCount(str(t.pk), t.name, 0, 0, 0))) for t in there],
        "open": found.state in ("planned", "running"),
    }  # fmt: skip
    return render(request, "campaigns/teams.html", context, status=status)


@require_POST
@requires("campaign.lead")
def drop_team(request: SignedInRequest, pk: int, team: int) -> HttpResponse:
    found = get_object_or_404(CampaignTeam, pk=team, campaign=queries.campaign_for(request.user, pk))
    do(request, lambda: team_actions.drop_team(team=found, by=request.user), _("已撤销。"))
    return redirect("campaigns:teams", pk)


@require_POST
@requires("campaign.lead")
def assign(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.campaign_for(request.user, pk)
    number, day = asked.integer(request.POST, "team"), request.POST.get("day", "").strip()

    def act() -> int:
        if number is None:
            raise Refused("bad_value", _("请选定督查组。"))
        team = get_object_or_404(CampaignTeam, pk=number, campaign=found)
        return team_actions.assign_objects(
            objects=ticked(request, found), team=team, day=typed_day(day) if day else None, by=request.user
        )

    do(request, act, _("已分派。"))
    return back(request, pk)


@require_POST
@requires("campaign.lead")
def plan_days(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.campaign_for(request.user, pk)
    try:
        n = team_actions.plan_days(campaign=found, by=request.user)
        left = queries.sums(found).unplanned
        words = (
            _("已排期%(n)s个对象。")
            if not left
            else _("已排期%(n)s个对象，还有%(left)s个排不下，请加组、延期或人工分派。")
        )
        (messages.warning if left else messages.success)(request, words % {"n": n, "left": left})
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("campaigns:campaign", pk)


@require_POST
@requires("campaign.lead")
def leave_out(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.campaign_for(request.user, pk)
    reason = request.POST.get("reason", "")
    do(request, lambda: planning.leave_out(objects=ticked(request, found), reason=reason, by=request.user),
       _("已剔除。"))  # fmt: skip
    return back(request, pk)


@require_POST
@requires("campaign.lead")
def put_back(request: SignedInRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(CampaignObject.objects.select_related("campaign"), pk=pk)
    do(request, lambda: planning.put_back(item=item, by=request.user), _("已恢复。"))
    return redirect("campaigns:campaign", item.campaign_id)


def ticked(request: SignedInRequest, found: Campaign) -> list[CampaignObject]:
    """The rows of this campaign behind the ticks of a form, of those that the person may see."""
    wanted = [int(pk) for pk in request.POST.getlist("looks") if pk.isdecimal() and len(pk) < 12]
    return list(queries.objects_for(request.user).filter(campaign=found, pk__in=wanted[:1000]))


def back(request: SignedInRequest, pk: int) -> HttpResponse:
    """To the same part of the list."""
    query = asked.words(request.POST, "back", 300)
    where = redirect("campaigns:campaign", pk)
    where["Location"] += f"?{query}" if query else ""
    return where
