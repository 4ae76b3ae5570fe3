"""A list of accounts is taken in whole or not at all; by the system administrator only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wenpan.district.accounts.actions import create_user
from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.accounts.personal_actions import set_telephone
from wenpan.district.accounts.role_request_actions import ask_role, place_user
from wenpan.district.adjustments.account_list.examining import RosterLine, examine
from wenpan.district.adjustments.registers.sheets import ReadRow
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused


@transaction.atomic
def take_in_accounts(
    *, rows: Sequence[ReadRow], seen: list[list[str]], filename: str, by: User, at: datetime | None = None
) -> tuple[int, int]:
    """How many accounts are new, and how many changed. `seen`: the fingerprint of what was shown.

    A new account has no password: a reset begins with it, whose halves two administrators hand over. Roles
    are asked for, not given. Refused where something else would come out than was shown, or nothing would.
    """
    require(by, "account.manage")
    found = examine(rows)
    if found.blocked or found.fingerprint() != seen:
        raise Refused("state", _("名单里的账号刚被改过，请重新导入。"))
    todo = [line for line in found.lines if not line.idle]
    if not todo:
        raise Refused("state", _("名单与现在的账号相同，没有要改的。"))
    units = {unit.code: unit for unit in Unit.objects.all()}
    for line in todo:
        try:
            _take_in(line, units, by, at)
        except ValidationError as why:
            told = {"name": line.row["name"], "why": "；".join(why.messages)}
            raise Refused("bad_value", _("%(name)s：%(why)s没有改动任何账号。") % told) from None
    new, changed = len(found.new), len(found.changed)
    record(
        by=by, action="accounts.roster", subject="user:*", at=at,
        summary=_("按名单“%(file)s”开账号%(new)s个、改%(changed)s个")
        % {"file": filename[:60], "new": new, "changed": changed},
        detail={"accounts": [line.row["username"] for line in todo]},
    )  # fmt: skip
    return new, changed


def _take_in(line: RosterLine, units: dict[str, Unit], by: User, at: datetime | None) -> None:
    row, user = line.row, line.user
    unit = units.get(row["unit"])
    if user is None:
        user = create_user(username=row["username"], name=row["name"], unit=unit, by=by, at=at)
    place_user(user=user, unit=unit or user.unit, post=row["post"] or user.post, by=by, at=at)
    if row["telephone"] and row["telephone"] != user.telephone:
        set_telephone(user=user, telephone=row["telephone"], by=by)
    if line.asks_role:
        ask_role(user=user, role=row["role"], by=by, at=at)
