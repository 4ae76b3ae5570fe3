"""A contact is written down by the indicator's owner: what was learned, never what was asked for."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import own_unit_only, require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused
from wenpan.district.upward import queries
from wenpan.district.upward.models import UpwardContact
from wenpan.district.upward.rules import upward_rules
from wenpan.rules import catalogue

TEXTS = {"city_expected": 120, "method": 300, "basis_change": 300, "other": 300}


@transaction.atomic
def note_contact(
    *,
    indicator: str,
    on: date,
    way: str,
    department: str,
    person: str,
    by: User,
    counterpart: str = "",
    release_day: date | None = None,
    city_expected: str = "",
    method: str = "",
    basis_change: str = "",
    other: str = "",
    next_on: date | None = None,
    with_sheet: bool = False,
    at: datetime | None = None,
) -> UpwardContact:
    """Refused "bad_value": nothing learned, a day after today, words that ask for or offer a figure. Without
    `next_on` the rule's interval is taken."""
    require(by, "upward.note")
    at = at or timezone.now()
    if indicator not in {item.code for item in queries.owned(by)}:
        raise NotYours(_("只能登记本单位负责指标的对上衔接。"))
    rules = upward_rules()
    told = {"city_expected": city_expected, "method": method, "basis_change": basis_change, "other": other}
    texts = {name: text.strip()[: TEXTS[name]] for name, text in told.items()}
    if way not in UpwardContact.Way.values or not department.strip() or not person.strip():
        raise Refused("bad_value", _("请写明方式、上级部门和衔接人。"))
    if on > timezone.localdate(at):
        raise Refused("bad_value", _("衔接日期不能晚于今天。"))
    if release_day is None and not any(texts.values()):
        raise Refused("bad_value", _("请写明了解到的情况。"))
    if word := rules.asked_in(" ".join([*texts.values(), counterpart])):
        raise Refused(
            "bad_value", _("“%(word)s”不是了解情况：这里只记了解到的，不要数、不给数。") % {"word": word}
        )
    following = next_on or on + timedelta(days=rules.every_days)
    if following <= on:
        raise Refused("bad_value", _("下次衔接应晚于这一次。"))
    made = UpwardContact.objects.create(
        indicator=indicator, unit=_owner(indicator, by), on=on, way=way, department=department.strip()[:60],
        counterpart=counterpart.strip()[:60], person=person.strip()[:40], release_day=release_day,
        next_on=following, with_sheet=with_sheet, by=by, at=at, **texts,
    )  # fmt: skip
    name = catalogue()[indicator].name
    words = "；".join(f"{one.kind}：{one.words}" for one in queries.learned(made))
    said = f"{name}对上衔接（{made.department} {on}）：{words}"
    record(
        by=by, action="upward.contact", subject=f"indicator:{indicator}", at=at,
        summary=said[:400], detail={"next_on": str(following)},
    )  # fmt: skip
    return made


def _owner(indicator: str, by: User) -> Unit:
    """The unit that leads the indicator; the writer's own where the catalogue's is not set up."""
    if own_unit_only(by) and by.unit is not None:
        return by.unit
    unit = Unit.objects.filter(code=catalogue()[indicator].owner).first() or by.unit
    if unit is None:
        raise Refused("bad_value", _("这个指标没有责任单位。"))
    return unit
