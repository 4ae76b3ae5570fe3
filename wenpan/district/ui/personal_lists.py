"""What a person keeps of a list: views under a name, the columns that they want; asked, not known, here.

The room `personal` registers the provider; a list is named by the URL name of its page. Without a provider
(or without a person) a list is as the program draws it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest

from wenpan.district.ground.registries import Providers

VIEW = "view"  # the parameter that names the opened view; "none": no view, not even the own default
NO_VIEW = "none"
NOT_KEPT = frozenset({"page", "export", VIEW, "columns"})  # parameters that are no part of a view


def kept_query(query: str) -> str:
    """The parameters that make a view: without the page's number, the export and the opened view."""
    return urlencode([(key, value) for key, value in parse_qsl(query[:4000]) if key not in NOT_KEPT])


@dataclass(frozen=True)
class ColumnChoice:
    """Keys of columns: `shown` in the person's order, `hidden`. A column in neither came after the choice:
    it stands as the program has it."""

    shown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    def of(self, known: Sequence[str], off: Collection[str] = ()) -> list[str]:
        """The keys to draw, in order. `off`: those that are hidden unless chosen. The first column of a page
        always stays first: it names what the row is."""
        first = list(known[:1])
        return first + [key for key in self.chosen(known, off) if key not in first]

    def chosen(self, known: Sequence[str], off: Collection[str] = ()) -> list[str]:
        """The same without a first column of the page's own: what goes into the export."""
        wanted = [key for key in self.shown if key in known]
        return wanted + [key for key in known if key not in {*self.shown, *self.hidden, *off}]

    def __bool__(self) -> bool:
        return bool(self.shown or self.hidden)


@dataclass(frozen=True)
class ListViewLine:
    """A kept view as the head of the list shows it. `owner`: whose it is, "" for one's own."""

    pk: int
    name: str
    query: str
    owner: str = ""
    shared: bool = False
    default: bool = False
    columns: ColumnChoice = ColumnChoice()

    @property
    def address(self) -> str:
        return f"?{self.query}{'&' if self.query else ''}{VIEW}={self.pk}"


@dataclass(frozen=True)
class PersonalList:
    """`opened`: the view in the address, if it is this person's or was shared with them."""

    code: str
    views: tuple[ListViewLine, ...] = ()
    opened: ListViewLine | None = None
    own_columns: ColumnChoice = ColumnChoice()

    @property
    def columns(self) -> ColumnChoice:
        """An opened view brings its columns, else the person's own hold."""
        return self.opened.columns if self.opened and self.opened.columns else self.own_columns

    @property
    def default(self) -> ListViewLine | None:
        return next((view for view in self.views if view.default), None)


class DefaultViewError(Exception):
    """The page was opened without any filter, and the person has a view for that: go there (`address`)."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


LISTS: Providers[[HttpRequest], PersonalList | None] = Providers()
personal_lists = LISTS.only


def list_of(request: HttpRequest) -> PersonalList | None:
    """Asked once a request, however many tables the page has."""
    if not hasattr(request, "personal_list"):
        found: Iterable[PersonalList | None] = LISTS.ask(request)
        request.personal_list = next(iter(found), None)  # type: ignore[attr-defined]
    kept: Any = request.personal_list  # type: ignore[attr-defined]
    return kept if isinstance(kept, PersonalList) else None


def open_default(request: HttpRequest, mine: PersonalList | None) -> None:
    """Raises DefaultViewError where the list was opened by its bare address and a default view is kept."""
    bare = request.method == "GET" and not request.GET and not request.headers.get("HX-Request")
    if bare and mine is not None and mine.default is not None:
        raise DefaultViewError(request.path + mine.default.address)
