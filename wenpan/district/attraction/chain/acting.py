"""Opening the project of a landed deal from its page, and taking the opening back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.attraction.acting import answer, own_deal
from wenpan.district.attraction.chain.opening import open_project_of_deal, take_back_opening
from wenpan.district.attraction.models import DealLink
from wenpan.district.attraction.scope import deals_of


@require_POST
@requires("deal.edit")
def open_project(request: SignedInRequest, pk: int) -> HttpResponse:
    deal = own_deal(request, pk)

    def act() -> None:
        open_project_of_deal(deal=deal, by=request.user)

    return answer(request, act, _("已开立待入库项目。"), back=pk)


@require_POST
@requires("deal.edit")
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(DealLink.objects.filter(deal__in=deals_of(request.user)), pk=pk)
    back, reason = found.deal_id, request.POST.get("reason", "")

    def act() -> None:
        take_back_opening(link=found, reason=reason, by=request.user)

    return answer(request, act, _("已撤销开立。"), back=back)
