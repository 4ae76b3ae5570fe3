"""The room of data quality: checks of returns, and letters that ask the unit that reported."""

from __future__ import annotations

from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "wenpan.district.quality"

    def ready(self) -> None:
        from wenpan.district.quality import dates
        from wenpan.district.ui.dates import dated

        dated(dates.dated)
        from wenpan.district.quality import reminders, source_panel, today
        from wenpan.district.ui import awaited, beside

        assert reminders.REMIND  # its timed work is registered by being read
        beside.beside(source_panel.panel)
        awaited.awaited(today.groups)
        for act in today.ACTS:
            awaited.batch_act(act)
