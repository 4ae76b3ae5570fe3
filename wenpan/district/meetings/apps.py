"""The room of dispatch meetings."""

from __future__ import annotations

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "wenpan.district.meetings"

    def ready(self) -> None:
        from wenpan.district.meetings import awaiting, dates, on_sheet, queries
        from wenpan.district.ui.awaited import awaited
        from wenpan.district.ui.dates import dated
        from wenpan.district.ui.form_counts import counted
        from wenpan.district.ui.week_sheet import asked_on_sheet

        awaited(awaiting.groups)
        dated(dates.dated)
        counted(queries.forms_filled)
        asked_on_sheet(on_sheet.questions)
