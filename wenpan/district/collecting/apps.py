"""Files that come by themselves: sources, their state, what they should have brought."""

from __future__ import annotations

from django.apps import AppConfig


class CollectingConfig(AppConfig):
    name = "wenpan.district.collecting"

    def ready(self) -> None:
        from wenpan.district.collecting import steps, work
        from wenpan.district.ui.changes import month_steps

        assert work  # registers its job
        month_steps(steps.steps)
