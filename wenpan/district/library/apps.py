"""The room of papers to be studied."""

from __future__ import annotations

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "wenpan.district.library"

    def ready(self) -> None:
        from wenpan.district.library import queries, today
        from wenpan.district.ui.awaited import awaited
        from wenpan.district.ui.form_counts import counted

        awaited(today.groups)
        counted(queries.forms_filled)
