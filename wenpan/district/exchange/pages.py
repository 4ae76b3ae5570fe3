"""往来: our card, the offices that we trust, letters written and taken."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import can, requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.exchange import actions, keys, letters, queries
from wenpan.district.exchange.models import Letter, NeighbourOffice
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import door
from wenpan.district.observations.models import Region
from wenpan.district.supervision.models import Matter
from wenpan.district.ui import asked
from wenpan.district.ui.tables import PageTable, TableColumn

ANY = ("letter.write", "role.grant")
COLUMNS = [
    TableColumn("way", gettext_lazy("方向"), value=lambda letter: letter.get_way_display()),
    TableColumn("office__name", gettext_lazy("单位")),
    TableColumn("number", gettext_lazy("号"), kind="number", decimals=0),
    TableColumn("title", gettext_lazy("标题")),
    TableColumn("at", gettext_lazy("时间"), kind="date"),
]


@requires(*ANY)
def listing(request: SignedInRequest) -> HttpResponse:
    table = _letters(request)
    if table.exporting:
        return table.response(_("往来文件"))
    return _listing(request, table=table)


def _letters(request: SignedInRequest) -> PageTable:
    """None for the security administrator, who answers for the keys and reads no data."""
    found = Letter.objects.select_related("office").defer("text").order_by("-at", "-pk")
    return PageTable(request, COLUMNS, found if can(request.user, "letter.write") else found.none())


def _listing(request: SignedInRequest, status: int = 200, **more: Any) -> HttpResponse:
    key = keys.own_key(settings.WENPAN_HOME)
    table = more.pop("table", None) or _letters(request)
    context = {
        "table": table, "offices": NeighbourOffice.objects.all()[:200],
        "standings": NeighbourOffice.Standing.choices,
        "fingerprint": keys.fingerprint(keys.public(key)), "units": Unit.objects.all()[:300],
        "usable": NeighbourOffice.objects.filter(revoked_at=None)[:200],
    }  # fmt: skip
    return render(request, "exchange/list.html", context | more, status=status)


@require_GET
@requires(*ANY)
def card(request: HttpRequest) -> HttpResponse:
    """Our name and public key; no secret is in it."""
    home = Region.objects.filter(home=True).first()
    text = keys.card(settings.WENPAN_HOME, home.name if home else "稳盘")
    return _file(text.encode(), "wenpan-card.json")


@require_POST
@requires("role.grant")
def trust(request: SignedInRequest) -> HttpResponse:
    sent = request.FILES.get("card")
    try:
        if sent is None or (sent.size or 0) > 10_000:
            raise ValidationError(_("请选择对方的名片文件（不超过 10 KB）。"))
        content = _admitted(sent, _("往来单位名片"), request)
        office = actions.trust(
            card=content.decode("utf-8", "replace"), fingerprint=request.POST.get("fingerprint", ""),
            standing=request.POST.get("standing", ""), by=request.user,
        )  # fmt: skip
    except Refused as refusal:
        return _listing(request, 422, trust_error=refusal.message)
    except ValidationError as error:
        return _listing(request, 422, trust_error=" ".join(error.messages))
    messages.success(request, _("已确认往来单位 %(name)s。") % {"name": office.name})
    return redirect("exchange:list")


@require_POST
@requires("role.grant")
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        actions.revoke(
            office=get_object_or_404(NeighbourOffice, pk=pk),
            reason=request.POST.get("reason", ""),
            by=request.user,
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("密钥已停用。"))
    return redirect("exchange:list")


@require_POST
@requires("letter.write")
def write(request: SignedInRequest) -> HttpResponse:
    told = request.POST
    try:
        letter = actions.write(
            office=get_object_or_404(NeighbourOffice, pk=_number(told.get("office", ""))),
            title=told.get("title", ""), as_of=told.get("as_of", "").strip(), by=request.user,
            unit=Unit.objects.filter(code=told.get("unit", "")).first(),
        )  # fmt: skip
    except ValidationError as error:
        return _listing(request, 422, write_error=" ".join(error.messages))
    messages.success(request, _("已生成第%(number)s号文件，请下载后送达。") % {"number": letter.number})
    return redirect("exchange:letter", letter.pk)


@require_POST
@requires("letter.write")
def take(request: SignedInRequest) -> HttpResponse:
    sent = request.FILES.get("file")
    try:
        if sent is None or (sent.size or 0) > letters.MOST:
            raise letters.LetterError(_("请选择收到的往来文件（不超过 20 MB）。"))
        content, by = _admitted(sent, _("往来文件"), request), request.user
        door.refuse_marked(lines=letters.lines_of(letters.opened(content)[2]), door=_("往来文件"), by=by)
        letter = actions.take(content=content, by=by)
    except Refused as refusal:
        return _listing(request, 422, take_error=refusal.message)
    except letters.LetterError as error:
        return _listing(request, 422, take_error=str(error))
    messages.success(request, _("已收%(office)s的文件。") % {"office": letter.office.name})
    return redirect("exchange:letter", letter.pk)


def _admitted(sent: UploadedFile[Any], what: str, request: SignedInRequest) -> bytes:
    """The bytes of a file that may be kept; Refused as `door.admit`."""
    return door.admit(filename=sent.name or "", data=sent.read(), door=what, by=request.user).data


@requires("letter.write")
def letter(request: SignedInRequest, pk: int) -> HttpResponse:
    return _letter_page(request, _letter(pk))


def _letter(pk: int) -> Letter:
    return get_object_or_404(Letter.objects.select_related("office", "answers", "by"), pk=pk)


def _letter_page(request: SignedInRequest, shown: Letter, status: int = 200, **more: Any) -> HttpResponse:
    body = letters.opened(letters.file_of(shown.text, shown.signature))[2]
    theirs = {row.get("indicator"): row.get("light") for row in body.lights}
    rows = [row | {"theirs": theirs.get(row["indicator"], "")} for row in shown.judged]
    known = Matter.objects.in_bulk(
        [str(row.get("number", "")) for row in body.replies][:500], field_name="number"
    ) if shown.answers_id else {}  # fmt: skip
    replies = [
        {
            "number": str(r.get("number", "")),
            "text": str(r.get("text", "")),
            "matter": known.get(r.get("number")),
        }
        for r in body.replies
    ]
    context = {
        "letter": shown, "body": body, "rows": rows, "replies": replies,
        "differing": sum(1 for row in rows if row["theirs"] and row["theirs"] != row["light"]),
        "figures": max(0, body.observations.count("\n") - 1),
        "missing": shown.way == Letter.Way.CAME and queries.missing_numbers(shown.office, shown.number),
        "may_answer": shown.way == Letter.Way.CAME and request.user.may("letter.write")
        and not shown.office.revoked_at,
    }  # fmt: skip
    return render(request, "exchange/letter.html", context | more, status=status)


@require_GET
@requires("letter.write")
def download(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _letter(pk)
    return _file(letters.file_of(shown.text, shown.signature), f"wenpan-letter-{shown.number:04}.json")


@require_POST
@requires("letter.write")
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was done about each matter that they handed down, and our lights of the figures that they sent."""
    shown = _letter(pk)
    body = letters.opened(letters.file_of(shown.text, shown.signature))[2]
    replies = [
        {"number": str(matter.get("number", "")), "text": text[:2000]}
        for place, matter in enumerate(body.matters)
        if (text := asked.words(request.POST, f"reply-{place}").strip())
    ]
    try:
        made = actions.write(
            office=shown.office, title=_("答复：%(title)s") % {"title": shown.title}, answers=shown,
            replies=replies, by=request.user,
        )  # fmt: skip
    except ValidationError as error:
        return _letter_page(request, shown, 422, error=" ".join(error.messages))
    messages.success(request, _("已生成第%(number)s号文件，请下载后送达。") % {"number": made.number})
    return redirect("exchange:letter", made.pk)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


routes = [
    path("", listing, name="list"),
    path("card/", card, name="card"),
    path("offices/", trust, name="trust"),
    path("offices/<int:pk>/revoke/", revoke, name="revoke"),
    path("write/", write, name="write"),
    path("take/", take, name="take"),
    path("<int:pk>/", letter, name="letter"),
    path("<int:pk>/file/", download, name="file"),
    path("<int:pk>/answer/", answer, name="answer"),
]
