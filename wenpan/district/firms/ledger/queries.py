"""The ledger of firms as a list, and one firm's page with everything that happened in one line of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.firms.base.scope import firm_scope
from wenpan.district.firms.ledger.undertakings import FirmMoment, moments_of
from wenpan.district.firms.models import ContactAssignment, Firm, FirmName, FirmVisit, ServiceRequest
from wenpan.district.firms.models.requests import OPEN


def firms_of(user: Any, *, town: str = "", mark: str = "", state: str = "active") -> QuerySet[Firm]:
    """The firms that the person may see, each with `open_requests` and `met_on` (the last visit that met)."""
    rows = Firm.objects.filter(firm_scope(user).firms()).select_related("town")
    if state in Firm.State.values:
        rows = rows.filter(state=state)
    if town:
        rows = rows.filter(town__code=town)
    if mark:
        rows = rows.filter(marks__contains=f"|{mark}|")
    asked = ServiceRequest.objects.filter(firm=OuterRef("pk"), phase__in=OPEN).order_by().values("firm")
    met = FirmVisit.objects.filter(firm=OuterRef("pk"), result="met").order_by("-on")
    return rows.annotate(
        open_requests=Coalesce(Subquery(asked.annotate(n=Count("pk")).values("n")), 0),
        met_on=Subquery(met.values("on")[:1]),
    )


@dataclass(frozen=True)
class FirmPage:
    firm: Firm
    moments: tuple[FirmMoment, ...]
    open_requests: tuple[ServiceRequest, ...]
    contacts: tuple[ContactAssignment, ...]
    names: tuple[FirmName, ...]
    merged_from: tuple[Firm, ...]


def firm_page(firm: Firm, user: Any) -> FirmPage:
    """What the person may see of a firm: of requests those in sight; a merged firm's are shown with it."""
    merged = tuple(firm.merged_from.all())
    held = [firm.pk, *(other.pk for other in merged)]
    seen = ServiceRequest.objects.filter(firm_scope(user).requests(), firm__in=held).select_related("unit")
    contacts = tuple(ContactAssignment.objects.filter(firm__in=held).select_related("person__unit"))
    names = tuple(firm.names.all())
    moments = [*_of_requests(seen), *_of_visits(held), *_of_plan(contacts), *_of_names(names)]
    moments += moments_of([firm, *merged], user)
    moments.sort(key=lambda moment: moment.on, reverse=True)
    open_ = tuple(row for row in seen if row.phase in OPEN)
    today = timezone.localdate()
    current = tuple(one for one in contacts if one.holds_on(today))
    return FirmPage(firm, tuple(moments), open_, current, names, merged)


def _of_requests(rows: QuerySet[ServiceRequest]) -> list[FirmMoment]:
    return [
        FirmMoment(
            timezone.localdate(row.received_at), "request", _("诉求"),
            f"{row.number} {row.title} · {row.get_outcome_display() or row.get_phase_display()}",
            reverse("firms:request", args=[row.pk]),
        )
        for row in rows
    ]  # fmt: skip


def _of_visits(firms: list[int]) -> list[FirmMoment]:
    return [
        FirmMoment(
            row.on,
            "visit",
            _("走访"),
            _visit_words(row),
            reverse("firms:visit_photo", args=[row.pk]) if row.picture else "",
        )
        for row in FirmVisit.objects.filter(firm__in=firms).select_related("person")
    ]


def _visit_words(row: Any) -> str:
    told = [str(row.person), row.get_result_display(), row.place]
    told += [
        _("提出：%s") % row.asked if row.asked else "",
        _("答应：%s") % row.promised if row.promised else "",
    ]
    return " · ".join(part for part in (*told, row.note) if part)


def _of_plan(contacts: tuple[ContactAssignment, ...]) -> list[FirmMoment]:
    told = []
    for one in contacts:
        words = {"person": one.person, "every": one.every}
        told.append(
            FirmMoment(
                one.starts_on, "contact", _("包联"), _("%(person)s 开始包联，每%(every)s个月走访一次") % words
            )
        )
        if one.ends_on:
            told.append(FirmMoment(one.ends_on, "contact", _("包联"), _("%(person)s 包联结束") % words))
    return told


def _of_names(names: tuple[FirmName, ...]) -> list[FirmMoment]:
    return [FirmMoment(one.until, "name", _("更名"), _("此前名称：%s") % one.name) for one in names]
