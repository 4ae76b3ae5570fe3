"""The long work of this room: making the analysis and the bulletin, with its progress shown."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from wenpan.district.accounts.models import User
from wenpan.district.bulletins.actions import draft_bulletin, make_briefing
from wenpan.district.ground.jobs.registry import Progress, job
from wenpan.district.ground.refused import Refused
from wenpan.documents.papers.facts import Inconsistent
from wenpan.economy.time.periods import parse_month

BRIEFING = "bulletins.briefing"


BULLETIN = "bulletins.bulletin"


@job(BULLETIN, label=gettext_lazy("起草督查通报"), heavy=True)
def bulletin(args: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """`month`, `by` a user's id. A refusal leads to the page with its reasons."""
    month = parse_month(args["month"])
    by = User.objects.get(pk=args["by"])
    try:
        document = draft_bulletin(month=month, by=by, progress=progress)
    except Inconsistent:
        return {"next_url": reverse("bulletins:not_drafted", args=[str(month)])}
    except Refused:
        return {"next_url": reverse("bulletins:list")}
    return {"next_url": reverse("bulletins:document", args=[document.pk]), "document": document.pk}


@job(BRIEFING, label=gettext_lazy("起草分析报告"), heavy=True)
def briefing(args: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """`as_of` a month, `by` a user's id. A refusal leads to the page with its reasons."""
    as_of = parse_month(args["as_of"])
    by = User.objects.get(pk=args["by"])
    try:
        document = make_briefing(as_of=as_of, by=by, progress=progress)
    except Inconsistent:
        return {"next_url": reverse("bulletins:refused", args=[str(as_of)])}
    except Refused:
        return {"next_url": reverse("bulletins:list")}
    return {"next_url": reverse("bulletins:document", args=[document.pk]), "document": document.pk}
