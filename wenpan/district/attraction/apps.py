"""The room of deals: it takes in the forms of an attraction office."""

from __future__ import annotations

from django.apps import AppConfig


class AttractionConfig(AppConfig):
    name = "wenpan.district.attraction"

    def ready(self) -> None:
        from wenpan.district.attraction import handler
        from wenpan.district.attraction.chain import panel
        from wenpan.district.ui.beside import beside

        handler.register()
        beside(panel.panel)
