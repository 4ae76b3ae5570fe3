"""Long work: read a paper in the sandbox, propose anew for another day, ask a model."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenpan.district.accounts.models import User
from wenpan.district.ground import sandbox
from wenpan.district.ground.converters import office, scans
from wenpan.district.ground.jobs.registry import job
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import door
from wenpan.district.supervision.log import policy
from wenpan.district.supervision.models import Source
from wenpan.district.supervision.sources import model_endpoint, reading_findings
from wenpan.district.supervision.sources.actions import proposing
from wenpan.district.supervision.sources.proposal_rows import as_documents
from wenpan.district.supervision.sources.unit_resolver import UnitResolver
from wenpan.documents.orders import model_answers, take_in
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.rules.policies import acceptance

Progress = Callable[[int, str], None]


@job("supervision.read", label=gettext_lazy("读取来源文件"))
def read(args: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """A paper becomes a source with proposals, or a refusal; never something in between."""
    by = User.objects.get(pk=args["by"])
    if door.TOLD in args:
        return _refused(args[door.TOLD], args)
    if (known := Source.objects.filter(sha256=args["sha256"]).first()) is not None:
        return _go(known)
    progress(10, _("正在读取文件，找出部署的事项"))
    words = dict(args["given"])
    words["dated"] = date.fromisoformat(words["dated"]) if words.get("dated") else None
    today = timezone.localdate()
    book = UnitResolver(words["dated"] or today)
    try:
        kept = door.bytes_of(sha256=args["sha256"], job=f"supervision.read:{args['token']}")
        data = office.as_docx(kept)
        taken = scans.apply(
            take_in.take, data, args["filename"], words["dated"], today,
            policy.calendar(), book.gazetteer(), acceptance(), screen=door.screen("来源文件", by),
        )  # fmt: skip
    except Unreadable as error:
        proposing.note_refusal(filename=args["filename"], sha256=args["sha256"], code=error.code, by=by)
        found = reading_findings.unreadable(error, args["filename"])
        return _refused(found, args)
    except door.ForgottenError as gone:
        return _refused(gone.told, args)
    except Refused as refusal:
        told = reading_findings.not_admitted(refusal)
        if refusal.code == "secret":
            door.forget(sha256=args["sha256"], told=told, by=by)
        return _refused(told, args)
    progress(80, _("正在登记"))
    given, name = proposing.Given(**words), args["filename"]
    try:
        source = proposing.register_source(
            taken=taken, filename=name, sha256=args["sha256"], given=given, by=by
        )
    except IntegrityError:  # the same file from two people at once: one source
        source = Source.objects.get(sha256=args["sha256"])
    return _go(source)


@job("supervision.again", label=gettext_lazy("重新推算时限"))
def again(args: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The same text, counted from another day."""
    source = Source.objects.get(pk=args["source"])
    progress(20, _("正在按新的成文日期推算时限"))
    found = sandbox.apply(
        take_in.again, tuple(source.paragraphs), tuple(source.places), source.dated, policy.calendar(),
        UnitResolver(source.dated).gazetteer(), acceptance(),
    )  # fmt: skip
    proposing.propose_again(source=source, proposals=found, by=User.objects.get(pk=args["by"]))
    return _go(source)


@job("supervision.model", label=gettext_lazy("请模型补充"), heavy=True)
def ask_model(args: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """What the configured model proposes and the paper bears out word for word. Raises `NoAnswer`."""
    source = Source.objects.get(pk=args["source"])
    asked = model_endpoint.configured()
    if asked is None:
        return _go(source)
    parts = list(model_answers.parts(source.paragraphs))
    known = [as_documents(p) for p in source.proposals.exclude(span_start=None).select_related("lead")]
    found: list[Any] = []
    dropped = 0
    for number, part in enumerate(parts):
        progress(5 + 85 * number // len(parts), _("正在请模型看第%(n)d部分") % {"n": number + 1})
        answer = model_answers.parse(
            model_endpoint.ask(asked, model_answers.messages(part)),
            source.paragraphs,
            on=source.dated,
            calendar=policy.calendar(),
            gazetteer=UnitResolver(source.dated).gazetteer(),
            places=source.places,
            known=[*known, *found],
        )
        found += answer.proposals
        dropped += len(answer.dropped)
    by = User.objects.get(pk=args["by"])
    proposing.add_from_model(source=source, proposals=found, dropped=dropped, by=by)
    return _go(source)


def _refused(told: Any, args: dict[str, Any]) -> dict[str, Any]:
    return {"refusal": told, "next_url": reverse("supervision:refused", args=[args["token"]])}


def _go(source: Source) -> dict[str, Any]:
    return {"next_url": reverse("supervision:source", args=[source.pk])}
