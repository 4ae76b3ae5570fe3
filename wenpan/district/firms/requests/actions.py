"""Requests: registered by whoever hears of them, then one step at a time by office and unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.firms.base.scope import require_firm, require_request
from wenpan.district.firms.models import Firm, FirmVisit, RequestEntry, ServiceRequest
from wenpan.district.firms.requests.append import append, request_address
from wenpan.district.firms.requests.event_log import events_of, local, rules_of
from wenpan.district.firms.requests.situations import situation
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.economy.requests.events import CallBackResult, EntryResult, RequestEventKind, RequestOutcome
from wenpan.economy.requests.extensions import extension_refusal
from wenpan.rules.requests import request_rules_in_force
from wenpan.rules.working_days import calendar

K = RequestEventKind


@transaction.atomic
def register_request(
    *,
    firm: Firm,
    title: str,
    channel: str,
    category: str,
    by: User | None,
    text: str = "",
    request_class: str = "",
    foreign_number: str = "",
    earlier: ServiceRequest | None = None,
    visit: FirmVisit | None = None,
    link: int | None = None,
    at: datetime | None = None,
) -> ServiceRequest:
    """登记. `link`: by which the firm filed it itself.

    What a merged firm asks is its heir's. Refused "bad_value" for what is not filled in and for a firm that
    is gone, "clash" for a ticket registered already."""
    if by is not None:
        require(by, "request.register", "contact.visit")
        require_firm(by, firm)
    at = at or timezone.now()
    firm, text = _going_on(firm, text)
    if not title.strip():
        raise Refused("bad_value", _("请写明企业的诉求。"))
    if channel not in ServiceRequest.Channel.values or category not in ServiceRequest.Category.values:
        raise Refused("bad_value", _("请选定来源和类别。"))
    rules = request_rules_in_force(timezone.localdate(at))
    if request_class and request_class not in rules.classes:
        raise Refused("bad_value", _("没有这种办理类别。"))
    hold()
    year = timezone.localdate(at).year
    last = last_serial(year=year)
    try:
        with transaction.atomic():
            made = ServiceRequest.objects.create(
                number=f"{year}-S{last + 1:04d}", year=year, serial=last + 1, firm=firm,
                title=title.strip()[:200], text=text.strip(), channel=channel, category=category,
                request_class=request_class or rules.default_class, rules=rules.code,
                foreign_number=foreign_number.strip()[:60], received_at=at, created_by=by,
                earlier=earlier, visit=visit,
            )  # fmt: skip
    except IntegrityError:
        raise Refused("clash", _("这个来源单号已经登记过。")) from None
    data = {"channel": channel} if link is None else {"channel": channel, "link": link, "by_firm": True}
    append(request=made, kind=K.RECEIVED, by=by, at=at, data=data)
    return made


def _going_on(firm: Firm, text: str) -> tuple[Firm, str]:
    """The firm that goes on, with the name that asked; refused where there is none any more."""
    heir = firm.going_on
    if heir.state == Firm.State.GONE:
        raise Refused("bad_value", _("这家企业已不在营。"))
    if heir.pk != firm.pk:
        text = f"原以{firm.name}名义提出。{text}"
    return heir, text


def last_serial(*, year: int) -> int:
    """A number is used once, also where its request was taken back."""
    return ServiceRequest.everything.filter(year=year).aggregate(last=Max("serial"))["last"] or 0


@transaction.atomic
def take_step(
    *,
    request: ServiceRequest,
    kind: RequestEventKind,
    by: User,
    text: str = "",
    unit: Unit | None = None,
    assists: Sequence[Unit] = (),
    details: Mapping[str, Any] | None = None,
    seen: int | None = None,
    at: datetime | None = None,
) -> RequestEntry:
    """One step of a request. `details`: entry, outcome, result, passed, contacted, solved, days, joined_to.

    Raises PermissionDenied (not this person's step), Refused "state", "clash" or "bad_value".
    """
    require(by, "request.office", "request.handle", "request.supervise")
    require_request(by, request)
    if not situation(request, by).may(kind):
        raise PermissionDenied(_("这一步不由您办理。"))
    at = at or timezone.now()
    data = _data(kind, dict(details or {}))
    if kind is K.ASSIGNED:
        if unit is None:
            raise Refused("bad_value", _("请选定主办单位。"))
        others = [other.code for other in assists if other.pk != unit.pk]
        data |= {"unit": unit.code, "units": others, "unit_name": unit.short_name}
    if kind is K.EXTENSION_ASKED:
        said = extension_refusal(
            events_of(request), rules_of(request), calendar=calendar(), at=local(at),
            days=data.get("days") or 0, request_class=request.request_class,
        )  # fmt: skip
        if said:
            raise Refused("state", said + "。")
    if kind is K.EXTENDED:
        data["days"] = data.get("days") or _days_asked(request)
    if data.get("joined_to"):
        _require_other(request, data["joined_to"])
    return append(request=request, kind=kind, by=by, text=text, data=data, at=at, seen=seen)


@transaction.atomic
def move_request(
    *, request: ServiceRequest, firm: Firm, by: User, seen: int | None = None, at: datetime | None = None
) -> ServiceRequest:
    """A ticket that named no firm, or the wrong one, is put under its firm; events and number stay.
    Refused "bad_value" for a firm that is no more, "clash" where somebody else acted."""
    require(by, "request.office")
    require_request(by, request)
    require_firm(by, firm)
    if firm.state != Firm.State.ACTIVE:
        raise Refused("bad_value", _("这家企业已不在营。"))
    before = request.firm
    held = ServiceRequest.objects.filter(pk=request.pk, firm=before)
    if seen is not None:
        held = held.filter(version=seen)
    if held.update(firm=firm) != 1:
        raise Refused("clash", _("这件诉求刚被别人办过，请刷新后再看。"))
    record(
        by=by, action="request.moved", subject=request_address(request), at=at,
        summary=f"诉求 {request.number} 由{before.name}改记到{firm.name}",
        detail={"from": before.pk, "to": firm.pk},
    )  # fmt: skip
    request.refresh_from_db()
    return request


def _data(kind: RequestEventKind, details: dict[str, Any]) -> dict[str, Any]:
    """What is told of a step, each as a value that the events know."""
    words = {"entry": EntryResult, "outcome": RequestOutcome, "result": CallBackResult}
    for name, allowed in words.items():
        if details.get(name) and details[name] not in list(allowed):
            raise Refused("bad_value", _("请选定结果。"))
    days = details.get("days")
    if days is not None and not 1 <= int(days) <= 365:
        raise Refused("bad_value", _("延期天数应在1到365之间。"))
    return {name: value for name, value in details.items() if value not in (None, "")}


def _days_asked(request: ServiceRequest) -> int:
    asked = request.entries.filter(kind=K.EXTENSION_ASKED.value).order_by("-sequence").first()
    return int(asked.data.get("days", 0)) if asked else 0


def _require_other(request: ServiceRequest, number: str) -> None:
    other = ServiceRequest.objects.filter(number=number).select_related("joined_to").first()
    if number == request.number or other is None:
        raise Refused("bad_value", _("没有编号为%(number)s的另一件诉求。") % {"number": number})
    if other.joined_to is not None:  # else two could each be the other's copy, and none would go on
        words = {"number": number, "other": other.joined_to.number}
        raise Refused("bad_value", _("%(number)s已作为重复件并到%(other)s，请写继续办理的那一件。") % words)
