"""What of the library awaits a person: papers to sign for, and for the office what units marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wenpan.district.library.queries import to_propose, unsigned, waiting_marks
from wenpan.district.ui.awaited import AwaitedAct, AwaitedGroup


def groups(user: Any, _at: datetime, shown: int) -> Sequence[AwaitedGroup]:
    rows, marked, url = unsigned(user), to_propose(user), reverse("library:list")
    mine = tuple(
        AwaitedAct(row.paper.title, reverse("library:paper", args=[row.paper_id]), detail=row.paper.issuer)
        for row in rows[:shown]
    )
    office = tuple(
        AwaitedAct(
            paper.title, reverse("library:paper", args=[paper.pk]),
            detail=_("单位标出%(n)s处") % {"n": n},
        )
        for paper, n in waiting_marks(marked, shown)
    )  # fmt: skip
    return [
        AwaitedGroup("library", _("学习文件待签收"), rows.count(), mine, f"{url}?show=mine", 57),
        AwaitedGroup(
            "library-marks", _("学习文件提出的事项"), marked.count(), office, f"{url}?show=marked", 47
        ),
    ]
