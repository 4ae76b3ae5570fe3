"""The room of targets and judgements: it listens to the ledger and takes in target workbooks."""

from __future__ import annotations

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "wenpan.district.indicators"

    def ready(self) -> None:
        from wenpan.district.indicators import changes, handler, hooks
        from wenpan.district.ui.changes import changed

        hooks.connect()
        handler.register()
        changed(changes.groups)
