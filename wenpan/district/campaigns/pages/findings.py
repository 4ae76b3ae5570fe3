"""What a team found, recorded row by row or for the ticked rows, with photos and papers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import can, requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.campaigns import queries
from wenpan.district.campaigns.actions import entering
from wenpan.district.campaigns.actions.entering import FindingEvidence, GivenFinding
from wenpan.district.campaigns.models import CampaignObject, FindingFile
from wenpan.district.campaigns.pages.campaigns import READERS, objects_with_results
from wenpan.district.campaigns.pages.planning import back, ticked
from wenpan.district.ground import originals
from wenpan.district.ground.refused import Refused
from wenpan.district.projects.site.photos import CONTENT_TYPE
from wenpan.district.supervision.matters import attachments
from wenpan.district.supervision.matters.pages.typed import sent_files
from wenpan.district.ui import asked
from wenpan.district.ui.doing import do
from wenpan.district.ui.exports import attachment


def _item(request: SignedInRequest, pk: int) -> CampaignObject:
    rows = queries.objects_for(request.user).select_related("campaign", "unit", "team", "by")
    return get_object_or_404(rows.prefetch_related("files"), pk=pk)


def _given(request: SignedInRequest) -> GivenFinding:
    post = request.POST
    return GivenFinding(asked.words(post, "result", 16), asked.words(post, "way", 16), post.get("note", ""))


def _evidence(request: SignedInRequest) -> list[FindingEvidence]:
    files = sent_files(request)
    return entering.evidence_of(files=files, by=request.user) if files else []


@require_POST
@requires(*READERS)
def enter(request: SignedInRequest, pk: int) -> HttpResponse:
    """One row; with htmx the row comes back as it now stands, with the numbers of the campaign."""
    item, refused = _item(request, pk), ""
    try:
        entering.enter(
            item=item, given=_given(request), evidence=_evidence(request), by=request.user,
            seen=asked.integer(request.POST, "seen"),
        )  # fmt: skip
    except Refused as refusal:
        refused = refusal.message
    if not getattr(request, "htmx", False):
        (messages.error(request, refused) if refused else messages.success(request, _("已记录。")))
        return back(request, item.campaign_id)
    item = _item(request, pk)
    campaign, user = item.campaign, request.user
    rules = queries.rules_of(campaign)
    inside = can(user, "campaign.view")
    context = {
        "campaign": campaign,
        "row": objects_with_results(request, campaign, [item])[0],
        "refused": refused,
        "typed": request.POST,
        "results": list(rules.results.values()),
        "ways": list(rules.ways.values()),
        "accept": attachments.limits().accept,
        "sums": queries.sums(campaign, None if inside else queries.objects_for(user)),
        "inside": inside,
        "may_lead": can(user, "campaign.lead"),
        "fresh": True,
        "query": asked.words(request.POST, "back", 300),
    }
    return render(request, "campaigns/parts/row_saved.html", context)


@require_POST
@requires(*READERS)
def enter_many(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.campaign_for(request.user, pk)
    items = ticked(request, found)
    do(request, lambda: entering.enter_many(items=items, given=_given(request), by=request.user),
       _("已一并记录%(n)s个对象。") % {"n": len(items)})  # fmt: skip
    return back(request, pk)


@require_POST
@requires(*READERS)
def attach(request: SignedInRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    do(request, lambda: entering.attach(item=item, evidence=_evidence(request), by=request.user),
       _("佐证已保存。"))  # fmt: skip
    return back(request, item.campaign_id)


@require_GET
@requires(*READERS)
def file(request: SignedInRequest, pk: int) -> HttpResponse:
    """A photo as the small picture without its metadata; a paper as it came in."""
    found = get_object_or_404(FindingFile, pk=pk, object__in=queries.objects_for(request.user))
    if found.shown:
        answer = HttpResponse(originals.get(found.shown), content_type=CONTENT_TYPE)
        answer["X-Content-Type-Options"] = "nosniff"
        return answer
    return attachment(originals.get(found.sha256), found.filename, "application/octet-stream")
