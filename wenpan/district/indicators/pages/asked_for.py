"""The indicator and month that an address asks for, if the person may see it."""

from __future__ import annotations

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan import rules as policy
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.indicators.pages.board import chosen_month
from wenpan.district.indicators.queries.indicator import Chosen, choose, may_see


def asked_for(request: SignedInRequest, code: str) -> Chosen:
    """404 for an indicator or a month that is not there; NotYours for another unit's."""
    if code not in policy.catalogue():
        raise Http404(_("指标目录里没有这个指标。"))
    try:
        chosen = choose(code, chosen_month(request))
    except KeyError as error:
        raise Http404 from error
    year = chosen.as_of.year if chosen.as_of else timezone.localdate().year
    if not may_see(code, user=request.user, year=year):
        raise NotYours(_("这项指标不由您的单位负责，也没有您单位的目标。"))
    return chosen
