"""The room of dispatch meetings."""

from __future__ import annotations

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "wenpan.district.meetings"

    def ready(self) -> None:
        from wenpan.district.meetings import awaiting, dates, queries
        from wenpan.district.ui.awaited import awaited
        from wenpan.district.ui.dates import dated
        from wenpan.district.ui.form_counts import counted

        awaited(awaiting.groups)
        dated(dates.dated)
        counted(queries.forms_filled)
