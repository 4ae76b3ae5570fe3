"""A ledger of firms into the room, all or nothing, and out again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.firms.imports.plans import FirmLine
from wenpan.district.firms.ledger.actions import derived_names
from wenpan.district.firms.models import (
    ContactAssignment,
    Firm,
    FirmName,
    FirmRevision,
    FirmVisit,
    ServiceRequest,
)
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.models import Submission

_BATCH = 500


@transaction.atomic
def store_firms(*, submission: Submission, plan: Sequence[FirmLine], by: User, at: datetime) -> None:
    """Makes and revises the firms of a plan. Raises Refused "clash" where one was written since the plan."""
    require(by, "intake.accept")
    fresh = [line for line in plan if line.current is None]
    made = [Firm(**line.values, **derived_names(values=line.values)) for line in fresh]
    Firm.objects.bulk_create(made, batch_size=_BATCH)
    rows = [(firm, line, dict[str, Any]()) for firm, line in zip(made, fresh, strict=True)]
    for line in plan:
        if line.current is not None and not line.idle:
            rows.append((line.current, line, _revise(line)))
    until = timezone.localdate(at)
    FirmName.objects.bulk_create(
        [
            FirmName(firm=firm, name=name[:120], until=until, by=by, at=at, submission=submission)
            for firm, line, _before in rows
            for name in line.former
        ],
        batch_size=_BATCH,
    )
    FirmRevision.objects.bulk_create(
        [
            FirmRevision(
                firm=firm, submission=submission, created=line.current is None,
                before=_plain(before), after=_plain(line.values),
            )
            for firm, line, before in rows
        ],
        batch_size=_BATCH,
    )  # fmt: skip


def _revise(line: FirmLine) -> dict[str, Any]:
    firm = line.current
    assert firm is not None
    before = {name: getattr(firm, name) for name in line.values}
    values = {**line.values, **derived_names(values=line.values)}
    held = Firm.objects.filter(pk=firm.pk, version=firm.version)
    if held.update(**values, version=F("version") + 1) != 1:
        raise Refused("clash", _("企业“%(name)s”刚被别人改过，请重新核对。") % {"name": firm.name})
    return before


def _plain(values: Any) -> dict[str, Any]:
    return {name: value.code if isinstance(value, Unit) else value for name, value in values.items()}


@transaction.atomic
def undo_firms(*, submission: Submission, by: User, reason: str, at: datetime) -> None:
    """Takes a file back. Refused "later_batch" where something later stands on a firm that it brought."""
    require(by, "intake.undo")
    revisions = list(FirmRevision.objects.filter(submission=submission, undone=False).select_related("firm"))
    _nothing_later(revisions, submission)
    units = {unit.code: unit for unit in Unit.objects.all()}
    for revision in revisions:
        values: dict[str, Any] = {"retracted": True}
        if not revision.created:
            values = {**revision.before}
            if "town" in values:
                values["town"] = units.get(values["town"])
            values |= derived_names(values=values)
        Firm.everything.filter(pk=revision.firm_id).update(**values, version=F("version") + 1)
    FirmName.objects.filter(submission=submission).update(retracted=True)
    FirmRevision.objects.filter(submission=submission).update(undone=True)


def _nothing_later(revisions: Sequence[FirmRevision], submission: Submission) -> None:
    newest = {revision.firm_id: revision for revision in revisions}
    later = FirmRevision.objects.filter(firm__in=newest, undone=False).exclude(submission=submission)
    held = {r.firm_id for r in later if r.pk > newest[r.firm_id].pk}
    made = [pk for pk, revision in newest.items() if revision.created]
    for model in (ServiceRequest, FirmVisit, ContactAssignment):
        held |= set(model._default_manager.filter(firm__in=made).values_list("firm_id", flat=True))
    held |= set(Firm.objects.filter(merged_into__in=made).values_list("merged_into_id", flat=True))
    for revision in revisions:  # a person changed since what the file brought
        now = _plain({name: getattr(revision.firm, name) for name in revision.after})
        if now != revision.after:
            held.add(revision.firm_id)
    if held:
        name = next(r.firm.name for pk, r in newest.items() if pk in held)
        raise Refused(
            "later_batch",
            _("企业“%(name)s”后来又有新的记录，不能整批撤回；请在企业页更正。") % {"name": name},
        )
