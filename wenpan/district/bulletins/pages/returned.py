"""退回的文稿: an edited .docx comes back as the next edition, or is answered with what it must not change."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.bulletins import actions, queries
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import door
from wenpan.documents.papers.facts import Inconsistent
from wenpan.documents.screening.file_names import clean_name


@require_POST
@requires("document.make", "bulletin.draft")
def take_edited(request: SignedInRequest, pk: int) -> HttpResponse:
    """Words are taken, a changed figure refuses the whole: 409 with every place and what to do about it."""
    kept = queries.document(pk, request.user)
    file = request.FILES.get("file")
    name = clean_name(file.name or "") if file else ""
    if file is None or not name.lower().endswith(".docx"):
        messages.error(request, _("请选择改过的 Word 文稿（.docx）；WPS 文稿请另存为 .docx。"))
        return redirect("bulletins:document", pk)
    if (file.size or 0) > settings.UPLOAD_LIMIT_MB * 1024 * 1024:
        messages.error(request, _("文件超过上限 %(limit)d MB。") % {"limit": settings.UPLOAD_LIMIT_MB})
        return redirect("bulletins:document", pk)
    problems: tuple[Any, ...] = ()
    try:
        admitted = door.admit(filename=name, data=file.read(), door="退回的文稿", by=request.user)
        made = actions.take_edited(document=kept, file=admitted, by=request.user)
        messages.success(request, _("文字已改，成为第%(n)s稿；数字没有变。") % {"n": made.edition})
        return redirect("bulletins:document", made.pk)
    except Inconsistent as refusal:
        problems = refusal.problems
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("bulletins:document", pk)
    shown = {"document": kept, "problems": problems, "filename": name}
    return render(request, "bulletins/returned.html", shown, status=409)
