"""Words for what economy tells in codes."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wenpan.economy.fiscal.comparable_basis import BasisMethod


def method_word(method: BasisMethod) -> str:
    return {
        BasisMethod.TWO_SIDED: _("两年均加回留抵退税"),
        BasisMethod.ONE_SIDED: _("仅本年加回留抵退税"),
        BasisMethod.BASE_REDUCED: _("上年基数扣除本年留抵退税"),
    }.get(method, _("口径不明"))
