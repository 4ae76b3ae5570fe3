"""The contact plan and what visits found: who looks after whom, and a promise that becomes a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can, require
from wenpan.district.firms.base.addresses import firm_address
from wenpan.district.firms.base.scope import require_firm
from wenpan.district.firms.models import ContactAssignment, Firm, FirmVisit
from wenpan.district.firms.requests.actions import register_request
from wenpan.district.ground import originals
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import door
from wenpan.district.projects.site import photos


@transaction.atomic
def assign_contact(
    *, firm: Firm, person: User, every: int, starts_on: date, by: User, at: datetime | None = None
) -> ContactAssignment:
    """A person looks after a firm from a day on. Refused "bad_value", "clash" where that holds already."""
    require(by, "contact.plan")
    if not 1 <= every <= 12:
        raise Refused("bad_value", _("走访间隔应为1到12个月。"))
    if firm.state != Firm.State.ACTIVE:
        raise Refused("bad_value", _("这家企业已不在营。"))
    if not can(person, "contact.visit"):
        raise Refused("bad_value", _("%(name)s没有走访登记的权限，不能包联。") % {"name": person})
    try:
        with transaction.atomic():
            made = ContactAssignment.objects.create(
                firm=firm, person=person, every=every, starts_on=starts_on, by=by, at=at or timezone.now()
            )
    except IntegrityError:
        raise Refused("clash", _("%(name)s已经包联这家企业。") % {"name": person}) from None
    record(
        by=by, action="firms.contact", subject=firm_address(firm), at=at,
        summary=f"{person} 包联 {firm.name}，每{every}个月走访一次",
        detail={"person": person.pk, "starts_on": str(starts_on)},
    )  # fmt: skip
    return made


@transaction.atomic
def end_contact(
    *, contact: ContactAssignment, on: date, by: User, at: datetime | None = None
) -> ContactAssignment:
    """The last day on which the person looks after the firm."""
    require(by, "contact.plan")
    if on < contact.starts_on:
        raise Refused("bad_value", _("结束日期早于开始日期。"))
    if ContactAssignment.objects.filter(pk=contact.pk, ends_on__isnull=True).update(ends_on=on) != 1:
        raise Refused("clash", _("这条包联已经结束。"))
    contact.refresh_from_db()
    record(
        by=by, action="firms.contact_ended", subject=firm_address(contact.firm), at=at,
        summary=f"{contact.person} 不再包联 {contact.firm.name}", detail={"on": str(on)},
    )  # fmt: skip
    return contact


@dataclass(frozen=True)
class VisitPhoto:
    """A photo that may be kept, and the picture of it that is shown."""

    admitted: door.Admitted
    picture: bytes


def photo_of(*, filename: str, data: bytes, by: User) -> VisitPhoto:
    """Before the visit is written: refused as `door.admit` and for what is no photo."""
    picture = photos.web_photo(data)
    admitted = door.admit(filename=filename, data=data, door="走访照片", by=by, otherwise="照片")
    return VisitPhoto(admitted, picture)


@transaction.atomic
def note_visit(
    *,
    firm: Firm,
    on: date,
    result: str,
    by: User,
    person: User | None = None,
    place: str = "",
    asked: str = "",
    promised: str = "",
    note: str = "",
    category: str = "other",
    photo: VisitPhoto | None = None,
    at: datetime | None = None,
) -> FirmVisit:
    """A visit and what it found, proved by a sentence or a photo.

    What was asked or promised becomes a request by itself. `person`: another than `by`, for the office that
    writes it down."""
    require(by, "contact.visit", "contact.plan")
    require_firm(by, firm)
    who = person or by
    if who.pk != by.pk and not can(by, "contact.plan"):
        raise PermissionDenied(_("只能登记自己的走访。"))
    at = at or timezone.now()
    if result not in FirmVisit.Result.values:
        raise Refused("bad_value", _("请选定走访结果。"))
    if on > timezone.localdate(at):
        raise Refused("bad_value", _("走访日期不能晚于今天。"))
    if not (note.strip() or asked.strip() or promised.strip() or photo):
        raise Refused("bad_value", _("请写一句记录，或传一张照片。"))
    if (asked.strip() or promised.strip()) and result not in ("met", "phone"):
        raise Refused("bad_value", _("没有联系上企业，不能登记企业提出的事项。"))
    visit = FirmVisit.objects.create(
        firm=firm, person=who, on=on, result=result, place=place.strip()[:80], asked=asked.strip()[:500],
        promised=promised.strip()[:500], note=note.strip()[:500], by=by, at=at,
        photo=door.keep(photo.admitted, at=at) if photo else "",
        picture=originals.put(photo.picture) if photo else "",
    )  # fmt: skip
    record(
        by=by, action="firms.visit", subject=firm_address(firm), at=at,
        summary=f"{who} 走访 {firm.name}：{visit.get_result_display()}", detail={"on": str(on)},
    )  # fmt: skip
    told = asked.strip() or promised.strip()
    if told:
        text = "\n".join(
            part
            for part in (asked.strip(), f"当场答应：{promised.strip()}" if promised.strip() else "")
            if part
        )
        register_request(
            firm=firm, title=told, text=text, channel="visit", category=category, visit=visit, by=by, at=at
        )
    return visit
