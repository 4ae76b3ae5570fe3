"""The words of slips on pages: where a slip stands, and the name of the rules that it was served by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from wenpan.district.supervision.models import Slip
from wenpan.district.supervision.slips.state import answered_on, open_on, stands_on
from wenpan.rules.slips import slip_rules


@dataclass(frozen=True)
class State:
    """tone: "" | red | yellow | green."""

    words: str
    tone: str


def state_of(slip: Slip, on: date) -> State:
    """Withdrawn before answered before moot; what waits says for what, and how late."""
    if not stands_on(slip, on):
        return State(_("已撤回"), "")
    if answered_on(slip, on):
        return State(_("已回复"), "green")
    if not open_on(slip, on):
        return State(_("事项已办结"), "green")
    if slip.answer_due and slip.answer_due < on:
        return State(_("逾期%(n)s天未回复") % {"n": (on - slip.answer_due).days}, "red")
    return State(_("待回复") if slip.acknowledged_at else _("待签收"), "yellow")


def set_name(label: str) -> str:
    """`yingtan@2022-01` → 鹰潭市督办事项白黄红单（2022-01）; the label itself where the set is gone."""
    code, _sep, version = label.partition("@")
    found = slip_rules().get(code)
    return f"{found.rules.name}（{version}）" if found else label
