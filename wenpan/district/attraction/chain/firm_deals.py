"""The deals of a firm, for the rooms above: by its code, or by a name that it has or had."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from wenpan.district.attraction.models import Deal
from wenpan.district.attraction.queries import counted_once
from wenpan.economy.funnel.identity import core_name, normal_uscc

_EVER = date(1900, 1, 1)


def deals_of_firm(uscc: str, names: Sequence[str], *, user: Any) -> list[Deal]:
    """Those of the firm's deals that `user` may see, the newest signing first, merged ones left out.

    A deal is the firm's where its new company has the code, or where its new company or its investor bears
    one of the names (their own part: 有限公司 and brackets do not matter). A deal whose new company has
    another code is another firm's, however it is called.
    """
    code = normal_uscc(uscc)
    cores = {core for name in names if len(core := core_name(name)) > 1}
    wanted = Q(uscc=code) if code else Q(pk__in=[])
    for core in cores:
        wanted |= Q(company__icontains=core[:2]) | Q(investor__icontains=core[:2])
    rows = counted_once(user)
    near = rows.filter(wanted).values_list("pk", "uscc", "company", "investor")  # two characters fit many
    own = [pk for pk, uscc, company, investor in near if _is_of(uscc, company, investor, code, cores)]
    found = list(rows.filter(pk__in=own).select_related("unit")) if own else []
    return sorted(found, key=lambda d: (d.signed_on is None, -(d.signed_on or d.since or _EVER).toordinal()))


def _is_of(uscc: str, company: str, investor: str, code: str, cores: set[str]) -> bool:
    if code and uscc == code:
        return True
    if core_name(investor) in cores:
        return True
    other = bool(code and uscc)
    return not other and core_name(company) in cores
