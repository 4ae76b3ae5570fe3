"""The room of firms: ledger, contact plan, requests, policies."""

from __future__ import annotations

from django.apps import AppConfig


class FirmsConfig(AppConfig):
    name = "wenpan.district.firms"

    def ready(self) -> None:
        from wenpan.district.firms import today
        from wenpan.district.firms.contacts import dates
        from wenpan.district.firms.imports import handlers
        from wenpan.district.firms.policies import clause_tables, windows
        from wenpan.district.firms.requests import paper_section
        from wenpan.district.intake.handlers import register
        from wenpan.district.ui import awaited, paper_sections
        from wenpan.district.ui.dates import dated

        dated(dates.dated)
        paper_sections.paper_section(paper_section.section)
        handlers.register()
        register(clause_tables.KIND, clause_tables.SupportClauseHandler())
        assert windows.REMIND  # its timed work is registered by being read
        awaited.awaited(today.groups)
        for act in today.ACTS:
            awaited.batch_act(act)
