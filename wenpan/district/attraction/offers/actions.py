"""The register of what the place offers: opened, corrected, given out; deals and reserve projects point
to it.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import can, require
from wenpan.district.attraction.lists.list_actions import pinyin
from wenpan.district.attraction.models import Deal, Offer, OfferUse, PitchPaper
from wenpan.district.attraction.scope import require_writable
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.district.projects.base.scope import require_sight
from wenpan.district.projects.models import KeyProject
from wenpan.rules.deals import offer_rules, pitch_rule

LIMITS = {"name": 120, "place": 120, "chain": 40, "contact": 40, "phone": 40, "note": 400}
RESERVE = ("idea", "reserve", "preparation")  # stages of a key project that is still to be packaged
LARGEST = Decimal(10) ** 11


@transaction.atomic
def save_offer(
    *, values: dict[str, Any], by: User, offer: Offer | None = None, seen: int = 0, at: datetime | None = None
) -> Offer:
    """Opens an offer, or corrects one that was seen in version `seen`. `values`: kind, name, amount, unit
    and the texts of LIMITS. Refused: "bad_value", "clash"."""
    require(by, "deal.edit")
    at = at or timezone.now()
    kept = _checked(values)
    if offer is None:
        hold()
        today = timezone.localdate(at)
        states = offer_rules().states
        offer = Offer.objects.create(
            code=next_code(year=today.year), state=states[0].code, state_on=today, **kept
        )
        said = "登记"
    else:
        changed = Offer.objects.filter(pk=offer.pk, version=seen, retracted=False)
        if changed.update(**kept, version=F("version") + 1) != 1:
            raise Refused("clash", _("别人刚改过，请重新打开再改。"))
        offer.refresh_from_db()
        said = "更正"
    record(
        by=by, action="offers.save", subject=f"offer:{offer.pk}", at=at,
        summary=f"{said}招商资源{offer.code}“{offer.name}”",
        detail={k: str(v) for k, v in kept.items() if k != "pinyin"},
    )  # fmt: skip
    return offer


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    kept = {name: str(values.get(name) or "").strip()[:most] for name, most in LIMITS.items()}
    kinds = {kind.code for kind in offer_rules().kinds}
    amount: Decimal | None = values.get("amount")
    if not kept["name"] or values.get("kind") not in kinds:
        raise Refused("bad_value", _("请填名称和类别。"))
    if amount is not None and not 0 <= amount < LARGEST:
        raise Refused("bad_value", _("数量应是不小于0的数。"))
    unit: Unit | None = values.get("unit")
    return {**kept, "kind": values["kind"], "amount": amount, "unit": unit, "pinyin": pinyin(kept["name"])}


def next_code(*, year: int) -> str:
    codes = Offer.objects.filter(code__startswith=f"ZY{year}-").values_list("code", flat=True)
    numbers = (int(tail) for code in codes if (tail := code.rpartition("-")[2]).isdigit())
    return f"ZY{year}-{max(numbers, default=0) + 1:03d}"


@transaction.atomic
def set_offer_state(
    *, offer: Offer, state: str, on: date, note: str, by: User, at: datetime | None = None
) -> None:
    """Free, held, taken, closed: since when and why."""
    require(by, "deal.edit")
    at = at or timezone.now()
    names = {s.code: s.name for s in offer_rules().states}
    if state not in names or on > timezone.localdate(at):
        raise Refused("bad_value", _("请选状态；日期不能在今天之后。"))
    if state == offer.state:
        raise Refused("state", _("已经是“%(state)s”。") % {"state": names[state]})
    held = Offer.objects.filter(pk=offer.pk, state=offer.state, retracted=False)
    if held.update(state=state, state_on=on, version=F("version") + 1) != 1:
        raise Refused("clash", _("别人刚改过，请重新打开再改。"))
    record(
        by=by, action="offers.state", subject=f"offer:{offer.pk}", at=at,
        summary=f"招商资源{offer.code}“{offer.name}”：{names.get(offer.state, offer.state)} → {names[state]}"
        + (f"，{note.strip()[:120]}" if note.strip() else ""),
        detail={"on": str(on)},
    )  # fmt: skip
    offer.refresh_from_db()


@transaction.atomic
def point_to_offer(
    *,
    offer: Offer,
    by: User,
    deal: Deal | None = None,
    key_project: KeyProject | None = None,
    note: str = "",
    at: datetime | None = None,
) -> OfferUse:
    """A deal or a reserve project says that it wants an offer. Refused for what is on offer no more."""
    at = at or timezone.now()
    subject = _require_subject(deal, key_project, by)
    on_offer = {s.code for s in offer_rules().states if s.on_offer}
    offer.refresh_from_db()
    if offer.retracted or offer.state not in on_offer:
        raise Refused("state", _("“%(name)s”已不再提供。") % {"name": offer.name})
    use, made = OfferUse.objects.get_or_create(
        offer=offer,
        deal=deal,
        key_project=key_project,
        defaults={"note": note.strip()[:200], "by": by, "at": at},
    )
    if not made:
        raise Refused("state", _("已经指向“%(name)s”。") % {"name": offer.name})
    record(
        by=by, action="offers.point", subject=f"offer:{offer.pk}", at=at,
        summary=f"{subject}指向招商资源{offer.code}“{offer.name}”", detail={"use": use.pk},
    )  # fmt: skip
    return use


@transaction.atomic
def stop_pointing(*, use: OfferUse, by: User, at: datetime | None = None) -> None:
    subject = _require_subject(use.deal, use.key_project, by)
    record(
        by=by, action="offers.point", subject=f"offer:{use.offer_id}", at=at,
        summary=f"{subject}不再指向招商资源{use.offer.code}“{use.offer.name}”",
    )  # fmt: skip
    use.delete()


def _require_subject(deal: Deal | None, key_project: KeyProject | None, by: User) -> str:
    if deal is not None:
        require_writable(by, deal)
        return f"招商项目“{deal.name}”"
    assert key_project is not None
    _require_packaging(key_project, by)
    return f"储备项目“{key_project.name}”"


def _require_packaging(key_project: KeyProject, by: User) -> None:
    """PermissionDenied for a role that packages nothing, NotYours for a project that is not seen."""
    require(by, "deal.edit", "project.edit")
    require_sight(by, key_project)
    if key_project.retracted or key_project.stage not in RESERVE:
        raise Refused("state", _("“%(name)s”不是储备项目。") % {"name": key_project.name})


def may_package(*, user: Any) -> bool:
    return can(user, "deal.edit", "project.edit")


@transaction.atomic
def note_pitch_paper(
    *, key_project: KeyProject, item: str, seen_on: date, document: str, by: User, at: datetime | None = None
) -> PitchPaper:
    """One thing that the pitch needs is there: seen on a day, with its number or words."""
    _require_packaging(key_project, by)
    at = at or timezone.now()
    names = {i.code: i.name for i in pitch_rule(timezone.localdate(at)).items}
    if item not in names or seen_on > timezone.localdate(at) or not document.strip():
        raise Refused("bad_value", _("请选要件，写明文号或说明；日期不能在今天之后。"))
    hold()
    if PitchPaper.objects.filter(key_project=key_project, item=item, withdrawn_at=None).exists():
        raise Refused("state", _("“%(item)s”已经登记。") % {"item": names[item]})
    paper = PitchPaper.objects.create(
        key_project=key_project, item=item, seen_on=seen_on, document=document.strip()[:200], by=by, at=at
    )
    record(
        by=by, action="pitch.note", subject=f"key_project:{key_project.pk}", at=at,
        summary=f"储备项目“{key_project.name}”：{names[item]}已备，{paper.document[:120]}",
        detail={"paper": paper.pk},
    )  # fmt: skip
    return paper


@transaction.atomic
def withdraw_pitch_paper(*, paper: PitchPaper, reason: str, by: User, at: datetime | None = None) -> None:
    _require_packaging(paper.key_project, by)
    at = at or timezone.now()
    if not reason.strip():
        raise Refused("reason_missing", _("请写明撤销的原因。"))
    if PitchPaper.objects.filter(pk=paper.pk, withdrawn_at=None).update(withdrawn_at=at) != 1:
        raise Refused("state", _("已经撤销。"))
    record(
        by=by, action="pitch.withdraw", subject=f"key_project:{paper.key_project_id}", at=at,
        summary=f"储备项目“{paper.key_project.name}”：撤销要件“{paper.document[:60]}”，{reason.strip()[:120]}",
        detail={"paper": paper.pk},
    )  # fmt: skip
