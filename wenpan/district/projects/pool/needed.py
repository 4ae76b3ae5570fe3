"""What the year's target needs, in 万元 and in words: an amount as it was set, a growth on last year's base.

Last year's base is the pool's own whole year, on which the bridge stands; where that is not kept, the
published amount. A growth that a person types comes before every target. No base, no amount.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wenpan.district.projects.base.promise_provider import YearTarget


@dataclass(frozen=True)
class Needed:
    """`amount` 万元, None where it cannot be worked out; `words` say from what. `target`: "" if typed."""

    amount: float | None
    words: str
    target: str = ""
    document: str = ""
    url: str = ""


def needed(
    targets: Sequence[YearTarget], last_year: float | None, *, wanted: str = "", growth: float | None = None
) -> Needed | None:
    """The wanted target's, else the one that asks most; None for no target and no growth."""
    if growth is not None:
        return _of_growth(_("自填目标"), growth, last_year, None)
    found = {target.code: (target, _of(target, last_year)) for target in targets}
    if wanted in found:
        return found[wanted][1]
    most = sorted(found.values(), key=lambda pair: -(pair[1].amount or 0.0))
    return most[0][1] if most else None


def _of(target: YearTarget, last_year: float | None) -> Needed:
    if target.amount is not None:
        words = _("%(label)s：全年%(amount)s亿元") % {"label": target.label, "amount": _yi(target.amount)}
        return Needed(target.amount, words, target.code, target.document, target.url)
    growth = target.growth or 0.0
    made = _of_growth(target.label, growth, last_year, target.base)
    return Needed(made.amount, made.words, target.code, target.document, target.url)


def _of_growth(label: str, growth: float, last_year: float | None, published: float | None) -> Needed:
    base = last_year if last_year is not None else published
    said = {"label": label, "growth": f"{growth:g}"}
    if base is None:
        return Needed(None, _("%(label)s：增长%(growth)s%%；没有上年全年的数，算不出所需金额") % said)
    amount = base * (1 + growth / 100)
    said |= {"base": _yi(base), "amount": _yi(amount)}
    if last_year is not None:
        return Needed(
            amount,
            _("%(label)s：增长%(growth)s%%，以项目库上年全年%(base)s亿元为基数，全年需%(amount)s亿元") % said,
        )
    return Needed(
        amount,
        _("%(label)s：增长%(growth)s%%，以公布的上年全年%(base)s亿元为基数，全年需%(amount)s亿元") % said,
    )


def _yi(wan: float) -> str:
    return f"{wan / 10_000:,.2f}"
