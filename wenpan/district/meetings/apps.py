"""The room of dispatch meetings."""

from __future__ import annotations

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "wenpan.district.meetings"

    def ready(self) -> None:
        from wenpan.district.meetings import awaiting, dates
        from wenpan.district.ui.awaited import awaited
        from wenpan.district.ui.dates import dated

        awaited(awaiting.groups)
        dated(dates.dated)
