"""What this room says beside a project: the deal that it came of. Projects know no deals (ui/beside)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.attraction.models import Deal, DealLink
from wenpan.district.attraction.scope import deals_of
from wenpan.district.ui.beside import PanelLine, SidePanel
from wenpan.economy.funnel.stages import Stage
from wenpan.rules.deals import stage_rules


def panel(user: Any, subject: str) -> SidePanel | None:
    """Of a statistics project its deal; of a key project that of the statistics project it is paired with."""
    which, _colon, key = subject.partition(":")
    if which not in ("project", "key_project") or not key.isdecimal():
        return None
    of = Q(project=key) if which == "project" else Q(project__links__key_project=key)
    links = DealLink.objects.filter(of, deal__in=deals_of(user)).select_related("deal__unit")
    items = tuple(_line(link.deal) for link in links)
    return SidePanel(_("来自招商项目"), items) if items else None


def _line(deal: Deal) -> PanelLine:
    label = stage_rules(timezone.localdate()).label(Stage(deal.stage)) if deal.stage else ""
    words = [deal.unit.short_name if deal.unit else "", label, deal.investor]
    if deal.signed_on:
        words.append(_("签约%(day)s") % {"day": deal.signed_on})
    for said, amount in ((_("协议投资%(n)s万元"), deal.agreed), (_("到位资金%(n)s万元"), deal.arrived)):
        if amount is not None:
            words.append(said % {"n": f"{amount:,.0f}"})
    url = reverse("attraction:deal", args=[deal.pk])
    return PanelLine(f"{deal.code} {deal.name}", url, detail=" · ".join(w for w in words if w))
