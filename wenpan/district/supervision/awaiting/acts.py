"""What can be done for many at once with matters, proposals and papers: one entry each for 今日 and lists."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wenpan.district.supervision.log import policy
from wenpan.district.supervision.matters.actions import batches as matters
from wenpan.district.supervision.matters.actions import undoing
from wenpan.district.supervision.models import Matter, Source
from wenpan.district.supervision.slips.actions import cite_many
from wenpan.district.supervision.sources.actions import batches as papers
from wenpan.district.supervision.weekly.undoing import take_back_looks
from wenpan.district.ui.awaited import BatchAct, BatchOutcome, batch_act, chosen, each


@transaction.atomic
def _matters(action: str, user: Any, keys: Sequence[str], words: str) -> BatchOutcome:
    """`done`: each with the number of its act ("12@8"), by which exactly that one is taken back, read
    before anybody else can go on."""
    found = matters.act_on_many(action=action, keys=keys, by=user, words=words)
    if action not in undoing.TAKEN_BACK:
        return found
    numbers = dict(Matter.objects.filter(pk__in=found.done).values_list("pk", "version"))
    return BatchOutcome(tuple(f"{pk}@{numbers[int(pk)]}" for pk in found.done), found.refused)


def _take_back(action: str, user: Any, keys: Sequence[str], _words: str) -> BatchOutcome:
    return undoing.take_back_many(action=action, keys=keys, by=user)


def _minutes() -> int:
    return policy.office().undo_minutes


def _proposals(decision: str, user: Any, keys: Sequence[str], words: str) -> BatchOutcome:
    return papers.decide_many(decision=decision, keys=keys, by=user, words=words)


def _sign_off(user: Any, keys: Sequence[str], _words: str) -> BatchOutcome:
    return matters.sign_off_many(keys=keys, by=user)


def _cite(user: Any, keys: Sequence[str], _words: str) -> BatchOutcome:
    return cite_many(keys=keys, by=user)


def _sure(user: Any, keys: Sequence[str], _words: str) -> BatchOutcome:
    """Of every ticked paper, all certain proposals; `done` are the proposals that were confirmed."""
    ticked = chosen(keys)
    rows = Source.objects.in_bulk(list(ticked))
    confirmed: list[str] = []
    refused: list[tuple[str, str]] = []

    def act(paper: Source) -> None:
        found = papers.confirm_sure(source=paper, by=user)
        confirmed.extend(found.done)
        refused.extend(found.refused)

    whole = each(
        (
            str(pk),
            rows[pk].title[:40] if pk in rows else str(pk),
            partial(act, rows[pk]) if pk in rows else None,
        )
        for pk in ticked
    )
    return BatchOutcome(tuple(confirmed), (*whole.refused, *refused))


def _look(_user: Any, _keys: Sequence[str], _words: str) -> BatchOutcome:
    """Rows of the week are recorded on its own page, with result and way; only 撤销 comes this way."""
    raise Http404


def _take_back_looks(user: Any, keys: Sequence[str], _words: str) -> BatchOutcome:
    return take_back_looks(keys=keys, by=user)


DRAFT, UNIT = ("matter.draft",), ("desk.use",)


def _matter_act(
    code: str,
    label: Promise | str,
    done: Promise | str,
    *permissions: str,
    asks: Promise | str = "",
    tone: str = "primary",
) -> None:
    undo = partial(_take_back, code) if code in undoing.TAKEN_BACK else None
    do, minutes = partial(_matters, code), _minutes if undo else None
    batch_act(BatchAct(code, label, done, do, asks, tone, undo, permissions, minutes))


def register() -> None:
    _matter_act("register", _("立项"), _("已立项%(n)s件。"), "matter.register")
    _matter_act(
        "drop", _("不予立项"), _("不予立项%(n)s件。"), "matter.register", asks=_("理由"), tone="danger"
    )
    _matter_act("assign", _("按拟定单位和时限交办"), _("已交办%(n)s件。"), "matter.assign")
    _matter_act("check", _("核查通过"), _("核查通过%(n)s件。"), "matter.check", asks=_("核查情况"))
    _matter_act("close", _("办结销号"), _("已销号%(n)s件。"), "matter.close")
    _matter_act("grant", _("同意延期"), _("同意延期%(n)s件。"), "matter.extend")
    _matter_act("urge", _("催办"), _("已催办%(n)s件。"), "matter.assign")
    _matter_act("instruct", _("批示"), _("已批示%(n)s件。"), "matter.instruct", asks=_("批示内容"))
    _matter_act("seen", _("已阅"), _("已阅%(n)s件。"), "matter.instruct")
    _matter_act("sign", _("签收"), _("已签收%(n)s件。"), *UNIT)
    _matter_act("nothing_new", _("无变化"), _("已报无变化%(n)s件。"), *UNIT)
    batch_act(BatchAct("sign_off", _("签发"), _("已签发%(n)s份。"), _sign_off, permissions=("desk.sign",)))
    batch_act(
        BatchAct(
            "look", _("督查记录"), _("已一并记录%(n)s项。"), _look, undo=_take_back_looks,
            permissions=("week.check",), undo_minutes=_minutes,
        )
    )  # fmt: skip
    batch_act(BatchAct("cite", _("按已有反馈回复"), _("已回复%(n)s张。"), _cite, permissions=UNIT))
    sure, confirmed = _("确认全部把握较大的"), _("已拟办%(n)s件。")
    undo, drop = partial(_proposals, "undo"), partial(_proposals, "drop")
    confirm, dropped = partial(_proposals, "confirm"), _("已定为不立事项%(n)s条。")
    batch_act(BatchAct("confirm_sure", sure, confirmed, _sure, undo=undo, permissions=DRAFT))
    batch_act(BatchAct("confirm", _("确认拟办"), confirmed, confirm, undo=undo, permissions=DRAFT))
    batch_act(BatchAct("dismiss", _("不立事项"), dropped, drop, _("理由"), "danger", undo, permissions=DRAFT))
