"""The room of what carries GDP: accounts by industry, supporting indicators, who answers for them."""

from __future__ import annotations

from django.apps import AppConfig


class SupportsConfig(AppConfig):
    name = "wenpan.district.supports"

    def ready(self) -> None:
        from wenpan.district.supports import handler

        handler.register()
