"""Beside an indicator: both growths, the method, and the way to the bridge."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import can
from wenpan.district.fiscal.basis import queries
from wenpan.district.fiscal.basis.words import method_word
from wenpan.district.ui.beside import PanelLine, SidePanel
from wenpan.district.ui.templatetags.ui import number_text
from wenpan.economy.figures.indicators import BASES


def panel(user: Any, subject: str) -> SidePanel | None:
    if not subject.startswith("indicator:") or not can(user, "basis.view"):
        return None
    found = queries.newest(subject.removeprefix("indicator:"))
    if found is None:
        return None
    url = reverse("fiscal:basis_one", args=[found.region.code, found.indicator, found.period])
    lines = []
    if found.natural is not None:
        text = _("自然口径 %(rate)s%%") % {"rate": _signed(found.natural.value)}
        lines.append(PanelLine(text, detail=found.period))
    if found.adjusted is not None:
        words = {"basis": _(BASES[found.adjusted.basis]), "rate": _signed(found.adjusted.value)}
        detail = (
            _("相差%(points)s个百分点") % {"points": _signed(found.apart)} if found.apart is not None else ""
        )
        lines.append(PanelLine(_("%(basis)s %(rate)s%%") % words, detail=detail))
    elif found.follows is not None:
        lines.append(PanelLine(_("按台账测算 %(rate)s%%（未公布）") % {"rate": _signed(found.follows)}))
    if found.by:
        lines.append(PanelLine(_("算法：%s") % method_word(found.method), url))
    elif found.question:
        lines.append(PanelLine(_("算法待问财政部门"), url, "YELLOW"))
    return SidePanel(_("两个口径的增速"), tuple(lines), url=url)


def _signed(value: float) -> str:
    return number_text(value, 1, signed=True)
