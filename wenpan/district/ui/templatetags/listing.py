"""The head of every list (the person's views and columns), and the list's table as they chose it.

`{% listed %}…{% endlisted %}` stands once, in base.html, around the page's content. It does nothing on a page
without a `PageTable`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from wenpan.district.ui.arranging import AddedColumn, DrawnTable, arrange, drawn_table
from wenpan.district.ui.personal_lists import VIEW, PersonalList, list_of
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.district.ui.templatetags.ui import light, num, sort_header
from wenpan.economy.figures.quantities import MISSING

register = template.Library()
TOOLBAR = re.compile(r'<form\b[^>]*class="wp-toolbar\b[^>]*>.*?</form>', re.S)
SCROLL = re.compile(r'<div class="wp-table-scroll"')


@dataclass(frozen=True)
class ColumnTick:
    """A column in the form. `key`: with what stands in the same cell, behind a plus."""

    key: str
    label: str
    shown: bool
    fixed: bool
    place: int
    added: bool


@register.tag
def listed(parser: Parser, _token: Token) -> template.Node:
    inside = parser.parse(("endlisted",))
    parser.delete_first_token()
    return ListedNode(inside)


class ListedNode(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        html = self.nodelist.render(context)
        request = context.get("request")
        table = getattr(request, "page_table", None)
        mine = list_of(request) if request is not None and table is not None else None
        if mine is None or not isinstance(table, PageTable):
            return html
        drawn = drawn_table(html, _labels(table))
        added = _added(table, drawn)
        if drawn and mine.columns:
            html = mark_safe(arrange(html, drawn, mine.columns, _cells(table, added)))  # noqa: S308
        return mark_safe(_placed(html, self._head(context, table, mine, drawn, added)))  # noqa: S308

    def _head(
        self,
        context: template.Context,
        table: PageTable,
        mine: PersonalList,
        drawn: DrawnTable | None,
        added: list[TableColumn],
    ) -> str:
        own = mine.opened if mine.opened and not mine.opened.owner else None
        words = {
            "list": mine,
            "own_view": own,
            "ticks": list(_ticks(mine, drawn, added)) if drawn else [],
            "back": context["request"].get_full_path(),
            "bare": not set(table.request.GET) - {VIEW},
        }
        engine: Any = context.template
        with context.push(**words):
            return str(engine.engine.get_template("components/list_head.html").render(context))


def _labels(table: PageTable) -> dict[str, str]:
    words = [(str(word), c.key) for c in table.columns for word in (c.label, *c.heads)]
    return dict(reversed(words))  # the first of two columns of one name


def _added(table: PageTable, drawn: DrawnTable | None) -> list[TableColumn]:
    """Columns of the export that the page's table does not draw."""
    if drawn is None:
        return []
    there = {key for head in drawn.heads for key in (head.key, *head.also)}
    return [column for column in table.columns if column.key not in there]


def _cells(table: PageTable, columns: list[TableColumn]) -> list[AddedColumn]:
    """Only those that the person wants are worked out."""
    wanted = set(table.choice.shown)
    rows = list(table.page.object_list)
    return [
        AddedColumn(c.key, _head_of(table, c), [_cell(c, row) for row in rows])
        for c in columns
        if c.key in wanted
    ]


def _head_of(table: PageTable, column: TableColumn) -> str:
    label = f"{column.label}（{column.unit}）" if column.unit else str(column.label)
    inside = sort_header(table, column.key, label) if column.sortable else conditional_escape(label)
    tone = format_html(' class="{}"', "num") if column.numeric else ""
    return format_html('<th scope="col"{}>{}</th>', tone, inside)


def _cell(column: TableColumn, row: Any) -> str:
    value = column.of(row)
    if column.kind == "light" and value:
        inside: Any = light(value)
    elif column.numeric:
        inside = num(value, column.decimals, "%" if column.kind == "percent" else "")
    else:
        inside = MISSING if value in (None, "") else value
    tone = "num" if column.numeric else ""
    return format_html('<td class="{}" data-label="{}">{}</td>', tone, column.label, inside)


def _ticks(mine: PersonalList, drawn: DrawnTable, added: list[TableColumn]) -> Iterator[ColumnTick]:
    """Shown ones first, in their order; then those that are hidden."""
    named = {head.key: head for head in drawn.heads if head.key}
    labels = {key: head.label for key, head in named.items()} | {c.key: str(c.label) for c in added}
    known, off = list(labels), {c.key for c in added}
    shown = mine.columns.of(known, off)
    for place, key in enumerate([*shown, *(key for key in known if key not in shown)], 1):
        also = named[key].also if key in named else ()
        whole = "+".join((key, *also))
        yield ColumnTick(whole, labels[key], key in shown, key == known[0], place, key in off)


def _placed(html: str, head: str) -> str:
    """Below the filters, else above the table, else above all."""
    bar = TOOLBAR.search(html)
    if bar:
        return html[: bar.end()] + head + html[bar.end() :]
    scroll = SCROLL.search(html)
    at = scroll.start() if scroll else 0
    return html[:at] + head + html[at:]
