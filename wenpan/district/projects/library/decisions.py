"""What people decide of a project: its pair on the other list, an excuse, a document seen, a view kept."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.projects.base import policy
from wenpan.district.projects.base.scope import require_sight
from wenpan.district.projects.base.subjects import Subject, address, subject_field
from wenpan.district.projects.models import (
    EntryDocument,
    Excuse,
    KeyProject,
    Link,
    Milestone,
    Project,
)
from wenpan.district.projects.pool.derive import refresh
from wenpan.economy.time.periods import parse_month


@transaction.atomic
def confirm_link(
    *, project: Project, key_project: KeyProject, reasons: list[str], by: User, at: datetime | None = None
) -> Link:
    """A person says that both lists mean the same undertaking. Raises Refused "clash" if one is paired."""
    require(by, "project.edit")
    at = at or timezone.now()
    try:
        with transaction.atomic():
            link = Link.objects.create(
                project=project,
                key_project=key_project,
                year=key_project.year,
                reasons=reasons,
                confirmed_by=by,
                confirmed_at=at,
            )
    except IntegrityError as clash:
        raise Refused("clash", _("其中一个项目已经与别的项目对应。")) from clash
    record(
        by=by,
        action="projects.link",
        subject=address(project),
        at=at,
        summary=f"对应：{project.code} {project.name} = {key_project.code} {key_project.name}",
        detail={"reasons": reasons},
    )
    return link


@transaction.atomic
def remove_link(*, link: Link, by: User, at: datetime | None = None) -> None:
    require(by, "project.edit")
    record(
        by=by,
        action="projects.unlink",
        subject=address(link.project),
        at=at,
        summary=f"取消对应：{link.project.name} = {link.key_project.name}",
    )
    link.delete()


@transaction.atomic
def excuse(
    *,
    subject: Subject,
    reason: str,
    document: str,
    since: str,
    until: str,
    by: User,
    at: datetime | None = None,
) -> Excuse:
    """A documented reason that may hold the light. ValueError for what is no month; Refused "bad_value"."""
    require(by, "project.edit")
    at = at or timezone.now()
    first, last = str(parse_month(since)), str(parse_month(until))
    if not reason.strip() or not document.strip():
        raise Refused("bad_value", _("请写明理由和书面依据。"))
    if last < first:
        raise Refused("bad_value", _("止月早于起月。"))
    made = Excuse.objects.create(
        **{subject_field(subject): subject},
        reason=reason.strip()[:200],
        document=document.strip()[:200],
        since=first,
        until=last,
        by=by,
        at=at,
    )
    record(
        by=by,
        action="projects.excuse",
        subject=address(subject),
        at=at,
        summary=f"{subject.name}: 书面说明 {made.reason}",
        detail={"document": made.document, "since": first, "until": last},
    )
    if isinstance(subject, Project):
        refresh(by=by, at=at, since=first)
    return made


@transaction.atomic
def see_document(
    *, project: Project, kind: str, note: str, on: date, by: User, at: datetime | None = None
) -> EntryDocument:
    """A document of the entry checklist was seen. Refused "bad_value" for one that the rule does not ask."""
    require(by, "project.edit")
    names = dict(policy.entry_documents(project.band)[0])
    if kind not in names:
        raise Refused("bad_value", _("入库资料清单里没有这一项。"))
    found, _made = EntryDocument.objects.update_or_create(
        project=project, kind=kind, defaults={"note": note.strip()[:200], "seen_on": on, "by": by}
    )
    record(
        by=by,
        action="projects.document",
        subject=address(project),
        at=at,
        summary=f"{project.name}: 核验{names[kind]}",
        detail={"note": found.note, "on": str(on)},
    )
    return found


@transaction.atomic
def reach_milestone(*, milestone: Milestone, on: date, by: User, at: datetime | None = None) -> Milestone:
    """A milestone is reached. Refused "clash" if it was already."""
    require(by, "project.edit")
    if Milestone.objects.filter(pk=milestone.pk, done_on__isnull=True).update(done_on=on) != 1:
        raise Refused("clash", _("这个节点已经登记完成。"))
    record(
        by=by,
        action="projects.milestone",
        subject=address(milestone.key_project),
        at=at,
        summary=f"{milestone.key_project.name}: {milestone.month}节点完成 {milestone.text}",
        detail={"on": str(on)},
    )
    milestone.refresh_from_db()
    return milestone


@transaction.atomic
def note_reading(*, subject: Subject, by: User, at: datetime | None = None) -> None:
    """The returns of a single project are confidential: who opens them is journalled."""
    require(by, "project.view")
    require_sight(by, subject)
    record(
        by=by,
        action="projects.read",
        subject=address(subject),
        at=at,
        summary=f"查看项目 {subject.code} {subject.name}",
    )


@transaction.atomic
def note_taking(*, what: str, filters: str, by: User, at: datetime | None = None) -> None:
    """Figures of single projects leave the program as a file: who took which is journalled."""
    require(by, "project.view")
    record(
        by=by,
        action="projects.export",
        subject="projects",
        at=at,
        summary=f"导出{what}",
        detail={"filters": filters[:400]},
    )
