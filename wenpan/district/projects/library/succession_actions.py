"""A project split into others, several merged into one, a changed code: a person's word, with its evidence.

What was before leaves the list and keeps its returns, states and papers; nothing is added up into figures of
what came after (its history comes from the table that the statistics office sends). Projects that only have
like names are said to be different ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.projects.base.subjects import Subject, address, subject_field
from wenpan.district.projects.library.life_cycle import step
from wenpan.district.projects.models import KeyProject, Project, StateChange, Succession
from wenpan.district.projects.pool.derive import refresh

SHAPES = {  # how many before and after: (fewest, most)
    "split": ((1, 1), (2, 60)),
    "merged": ((2, 60), (1, 1)),
    "renumbered": ((1, 1), (1, 1)),
    "distinct": ((1, 60), (1, 60)),
}


@transaction.atomic
def settle_succession(
    *,
    before: Sequence[Subject],
    after: Sequence[Subject],
    kind: str,
    on: date,
    evidence: str,
    by: User,
    at: datetime | None = None,
) -> list[Succession]:
    """Statistics projects leave the library by it, so the statistics office decides (but on "distinct").
    Refused: "bad_value" (numbers that do not fit, two lists, no evidence), "clash" (settled before)."""
    at = at or timezone.now()
    _check(before, after, kind, on, evidence, at)
    statistics = isinstance(before[0], Project)
    require(
        by, "project.state" if kind == "distinct" else "project.withdraw" if statistics else "project.edit"
    )
    case, field = uuid4().hex, subject_field(before[0])
    rows = [
        Succession(
            **{field: a, f"into_{field}": b},
            case=case,
            kind=kind,
            on=on,
            evidence=evidence.strip()[:300],
            by=by,
            at=at,
        )
        for a in before
        for b in after
    ]
    try:
        with transaction.atomic():
            made = Succession.objects.bulk_create(rows)
    except IntegrityError as clash:
        raise Refused("clash", _("其中有一对已经认定过，请刷新后再看。")) from clash
    words = _words(before, after, kind)
    if statistics and kind != "distinct":
        for project in before:
            if project.state != "withdrawn":  # type: ignore[union-attr]
                step(subject=project, after="withdrawn", on=on, evidence=f"{words}：{evidence}", by=by, at=at)
    record(
        by=by,
        action="projects.succession",
        subject=address(before[0]),
        at=at,
        summary=words,
        detail={"on": str(on), "evidence": evidence.strip()[:300], "case": case},
    )
    if statistics and kind != "distinct":
        refresh(by=by, at=at)
    return made


def _check(
    before: Sequence[Subject], after: Sequence[Subject], kind: str, on: date, evidence: str, at: datetime
) -> None:
    if kind not in SHAPES or not before or not after:
        raise Refused("bad_value", _("请选定原项目、新项目和关系。"))
    if not evidence.strip():
        raise Refused("bad_value", _("请写明依据。"))
    if on > timezone.localdate(at):
        raise Refused("bad_value", _("日期晚于今天。"))
    if len({type(row) for row in (*before, *after)}) > 1 or {r.pk for r in before} & {r.pk for r in after}:
        raise Refused("bad_value", _("原项目和新项目应在同一张清单上，且不是同一个。"))
    (few, many), (few_after, many_after) = SHAPES[kind]
    if not (few <= len(before) <= many and few_after <= len(after) <= many_after):
        raise Refused(
            "bad_value", _("个数与关系不符：拆分是一个变几个，合并是几个变一个，换代码是一个变一个。")
        )
    if kind != "distinct" and any(row.became.exclude(kind="distinct").exists() for row in before):
        raise Refused("clash", _("原项目已经认定过去向，请刷新后再看。"))


def _words(before: Sequence[Subject], after: Sequence[Subject], kind: str) -> str:
    old, new = ("、".join(f"{row.code} {row.name}" for row in rows[:6]) for rows in (before, after))
    return f"{old}{_BECAME[kind]}{new}"


_BECAME = {"split": " 拆分为 ", "merged": " 合并为 ", "renumbered": " 换代码为 ", "distinct": " 不同于 "}


@transaction.atomic
def take_back_succession(*, case: str, reason: str, by: User, at: datetime | None = None) -> None:
    """The word was wrong: what had left the library is back in its state before. The journal keeps both."""
    at = at or timezone.now()
    rows = list(Succession.objects.filter(case=case).select_related("project", "key_project"))
    if not rows:
        raise Refused("clash", _("这项认定已经撤销。"))
    kind, projects = rows[0].kind, {row.project_id: row.project for row in rows if row.project}
    require(by, "project.state" if kind == "distinct" else "project.withdraw" if projects else "project.edit")
    if not reason.strip():
        raise Refused("bad_value", _("请写明撤销的理由。"))
    subject: Project | KeyProject | None = rows[0].project or rows[0].key_project
    assert subject is not None
    if Succession.objects.filter(case=case).delete()[0] != len(rows):
        raise Refused("clash", _("这项认定已经撤销。"))
    for project in projects.values() if kind != "distinct" else ():
        _back(project, rows[0].at, reason, by, at)
    record(
        by=by,
        action="projects.succession_back",
        subject=address(subject),
        at=at,
        summary=f"{subject.name}：撤销{rows[0].get_kind_display()}认定 {reason.strip()[:200]}",
        detail={"case": case},
    )
    if projects and kind != "distinct":
        refresh(by=by, at=at)


def _back(project: Project, settled: datetime, reason: str, by: User, at: datetime) -> None:
    left = StateChange.objects.filter(project=project, after="withdrawn", at=settled).last()
    if left is not None and project.state == "withdrawn":
        words = f"{_('撤销认定')}：{reason.strip()}"
        step(subject=project, after=left.before, on=timezone.localdate(at), evidence=words, by=by, at=at)
