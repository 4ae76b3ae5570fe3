"""The room of contacts with higher departments."""

from __future__ import annotations

from django.apps import AppConfig


class UpwardConfig(AppConfig):
    name = "wenpan.district.upward"

    def ready(self) -> None:
        from wenpan.district.ui.awaited import awaited
        from wenpan.district.ui.beside import beside
        from wenpan.district.ui.week_sheet import asked_on_sheet
        from wenpan.district.upward import on_sheet, today

        awaited(today.groups)
        beside(today.panel)
        asked_on_sheet(on_sheet.questions)
