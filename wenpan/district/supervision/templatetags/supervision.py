"""Tags of this room: a matter's light, state, flags and deadline in words, and the timeline of its events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit
from wenpan.district.supervision.log import labels, lifecycle
from wenpan.district.supervision.log import matter_sets as queries
from wenpan.district.supervision.models import Event, Matter
from wenpan.district.ui.templatetags.ui import light

register = template.Library()
_STATE_TONES = {lifecycle.CLOSED: "is-green", lifecycle.CHECKED: "is-green", lifecycle.DECLINED: "is-yellow",
                lifecycle.ANSWERED: "is-accent", lifecycle.DROPPED: ""}  # fmt: skip


@register.simple_tag
def matter_light(matter: Matter, on: date | None = None) -> SafeString:
    """The chip of its light on a day (today); drafts, dropped and paused matters have none."""
    found = queries.light_of(matter, on or timezone.localdate())
    if found == "UNKNOWN":
        return SafeString("")
    return format_html(
        '<span class="sv-light"><small class="wp-muted">{}</small> {}</span>', _("办理"), light(found)
    )


@register.simple_tag
def matter_state(matter: Matter) -> SafeString:
    tone = _STATE_TONES.get(matter.state, "")
    return format_html('<span class="wp-chip {}">{}</span>', tone, matter.get_state_display())


@register.simple_tag
def matter_flags(matter: Matter) -> SafeString:
    """Chips: important, paused, extension asked, slip, sent back, raised."""
    chips = ((f"is-{tone}" if tone else "", words) for words, tone in labels.flags(matter))
    return format_html_join(" ", '<span class="wp-chip {}">{}</span>', chips)


@register.simple_tag
def due_words(matter: Matter, on: date | None = None) -> SafeString:
    """`2022-10-31 逾期3天`, red when late, yellow when soon; an estimated day says so."""
    due = labels.due_of(matter, on or timezone.localdate())
    day = format_html("<time>{}</time> ", due.day.isoformat()) if due.day else SafeString("")
    mark = (
        format_html(' <span class="wp-chip is-yellow">{}</span>', _("假期未公布，暂估"))
        if due.estimated
        else ""
    )
    return format_html(
        '<span class="sv-due is-{}">{}<span>{}</span></span>{}', due.tone, day, due.words, mark
    )


@register.simple_tag
def next_step(matter: Matter, on: date | None = None) -> str:
    return labels.next_step(matter, on or timezone.localdate())


@register.simple_tag
def why(matter: Matter, on: date | None = None) -> str:
    """Why it is red or yellow."""
    return labels.why(matter, on or timezone.localdate())


@register.filter
def kind_name(code: str) -> str:
    return labels.kind_name(code)


@register.filter
def recurrence_words(code: str) -> str:
    return labels.every(code) if code else ""


@register.filter
def coop_names(matter: Matter) -> str:
    """Prefetch `coops`."""
    return "、".join(unit.short_name for unit in matter.coops.all())


@register.inclusion_tag("supervision/parts/timeline.html", takes_context=True)
def timeline(context: template.Context, events: Iterable[Event], newest_first: bool = True) -> dict[str, Any]:
    """Events in words. Join `by` and `unit`; unit names are read once for all."""
    rows = list(events)
    codes = {code for e in rows for code in (e.data.get("lead"), *e.data.get("coops", ())) if code}
    names = dict(Unit.objects.filter(code__in=codes).values_list("code", "short_name")) if codes else {}
    told = labels.timeline(reversed(rows) if newest_first else rows, names)
    return {"told": told}


@register.filter
def colour_name(colour: str) -> str:
    return str(labels.COLOURS.get(colour, colour))


@register.filter
def unit_name(unit: Unit | None) -> str:
    return unit.short_name if unit else "—"
