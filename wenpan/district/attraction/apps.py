"""The room of deals: it takes in the forms of an attraction office."""

from __future__ import annotations

from django.apps import AppConfig


class AttractionConfig(AppConfig):
    name = "wenpan.district.attraction"

    def ready(self) -> None:
        from wenpan.district.attraction import handler
        from wenpan.district.attraction.boards.handler import KIND as BOARDS
        from wenpan.district.attraction.boards.handler import BoardHandler
        from wenpan.district.attraction.chain import panel, pool_entries
        from wenpan.district.attraction.offers.handler import KIND, OffersHandler
        from wenpan.district.attraction.work import today
        from wenpan.district.attraction.work.handler import KIND as RECEPTIONS
        from wenpan.district.attraction.work.handler import ReceptionsHandler
        from wenpan.district.intake import handlers
        from wenpan.district.projects.base.entries_provider import entries_expected
        from wenpan.district.ui import awaited
        from wenpan.district.ui.beside import beside

        handler.register()
        handlers.register(KIND, OffersHandler())
        handlers.register(BOARDS, BoardHandler())
        handlers.register(RECEPTIONS, ReceptionsHandler())
        beside(panel.panel)
        awaited.awaited(today.groups)
        for act in today.ACTS:
            awaited.batch_act(act)
        entries_expected(pool_entries.expected_entries)
