"""The intake: its long work is registered when the room is ready."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "wenpan.district.intake"

    def ready(self) -> None:
        from wenpan.district.intake import work  # noqa: F401  (registers the job)
