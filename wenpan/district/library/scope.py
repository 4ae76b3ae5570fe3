"""Whose papers a person may see: who keeps or studies the library, all; a unit's people, what it was sent."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import can
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.library.models import LibraryPaper


def papers_of(user: Any) -> QuerySet[LibraryPaper]:
    if can(user, "library.view"):
        return LibraryPaper.objects.all()
    unit = getattr(user, "unit_id", None)
    if not can(user, "library.receive") or unit is None:
        return LibraryPaper.objects.none()
    return LibraryPaper.objects.filter(sendings__unit=unit)


def require_paper(user: Any, paper: LibraryPaper) -> None:
    """Raises NotYours (404) for a paper that the person's unit was not sent."""
    if not papers_of(user).filter(pk=paper.pk).exists():
        raise NotYours(_("这份文件没有发给您的单位。"))
