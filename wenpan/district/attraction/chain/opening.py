"""A landed deal opens its project in the library, and takes it back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.attraction.funnel_values import state_of
from wenpan.district.attraction.models import Deal, DealLink
from wenpan.district.attraction.scope import require_writable
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.district.projects.actions import open_project, take_back_project
from wenpan.district.projects.models import Kind
from wenpan.rules.deals import stage_rules

_CENT = Decimal("0.01")
_KINDS = {"industry": Kind.INDUSTRY, "services": Kind.SERVICES, "agriculture": Kind.AGRICULTURE}


def landed(deal: Deal, day: date) -> bool:
    """Whether the deal has reached what 落地 means for its trade by the rule of the day, or a later stage."""
    if deal.ended_on is not None or deal.duplicate_of_id is not None:
        return False
    wanted = stage_rules(day).landing_stage(deal.trade)
    return any(stage.order >= wanted.order for stage in state_of(deal).reached)


@transaction.atomic
def open_project_of_deal(*, deal: Deal, by: User, at: datetime | None = None) -> DealLink:
    """Opens the deal's project (待入库) and links both. Refused for a deal that has not landed, that has one
    already, or whose agreed investment is not known in yuan."""
    require_writable(by, deal)
    require(by, "deal.edit")
    at = at or timezone.now()
    day = timezone.localdate(at)
    hold()  # of two who open at once the second finds the link
    deal.refresh_from_db()
    if deal.links.exists():
        raise Refused("state", _("这个招商项目已经对应了统计项目。"))
    if not landed(deal, day):
        label = stage_rules(day).label(stage_rules(day).landing_stage(deal.trade))
        raise Refused("state", _("还没有落地（这个行业指%(label)s），不能开立统计项目。") % {"label": label})
    if deal.agreed is None:
        raise Refused("bad_value", _("没有登记协议投资，不能开立统计项目。"))
    project = open_project(
        code=deal.code, name=deal.name, kind=_KINDS.get(deal.trade, Kind.OTHER).value,
        planned_total=deal.agreed.quantize(_CENT), owner=deal.company or deal.investor,
        unit=deal.town or deal.unit, evidence=f"招商项目{deal.code}落地", by=by, at=at,
    )  # fmt: skip
    link = DealLink.objects.create(deal=deal, project=project, opened=True, by=by, at=at)
    record(
        by=by, action="deals.link", subject=f"deal:{deal.pk}", at=at,
        summary=f"招商项目“{deal.name}”落地，开立统计项目{project.code}",
        detail={"link": link.pk, "project": project.pk},
    )  # fmt: skip
    return link


@transaction.atomic
def take_back_opening(*, link: DealLink, reason: str, by: User, at: datetime | None = None) -> None:
    """The project that was opened for a deal goes, and the link. Refused once anything stands on it."""
    require_writable(by, link.deal)
    at = at or timezone.now()
    if not link.opened:
        raise Refused("state", _("这个统计项目不是由招商项目开立的，只能取消对应。"))
    take_back_project(project=link.project, reason=reason, by=by, at=at)
    record(
        by=by, action="deals.link", subject=f"deal:{link.deal_id}", at=at,
        summary=f"撤销招商项目“{link.deal.name}”开立的统计项目{link.project.code}：{reason.strip()[:200]}",
    )  # fmt: skip
    link.delete()
