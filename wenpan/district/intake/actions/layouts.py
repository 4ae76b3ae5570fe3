"""What the columns of a table mean: taught, corrected by a new version, taken back with all it brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import teaching as teachings
from wenpan.district.intake.actions.deciding import undo
from wenpan.district.intake.models import Layout, Submission
from wenpan.district.intake.transitions import OPEN, State, move
from wenpan.documents.tables.explained import ExplainedTable


@transaction.atomic
def teach(
    *,
    submission: Submission,
    tables: Sequence[ExplainedTable],
    signature: str,
    teaching: Mapping[str, Any],
    seen: int,
    by: User,
    at: datetime | None = None,
) -> Layout:
    """Remembers what the columns of a table mean, for every file like it; `check` must follow.

    `tables`: 各列是什么 of the file; `signature` names the table. `seen`: the primary key of the version that
    the person saw, 0 for none. Refused: "state" (no such table), "bad_value", "clash" with both sides where
    somebody else taught the same table meanwhile.
    """
    require(by, "layout.map")
    at = at or timezone.now()
    table = next((t for t in tables if t.signature == signature), None)
    if table is None:
        raise Refused("state", _("这份文件里没有这张表，请刷新后再看。"))
    teachings.must_make_sense(teaching, table, others=len(tables) > 1)
    _take_the_place_of(signature, seen, teaching, table, at)
    said = {**teaching, "file": submission.original.sha256}
    layout = make_layout(signature=signature, teaching=said, table=table, by=by, at=at)
    move(submission, OPEN, state=State.CHECKING, layout=layout, question=answers_of(submission=submission))
    record(
        by=by,
        action="intake.map_layout",
        subject=f"layout:{layout.pk}",
        at=at,
        summary=_("认表：%(title)s（第%(version)d版）") % {"title": layout.title, "version": layout.version},
        detail={"teaching": dict(teaching), "submission": submission.pk, "before": seen or None},
    )
    return layout


def answers_of(*, submission: Submission) -> dict[str, Any]:
    return {key: value for key, value in submission.question.items() if key == "kind_from"}


def _take_the_place_of(
    signature: str, seen: int, teaching: Mapping[str, Any], table: ExplainedTable, at: datetime
) -> None:
    held = Layout.objects.filter(signature=signature, superseded_at__isnull=True).first()
    if (held.pk if held else 0) != seen:
        raise _clash(held, teaching, table)
    if held and Layout.objects.filter(pk=held.pk, superseded_at__isnull=True).update(superseded_at=at) != 1:
        raise _clash(held, teaching, table)


def _clash(held: Layout | None, teaching: Mapping[str, Any], table: ExplainedTable) -> Refused:
    if held is None:
        return Refused("clash", _("这张表的说明刚被撤回，请看过之后再记。"))
    who = {"who": held.created_by, "when": timezone.localtime(held.created_at).strftime("%H:%M")}
    return Refused(
        "clash",
        _("%(who)s 在 %(when)s 刚说明过这张表，请看过两边再定。") % who,
        teachings.differences(teaching, held.mapping, table),
    )


def make_layout(
    *, signature: str, teaching: Mapping[str, Any], table: ExplainedTable, by: User, at: datetime
) -> Layout:
    last = Layout.objects.filter(signature=signature).aggregate(last=Max("version"))["last"] or 0
    try:
        with transaction.atomic():
            return Layout.objects.create(
                signature=signature,
                kind=teaching["kind"],
                title=(table.title or table.sheet)[:200],
                mapping=dict(teaching),
                version=last + 1,
                created_by=by,
                created_at=at,
            )
    except IntegrityError as clash:
        held = Layout.objects.filter(signature=signature, superseded_at__isnull=True).first()
        raise _clash(held, teaching, table) from clash


@transaction.atomic
def take_back_layout(*, layout: Layout, reason: str, by: User, at: datetime | None = None) -> int:
    """The table was explained wrongly: every file that was read by this version is taken back, all or none.

    Gives the number of files. What they had replaced holds again; the version stays readable, and is void.
    Refused: "reason_missing", "clash", or "later_batch" naming the file that revised the same figures.
    """
    require(by, "layout.map")
    require(by, "intake.undo")
    if not reason.strip():
        raise Refused("reason_missing", _("请写明撤回的原因。"))
    at, words = at or timezone.now(), reason.strip()[:200]
    files = list(layout.files.filter(state=State.ACCEPTED).order_by("-decided_at", "-pk"))
    held = Layout.objects.filter(pk=layout.pk, withdrawn_at__isnull=True)
    if (
        held.update(
            superseded_at=Coalesce("superseded_at", Value(at)),
            withdrawn_at=at,
            withdrawn_by=by,
            withdrawn_reason=words,
        )
        != 1
    ):
        raise Refused("clash", _("这张表的说明已经撤回。"))
    for submission in files:
        undo(submission=submission, by=by, reason=_("认表有误：%(reason)s") % {"reason": words}, at=at)
    record(
        by=by,
        action="intake.take_back_layout",
        subject=f"layout:{layout.pk}",
        at=at,
        summary=_("撤回认表《%(title)s》第%(version)d版和它带来的%(files)d份文件：%(reason)s")
        % {"title": layout.title, "version": layout.version, "files": len(files), "reason": words},
        detail={"files": [submission.pk for submission in files]},
    )
    layout.refresh_from_db()
    return len(files)
