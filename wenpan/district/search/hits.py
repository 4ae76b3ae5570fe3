"""One line of each kind of object, as search, favourites and the list of what was seen show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from wenpan.district.supervision.log import matter_sets
from wenpan.district.supervision.models import Matter


@dataclass(frozen=True)
class Hit:
    text: str
    url: str
    detail: str = ""
    light: str = ""


def _joined(*words: object) -> str:
    return " · ".join(str(word) for word in words if word)


def of_matter(m: Matter, on: date) -> Hit:
    light = matter_sets.light_of(m, on)
    unit = m.lead.short_name if m.lead else ""
    detail = _joined(m.number, unit, m.get_state_display())
    return Hit(
        m.title, reverse("supervision:matter", args=[m.pk]), detail, "" if light == "UNKNOWN" else light
    )


def of_request(r: Any) -> Hit:
    detail = f"{r.number} · {r.firm.name} · {r.get_phase_display()}"
    return Hit(r.title, reverse("firms:request", args=[r.pk]), detail)


def of_firm(f: Any) -> Hit:
    detail = _joined(f.uscc, f.town.short_name if f.town else "", f.trade)
    return Hit(f.name, reverse("firms:firm", args=[f.pk]), detail)


def of_deal(d: Any) -> Hit:
    return Hit(
        d.name,
        reverse("attraction:deal", args=[d.pk]),
        _joined(d.code, d.investor, d.get_stage_display()),
    )


def of_policy(c: Any) -> Hit:
    return Hit(c.name, reverse("firms:policy", args=[c.pk]), c.source)


def of_indicator(item: Any, owners: Mapping[str, str]) -> Hit:
    """`owners`: code of a unit → its short name."""
    return Hit(item.name, reverse("indicators:indicator", args=[item.code]), owners.get(item.owner, ""))


def of_project(p: Any) -> Hit:
    return Hit(p.name, reverse("projects:project", args=[p.pk]), f"{p.code} · {p.owner}")


def of_key_project(p: Any) -> Hit:
    return Hit(p.name, reverse("projects:key_project", args=[p.pk]), f"{p.code} · {p.owner}")


def of_reserve(p: Any) -> Hit:
    return Hit(p.name, reverse("attraction:reserve_project", args=[p.pk]), f"{p.code} · {p.owner}")


def of_source(s: Any) -> Hit:
    url = reverse("supervision:source", args=[s.pk])
    return Hit(s.title, url, f"{s.get_kind_display()} · {s.dated:%Y-%m-%d}")


def of_document(d: Any) -> Hit:
    return Hit(d.title, reverse("bulletins:document", args=[d.pk]), str(d.get_state_display()))


def of_meeting(m: Any) -> Hit:
    url = reverse("meetings:meeting", args=[m.pk])
    return Hit(m.title, url, f"{m.get_state_display()} · {m.held_on:%Y-%m-%d}")
