"""人员 → 按名单开账号: the form, its sample, what a list would do, taking it in, slips with first codes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts import resets
from wenpan.district.accounts.models import PasswordReset, Unit
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.adjustments.account_list import actions
from wenpan.district.adjustments.account_list.examining import COLUMNS, examine, role_choices
from wenpan.district.adjustments.registers import sheets
from wenpan.district.adjustments.registers.cells import Words
from wenpan.district.ground.idempotency.middleware import SHOWN_ONCE
from wenpan.district.ground.refused import Refused
from wenpan.district.ui.exports import xlsx_response

SALT, SECONDS = "wenpan.accounts.roster", 8 * 3600


@require_GET
@requires("account.manage")
def account_list(request: SignedInRequest) -> HttpResponse:
    roles = [name for code, name in role_choices().items() if code]
    context = {"columns": COLUMNS, "roles": roles, "slips": len(_mine(request))}
    return render(request, "adjustments/roster.html", context)


@require_GET
@requires("account.manage")
def sample(request: SignedInRequest) -> HttpResponse:
    """Heads and one line that shows how it is filled in; that line is not meant to be sent."""
    unit = Unit.objects.first()
    line = [
        "zhangsan",
        "张三",
        unit.short_name if unit else "",
        "经济科科长",
        role_choices()["liaison"],
        "0571-88001234",
    ]
    return xlsx_response(_("账号名单样表"), [column.label for column in COLUMNS], [line])


@require_POST
@requires("account.manage")
def check(request: SignedInRequest) -> HttpResponse:
    """What the list would do; nothing is written."""
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, _("请选择文件。"))
        return redirect("adjustments:roster")
    try:
        sheet = sheets.receive(file=file, by=request.user, door_name=_("账号名单"))
        listed = sheets.read_list(sheet, COLUMNS, Words(COLUMNS))
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("adjustments:roster")
    found = examine(listed.rows, listed.findings)
    words = Words(COLUMNS)
    context = {
        "found": found, "columns": COLUMNS, "count": len(listed.rows),
        "lines": [(line, words.row(COLUMNS, line.row)) for line in found.lines if not line.idle],
        "kept": _packed(listed.rows, found.fingerprint(), file.name or "", request),
    }  # fmt: skip
    return render(request, "adjustments/roster_checked.html", context, status=422 if found.blocked else 200)


@require_POST
@requires("account.manage")
def take_in(request: SignedInRequest) -> HttpResponse:
    try:
        data = signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=SECONDS)
        if data["by"] != request.user.pk:
            raise signing.BadSignature("of another")
        rows = [sheets.ReadRow(number, row, {}) for number, row in data["rows"]]
        new, changed = actions.take_in_accounts(
            rows=rows, seen=data["seen"], filename=data["file"], by=request.user
        )
    except signing.BadSignature:
        messages.error(request, _("预览已过期，请重新导入。"))
        return redirect("adjustments:roster")
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("adjustments:roster")
    told = _("已开账号%(new)s个、改%(changed)s个；角色待安全管理员授予。") % {"new": new, "changed": changed}
    messages.success(request, told)
    return redirect("adjustments:slips" if new else "adjustments:roster")


def _packed(rows: Any, seen: list[list[str]], filename: str, request: SignedInRequest) -> str:
    """Signed for this person: what is taken in is what was shown."""
    data = {
        "by": request.user.pk, "file": filename[:100], "seen": seen,
        "rows": [(one.number, one.row) for one in rows],
    }  # fmt: skip
    return signing.dumps(data, salt=SALT, compress=True)


def _mine(request: SignedInRequest) -> list[PasswordReset]:
    """Open resets of people who never signed in, begun by this administrator."""
    rows = PasswordReset.objects.filter(
        started_by=request.user, state=PasswordReset.State.OPEN, user__last_login=None
    )
    return [r for r in rows.select_related("user", "user__unit", "started_by") if resets.alive(r)]


@require_GET
@requires("account.manage")
def slips(request: SignedInRequest) -> HttpResponse:
    """The first halves, to be printed, cut and handed over; the other halves are another's to give."""
    found = [(reset, resets.first_half(reset, request.user)) for reset in _mine(request)]
    return render(request, "adjustments/slips.html", {"slips": found, "second": False})


@require_POST
@requires("role.grant", "journal.view")
def second_slips(request: SignedInRequest) -> HttpResponse:
    """The second halves of all that this administrator may hand over; each look is journalled."""
    by = request.user
    waiting = [reset for reset in resets.to_hand_over(by) if reset.user.last_login is None]
    found = [(reset, resets.hand_over(reset=reset, by=by)) for reset in waiting]
    answer = render(request, "adjustments/slips.html", {"slips": found, "second": True})
    setattr(answer, SHOWN_ONCE, True)  # halves of codes: the database keeps no copy of them
    return answer
