"""The room of supervision: matters, slips, feedback, checks, the weekly round, scores."""

from __future__ import annotations

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "wenpan.district.supervision"
    label = "supervision"

    def ready(self) -> None:
        from wenpan.district.indicators.hooks import on_judged
        from wenpan.district.supervision import panels, work
        from wenpan.district.supervision.sources.work import follow_lights

        assert work  # registers the jobs
        panels.register()
        on_judged(follow_lights)
