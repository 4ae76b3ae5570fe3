"""The room of campaigns."""

from __future__ import annotations

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "wenpan.district.campaigns"

    def ready(self) -> None:
        from wenpan.district.campaigns import awaiting, dates, panels
        from wenpan.district.ui.awaited import awaited
        from wenpan.district.ui.beside import beside
        from wenpan.district.ui.dates import dated

        awaited(awaiting.groups)
        beside(panels.panel)
        dated(dates.dated)
