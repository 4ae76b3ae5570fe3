"""A firm's deals and projects as moments of its time, as far as the person may see them.

A deal is the firm's as the room of deals says (`chain/firm_deals.py`: by its code, or by a name that it has
or had); a project where its owner bears one of the names.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import can
from wenpan.district.attraction.chain.firm_deals import deals_of_firm
from wenpan.district.attraction.models import Deal
from wenpan.district.firms.models import Firm, FirmName
from wenpan.district.projects.base.scope import scope_of
from wenpan.district.projects.models import KeyProject, Project
from wenpan.economy.funnel.stages import LABELS, Stage


@dataclass(frozen=True)
class FirmMoment:
    """One line of a firm's time: `kind` is request, visit, contact, name, deal or project."""

    on: date
    kind: str
    label: str
    text: str
    url: str = ""


def moments_of(firms: Sequence[Firm], user: Any) -> list[FirmMoment]:
    """`firms`: the firm and those merged into it."""
    names: dict[int, set[str]] = {firm.pk: {firm.name} for firm in firms}
    for pk, name in FirmName.objects.filter(firm__in=firms).values_list("firm_id", "name"):
        names[pk].add(name)
    deals = {
        deal.pk: deal
        for firm in firms
        for deal in deals_of_firm(firm.uscc, sorted(names[firm.pk]), user=user)
    }
    return [*_deals(deals.values()), *_projects(set().union(*names.values()), user)]


def _deals(deals: Iterable[Deal]) -> Iterator[FirmMoment]:
    for deal in deals:
        url = reverse("attraction:deal", args=[deal.pk])
        reached = deal.standing.get("reached", {})
        days = [(stage, reached[stage]) for stage in Stage if stage in reached]
        for stage, day in sorted(days, key=lambda item: item[1]):  # of one day in the order of the stages
            words = f"{deal.name} · {LABELS[stage]}"
            yield FirmMoment(date.fromisoformat(day), "deal", _("招商"), words, url)
        if deal.ended_on:
            yield FirmMoment(deal.ended_on, "deal", _("招商"), f"{deal.name} · {_('终止')}", url)


def _projects(names: set[str], user: Any) -> Iterator[FirmMoment]:
    if not can(user, "project.view"):
        return
    scope = scope_of(user).projects()
    for project in Project.objects.filter(scope, owner__in=names, retracted=False):
        url = reverse("projects:project", args=[project.pk])
        months = ((project.opened, _("开工")), (project.entered, _("入库")))
        for month, words in months:
            if month:
                yield FirmMoment(_end_of(month), "project", _("项目"), f"{project.name} · {words}", url)
    for key in KeyProject.objects.filter(scope, owner__in=names, retracted=False):
        url = reverse("projects:key_project", args=[key.pk])
        told = ((key.actual_start, _("实际开工")), (key.actual_finish, _("实际竣工")))
        seen = [(month, words) for month, words in told if month]
        for month, words in seen or [(f"{key.year}-01", _("列入%(year)s年重点项目") % {"year": key.year})]:
            yield FirmMoment(_end_of(month), "project", _("重点项目"), f"{key.name} · {words}", url)


def _end_of(month: str) -> date:
    year, number = int(month[:4]), int(month[5:7])
    return date(year, number, monthrange(year, number)[1])
