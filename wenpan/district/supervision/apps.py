"""The room of supervision: matters, slips, feedback, checks, the weekly round, scores."""

from __future__ import annotations

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "wenpan.district.supervision"
    label = "supervision"

    def ready(self) -> None:
        from wenpan.district.supervision import panels, work  # noqa: F401  (work registers the jobs)

        panels.register()
