"""How a matter begins: its number and its first event. Who may, the actions ask."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.ground.journal.actions import hold
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import append as event_log
from wenpan.district.supervision.log import lifecycle, policy
from wenpan.district.supervision.log.event_data import DraftedData
from wenpan.district.supervision.log.event_log import next_serial
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.models import Matter, Source


def make_draft(
    *,
    title: str,
    kind: str,
    by: User,
    source: Source | None,
    cause: str,
    evidence: str,
    span: tuple[int, int] | None,
    important: bool,
    leader: str,
    parent: Matter | None,
    at: datetime,
) -> Matter:
    """Raises Refused: "bad_value" (no words, unknown type), "clash" (an open matter has the cause)."""
    if not title.strip():
        raise Refused("bad_value", _("请写明督办事项。"))
    if kind not in policy.types():
        raise Refused("bad_value", _("没有这种事项类型：%(kind)s。") % {"kind": kind})
    hold()  # two who draft at once take two numbers
    year = timezone.localdate(at).year
    serial = next_serial(Matter, year)
    try:
        with transaction.atomic():
            matter = Matter.objects.create(
                number=policy.office().matter_number.format(year=year, serial=serial),
                year=year,
                serial=serial,
                kind=kind,
                title=title.strip()[:400],
                source=source,
                cause=cause,
                evidence=evidence,
                span_start=span[0] if span else None,
                span_end=span[1] if span else None,
                important=important,
                leader=leader.strip()[:40],
                parent=parent,
                created_by=by,
                created_at=at,
                state=lifecycle.DRAFT,
                version=0,
            )
    except IntegrityError as clash:
        raise Refused("clash", _("同一起因已有未办结的事项，或编号刚被占用，请刷新后再试。")) from clash
    event_log.append(
        matter=matter, kind=EventKind.DRAFTED, by=by, at=at, data=DraftedData(title=matter.title)
    )
    return matter
