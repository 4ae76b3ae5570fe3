"""The outbox: what leaves the program, and what did."""

from __future__ import annotations

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "wenpan.district.outbox"

    def ready(self) -> None:
        from wenpan.district.outbox import work

        assert work  # registers its job
