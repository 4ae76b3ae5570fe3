"""Project lists into the room, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.models import Submission
from wenpan.district.projects.library.list_lines import KEY, ListLine
from wenpan.district.projects.models import (
    KeyProject,
    Milestone,
    Project,
    Revision,
    StateChange,
    Undertaking,
)
from wenpan.district.projects.pool.derive import refresh
from wenpan.documents.words.pinyin import syllables

NODES = "milestones"  # month -> text, in a revision's before and after


def pinyin(name: str) -> str:
    """By what lists are ordered and searched."""
    return " ".join(syllables(name))[:400]


@transaction.atomic
def store_list(
    *, submission: Submission, kind: str, period: str, lines: Sequence[ListLine], by: User, at: datetime
) -> None:
    """Creates and revises the projects of a list; a state that differs becomes a state change."""
    require(by, "intake.accept")
    model, state = (KeyProject, "stage") if kind == KEY else (Project, "state")
    subject = "key_project" if kind == KEY else "project"
    if kind == KEY:
        for line in lines:
            if "this_year" in line.values:
                line.values["reported"] = period
    fresh = [line for line in lines if line.current is None]
    made = model.objects.bulk_create([_made(model, line) for line in fresh], batch_size=500)
    pairs: list[tuple[ListLine, Undertaking, dict[str, Any]]] = [
        (line, row, {}) for line, row in zip(fresh, made, strict=True)
    ]
    for line in lines:
        if line.current is not None and (line.values or line.new or line.milestones):
            pairs.append((line, line.current, _revise(line)))
    Revision.objects.bulk_create(
        [_revision(*pair, subject, submission, at) for pair in pairs], batch_size=500
    )
    day = timezone.localdate(at)
    changes = [
        _change(*pair, state, subject, submission, by, day, at) for pair in pairs if state in pair[0].values
    ]
    StateChange.objects.bulk_create(changes, batch_size=500)
    if kind == KEY:
        _milestones(pairs, submission)
    else:
        refresh(by=by, at=at)


def _made(model: type[Any], line: ListLine) -> Any:
    more = {"year": line.year} if model is KeyProject else {}
    return model(code=line.code, pinyin=pinyin(line.name), **more, **line.values)


def _revise(line: ListLine) -> dict[str, Any]:
    """Writes the new values; the old ones come back."""
    row = line.current
    assert row is not None
    before = {name: getattr(row, name) for name in line.values}
    if row.retracted:
        before["retracted"] = True
    for name, value in line.values.items():
        setattr(row, name, value)
    row.retracted = False
    if "name" in line.values:
        row.pinyin = pinyin(row.name)
    seen = row.version
    row.version = seen + 1
    names = [*line.values, "retracted", "pinyin", "version"]
    values = {name: getattr(row, name) for name in names}
    if type(row).objects.filter(pk=row.pk, version=seen).update(**values) != 1:  # type: ignore[attr-defined]
        raise Refused("clash", _("项目“%(name)s”刚被别人改过，请重新核对。") % {"name": row.name})
    return before


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.code if isinstance(value, Unit) else str(value) if isinstance(value, Decimal) else value
        for name, value in values.items()
    }


def _revision(
    line: ListLine,
    row: Undertaking,
    before: dict[str, Any],
    subject: str,
    submission: Submission,
    at: datetime,
) -> Revision:
    old, new = _plain(before), _plain(line.values)
    if line.milestones:
        old[NODES] = {month: text for month, (text, _new) in line.milestones.items()}
        new[NODES] = {month: text for month, (_old, text) in line.milestones.items()}
    return Revision(
        **{subject: row},
        submission=submission,
        created=line.current is None,
        before=old,
        after=new,
        sheet=line.record.sheet,
        cell=line.record.cell("name"),
        at=at,
    )


def _change(
    line: ListLine,
    row: Undertaking,
    before: dict[str, Any],
    state: str,
    subject: str,
    submission: Submission,
    by: User,
    day: date,
    at: datetime,
) -> StateChange:
    """A project that the list brings with its state has been in it since it entered."""
    entered = line.values.get("entered") if line.values.get(state) == "in_library" else None
    on = date(int(entered[:4]), int(entered[5:]), 1) if entered else day
    return StateChange(
        **{subject: row},
        before=before.get(state) or "",
        after=line.values[state],
        on=on,
        by=by,
        at=at,
        evidence=f"《{submission.filename}》{line.record.sheet}!{line.record.cell(state)}"[:300],
        submission=submission,
    )


def _milestones(pairs: Sequence[tuple[ListLine, Any, dict[str, Any]]], submission: Submission) -> None:
    new = []
    for line, row, _before in pairs:
        for month, (old, text) in line.milestones.items():
            if old is None:
                new.append(Milestone(key_project=row, month=month, text=text, submission=submission))
                continue
            held = Milestone.objects.filter(key_project=row, month=month, text=old)
            if held.update(text=text, submission=submission) != 1:
                raise Refused("clash", _("项目“%(name)s”刚被别人改过，请重新核对。") % {"name": row.name})
    Milestone.objects.bulk_create(new, batch_size=500)
