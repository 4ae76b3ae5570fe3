"""A list of the place: its lines, one line changed, all of it by a spreadsheet; every change a proposal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.adjustments import targets
from wenpan.district.adjustments.proposal_view import changed_lines
from wenpan.district.adjustments.registers import actions, bringing, sheets
from wenpan.district.adjustments.registers.base import PlaceList, Row, RowChange, read_kept
from wenpan.district.adjustments.registers.cells import Words
from wenpan.district.adjustments.registers.known import register_of
from wenpan.district.adjustments.registers.units import completed
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.ui import asked
from wenpan.district.ui.exports import xlsx_response

SHOWN = 400  # lines of a page; a file has all


@require_GET
@requires(*targets.SEES)
def rows(request: SignedInRequest, code: str) -> HttpResponse:
    register = _register(request, code)
    words, q = Words(register.columns), asked.words(request.GET, "q")
    lines = [(register.key_of(row), words.row(register.columns, row)) for row in register.rows()]
    if request.GET.get("export") == "xlsx":
        heads = [column.label for column in register.columns]
        return xlsx_response(str(register.label), heads, [values for _key, values in lines])
    heads = [str(column.label) for column in register.columns]
    found = [
        (key, list(zip(heads, values, strict=True)))
        for key, values in lines
        if not q or any(q in value for value in values)
    ]
    context = {
        "register": register, "lines": found[:SHOWN], "more": len(found) - SHOWN, "q": q,
        "may": targets.may_propose(request.user, register),
    }  # fmt: skip
    return render(request, "adjustments/rows.html", context)


@requires(*targets.SEES)
def row(request: SignedInRequest, code: str) -> HttpResponse:
    """One line: changed, added or taken off, as a proposal."""
    register = _register(request, code, proposes=True)
    key = request.GET.get("key", "")[:200]
    was = next((line for line in register.rows() if register.key_of(line) == key), None)
    if (key and was is None) or (not key and not register.adds):
        raise Http404
    words, today = Words(register.columns), timezone.localdate()
    typed = {c.key: words.shown(c, (was or {}).get(c.key, "")) for c in register.columns}
    more = {"since": today.isoformat(), "reason": ""}
    errors: dict[str, str] = {}
    if request.method == "POST":
        typed = {column.key: request.POST.get(column.key, "").strip()[:200] for column in register.columns}
        more = {name: request.POST.get(name, "").strip()[:200] for name in more}
        gone = was is not None and register.removes and request.POST.get("deed") == "remove"
        errors = _propose_one(request, register, was, typed, more, words, gone=gone)
        if not errors:
            messages.success(request, _("已提议，待另一人审定。"))
            return redirect("adjustments:list")
    fields = [
        (column, typed[column.key], errors.get(column.key, ""), _options(column))
        for column in register.columns
    ]
    context = {
        "register": register, "fields": fields, "was": was, "more": more,
        "error": errors.get("__all__", ""), "since_error": errors.get("since", ""),
        "reason_error": errors.get("reason", ""),
    }  # fmt: skip
    return render(request, "adjustments/row.html", context, status=422 if errors else 200)


def _propose_one(
    request: SignedInRequest, register: PlaceList, was: Row | None, typed: dict[str, str],
    more: dict[str, str], words: Words, *, gone: bool,
) -> dict[str, str]:  # fmt: skip
    """What is wrong, by field; nothing where it was proposed."""
    now, errors = _read(register, typed, words)
    if errors and not gone:
        return errors
    try:
        since = typed_day(more["since"])
    except (Refused, ValidationError):
        return {"since": _("日期写作 2027-12-31。")}
    if register.code == "units" and not gone:
        now = completed({**now, "code": was["code"] if was else now["code"]}, [] if was else register.rows())
    if was is None and register.key_of(now) in {register.key_of(line) for line in register.rows()}:
        return {register.keys[0]: _("名录中已有这一条。")}
    change = RowChange(register.key_of(was or now), was, None if gone else now)
    try:
        actions.propose_rows(
            register=register, changes=[change], since=since, reason=more["reason"], by=request.user
        )
    except ValidationError as refusal:
        return _by_field(refusal)
    return {}


def _read(register: PlaceList, typed: dict[str, str], words: Words) -> tuple[Row, dict[str, str]]:
    """The line, and what is wrong by column."""
    now: Row = {}
    errors: dict[str, str] = {}
    for column in register.columns:
        try:
            now[column.key] = words.read(column, typed[column.key])
        except ValueError as why:
            errors[column.key] = str(why)
    return now, errors


def _by_field(refusal: ValidationError) -> dict[str, str]:
    if hasattr(refusal, "error_dict"):
        return {name: "；".join(told) for name, told in refusal.message_dict.items()}
    return {"__all__": "；".join(refusal.messages)}


def _options(column: Any) -> list[tuple[str, str]]:
    return list(column.choices().items()) if column.choices is not None else []


@require_POST
@requires(*targets.SEES)
def bring_in(request: SignedInRequest, code: str) -> HttpResponse:
    """What a spreadsheet would change, before anything is proposed. Nothing is kept of the file."""
    register, file = _register(request, code, proposes=True), request.FILES.get("file")
    if file is None:
        messages.error(request, _("请选择文件。"))
        return redirect("adjustments:rows", code)
    try:
        sheet = sheets.receive(file=file, by=request.user, door_name=str(register.label))
        found = bringing.bring(register, sheet, timezone.localdate())
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("adjustments:rows", code)
    context = {
        "register": register, "found": found, "lines": changed_lines(register, found.changes),
        "seen": register.effects(found.changes, timezone.localdate()) if not found.blocked else None,
        "kept": bringing.packed(register, found.changes, request.user),
        "today": timezone.localdate().isoformat(),
    }  # fmt: skip
    return render(request, "adjustments/brought.html", context, status=422 if found.blocked else 200)


@require_POST
@requires(*targets.SEES)
def propose_list(request: SignedInRequest, code: str) -> HttpResponse:
    register = _register(request, code, proposes=True)
    try:
        changes = read_kept(bringing.unpacked(register, request.POST.get("kept", ""), request.user))
        since = typed_day(request.POST.get("since", ""))
        actions.propose_rows(
            register=register, changes=changes, since=since, reason=asked.words(request.POST, "reason", 200),
            by=request.user,
        )  # fmt: skip
    except signing.BadSignature:
        messages.error(request, _("预览已过期，请重新导入。"))
        return redirect("adjustments:rows", code)
    except (ValidationError, Refused) as refusal:
        told = refusal.message if isinstance(refusal, Refused) else "；".join(refusal.messages)
        messages.error(request, told)
        return redirect("adjustments:rows", code)
    messages.success(request, _("已提议，待另一人审定。"))
    return redirect("adjustments:list")


def _register(request: SignedInRequest, code: str, *, proposes: bool = False) -> PlaceList:
    register = register_of(code)
    may = targets.may_propose if proposes else targets.may_see
    if register is None or not may(request.user, register):
        raise Http404
    return register
