"""The room of fiscal figures: the comparable basis as a ledger, revenue, budgets, cash and bonds."""

from __future__ import annotations

from django.apps import AppConfig


class FiscalConfig(AppConfig):
    name = "wenpan.district.fiscal"

    def ready(self) -> None:
        from wenpan.district.fiscal.basis import handler, panel
        from wenpan.district.fiscal.page import paper_section
        from wenpan.district.fiscal.reports import handler as reports
        from wenpan.district.ui import beside, paper_sections

        handler.register()
        reports.register()
        beside.beside(panel.panel)
        paper_sections.paper_section(paper_section.section)
