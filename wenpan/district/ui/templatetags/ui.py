"""Tags that every page uses: lights, numbers, figures with origin, sparks, charts, tables, navigation.

Missing is "—", never 0. A light is a word and a colour, never colour alone.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils import timezone
from django.utils.html import (
    conditional_escape,
    escape,
    format_html,
    format_html_join,
    json_script,
    strip_tags,
)
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenpan.district.ground import demo_clock
from wenpan.district.ui import awaited, icons, lights, nav, sparks
from wenpan.district.ui import beside as besides
from wenpan.district.ui.responsible import Contact, contacts_of_units
from wenpan.documents.words.numbers import full_width
from wenpan.economy.figures import quantities
from wenpan.economy.figures.quantities import MISSING

register = template.Library()


@register.simple_tag
def light(value: Any, suffix: str = "") -> SafeString:
    """A chip with the word of the light; anything that is not a light is UNKNOWN."""
    name = str(value or "UNKNOWN").upper().rpartition(".")[2]
    name = name if name in lights.SHORT else "UNKNOWN"
    return format_html(
        '<span class="wp-light wp-light-{}"><span class="wp-dot" aria-hidden="true"></span>{}{}</span>',
        name.lower(),
        lights.short(name),
        suffix,
    )


@register.simple_tag
def light_word(value: Any) -> str:
    return lights.short(str(value or "UNKNOWN"))


def number_text(value: Any, decimals: int = 1, signed: bool = False) -> str:
    """Half-up rounding with thousands separators; "—" for None, NaN and what is no number.

    A value that rounds to zero has no sign."""
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return MISSING
    text = quantities.grouped(exact, int(decimals)).replace("-", "−")
    positive = signed and text != MISSING and quantities.rounded(exact, int(decimals)) > 0
    return f"+{text}" if positive else text


def _with_unit(text: str, unit: str) -> SafeString:
    if text == MISSING or not unit:
        return format_html("{}", text)
    space = "" if unit in {"%", "‰"} else " "
    return format_html('{}<span class="wp-unit">{}{}</span>', text, space, unit)


@register.simple_tag
def num(value: Any, decimals: int = 1, unit: str = "", signed: bool = False) -> SafeString:
    text = number_text(value, decimals, signed)
    tone = " is-missing" if text == MISSING else ""
    return format_html('<span class="wp-num{}">{}</span>', tone, _with_unit(text, unit))


@register.simple_tag
def figure(value: Any, id: Any = None, decimals: int = 1, unit: str = "", signed: bool = False) -> SafeString:
    """A number that opens its origin; a plain number when there is no id or no such page.

    A page holds hundreds of them, so the parts that never change are not formatted again."""
    text = number_text(value, decimals, signed)
    around = (
        _origin_address(get_urlconf(), get_script_prefix()) if id is not None and text != MISSING else None
    )
    if around is None:
        return num(value, decimals, unit, signed)
    said = _with_unit(text, unit) if unit else text  # digits, signs and separators
    title = _origin_title(get_language())
    return mark_safe(  # noqa: S308  # our own address, an id made an int, digits and an escaped unit
        f'<button type="button" class="wp-figure wp-num" hx-get="{around[0]}{int(id)}{around[1]}" '
        f'hx-target="#wp-origin-body" data-wp-open="#wp-origin" title="{title}">{said}</button>'
    )


@lru_cache(maxsize=8)
def _origin_title(_language: str | None) -> str:
    return escape(_("查看出处"))


@lru_cache(maxsize=8)
def _origin_address(_urlconf: Any, _prefix: str) -> tuple[str, str] | None:
    """What stands before and after the number in the address of a figure's origin; None: no such page."""
    try:
        before, _zero, after = reverse("observations:origin", args=[0]).rpartition("0")
    except NoReverseMatch:
        return None
    return before, after


def chance_text(probability: float | None) -> str:
    """27%, 低于1%, 高于99%; empty where unknown."""
    if probability is None:
        return ""
    words, limit = quantities.beyond(probability) or ("", probability)
    percent = f"{number_text(100 * limit, 0)}%"
    named = {"低于": _("低于%(percent)s"), "高于": _("高于%(percent)s")}
    return named[words] % {"percent": percent} if words else percent


@register.simple_tag
def chance(probability: Any) -> str:
    """The same as a tag; "—" where there is none."""
    return chance_text(probability) or MISSING


@register.simple_tag
def share(part: Any) -> str:
    """A counted share, 0 to 1: 0%, 38%, 100%; "—" where nothing was counted."""
    return MISSING if part is None else f"{number_text(100 * part, 0)}%"


@register.simple_tag
def spark(values: Any, label: str = "", width: int = 96, height: int = 26) -> SafeString:
    return sparks.spark(values, label=label or _("近期走势"), width=width, height=height)


@register.simple_tag
def icon(name: str, size: int = 18) -> SafeString:
    return icons.icon(name, size)


@register.simple_tag
def chart(id: str, option: Any, height: int = 320, label: str = "") -> SafeString:
    """The option as JSON and the place where charts.js draws it. No functions in options: formatters
    are names such as "@pct" (see charts.js)."""
    return format_html(
        '{}<div class="wp-chart" id="{}" data-option="{}-option" data-height="{}" role="img" aria-label="{}" '
        'tabindex="0"></div>',
        json_script(option, f"{id}-option"), id, id, int(height), label or _chart_label(option),
    )  # fmt: skip


def _chart_label(option: Any) -> str:
    title = option.get("title", {}) if isinstance(option, dict) else {}
    return (title.get("text") if isinstance(title, dict) else "") or _("图表")


@register.filter
def can(user: Any, permission: str) -> bool:
    may = getattr(user, "may", None)
    return bool(may and may(permission))


@register.filter
def chinese(words: Any) -> str:
    """Sentences of rules, catalogues and checks, which are typed half-width, as Chinese is printed."""
    if isinstance(words, list | tuple):
        return "；".join(full_width(str(each)) for each in words)
    return full_width(str(words or ""))


ADDRESS = re.compile(
    r"(?:https?://|(?<![\w@.-])(?=[\w-]+\.[\w./-]*/))[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/[\w./?&=#%~+-]*)?"
)


OURS = re.compile(
    r"[（(][^（()）]*(?:docs/|\.md|\.ya?ml|\bwenpan )[^（()）]*[)）]"
)  # for who keeps the program


@register.filter
def sourced(words: Any) -> SafeString:
    """A source as an official reads it: full-width, and each address behind the words 原文."""
    parts, at, text = [], 0, OURS.sub("", str(words or ""))
    for found in ADDRESS.finditer(text):
        url = found[0] if found[0].startswith("http") else f"http://{found[0]}"
        parts.append((text[at : found.start()], url))
        at = found.end()
    linked = format_html_join(
        "", '{}<a href="{}" rel="noreferrer">{}</a>', ((full_width(t), u, _("原文")) for t, u in parts)
    )
    return linked + conditional_escape(full_width(text[at:]))


@register.filter
def month(value: Any) -> str:
    """2022年9月 of a month; anything else as it is."""
    if not hasattr(value, "month"):
        return str(value or "")
    return _("%(year)s年%(month)s月") % {"year": value.year, "month": value.month}


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """An entry of a mapping, or None."""
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: template.Context, page: Any) -> dict[str, Any]:
    request = context.get("request")
    query = request.GET.copy() if request is not None else None
    if query is not None:
        query.pop("page", None)
        query.pop("export", None)
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {"page": page, "query": query.urlencode() if query else "", "numbers": numbers}


@register.simple_tag
def sort_header(table: Any, key: str, label: str, kind: str = "") -> SafeString:
    """The inside of a `<th>`: a link that sorts by the column, with an arrow for the present order."""
    state = table.direction(key)
    arrow = {"asc": "↑", "desc": "↓", "": ""}[state]
    return format_html(
        '<a class="wp-sort{}" href="{}" data-column="{}">{}'
        '<span class="wp-sort-arrow" aria-hidden="true">{}</span></a>',
        f" is-{state}" if state else "", table.sort_url(key), key, label, arrow,
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def nav_groups(context: template.Context) -> list[nav.Group]:
    return nav.groups_for(context["request"])


@register.simple_tag(takes_context=True)
def awaited_count(context: template.Context) -> int | None:
    """How many acts await who is signed in: the same for bell, menu and 今日, counted once a page."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if request is None or not getattr(user, "role", ""):
        return None
    if hasattr(request, "awaited"):
        return int(request.awaited.count)
    if not hasattr(request, "awaited_number"):
        request.awaited_number = awaited.count_of(user, timezone.now())
    return int(request.awaited_number)


@register.simple_tag
def moved_day() -> Any:
    """The day that a demonstration takes for today; None in a real place."""
    return timezone.localdate() if demo_clock.days() else None


@register.inclusion_tag("components/beside.html", takes_context=True)
def beside(context: template.Context, subject: str) -> dict[str, Any]:
    """What other rooms know of the subject (ui/beside.py); nothing where nobody has anything to say."""
    request = context.get("request")
    user = getattr(request, "user", None)
    return {"panels": besides.panels(user, str(subject)) if user is not None else []}


@register.simple_tag(takes_context=True)
def contacts(context: template.Context, unit: str) -> tuple[Contact, ...]:
    """Who answers for a unit (its code); asked once a page."""
    kept = context.render_context
    if "contacts" not in kept:
        kept["contacts"] = contacts_of_units()
    return tuple(kept["contacts"].get(unit, ()))


@register.simple_tag
def address(name: str) -> str:
    return nav.address(name)


@register.simple_tag(takes_context=True)
def repeat_block(context: template.Context, name: str) -> str:
    """The text of a block that is drawn elsewhere too: the heading is also the window's title."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return strip_tags(block.render(context)).strip() if block else ""
