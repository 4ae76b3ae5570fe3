"""Beside an indicator: what other sources (electricity, tax, output) say of the same month.

A question, never an error found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import can
from wenpan.district.quality.sources import SourceVerdict, verdicts_of
from wenpan.district.ui.beside import PanelLine, SidePanel
from wenpan.district.ui.templatetags.ui import month, number_text
from wenpan.economy.time.periods import parse_month


def panel(user: Any, subject: str) -> SidePanel | None:
    if not subject.startswith("indicator:") or not can(user, "board.view"):
        return None
    found = verdicts_of(subject.removeprefix("indicator:"))
    if not found:
        return None
    url = reverse("quality:sources") if can(user, "quality.view") else ""
    lines = tuple(
        PanelLine(source_words(one), light="YELLOW" if one.held is False else "", detail=figures_words(one))
        for one in found
    )
    note = _("%(period)s已公布的累计增速；只提示合理性，先核实口径和原因，不认定哪一项有误。")
    return SidePanel(_("跨来源对照"), lines, note % {"period": month(parse_month(found[0].period))}, url)


@dataclass(frozen=True)
class OtherSources:
    """Of one month: how many rules hold, how many cannot be judged, and where growths lie far apart (sentence
    and figures)."""

    held: int
    missing: int
    apart: tuple[tuple[str, str], ...]


def other_sources(period: str) -> OtherSources:
    found = verdicts_of(period=period)
    return OtherSources(
        sum(one.held is True for one in found),
        sum(one.held is None for one in found),
        tuple((source_words(one), figures_words(one)) for one in found if one.held is False),
    )


def source_words(one: SourceVerdict) -> str:
    verdict = _("缺项") if one.held is None else _("相符") if one.held else _("相差大")
    return _("%(verdict)s：%(rule)s") % {"verdict": verdict, "rule": one.rule.sentence}


def figures_words(one: SourceVerdict) -> str:
    """规上工业增加值增速 6.0%、工业用电量增速 未公布."""
    missing = _("未公布")
    return "、".join(
        f"{name} {missing if value is None else number_text(value, 1, signed=True) + '%'}"
        for name, value in one.figures
    )
