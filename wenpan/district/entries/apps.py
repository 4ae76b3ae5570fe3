"""The room of entry into statistics (纳统): quasi list, batches, papers, steps, withdrawals."""

from __future__ import annotations

from django.apps import AppConfig


class EntriesConfig(AppConfig):
    name = "wenpan.district.entries"

    def ready(self) -> None:
        from wenpan.district.entries import handler

        handler.register()
