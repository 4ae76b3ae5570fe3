"""Writes of what a person arranges for themself; each is the person's own and needs no permission but a role.

A view's address is kept by its parameters only: nothing is copied that its reader might not see.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.personal.models import Favourite, ListView
from wenpan.district.search.named import hits_of
from wenpan.district.ui.personal_lists import kept_query

CODE = re.compile(r"[a-z_]{1,24}:[a-z_]{1,34}")
KEY = re.compile(r"\w{1,60}")
MOST_VIEWS, MOST_STARS, MOST_COLUMNS = 40, 60, 80
LONGEST_NAME, LONGEST_QUERY = 30, 1000


def _name(name: str) -> str:
    words = " ".join(name.split())[:LONGEST_NAME]
    if not words:
        raise Refused("bad_value", _("请给视图起个名字。"))
    return words


def _code(code: str) -> str:
    if not CODE.fullmatch(code):
        raise Refused("bad_value", _("没有认出是哪张清单，请回到清单再试。"))
    return code


def _noted(view: ListView, words: str, by: User, at: datetime | None) -> None:
    record(
        by=by, action="personal.keep", subject=f"view:{view.pk}", at=at, summary=words,
        detail={"list": view.code},
    )  # fmt: skip


@transaction.atomic
def keep_view(
    *, code: str, name: str, query: str, columns: dict[str, Any], shared: bool, by: User,
    at: datetime | None = None,
) -> ListView:  # fmt: skip
    """Filters, order and columns under a name; the same name again replaces it. Refused "bad_value"."""
    words, code, kept = _name(name), _code(code), kept_query(query)
    if len(kept) > LONGEST_QUERY:
        raise Refused("bad_value", _("筛选条件太长，存不下。请少选几项再存。"))
    mine = ListView.objects.filter(user=by, code=code).exclude(name="")
    if not mine.filter(name=words).exists() and mine.count() >= MOST_VIEWS:
        raise Refused("bad_value", _("一张清单最多存%(most)s个视图，请先删去不用的。") % {"most": MOST_VIEWS})
    view, _made = ListView.objects.update_or_create(
        user=by, code=code, name=words, defaults={"query": kept, "columns": columns, "shared": shared}
    )
    _noted(view, f"保存视图“{view.name}”", by, at)
    return view


def _own(view: ListView, by: User) -> None:
    if view.user_id != by.pk:
        raise Refused("permission", _("这是别人的视图。可以打开后另存为自己的。"))


@transaction.atomic
def change_view(
    *, view: ListView, name: str, shared: bool, default: bool, by: User, at: datetime | None = None
) -> None:
    """Another name, for one's unit or not, opened by itself or not. A list has one default at most."""
    _own(view, by)
    words = _name(name)
    others = ListView.objects.filter(user=by, code=view.code).exclude(pk=view.pk)
    if others.filter(name=words).exists():
        raise Refused("bad_value", _("您已有一个叫“%(name)s”的视图。") % {"name": words})
    if default:
        for other in others.filter(default=True):
            other.default = False
            other.save(update_fields=["default"])
    view.name, view.shared, view.default = words, shared, default
    view.save(update_fields=["name", "shared", "default"])
    _noted(view, f"修改视图“{view.name}”", by, at)


@transaction.atomic
def forget_view(*, view: ListView, by: User, at: datetime | None = None) -> None:
    _own(view, by)
    _noted(view, f"删除视图“{view.name}”", by, at)
    view.delete()


@transaction.atomic
def choose_columns(
    *, code: str, view: ListView | None, shown: Sequence[str], hidden: Sequence[str], by: User,
    at: datetime | None = None,
) -> None:  # fmt: skip
    """The columns of a list for this person, or of their view. Nothing shown and nothing hidden: as the
    program has them."""
    if any(not KEY.fullmatch(key) for key in (*shown, *hidden)) or len(shown) + len(hidden) > MOST_COLUMNS:
        raise Refused("bad_value", _("没有认出这些列，请回到清单再试。"))
    wanted = {"shown": list(shown), "hidden": list(hidden)} if shown or hidden else {}
    if view is None:
        view, _made = ListView.objects.update_or_create(
            user=by, code=_code(code), name="", defaults={"columns": wanted}
        )
    else:
        _own(view, by)
        view.columns = wanted
        view.save(update_fields=["columns"])
    _noted(view, "选择清单的列" if wanted else "恢复清单的列", by, at)


@transaction.atomic
def star(*, subject: str, by: User, at: datetime | None = None) -> None:
    """Refused "not_found" for what the person may not see: it is not there for them."""
    moment = at or timezone.now()
    found = hits_of(by, [subject])
    if not found:
        raise Refused("not_found", _("没有这一项，或已不在您的范围内。"))
    kept = Favourite.objects.filter(user=by)
    if kept.filter(subject=subject).exists():
        return
    if kept.count() >= MOST_STARS:
        raise Refused("bad_value", _("最多收藏%(most)s项，请先取消不用的。") % {"most": MOST_STARS})
    Favourite.objects.create(user=by, subject=subject, at=moment)
    record(by=by, action="personal.keep", subject=subject, at=at, summary=f"收藏“{found[0].text}”")


@transaction.atomic
def unstar(*, subject: str, by: User, at: datetime | None = None) -> None:
    found = Favourite.objects.filter(user=by, subject=subject).first()
    if found is None:
        return
    found.delete()
    record(by=by, action="personal.keep", subject=subject, at=at, summary="取消收藏")
