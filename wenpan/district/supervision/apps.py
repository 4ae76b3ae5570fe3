"""The room of supervision: matters, slips, feedback, checks, the weekly round, scores."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "wenpan.district.supervision"
    label = "supervision"

    def ready(self) -> None:
        from wenpan.district.ground import notices
        from wenpan.district.indicators.hooks import on_judged
        from wenpan.district.supervision import panels, work
        from wenpan.district.supervision.awaiting import acts, changes, dates, leader, office, unit
        from wenpan.district.supervision.lights.work import follow_lights
        from wenpan.district.supervision.orders.queries import contacts
        from wenpan.district.ui.awaited import awaited
        from wenpan.district.ui.changes import changed, month_steps
        from wenpan.district.ui.dates import dated
        from wenpan.district.ui.responsible import responsible

        assert work  # registers the jobs
        panels.register()
        responsible(contacts)
        acts.register()
        awaited(office.groups)
        awaited(unit.groups)
        awaited(leader.groups)
        changed(changes.groups)
        month_steps(changes.steps)
        dated(dates.dated)
        notices.lend(_tell)
        on_judged(follow_lights)


def _tell(*, users: Iterable[Any], key: str, text: str, at: datetime, url: str, kind: str) -> int:
    from wenpan.district.supervision.log.notifications import notify

    return notify(users=users, key=key, text=text, matter=None, at=at, url=url, kind=kind)
