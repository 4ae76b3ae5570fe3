"""The form of the columns: which are ticked, and the number that each shall have."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from django.http import QueryDict

from wenpan.district.accounts.models import User
from wenpan.district.personal.models import ListView
from wenpan.district.ui import asked
from wenpan.district.ui.personal_lists import VIEW

MOST = 80  # columns of a list; further fields are not read


def chosen(post: QueryDict) -> tuple[list[str], list[str]]:
    """(shown in their order, hidden). `key`: the columns as they stood, with what stands in the same cell
    behind a plus; `on`: those that are ticked; `place-<key>`: where it shall stand, 1 the first.

    A column whose number was changed goes before the one that had that number; the others keep their order.
    """
    keys = [key[:200] for key in dict.fromkeys(post.getlist("key"))][:MOST]
    ticked = set(post.getlist("on"))

    def place(at: int, key: str) -> tuple[int, int, int]:
        wanted = asked.integer(post, f"place-{key}", least=1, most=999, default=at) or at
        moved_up = wanted < at
        return (wanted, 0 if moved_up else 2 if wanted > at else 1, at)

    ordered = [key for _place, key in sorted((place(at, key), key) for at, key in enumerate(keys, 1))]
    shown = [part for key in ordered if key in ticked for part in key.split("+")]
    hidden = [part for key in ordered if key not in ticked for part in key.split("+")]
    return shown, hidden


def columns_at_hand(user: User, code: str, back: str) -> dict[str, Any]:
    """What the list shows now: the columns of the opened view, else the person's own; {} for none."""
    opened = parse_qs(back.partition("?")[2]).get(VIEW, [""])[0]
    rows = ListView.objects.filter(user=user, code=code)
    mine = {str(view.pk) if view.name else "": view.columns for view in rows}
    found = mine.get(opened) or mine.get("") or {}
    if opened and opened not in mine and opened.isascii() and opened.isdecimal() and len(opened) < 10:
        shared = ListView.objects.filter(pk=int(opened), code=code, shared=True, user__unit=user.unit_id)
        found = next((view.columns for view in shared if view.columns and user.unit_id), found)
    return dict(found)
