"""The room of documents out: it offers the job that makes the monthly analysis."""

from __future__ import annotations

from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "wenpan.district.bulletins"

    def ready(self) -> None:
        from wenpan.district.bulletins import awaited, work
        from wenpan.district.ui.awaited import awaited as register
        from wenpan.district.ui.changes import month_steps

        assert work  # registers the job
        register(awaited.groups)
        month_steps(awaited.steps)
