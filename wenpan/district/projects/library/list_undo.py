"""A project list out of the room again: what it made is retracted, what it revised is as before."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.models import Submission
from wenpan.district.projects.library.list_actions import NODES
from wenpan.district.projects.library.list_lines import KEY
from wenpan.district.projects.models import Milestone, Project, Revision, StateChange, Undertaking
from wenpan.district.projects.pool.derive import refresh


@transaction.atomic
def undo_list(*, submission: Submission, by: User, reason: str, at: datetime) -> None:
    """Takes a list back: what it made is retracted, what it revised is as before. Raises Refused
    "later_batch" where something newer stands on it."""
    require(by, "intake.undo")
    revisions = list(
        Revision.objects.filter(submission=submission, undone=False).select_related("project", "key_project")
    )
    for revision in revisions:
        _nothing_later(revision)
        _no_node_reached(revision)
    units = {unit.code: unit for unit in Unit.objects.all()}
    for revision in reversed(revisions):
        _take_back(revision, units, submission, by=by, reason=reason, at=at)
    Revision.objects.filter(submission=submission).update(undone=True)
    if submission.kind != KEY:
        refresh(by=by, at=at)


def _subject(revision: Revision) -> Undertaking:
    found = revision.project or revision.key_project
    assert found is not None
    return found


def _nothing_later(revision: Revision) -> None:
    row = _subject(revision)
    later = row.revisions.filter(pk__gt=revision.pk, undone=False).exclude(submission=revision.submission_id)  # type: ignore[attr-defined]
    held = later.exists() or (revision.created and stands_on(row))
    if held:
        raise Refused(
            "later_batch",
            _("项目“%(name)s”后来又有新的数据，不能整批撤回；请先撤回后来的文件，或用新清单改正。")
            % {"name": row.name},
        )


def _no_node_reached(revision: Revision) -> None:
    """A milestone that a person has noted as reached stands on the words of its list."""
    months = revision.after.get(NODES, {})
    nodes = Milestone.objects.filter(key_project=revision.key_project_id, month__in=list(months))
    reached = nodes.filter(done_on__isnull=False).first() if months else None
    if reached is not None:
        raise Refused(
            "later_batch",
            _("项目“%(name)s”%(month)s的节点已登记完成，不能整批撤回；请用新清单改正。")
            % {"name": _subject(revision).name, "month": reached.month},
        )


def _nodes_back(revision: Revision, submission: Submission) -> None:
    """The words before this list, and none where it brought the first. What they were brought by is the list
    before, which a milestone then names again."""
    before = revision.before.get(NODES, {})
    if not before:
        return
    earlier = list(
        Revision.objects.filter(key_project=revision.key_project_id, pk__lt=revision.pk, undone=False)
        .exclude(submission=submission)
        .order_by("-pk")
    )
    for month, text in before.items():
        held = Milestone.objects.filter(key_project=revision.key_project_id, month=month)
        if text is None:
            held.delete()
            continue
        source = next((e.submission_id for e in earlier if month in e.after.get(NODES, {})), submission.pk)
        held.update(text=text, submission=source)


def stands_on(row: Undertaking) -> bool:
    """Whether people or files have noted something of a project since it was made."""
    own = ("problems", "visits", "excuses", "photos", "became", "came_from")
    if any(getattr(row, name).exists() for name in own):
        return True
    if isinstance(row, Project):
        return row.links.exists() or row.returns.filter(superseded_at__isnull=True).exists()
    return hasattr(row, "link")


def _take_back(
    revision: Revision, units: dict[str, Unit], submission: Submission, *, by: User, reason: str, at: datetime
) -> None:
    row = _subject(revision)
    _nodes_back(revision, submission)
    manager = type(row).objects.filter(pk=row.pk)  # type: ignore[attr-defined]
    if revision.created:
        manager.update(retracted=True, version=F("version") + 1)
        return
    values = {
        name: units.get(value) if name in ("unit", "department") else value
        for name, value in revision.before.items()
        if name != NODES
    }
    manager.update(**values, version=F("version") + 1)
    for name, subject in (("state", "project"), ("stage", "key_project")):
        if name in revision.before:
            StateChange.objects.create(
                **{subject: row},
                before=revision.after[name],
                after=revision.before[name],
                by=by,
                at=at,
                on=timezone.localdate(at),
                evidence=f"撤回《{submission.filename}》：{reason}"[:300],
                submission=submission,
            )
