"""What supervision says beside an indicator, a project and the board: which matter follows, who has it."""

from __future__ import annotations

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.supervision.log import matter_sets
from wenpan.district.supervision.models import Matter
from wenpan.district.ui.beside import PanelLine, SidePanel, beside

SUBJECTS = ("indicator:", "project:", "key_project:", "deal:")
SHOWN = 5


def register() -> None:
    beside(panel)


def panel(user: User, subject: str) -> SidePanel | None:
    if not user.may("matter.view", "desk.use"):
        return None
    if subject == "board":
        return _board(user)
    return _following(user, subject) if subject.startswith(SUBJECTS) else None


def _following(user: User, subject: str) -> SidePanel | None:
    """The matters that this subject caused, open ones first."""
    today = timezone.localdate()
    found = matter_sets.visible(user).filter(cause=subject).select_related("lead")
    rows = found.order_by("closed_on", "-year", "-serial")[:SHOWN]
    items = tuple(
        PanelLine(
            f"{m.number} {m.title}",
            reverse("supervision:matter", args=[m.pk]),
            matter_sets.light_of(m, today),
            _where(m),
        )
        for m in sorted(rows, key=lambda m: m.closed_on is not None)
    )
    return SidePanel(_("督办"), items) if items else None


def _where(matter: Matter) -> str:
    unit = matter.lead.short_name if matter.lead else _("未定单位")
    due = _("时限%(day)s") % {"day": matter.due} if matter.due else _("无时限")
    return " · ".join([unit, str(matter.get_state_display()), str(matter.closed_on or due)])


def _board(user: User) -> SidePanel | None:
    """One line: how many are open, late and soon due. Nothing where there are none."""
    today = timezone.localdate()
    mine = matter_sets.visible(user)
    counted = mine.aggregate(
        open=Count("pk", filter=matter_sets.is_open()),
        red=Count("pk", filter=matter_sets.red(today)),
        yellow=Count("pk", filter=matter_sets.yellow(today)),
    )
    if not counted["open"]:
        return None
    url = reverse("supervision:matters" if user.may("matter.view") else "supervision:desk")
    late = mine.filter(Q(matter_sets.red(today))).select_related("lead").order_by("due")[:3]
    items = tuple(
        PanelLine(f"{m.number} {m.title}", reverse("supervision:matter", args=[m.pk]), "RED", _where(m))
        for m in late
    )
    words = _("未办结%(open)s件：逾期%(red)s件，临期或被退回%(yellow)s件。") % counted
    return SidePanel(_("督办"), items, words, url)
