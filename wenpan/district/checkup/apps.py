"""The room of the check-up: a line on 今日, and a month kept with each bulletin that is issued."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.apps import AppConfig


class CheckupConfig(AppConfig):
    name = "wenpan.district.checkup"

    def ready(self) -> None:
        from wenpan.district.bulletins.hooks import on_issued
        from wenpan.district.checkup import today
        from wenpan.district.ui.changes import month_steps

        month_steps(today.steps)
        on_issued(_keep)


def _keep(document: Any, by: Any, at: datetime) -> None:
    from wenpan.district.checkup.actions import keep_month

    keep_month(month=document.as_of, by=by, at=at)
