"""Tables that sort, filter, page and export as shown, over a queryset (in the database) or a list.

    table = Table(request, [Column("name", "名称"), Column("gap", "差距", kind="number", unit="%")], rows)
    if table.exporting:
        return table.response("指标")

Query parameters: `sort` (key, or -key), `q` (part of any text column), `page`, `view`, `export=xlsx` or
`csv`. Unknown keys are ignored. Missing values sort last in both directions. The table makes itself known to
the page's frame, which draws the person's views and columns (`personal_lists.py`, `arranging.py`); the
export has the chosen columns too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse

from wenpan.district.ui import personal_lists
from wenpan.district.ui.exports import csv_response, xlsx_response
from wenpan.district.ui.personal_lists import ColumnChoice

EXPORTS = ("xlsx", "csv")
NUMERIC = ("number", "percent", "amount")


@dataclass(frozen=True)
class TableColumn:
    """`key` is a field path (`unit__name`), attribute or mapping key. `value` computes the exported
    value of a row instead. kind: text | number | percent | amount | date | light. `heads`: how else
    the page's own table calls it: the words of its head, or the key by which it is sorted."""

    key: str
    label: Any
    sortable: bool = True
    kind: str = "text"
    decimals: int = 1
    unit: str = ""
    value: Callable[[Any], Any] | None = None
    searched: bool = True
    heads: tuple[Any, ...] = ()

    def of(self, row: Any) -> Any:
        if self.value is not None:
            return self.value(row)
        return look_up(row, self.key)

    @property
    def numeric(self) -> bool:
        return self.kind in NUMERIC

    @property
    def number_format(self) -> str:
        if not self.numeric:
            return ""
        zeros = "0" + ("." + "0" * self.decimals if self.decimals else "")
        return zeros + '"%"' if self.kind == "percent" else "#,##" + zeros


def look_up(row: Any, key: str) -> Any:
    for part in key.split("__"):
        row = row.get(part) if isinstance(row, dict) else getattr(row, part, None)
        if row is None:
            return None
    return row


class PageTable:
    def __init__(
        self,
        request: HttpRequest,
        columns: Sequence[TableColumn],
        rows: QuerySet[Any] | Iterable[Any],
        *,
        sort: str = "",
        page_size: int = 50,
        lines: Callable[[QuerySet[Any]], Iterable[Any]] | None = None,
    ) -> None:
        """`lines` reads the queryset for an export as rows that cost less than models."""
        self.request = request
        self._lines = lines or (lambda found: found.iterator(2000))
        self.columns = list(columns)
        self.page_size = page_size
        self.q = request.GET.get("q", "").strip()[:60]
        mine = personal_lists.list_of(request)
        personal_lists.open_default(request, mine)
        self.choice = mine.columns if mine else ColumnChoice()
        if not hasattr(request, "page_table"):
            request.page_table = self  # type: ignore[attr-defined]  # for the frame; the first is the page's list
        self.sort = self._known_sort(request.GET.get("sort", "")) or sort
        self._source = rows if isinstance(rows, QuerySet) else list(rows)

    @cached_property
    def all_rows(self) -> Any:
        """Every row after filter and sort, as the export shows them."""
        if isinstance(self._source, QuerySet):
            return self._sort_query(self._filter_query(self._source))
        return self._sort_list([row for row in self._source if self._matches(row)])

    @cached_property
    def page(self) -> Page[Any]:
        return Paginator(self.all_rows, self.page_size).get_page(self.request.GET.get("page"))

    @property
    def rows(self) -> Page[Any]:
        return self.page

    # order

    def _known_sort(self, wanted: str) -> str:
        keys = {column.key for column in self.columns if column.sortable}
        return wanted if wanted.removeprefix("-") in keys else ""

    def direction(self, key: str) -> str:
        return {key: "asc", f"-{key}": "desc"}.get(self.sort, "")

    def sort_url(self, key: str) -> str:
        return self._url(sort=f"-{key}" if self.direction(key) == "asc" else key)

    def _sort_query(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if not self.sort:
            return rows
        field = F(self.sort.removeprefix("-"))
        order = field.desc(nulls_last=True) if self.sort.startswith("-") else field.asc(nulls_last=True)
        return rows.order_by(order, "pk")

    def _sort_list(self, rows: list[Any]) -> list[Any]:
        column = next((c for c in self.columns if c.key == self.sort.removeprefix("-")), None)
        if column is None:
            return rows
        known = [row for row in rows if not _missing(look_up(row, column.key))]
        known.sort(key=lambda row: _orderable(look_up(row, column.key)), reverse=self.sort.startswith("-"))
        return known + [row for row in rows if _missing(look_up(row, column.key))]

    # filter

    def _filter_query(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if not self.q:
            return rows
        wanted = Q(pk__in=[])
        for column in self.columns:
            if column.kind == "text" and column.searched and column.value is None:
                wanted |= Q(**{f"{column.key}__icontains": self.q})
        return rows.filter(wanted)

    def _matches(self, row: Any) -> bool:
        if not self.q:
            return True
        texts = (column.of(row) for column in self.columns if column.kind == "text" and column.searched)
        return any(self.q.casefold() in str(text).casefold() for text in texts if text is not None)

    # addresses and export

    def _url(self, **changes: str) -> str:
        query = self.request.GET.copy()
        query.pop("page", None)
        query.pop("export", None)
        for name, value in changes.items():
            query[name] = value
        return f"?{query.urlencode()}"

    @property
    def export_url(self) -> str:
        return self._url(export="xlsx")

    @property
    def exporting(self) -> bool:
        return self.request.GET.get("export") in EXPORTS

    @property
    def exported_columns(self) -> list[TableColumn]:
        """All that the list declares, or what the person chose for the page, in that order."""
        if not self.choice:
            return self.columns
        by_key = {column.key: column for column in self.columns}
        return [by_key[key] for key in self.choice.chosen(list(by_key))] or self.columns

    def response(self, filename: str) -> HttpResponse:
        """The workbook, or CSV, of all filtered rows in the shown order and columns."""
        rows = self._lines(self.all_rows) if isinstance(self.all_rows, QuerySet) else self.all_rows
        columns = self.exported_columns
        heads = [f"{column.label}({column.unit})" if column.unit else str(column.label) for column in columns]
        values = ([column.of(row) for column in columns] for row in rows)
        if self.request.GET.get("export") == "csv":
            return csv_response(filename, heads, values)
        return xlsx_response(
            filename,
            heads,
            values,
            [column.number_format for column in columns],
        )


def _missing(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def _orderable(value: Any) -> Any:
    if isinstance(value, int | float | Decimal | date):
        return value
    from pypinyin import lazy_pinyin

    return lazy_pinyin(str(value))
