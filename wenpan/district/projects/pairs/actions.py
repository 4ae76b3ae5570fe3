"""Pairs of both lists settled many at once: the same undertaking, or not the same."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.projects.base.subjects import address
from wenpan.district.projects.library.decisions import confirm_link
from wenpan.district.projects.models import Apart, KeyProject, Project
from wenpan.district.projects.pairs.queries import PairProposal, proposals

Pair = tuple[int, int]  # project, key project
MOST = 10_000


@transaction.atomic
def confirm_pairs(*, pairs: Collection[Pair], by: User, at: datetime | None = None) -> int:
    """Says that both lists mean the same, for all of these pairs or for none.

    The reasons are worked out anew: what a form says is no reason. Refused "bad_value" (none chosen, one
    project in two of them), "clash" (some are no proposals any more).
    """
    require(by, "project.edit")
    at = at or timezone.now()
    chosen = _chosen(pairs)
    for side in (0, 1):
        if len({pair[side] for pair in pairs}) < len(set(pairs)):
            raise Refused("bad_value", _("所选里有一个项目出现在两对中，请只留一对。"))
    projects = Project.objects.in_bulk([p.project_id for p in chosen])
    keys = KeyProject.objects.in_bulk([p.key_id for p in chosen])
    for pair in chosen:
        confirm_link(
            project=projects[pair.project_id],
            key_project=keys[pair.key_id],
            reasons=list(pair.reasons),
            by=by,
            at=at,
        )
    return len(chosen)


@transaction.atomic
def set_apart(*, pairs: Collection[Pair], by: User, at: datetime | None = None) -> int:
    """Says of these pairs that they are not the same undertaking; they are not proposed again. Refused as
    `confirm_pairs`."""
    require(by, "project.edit")
    at = at or timezone.now()
    chosen = _chosen(pairs)
    projects = Project.objects.in_bulk([p.project_id for p in chosen])
    for pair in chosen:
        Apart.objects.create(project_id=pair.project_id, key_project_id=pair.key_id, by=by, at=at)
        record(
            by=by,
            action="projects.apart",
            subject=address(projects[pair.project_id]),
            at=at,
            summary=_("不是同一个：%(a)s 与 %(b)s")
            % {
                "a": f"{pair.project_code} {pair.project_name}",
                "b": f"{pair.key_code} {pair.key_name}",
            },
            detail={"reasons": list(pair.reasons)},
        )
    return len(chosen)


@transaction.atomic
def propose_again(*, apart: Apart, by: User, at: datetime | None = None) -> None:
    """Takes the word back: the pair may be proposed again."""
    require(by, "project.edit")
    record(
        by=by,
        action="projects.apart_back",
        subject=address(apart.project),
        at=at,
        summary=_("撤销“不是同一个”：%(a)s 与 %(b)s")
        % {"a": apart.project.name, "b": apart.key_project.name},
    )
    apart.delete()


def _chosen(pairs: Collection[Pair]) -> list[PairProposal]:
    wanted = set(pairs)
    if not wanted:
        raise Refused("bad_value", _("请先选择。"))
    found = [p for p in proposals(MOST) if (p.project_id, p.key_id) in wanted]
    if len(found) < len(wanted):
        raise Refused(
            "clash", _("有%(n)d对已经不在建议之列，请刷新后再看。") % {"n": len(wanted) - len(found)}
        )
    return found
