"""The room of what carries GDP: accounts by industry, supporting indicators, who answers for them."""

from __future__ import annotations

from django.apps import AppConfig


class SupportsConfig(AppConfig):
    name = "wenpan.district.supports"

    def ready(self) -> None:
        from wenpan.district.supports import handler, paper_section
        from wenpan.district.ui import paper_sections

        handler.register()
        paper_sections.paper_section(paper_section.section)
