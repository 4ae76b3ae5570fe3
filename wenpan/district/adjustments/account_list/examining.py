"""What a list of accounts would do, line by line, and what is wrong with it, by cell. Nothing is written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wenpan.district.accounts import powers
from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.personal_actions import NUMBER
from wenpan.district.accounts.roles import ADMINISTRATORS, LIAISON, ROLES, UNIT_HEAD
from wenpan.district.adjustments.registers.base import ListColumn, Row
from wenpan.district.adjustments.registers.sheets import CellFinding, ReadRow

USERNAME = re.compile(r"[\w.@-]{1,40}")


def role_choices() -> dict[str, str]:
    return {"": str(_("尚未授权")), **{code: str(role.label) for code, role in ROLES.items()}}


COLUMNS = (
    ListColumn("username", lazy("账号"), required=True, most=40, also=("工号", "用户名", "账号或工号")),
    ListColumn("name", lazy("姓名"), required=True, most=40),
    ListColumn("unit", lazy("单位"), kind="unit", also=("单位名称",)),
    ListColumn("post", lazy("职务"), most=30, also=("岗位",)),
    ListColumn("role", lazy("角色"), kind="choice", choices=role_choices),
    ListColumn("telephone", lazy("办公电话"), most=24, also=("电话", "联系电话")),
)


@dataclass(frozen=True)
class RosterLine:
    """`user`: the account that stands; None: a new one. `changes`: label, as it was, as it will be."""

    row: Row
    user: User | None
    changes: tuple[tuple[str, str, str], ...]
    asks_role: bool

    @property
    def idle(self) -> bool:
        return self.user is not None and not self.changes and not self.asks_role


@dataclass(frozen=True)
class Examined:
    lines: tuple[RosterLine, ...]
    findings: tuple[CellFinding, ...]

    @property
    def blocked(self) -> bool:
        return any(finding.hard for finding in self.findings)

    @property
    def new(self) -> list[RosterLine]:
        return [line for line in self.lines if line.user is None]

    @property
    def changed(self) -> list[RosterLine]:
        return [line for line in self.lines if line.user is not None and not line.idle]

    def fingerprint(self) -> list[list[str]]:
        """What the list does, to be compared when it is taken in."""
        return [
            [
                line.row["username"],
                str(line.user.pk if line.user else ""),
                str(line.changes),
                str(line.asks_role),
            ]
            for line in self.lines
        ]


def examine(rows: Sequence[ReadRow], read: Sequence[CellFinding] = ()) -> Examined:
    """`read`: what was wrong with the cells themselves."""
    accounts = {u.username.lower(): u for u in User.objects.select_related("unit")}
    units = {unit.code: unit for unit in Unit.objects.all()}
    lines = [_line(one.row, accounts.get(one.row["username"].lower()), units) for one in rows]
    findings = [*read, *_twice(rows)]
    for one, line in zip(rows, lines, strict=True):
        findings += _wrong(one, line, units)
        findings += _told(one, line)
    findings += _apart(rows, lines, accounts)
    return Examined(tuple(lines), tuple(findings))


def _line(row: Row, user: User | None, units: dict[str, Unit]) -> RosterLine:
    changes = []
    if user is not None:
        now = (user.unit.short_name if user.unit else "", user.post, user.telephone)
        unit = units.get(row["unit"])
        then = (unit.short_name if unit else "", row["post"], row["telephone"])
        labels = (_("单位"), _("职务"), _("办公电话"))
        # an empty cell says nothing: it takes nothing away
        changes = [
            (label, was, new) for label, was, new in zip(labels, now, then, strict=True) if new and new != was
        ]
    asks = bool(row["role"]) and row["role"] != (user.role if user else "")
    return RosterLine(row, user, tuple(changes), asks)


def _cell(one: ReadRow, column: str) -> str:
    return one.cells.get(column) or _("第%(n)s行") % {"n": one.number}


def _twice(rows: Sequence[ReadRow]) -> Iterator[CellFinding]:
    seen: dict[str, int] = {}
    for one in rows:
        name = one.row["username"].lower()
        if name and name in seen:
            yield CellFinding(_cell(one, "username"), _("账号与第%(n)s行重复。") % {"n": seen[name]})
        seen.setdefault(name, one.number)


def _wrong(one: ReadRow, line: RosterLine, units: dict[str, Unit]) -> Iterator[CellFinding]:
    row, user = one.row, line.user
    if row["username"] and not USERNAME.fullmatch(row["username"]):
        yield CellFinding(_cell(one, "username"), _("账号只用字母、数字和 . @ - _"))
    if row["telephone"] and not NUMBER.fullmatch(row["telephone"]):
        yield CellFinding(_cell(one, "telephone"), _("电话只写数字、空格和短横线，分机写作转8012。"))
    unit = units.get(row["unit"])
    if unit is not None and unit.active_to and unit.active_to < timezone.localdate():
        yield CellFinding(_cell(one, "unit"), _("%(unit)s已经撤并。") % {"unit": unit.short_name})
    standing = user.unit if user else None
    if row["role"] in (LIAISON.code, UNIT_HEAD.code) and not row["unit"] and standing is None:
        yield CellFinding(_cell(one, "unit"), _("%(role)s须写单位。") % {"role": ROLES[row["role"]].label})
    if user is None:
        return
    if user.name != row["name"]:
        told = _("账号“%(username)s”已属于%(name)s。") % {"username": user.username, "name": user.name}
        yield CellFinding(_cell(one, "username"), told)
    if not user.is_active:
        yield CellFinding(_cell(one, "username"), _("这个账号已停用，请先在人员页启用。"))
    if line.asks_role and (refusal := powers.refusal_of_role(user, row["role"])):
        yield CellFinding(_cell(one, "role"), refusal)


def _told(one: ReadRow, line: RosterLine) -> Iterator[CellFinding]:
    """Changes of an account that stands; they stop nobody."""
    columns = {_("单位"): "unit", _("职务"): "post", _("办公电话"): "telephone"}
    for label, was, now in line.changes:
        told = _("%(label)s由“%(was)s”改为“%(now)s”。") % {"label": label, "was": was or "—", "now": now}
        yield CellFinding(_cell(one, columns[label]), told, hard=False)
    if line.user is not None and line.user.role and line.asks_role:
        told = _("现为%(role)s，改角色由安全管理员决定。") % {"role": line.user.role_label}
        yield CellFinding(_cell(one, "role"), told, hard=False)


def _apart(
    rows: Sequence[ReadRow], lines: Sequence[RosterLine], accounts: dict[str, User]
) -> Iterator[CellFinding]:
    """The three administrators stay apart, and apart from everybody who works with figures: also as two
    accounts of one name in one unit. Namesakes elsewhere are only pointed out."""
    people: dict[str, list[tuple[str, str, str]]] = defaultdict(list)  # name → role, unit, account
    listed = {line.row["username"].lower() for line in lines}
    for username, user in accounts.items():
        if username not in listed and user.is_active:
            people[_plain(user.name)].append((user.role, user.unit_code, user.username))
    for line in lines:
        role = line.row["role"] or (line.user.role if line.user else "")
        people[_plain(line.row["name"])].append((role, line.row["unit"], line.row["username"]))
    for one in rows:
        role, unit, username = one.row["role"], one.row["unit"], one.row["username"]
        for other, their_unit, account in people[_plain(one.row["name"])]:
            if account == username or not role or not other or not ADMINISTRATORS & {role, other}:
                continue
            told = _("同名账号“%(account)s”是%(other)s：三员不得兼任，也不得兼做业务。") % {
                "account": account, "other": ROLES[other].label,
            }  # fmt: skip
            yield CellFinding(_cell(one, "role"), told, hard=unit == their_unit or not unit or not their_unit)


def _plain(name: str) -> str:
    return "".join(name.split()).lower()
