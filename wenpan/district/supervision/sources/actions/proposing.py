"""From a paper to proposals: the source is registered with all that was found in it, or nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import door
from wenpan.district.supervision.models import Proposal, Source
from wenpan.district.supervision.sources.open_sources import require_unsettled, subject
from wenpan.district.supervision.sources.proposal_rows import rows_of
from wenpan.district.supervision.sources.reading_findings import (
    date_unknown,
    file_noted,
    nothing_found,
    remarked,
)
from wenpan.documents.orders import proposal as found
from wenpan.documents.orders.take_in import Taken

MOST_FINDINGS = 100


@dataclass(frozen=True)
class Given:
    """What the person wrote of the paper; empty fields are read off it."""

    kind: str = ""
    title: str = ""
    number: str = ""
    issuer: str = ""
    dated: date | None = None


@transaction.atomic
def register_source(
    *,
    taken: Taken,
    filename: str,
    sha256: str,
    by: User,
    given: Given | None = None,
    at: datetime | None = None,
) -> Source:
    """The paper with its text, and a proposal for everything that it orders."""
    require(by, "matter.draft")
    at, given, head = at or timezone.now(), given or Given(), taken.masthead
    if given.kind and given.kind not in Source.Kind.values:
        raise Refused("bad_value", _("没有这种来源类型：%(kind)s。") % {"kind": given.kind})
    findings = [] if given.dated or head.dated else [date_unknown(taken.dated, head.doubt)]
    findings += [remarked(remark) for remark in taken.remarks[:MOST_FINDINGS]]
    findings += [file_noted(noted) for noted in door.findings(sha256, filename)]
    if not taken.proposals:
        findings.append(nothing_found())
    source = Source.objects.create(
        kind=given.kind or head.kind or Source.Kind.NOTICE,
        title=(given.title or head.title or filename)[:200],
        number=(given.number or head.number)[:60],
        issuer=(given.issuer or head.issuer)[:80],
        dated=taken.dated,
        filename=filename[:200],
        sha256=sha256,
        paragraphs=list(taken.paragraphs),
        places=list(taken.places),
        findings=findings,
        created_by=by,
        created_at=at,
    )
    count = _store(source, taken.proposals)
    record(
        by=by,
        action="source.register",
        subject=subject(source),
        at=at,
        summary=_("登记来源《%(title)s》，提出 %(count)d 条建议") % {"title": source.title, "count": count},
        detail={"sha256": sha256, "dated": source.dated.isoformat(), "kind": source.kind},
    )
    return source


@transaction.atomic
def note_refusal(*, filename: str, sha256: str, code: str, by: User, at: datetime | None = None) -> None:
    """A paper that could not be read leaves its trace in the journal, and nowhere else."""
    require(by, "matter.draft")
    record(
        by=by,
        action="source.refused",
        subject=f"file:{sha256[:16]}",
        at=at,
        summary=_("《%(name)s》未能读取（%(code)s）") % {"name": filename, "code": code},
        detail={"sha256": sha256, "code": code},
    )


@transaction.atomic
def amend_source(*, source: Source, given: Given, by: User, at: datetime | None = None) -> bool:
    """The person has checked kind, title, number, issuer and date. True: the day changed, so that relative
    deadlines must be found anew (`propose_again`); that is refused once a proposal has been decided.
    """
    require(by, "matter.draft")
    require_unsettled(source)
    if not given.title.strip() or given.dated is None or given.kind not in Source.Kind.values:
        raise Refused("bad_value", _("请填写类型、标题和成文日期。"))
    moved = given.dated != source.dated
    if moved and source.proposals.exclude(past=[]).exists():
        raise Refused("state", _("已有事项处理过，不能再改成文日期。请先逐条撤销。"))
    Source.objects.filter(pk=source.pk).update(
        kind=given.kind,
        title=given.title.strip()[:200],
        number=given.number.strip()[:60],
        issuer=given.issuer.strip()[:80],
        dated=given.dated,
        findings=[f for f in source.findings if f.get("code") != "date_unknown"],
    )
    source.refresh_from_db()
    record(
        by=by,
        action="source.amend",
        subject=subject(source),
        at=at,
        summary=_("核对来源《%(title)s》，成文日期 %(day)s") % {"title": source.title, "day": source.dated},
        detail={"kind": source.kind, "number": source.number, "issuer": source.issuer},
    )
    return moved


@transaction.atomic
def propose_again(
    *, source: Source, proposals: Sequence[found.MatterProposal], by: User, at: datetime | None = None
) -> int:
    """The rules' untouched proposals are replaced; what a person or a model added stays."""
    require(by, "matter.draft")
    require_unsettled(source)
    source.proposals.filter(state=Proposal.State.OPEN, origin="rules", past=[]).delete()
    count = _store(source, proposals)
    record(
        by=by,
        action="source.propose",
        subject=subject(source),
        at=at,
        summary=_("按成文日期 %(day)s 重新提出 %(count)d 条建议") % {"day": source.dated, "count": count},
    )
    return count


@transaction.atomic
def add_from_model(
    *,
    source: Source,
    proposals: Sequence[found.MatterProposal],
    dropped: int,
    by: User,
    at: datetime | None = None,
) -> int:
    """What a configured model proposed and the text bears out word for word; known spans are not doubled."""
    require(by, "matter.draft")
    require_unsettled(source)
    spans = source.proposals.exclude(span_start=None).values_list("span_start", "span_end")
    known = [(int(a or 0), int(b or 0)) for a, b in spans]
    fresh = [p for p in proposals if not any(_overlap(p.span, span) > 0.5 for span in known)]
    count = _store(source, fresh, origin="model")
    record(
        by=by,
        action="source.model",
        subject=subject(source),
        at=at,
        summary=_("模型补充 %(count)d 条建议，%(dropped)d 条与原文不符已舍弃")
        % {"count": count, "dropped": dropped},
        detail={"already": len(proposals) - len(fresh)},
    )
    return count


@transaction.atomic
def add_marked(
    *, source: Source, proposals: Sequence[found.MatterProposal], by: User, at: datetime | None = None
) -> list[Proposal]:
    """What people marked in the text, one proposal each, in their order; what stands there stays."""
    require(by, "matter.draft")
    require_unsettled(source)
    kept = Proposal.objects.bulk_create(rows_of(source, proposals, "person"))
    record(
        by=by, action="source.propose", subject=subject(source), at=at,
        summary=_("由单位标出的段落提出 %(count)d 条建议") % {"count": len(kept)},
    )  # fmt: skip
    return kept


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """The common part of two spans as a share of the shorter."""
    common = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, common) / max(1, min(a[1] - a[0], b[1] - b[0]))


def _store(source: Source, proposals: Sequence[found.MatterProposal], origin: str = "rules") -> int:
    rows = rows_of(source, proposals, origin)
    Proposal.objects.bulk_create(rows, batch_size=200)
    return len(rows)
