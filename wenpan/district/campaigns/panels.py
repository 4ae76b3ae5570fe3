"""What campaigns found, beside what they looked at and beside the matter that followed."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.campaigns.candidates import KINDS
from wenpan.district.campaigns.queries import objects_for, rules_of
from wenpan.district.firms.models import ServiceRequest
from wenpan.district.ui.beside import PanelLine, SidePanel

TONES = {"green": "GREEN", "yellow": "YELLOW", "red": "RED"}
SHOWN = 5


def panel(user: User, subject: str) -> SidePanel | None:
    kind, _sep, key = subject.partition(":")
    if kind not in KINDS or not can(user, "campaign.take_part"):
        return None
    if kind == "request":  # its page names it by its number
        pk = ServiceRequest.objects.filter(number=key).values_list("pk", flat=True).first()
        subject = f"request:{pk}"
    wanted = Q(subject=subject) | Q(also=subject)
    if kind == "matter" and key.isdecimal():
        wanted |= Q(proposal__matter=int(key)) | Q(proposal__merged_into__matter=int(key))
    rows = objects_for(user).filter(wanted).exclude(result="").select_related("campaign", "by")
    items = []
    for o in rows.order_by("-at")[:SHOWN]:
        result = rules_of(o.campaign).results.get(o.result)
        name = result.label if result else o.result
        items.append(
            PanelLine(
                f"{o.campaign.title}：{name}",
                f"{reverse('campaigns:campaign', args=[o.campaign_id])}#look-{o.pk}",
                TONES[result.tone] if result else "",
                f"{o.at:%Y-%m-%d} {o.note}"[:90] if o.at else "",
            )
        )
    return SidePanel(_("专项督查"), tuple(items)) if items else None
