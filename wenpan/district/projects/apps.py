"""The room of projects: it takes in project lists and monthly returns."""

from __future__ import annotations

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "wenpan.district.projects"

    def ready(self) -> None:
        from wenpan.district.projects import awaited, handlers
        from wenpan.district.projects.site import dates
        from wenpan.district.ui.awaited import awaited as register
        from wenpan.district.ui.changes import month_steps
        from wenpan.district.ui.dates import dated

        handlers.register()
        dated(dates.dated)
        register(awaited.groups)
        month_steps(awaited.steps)
