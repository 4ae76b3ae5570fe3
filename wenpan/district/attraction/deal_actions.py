"""Deals opened and edited by hand, linked to their statistics project, and views of the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import can, require
from wenpan.district.attraction.actions import note_amount
from wenpan.district.attraction.derive import refresh
from wenpan.district.attraction.lists.list_actions import pinyin
from wenpan.district.attraction.models import Deal, DealEvent, DealLink
from wenpan.district.attraction.scope import require_writable
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.district.projects.models import Project
from wenpan.economy.funnel.identity import normal_uscc, uscc_fault
from wenpan.economy.funnel.stages import Stage
from wenpan.rules.deals import counting_rules

EDITABLE = ("name", "investor", "home", "company", "uscc", "trade", "chain", "leading", "marks")
_EARLY = (Stage.LEAD, Stage.TALK)


@dataclass(frozen=True)
class QuickDeal:
    """One line of the fast entry. Only leads and talks are opened by it: all else needs evidence."""

    name: str
    investor: str = ""
    stage: str = Stage.TALK.value
    on: date | None = None
    amount: str = ""
    progress: str = ""


@transaction.atomic
def open_deals(
    *, lines: Sequence[QuickDeal], unit: Unit | None, by: User, at: datetime | None = None
) -> list[Deal]:
    """Opens deals of a unit, all or none. Refused names the line."""
    require(by, "deal.edit", "deal.own")
    at = at or timezone.now()
    today = timezone.localdate(at)
    if not can(by, "deal.edit"):
        unit = by.unit
    if not lines:
        raise Refused("bad_value", _("没有填写项目。"))
    hold()
    number, made = _last_number(today.year), []
    for place, line in enumerate(lines, 1):
        if not line.name.strip() or line.stage not in [s.value for s in _EARLY]:
            raise Refused("bad_value", _("第%(n)d行：请填项目名称，阶段只能是线索或在谈。") % {"n": place})
        if (line.on or today) > today:
            raise Refused("bad_value", _("第%(n)d行：日期不能在今天之后。") % {"n": place})
        number += 1
        name = line.name.strip()[:120]
        deal = Deal.objects.create(
            code=f"ZS{today.year}-{number:04d}", name=name, pinyin=pinyin(name),
            unit=unit, investor=line.investor.strip()[:120], listed_on=today,
            fields={"progress": line.progress.strip()[:400]} if line.progress.strip() else {},
        )  # fmt: skip
        DealEvent.objects.create(
            deal=deal, kind="reached", stage=line.stage, on=line.on or today, by=by, at=at
        )
        try:
            if line.amount.strip():
                note_amount(deal=deal, rung="agreed", text=line.amount, as_of=today, by=by, at=at)
        except Refused as refusal:
            raise Refused(refusal.code, _("第%(n)d行：") % {"n": place} + refusal.message) from None
        made.append(deal)
    refresh([deal.pk for deal in made], today)
    record(
        by=by, action="deals.open", subject=f"deal:{made[0].pk}", at=at,
        summary=f"登记{len(made)}个招商项目：{'、'.join(d.name for d in made[:5])}",
        detail={"deals": [d.pk for d in made]},
    )  # fmt: skip
    return made


def _last_number(year: int) -> int:
    codes = Deal.objects.filter(code__startswith=f"ZS{year}-").values_list("code", flat=True)
    return max((int(tail) for code in codes if (tail := code.rpartition("-")[2]).isdigit()), default=0)


@transaction.atomic
def edit_deal(*, deal: Deal, seen: int, values: dict[str, Any], by: User, at: datetime | None = None) -> None:
    """Corrects columns of a deal. An edit is no event: the age of the deal stays. Refused "clash" where
    somebody else was faster."""
    require_writable(by, deal)
    at = at or timezone.now()
    if wrong := set(values) - set(EDITABLE):
        raise Refused("bad_value", f"{'、'.join(sorted(wrong))}")
    if values.get("uscc"):
        values["uscc"] = normal_uscc(values["uscc"])
        if fault := uscc_fault(values["uscc"]):
            raise Refused("bad_value", f"{fault}。")
    if "name" in values:
        if not values["name"].strip():
            raise Refused("bad_value", _("请填项目名称。"))
        values["pinyin"] = pinyin(values["name"])
    known = {mark for rules in counting_rules().values() for mark in rules.never}
    if not set(values.get("marks", ())) <= known:
        raise Refused("bad_value", _("不认识这种不计情形。"))
    before = {name: getattr(deal, name) for name in values if name != "pinyin"}
    if Deal.objects.filter(pk=deal.pk, version=seen).update(**values, version=F("version") + 1) != 1:
        raise Refused("clash", _("别人刚改过这个项目，请重新打开再改。"))
    changed = {name: [old, values[name]] for name, old in before.items() if old != values[name]}
    record(
        by=by, action="deals.edit", subject=f"deal:{deal.pk}", at=at,
        summary=f"更正招商项目“{deal.name}”的{len(changed)}项", detail=changed,
    )  # fmt: skip


@transaction.atomic
def link_project(*, deal: Deal, project: Project, by: User, at: datetime | None = None) -> DealLink:
    """A person says that a deal became a project of the statistics library."""
    require_writable(by, deal)
    at = at or timezone.now()
    if DealLink.objects.filter(project=project).exists():
        raise Refused("state", _("这个统计项目已经对应了别的招商项目。"))
    link = DealLink.objects.create(deal=deal, project=project, by=by, at=at)
    record(
        by=by, action="deals.link", subject=f"deal:{deal.pk}", at=at,
        summary=f"招商项目“{deal.name}”对应统计项目{project.code}“{project.name}”",
    )  # fmt: skip
    return link


@transaction.atomic
def unlink_project(*, link: DealLink, by: User, at: datetime | None = None) -> None:
    require_writable(by, link.deal)
    record(
        by=by, action="deals.link", subject=f"deal:{link.deal_id}", at=at,
        summary=f"取消招商项目“{link.deal.name}”与统计项目{link.project.code}的对应",
    )  # fmt: skip
    link.delete()


@transaction.atomic
def note_export(*, what: str, filters: str, by: User, at: datetime | None = None) -> None:
    """Who took which list of deals out."""
    require(by, "deal.view")
    record(
        by=by, action="deals.export", subject="deals", at=at, summary=f"导出招商项目：{what}",
        detail={"filters": filters[:400]},
    )  # fmt: skip
