"""Rows of the board that were drawn before, kept in the memory of the process.

A row shows nothing but its judgements, so their numbers, the language and what the person may open
tell whether it was drawn already: another filter or order of the same month draws nothing anew.
The few hundred cells of the comparison with rivals are put together without a template.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from wenpan.district.accounts.permissions import can
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.indicators.queries.board_rows import BoardRow
from wenpan.district.indicators.queries.rivals import HeatCell
from wenpan.district.ui.templatetags.ui import figure

MOST = 4000  # about 12 MB
_kept: dict[tuple[Any, ...], str] = {}


RIGHTS = ("indicator.view", "figure.origin", "rules.view", "matter.instruct")


def rights(request: SignedInRequest) -> str:
    """What of a person's rights changes the board."""
    return "".join(str(int(can(request.user, p))) for p in RIGHTS)


def rows(shown: Iterable[BoardRow], request: SignedInRequest) -> Iterator[SafeString]:
    common = (rights(request), get_language())
    template = None
    if len(_kept) > MOST:
        _kept.clear()
    for row in shown:
        j = row.j
        key = (
            j.judgement_id,
            tuple(c.judgement_id for c in j.other_targets),
            j.other_bases,
            j.owner_name,
            j.short_name,
            *common,
        )
        drawn = _kept.get(key)
        if drawn is None:
            template = template or get_template("indicators/parts/board_row.html")
            drawn = _kept[key] = template.render({"row": row}, request)
        yield mark_safe(drawn)  # noqa: S308  # our own template, drawn before


def heat_cells(cells: Iterable[HeatCell], decimals: int) -> SafeString:
    """A region's row of the comparison: each figure with its place at its foot, toned by fifths."""
    return mark_safe(  # noqa: S308  # numbers, and a figure that is markup already
        "".join(
            f'<td class="num wp-heat-{cell.tone}">{figure(cell.value, cell.id, decimals)}'
            f"{f'<sub>{cell.rank}</sub>' if cell.rank else ''}</td>"
            for cell in cells
        )
    )
