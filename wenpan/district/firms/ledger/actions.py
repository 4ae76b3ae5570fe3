"""Writing the ledger of firms: taken up, changed under a version, merged; former names stay known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.firms.base.addresses import firm_address
from wenpan.district.firms.models import ContactAssignment, Firm, FirmName
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.documents.words.pinyin import syllables
from wenpan.economy.funnel.identity import normal_uscc, uscc_fault
from wenpan.rules import normalised

FIELDS = ("uscc", "name", "trade", "size", "town", "park", "lists", "honours", "facts", "contact", "phone")
UNNAMED = "未留企业名称"
LONGEST = {"name": 120, "trade": 60, "park": 60, "contact": 40, "phone": 40}


@transaction.atomic
def add_firm(*, values: Mapping[str, Any], by: User | None, at: datetime | None = None) -> Firm:
    """A firm that was not in the ledger. Refused "bad_value" for a wrong code or no name, "clash" for a code
    or a name that is there already. `by=None` is the system, for a file that a person accepted."""
    if by is not None:
        require(by, "firm.edit")
    kept = _clean(values)
    if not kept.get("name"):
        raise Refused("bad_value", _("请写明企业名称。"))
    same = Firm.objects.filter(compared=normalised(kept["name"])).first()
    if same is not None and not (kept.get("uscc") and same.uscc and same.uscc != kept["uscc"]):
        raise Refused("clash", _("台账里已有同名企业：%(name)s。") % {"name": same.name})
    try:
        with transaction.atomic():
            firm = Firm.objects.create(**kept, **derived_names(values=kept))
    except IntegrityError:
        raise Refused("clash", _("台账里已有这个统一社会信用代码。")) from None
    record(
        by=by, action="firms.added", subject=firm_address(firm), at=at,
        summary=f"登记企业 {firm.name}", detail={"uscc": firm.uscc},
    )  # fmt: skip
    return firm


@transaction.atomic
def change_firm(
    *, firm: Firm, values: Mapping[str, Any], by: User, seen: int | None = None, at: datetime | None = None
) -> Firm:
    """Changes what is named in `values`; a new name leaves the old one in the history. Refused "clash" where
    somebody else changed it in between."""
    require(by, "firm.edit")
    at = at or timezone.now()
    kept = _clean(values)
    if "name" in kept and not kept["name"]:
        raise Refused("bad_value", _("请写明企业名称。"))
    before = Firm.objects.get(pk=firm.pk)
    version = before.version if seen is None else seen
    changed = {key: value for key, value in kept.items() if getattr(before, key) != value}
    if not changed:
        return before
    renamed = changed.get("name")
    written = changed | derived_names(values=changed) | {"version": version + 1}
    try:
        with transaction.atomic():
            if Firm.objects.filter(pk=firm.pk, version=version).update(**written) != 1:
                raise Refused("clash", _("这家企业刚被别人改过，请刷新后再看。"))
    except IntegrityError:
        raise Refused("clash", _("台账里已有这个统一社会信用代码。")) from None
    if renamed:
        FirmName.objects.create(firm=before, name=before.name, until=timezone.localdate(at), by=by, at=at)
    told = {key: str(value) for key, value in changed.items()}
    record(
        by=by, action="firms.changed", subject=firm_address(firm), at=at,
        summary=f"更正企业 {renamed or before.name}：{'、'.join(_labels(changed))}", detail=told,
    )  # fmt: skip
    firm.refresh_from_db()
    return firm


@transaction.atomic
def end_firm(
    *, firm: Firm, on: date, reason: str, by: User, into: Firm | None = None, at: datetime | None = None
) -> Firm:
    """The firm is gone, or merged into another; its requests and visits stay with it and are shown there. Who
    looked after it does so no longer."""
    require(by, "firm.edit")
    if not reason.strip():
        raise Refused("reason_missing", _("请写明依据。"))
    if into is not None and (into.pk == firm.pk or into.state != Firm.State.ACTIVE):
        raise Refused("bad_value", _("只能并入另一家在营企业。"))
    state = Firm.State.MERGED if into else Firm.State.GONE
    held = Firm.objects.filter(pk=firm.pk, state=Firm.State.ACTIVE)
    if held.update(state=state, merged_into=into, version=firm.version + 1) != 1:
        raise Refused("clash", _("这家企业已经不在营。"))
    words = f"并入 {into.name}" if into else "已迁出或停业"
    plans = ContactAssignment.objects.filter(firm=firm, ends_on=None)
    ended = sum(plans.filter(pk=one.pk).update(ends_on=max(on, one.starts_on)) for one in plans)
    record(
        by=by, action="firms.ended", subject=firm_address(firm), at=at,
        summary=f"{firm.name}：{words}",
        detail={"on": str(on), "reason": reason.strip(), "plans_ended": ended},
    )  # fmt: skip
    firm.refresh_from_db()
    return firm


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := set(values) - set(FIELDS):
        raise Refused("bad_value", _("没有这样的栏目：%(names)s。") % {"names": "、".join(sorted(unknown))})
    kept = dict(values)
    if kept.get("name") and normalised(str(kept["name"])) == normalised(UNNAMED):
        raise Refused("bad_value", _("请写明企业名称。"))
    if "uscc" in kept:
        if fault := uscc_fault(str(kept["uscc"] or "")):
            raise Refused("bad_value", fault)
        kept["uscc"] = normal_uscc(str(kept["uscc"] or ""))
    for name in LONGEST:
        if name in kept:
            kept[name] = " ".join(str(kept[name] or "").split())[: LONGEST[name]]
    return kept


def derived_names(*, values: Mapping[str, Any]) -> dict[str, str]:
    """What the database sorts, compares and filters by."""
    found: dict[str, str] = {}
    if name := values.get("name"):
        found |= {"compared": normalised(name)[:160], "pinyin": " ".join(syllables(name))[:500]}
    if "lists" in values:
        found["marks"] = f"|{'|'.join(values['lists'])}|"[:600]
    return found


def _labels(changed: Mapping[str, Any]) -> list[str]:
    return [str(getattr(Firm._meta.get_field(key), "verbose_name", key)) for key in changed]
