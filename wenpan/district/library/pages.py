"""上级文件和外地经验: the list, one paper with its receipts and marks, and what people do with it."""

from __future__ import annotations

import io

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground import originals
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.intake import door
from wenpan.district.library import actions, proposing, queries
from wenpan.district.library.models import LibraryPaper
from wenpan.district.library.reading import pasted, read_paper, suffixes
from wenpan.district.library.scope import papers_of
from wenpan.district.ui import asked
from wenpan.district.ui.doing import do
from wenpan.district.ui.tables import PageTable, TableColumn

FIELDS = ("level", "title", "number", "issuer", "dated", "topic", "note", "text")
MOST = 600_000  # characters of a pasted text


def _columns() -> list[TableColumn]:
    return [
        TableColumn("title", _("标题")),
        TableColumn("level", _("层级"), value=lambda p: p.get_level_display()),
        TableColumn("number", _("文号")),
        TableColumn("issuer", _("发文单位或地方")),
        TableColumn("dated", _("成文日期"), kind="date"),
        TableColumn("topic", _("主题")),
        TableColumn("sent", _("发出单位"), kind="number", decimals=0),
        TableColumn("received", _("已签收"), kind="number", decimals=0),
        TableColumn("read", _("已阅（人）"), kind="number", decimals=0),
        TableColumn("marked", _("标出（处）"), kind="number", decimals=0),
    ]


@require_GET
@requires("library.view", "library.receive")
def listing(request: SignedInRequest) -> HttpResponse:
    level = asked.choice(request.GET, "level", set(LibraryPaper.Level.values))
    show = asked.choice(request.GET, "show", set(queries.SHOWN), "all")
    rows = queries.papers(request.user, level=level, show=show)
    table = PageTable(request, _columns(), rows, sort="-dated")
    if table.exporting:
        return table.response(_("学习文件"))
    context = {"table": table, "level": level, "show": show, "levels": LibraryPaper.Level.choices}
    return render(request, "library/list.html", context)


@require_http_methods(["GET", "POST"])
@requires("library.edit")
def add(request: SignedInRequest) -> HttpResponse:
    given = {name: request.POST.get(name, "") for name in FIELDS} if request.method == "POST" else None
    if given is not None:
        try:
            made = actions.add_paper(
                level=given["level"], title=given["title"], number=given["number"], issuer=given["issuer"],
                dated=typed_day(given["dated"]), topic=given["topic"], note=given["note"],
                text=_text(request, given["text"]), by=request.user,
            )  # fmt: skip
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("已登记，可以发给单位。"))
            return redirect("library:paper", pk=made.pk)
    context = {
        "given": given, "levels": LibraryPaper.Level.choices, "limit": settings.UPLOAD_LIMIT_MB,
        "accept": ",".join(suffixes()),
    }  # fmt: skip
    return render(request, "library/form.html", context, status=200 if given is None else 422)


def _text(request: SignedInRequest, typed: str) -> actions.PaperText:
    sent = request.FILES.get("file")
    if sent is None:
        if len(typed) > MOST:
            raise Refused("bad_value", _("正文太长，请只粘贴需要学习的部分。"))
        door.refuse_marked(lines=typed.splitlines(), door=_("粘贴的文件"), by=request.user)
        return pasted(typed)
    most = settings.UPLOAD_LIMIT_MB * 1024 * 1024
    data = sent.read(most + 1)
    if len(data) > most:
        raise Refused("bad_value", _("文件超过%(mb)s MB。") % {"mb": settings.UPLOAD_LIMIT_MB})
    return read_paper(filename=sent.name or "", data=data, by=request.user)


def _seen(request: SignedInRequest, pk: int) -> LibraryPaper:
    return get_object_or_404(papers_of(request.user).select_related("by", "source"), pk=pk)


@require_GET
@requires("library.view", "library.receive")
def paper(request: SignedInRequest, pk: int) -> HttpResponse:
    page = queries.paper_page(_seen(request, pk), request.user)
    sent = {row.unit_id for row in page.sendings}
    units = Unit.objects.filter(active_to=None).exclude(pk__in=sent).order_by("order")
    return render(request, "library/paper.html", {"page": page, "units": units})


@require_GET
@requires("library.view", "library.receive")
def original(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The file as it came, never shown in place."""
    found = _seen(request, pk)
    if not found.sha256:
        raise Http404
    answer = FileResponse(
        io.BytesIO(originals.get(found.sha256)),
        as_attachment=True,
        filename=found.filename,
        content_type="application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
@requires("library.edit")
def send(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    units = list(Unit.objects.filter(code__in=request.POST.getlist("unit")))
    do(
        request,
        lambda: actions.send_paper(paper=found, units=units, by=request.user),
        _("已发出，单位会收到提醒。"),
    )
    return redirect("library:paper", pk=pk)


@require_POST
@requires("library.receive")
def receive(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    do(request, lambda: actions.receive_paper(paper=found, by=request.user), _("已签收。"))
    return redirect("library:paper", pk=pk)


@require_POST
@requires("library.view", "library.receive")
def read(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    do(request, lambda: actions.note_read(paper=found, by=request.user), _("已记下已阅。"))
    return redirect("library:paper", pk=pk)


@require_POST
@requires("library.receive")
def mark(request: SignedInRequest, pk: int) -> HttpResponse:
    """Paragraphs are counted from 1 by people."""
    found, post = _seen(request, pk), request.POST
    first = asked.integer(post, "first", least=1, default=0) or 0
    last = asked.integer(post, "last", least=1) or first
    do(
        request,
        lambda: actions.mark_paper(
            paper=found, first=first - 1, last=last - 1, text=post.get("text", ""), by=request.user
        ),
        _("已标出，经发局和督查办能看到。"),
    )
    return redirect("library:paper", pk=pk)


@require_POST
@requires("matter.draft")
def propose(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    do(
        request,
        lambda: proposing.propose_marks(paper=found, by=request.user),
        _("已提出督办建议，请逐条确认。"),
    )
    found.refresh_from_db()
    if found.source_id:
        return redirect("supervision:source", pk=found.source_id)
    return redirect("library:paper", pk=pk)
