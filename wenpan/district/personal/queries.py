"""A person's views of the list at hand, and what they starred or saw, as far as they may see it now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from wenpan.district.accounts.models import User
from wenpan.district.personal import seen
from wenpan.district.personal.models import Favourite, ListView
from wenpan.district.search.hits import Hit
from wenpan.district.search.named import hits_of
from wenpan.district.ui.personal_lists import VIEW, ColumnChoice, ListViewLine, PersonalList

_FIELDS = ("pk", "user_id", "user__name", "name", "query", "columns", "shared", "default")


def list_of(request: HttpRequest) -> PersonalList | None:
    """One query. None for who has no role. A list that is read with a token is the owner's list, with the
    columns that they chose for its page (`list_code`)."""
    match = request.resolver_match
    user = getattr(request, "user", None)
    if user is None or match is None or not getattr(user, "role", ""):
        return None
    code = getattr(request, "list_code", "") or match.view_name
    mine = Q(user=user.pk)
    unit = getattr(user, "unit_id", None)
    if unit is not None:
        mine |= Q(shared=True, user__unit=unit, user__is_active=True)
    rows = list(ListView.objects.filter(mine, code=code).values(*_FIELDS))
    views = tuple(_line(row, int(user.pk or 0)) for row in rows if row["name"])
    wanted = request.GET.get(VIEW, "")
    opened = next((view for view in views if str(view.pk) == wanted), None)
    own = next((_choice(row["columns"]) for row in rows if not row["name"]), ColumnChoice())
    return PersonalList(code, views, opened, own)


def _line(row: dict[str, Any], user: int) -> ListViewLine:
    own = row["user_id"] == user
    return ListViewLine(
        pk=row["pk"],
        name=row["name"],
        query=row["query"],
        owner="" if own else row["user__name"],
        shared=row["shared"],
        default=own and row["default"],
        columns=_choice(row["columns"]),
    )


def _choice(kept: Any) -> ColumnChoice:
    kept = kept if isinstance(kept, dict) else {}
    return ColumnChoice(tuple(map(str, kept.get("shown", ()))), tuple(map(str, kept.get("hidden", ()))))


def favourites(user: User) -> list[Hit]:
    """The newest star first; what the person may not see any more, or is gone, is left out."""
    return hits_of(user, list(Favourite.objects.filter(user=user).values_list("subject", flat=True)))


@dataclass(frozen=True)
class OwnObjects:
    """What the empty search box offers: favourites, and what was seen last and is none of them."""

    favourites: tuple[Hit, ...]
    recent: tuple[Hit, ...]


def own_objects(request: HttpRequest, user: User) -> OwnObjects:
    starred = favourites(user)
    return OwnObjects(tuple(starred), tuple(hit for hit in seen.hits(request) if hit not in starred))


def is_favourite(user: User, subject: str) -> bool:
    return Favourite.objects.filter(user=user, subject=subject).exists()
