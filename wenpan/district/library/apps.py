"""The room of papers to be studied."""

from __future__ import annotations

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "wenpan.district.library"

    def ready(self) -> None:
        from wenpan.district.library import today
        from wenpan.district.ui.awaited import awaited

        awaited(today.groups)
