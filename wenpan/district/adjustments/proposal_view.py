"""A proposal as the page shows it: what it is about, line by line as it was and would be, what it would have
changed last month, and what this person may do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.adjustments import items, targets
from wenpan.district.adjustments.models import Adjustment
from wenpan.district.adjustments.preview import preview
from wenpan.district.adjustments.preview_lines import Preview
from wenpan.district.adjustments.registers.base import PlaceList, RowChange, read_kept
from wenpan.district.adjustments.registers.cells import Words

MOST = 40  # lines of a list that a proposal shows


@dataclass(frozen=True)
class ChangedLine:
    """One line of a list: what happens to it, which it is, and each column that changes."""

    deed: str
    name: str
    columns: tuple[tuple[str, str, str], ...]  # label, as it was, as it would be


@dataclass(frozen=True)
class ShownProposal:
    adjustment: Adjustment
    label: str
    before: str
    value: str
    lines: tuple[ChangedLine, ...]
    more: int
    seen: Preview | None
    deeds: tuple[str, ...]  # withdraw | force | refuse


def proposal(adjustment: Adjustment, target: targets.Target, user: User, today: date) -> ShownProposal:
    before = value = ""
    lines: tuple[ChangedLine, ...] = ()
    if isinstance(target, PlaceList):
        changes = read_kept(adjustment.changes)
        lines, value = changed_lines(target, changes), adjustment.value
        seen = target.effects(changes, today)
    else:
        before, value = (
            items.value_words(target, adjustment.before),
            items.value_words(target, adjustment.value),
        )
        seen = preview(adjustment, target, today)
    own = adjustment.proposed_by_id == user.pk
    if own:
        deeds: tuple[str, ...] = ("withdraw",) if targets.may_propose(user, target) else ()
    else:
        deeds = ("force", "refuse") if targets.may_decide(user, target) else ()
    label = f"{target.label}"
    # who reads no figures is not told what figures would have been
    visible = seen if can(user, "rules.view", "slip.issue") else None
    return ShownProposal(
        adjustment, label, before, value, lines[:MOST], max(0, len(lines) - MOST), visible, deeds
    )


def changed_lines(register: PlaceList, changes: Sequence[RowChange]) -> tuple[ChangedLine, ...]:
    words = Words(register.columns, more={c.row.get("name", ""): c.key for c in changes if c.was is None})
    return tuple(_line(register, change, words) for change in changes)


def _line(register: PlaceList, change: RowChange, words: Words) -> ChangedLine:
    name = " ".join(
        words.shown(column, change.row[column.key])
        for column in register.columns
        if column.key in ("name", "unit", "post", "first", "leader") and change.row.get(column.key)
    )
    deed = _("新增") if change.was is None else _("去掉") if change.now is None else _("修改")
    columns = []
    for column in register.columns:
        was, now = ((row or {}).get(column.key, "") for row in (change.was, change.now))
        if was != now and change.now is not None:
            columns.append((str(column.label), words.shown(column, was), words.shown(column, now)))
    return ChangedLine(deed, name, tuple(columns))
