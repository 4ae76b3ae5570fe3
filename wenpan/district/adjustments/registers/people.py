"""岗位和电话, 分管领导: who holds which post of a unit, and which leader is in charge of it; by the day."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.personal_actions import NUMBER
from wenpan.district.accounts.roles import LEADER
from wenpan.district.adjustments.registers.base import (
    ListColumn,
    PlaceList,
    Row,
    RowChange,
    RowFinding,
    changed_rows,
)
from wenpan.district.adjustments.registers.effects import leader_effects, post_effects
from wenpan.district.supervision.escalation.supervising_leader import follow_the_list
from wenpan.district.supervision.models import Charge
from wenpan.rules import office
from wenpan.rules.loading import load_yaml

GROUP = lazy("单位和人员")
UNIT = ListColumn("unit", lazy("单位"), required=True, kind="unit", also=("单位名称", "责任单位"))


def leaders() -> dict[str, str]:
    people = User.objects.filter(role=LEADER.code, is_active=True).order_by("pk")
    return {user.username: f"{user.name}（{user.post}）" if user.post else user.name for user in people}


def _posts_content(changes: Sequence[RowChange], since: date) -> dict[str, Any]:
    return _version(POSTS, changes, since)


POSTS: PlaceList = PlaceList(
    code="posts", group=GROUP, label=lazy("岗位和电话"), file=office.POSTS,
    columns=(
        UNIT,
        ListColumn(
            "post", lazy("岗位"), required=True, most=30, also=("职务",),
            hint=lazy("如主要负责人、分管负责人、联络员、值班。"),
        ),
        ListColumn("name", lazy("姓名"), required=True, most=40),
        ListColumn("telephone", lazy("办公电话"), most=24, also=("电话", "联系电话")),
    ),
    keys=("unit", "post", "name"),
    rows_on=lambda on: [
        {"unit": r.unit, "post": r.post, "name": r.name, "telephone": r.telephone}
        for r in office.post_holders(on)
    ],
    check=lambda _lines, changes, _since: list(_wrong_numbers(changes)),
    content=_posts_content,
    usable=lambda: office.post_holders(date.max),
    effects=post_effects,
    proposes=("rules.set", "account.manage"), decides=("rules.set",), whole=True, removes=True,
)  # fmt: skip


def leaders_register() -> PlaceList:
    return PlaceList(
        code="leaders", group=GROUP, label=lazy("分管领导"), file=office.IN_CHARGE,
        columns=(
            UNIT,
            ListColumn("leader", lazy("分管领导"), kind="choice", choices=leaders,
                   hint=lazy("留空为未定，逾期改报督查绩效办。")),
        ),
        keys=("unit",), rows_on=_charges, check=lambda _lines, _changes, _since: [],
        content=lambda changes, since: _version(leaders_register(), changes, since),
        usable=lambda: office.in_charge(date.max), effects=leader_effects,
        proposes=("slip.issue",), decides=("matter.register",), adds=False,
        applied=lambda by: follow_the_list(by=by),
    )  # fmt: skip


def _charges(on: date) -> list[Row]:
    """Every unit that stands on the day, with or without somebody in charge."""
    listed = office.in_charge(on)
    if listed is not None:
        charged = {row.unit: row.leader for row in listed}
    else:  # before the place kept a list
        charged = {c.unit.code: c.leader.username for c in Charge.objects.select_related("unit", "leader")}
    standing = Unit.objects.exclude(kind=Unit.Kind.DISTRICT).filter(Q(active_to=None) | Q(active_to__gte=on))
    return [{"unit": unit.code, "leader": charged.get(unit.code, "")} for unit in standing]


def _wrong_numbers(changes: Sequence[RowChange]) -> Iterator[RowFinding]:
    for change in changes:
        number = change.row["telephone"] if change.now else ""
        if number and not NUMBER.fullmatch(number):
            yield RowFinding(change.key, "telephone", _("电话只写数字、空格和短横线，分机写作转8012。"))


def _version(register: PlaceList, changes: Sequence[RowChange], since: date) -> dict[str, Any]:
    """The list as it will be, begun on the day; what held before stays in the file. Versions that begin later
    get the same changes, where their lines are still what they were."""
    data, _origin = load_yaml(register.file)
    made: dict[str, Any] = copy.deepcopy(data)
    versions = [entry for entry in made.get(office.PART) or () if entry["from"] != since]
    for entry in versions:
        if entry["from"] > since:
            entry["rows"] = _whole(register, changed_rows(register, changes, entry["from"]))
    full = _whole(register, changed_rows(register, changes, since))
    made[office.PART] = sorted([*versions, {"from": since, "rows": full}], key=lambda entry: entry["from"])
    return made


def _whole(register: PlaceList, rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if all(row.get(key) for key in _needed(register))]


def _needed(register: PlaceList) -> tuple[str, ...]:
    return ("unit", "leader") if register.code == "leaders" else register.keys
