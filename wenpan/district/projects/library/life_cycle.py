"""The life cycle: one step with its date, evidence and actor, when the fields of the stage are there."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.projects.base import policy
from wenpan.district.projects.base.subjects import Subject, address, subject_field
from wenpan.district.projects.models import Project, StateChange
from wenpan.district.projects.pool.derive import refresh


@transaction.atomic
def change_state(
    *, subject: Subject, after: str, on: date, evidence: str, by: User, at: datetime | None = None
) -> StateChange:
    """One step of the life cycle. Raises Refused: "bad_value" (not a next step, a required field is
    empty, no evidence), "clash" (somebody else moved it)."""
    require(by, "project.state")
    at = at or timezone.now()
    which, name = ("states", "state") if isinstance(subject, Project) else ("stages", "stage")
    before = getattr(subject, name)
    steps = policy.life_cycle(which)
    if after not in steps[before].next:
        raise Refused(
            "bad_value",
            _("“%(a)s”之后不能是“%(b)s”。")
            % {"a": steps[before].name, "b": steps[after].name if after in steps else after},
        )
    if after == "withdrawn":  # the statistics office decides, nobody else
        require(by, "project.withdraw")
    if not evidence.strip():
        raise Refused("bad_value", _("请写明依据。"))
    _require_fields(subject, which, after, steps[after].name)
    change = step(subject=subject, after=after, on=on, evidence=evidence, by=by, at=at)
    if isinstance(subject, Project):
        refresh(by=by, at=at)
    return change


def _require_fields(subject: Subject, which: str, after: str, label: str) -> None:
    if after == "withdrawn":  # what leaves the library need not be complete
        return
    missing = [n for n in policy.needed_from(which, after) if getattr(subject, n) in (None, "")]
    if missing:
        labels = "、".join(str(type(subject)._meta.get_field(n).verbose_name) for n in missing)  # type: ignore[union-attr]
        raise Refused(
            "bad_value",
            _("“%(b)s”阶段起必填：%(fields)s。请先在清单里补齐。") % {"b": label, "fields": labels},
        )


@transaction.atomic
def step(*, subject: Subject, after: str, on: date, evidence: str, by: User, at: datetime) -> StateChange:
    """The step itself, for another action after its checks. Refused "clash"."""
    which, name = ("states", "state") if isinstance(subject, Project) else ("stages", "stage")
    before = getattr(subject, name)
    held = type(subject).objects.filter(pk=subject.pk, **{name: before})
    if held.update(**{name: after}, version=F("version") + 1) != 1:
        raise Refused("clash", _("这个项目的状态刚被别人改过，请刷新后再看。"))
    change = StateChange.objects.create(
        **{subject_field(subject): subject},
        before=before,
        after=after,
        on=on,
        evidence=evidence.strip()[:300],
        by=by,
        at=at,
    )
    subject.refresh_from_db()
    steps = policy.life_cycle(which)
    record(
        by=by,
        action="projects.state",
        subject=address(subject),
        at=at,
        summary=f"{subject.name}: {steps[before].name} → {steps[after].name}",
        detail={"on": str(on), "evidence": change.evidence},
    )
    return change
