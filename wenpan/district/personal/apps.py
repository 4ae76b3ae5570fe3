"""The room of what a person arranges for themself."""

from __future__ import annotations

from django.apps import AppConfig


class PersonalConfig(AppConfig):
    name = "wenpan.district.personal"

    def ready(self) -> None:
        from wenpan.district.personal import queries
        from wenpan.district.ui.personal_lists import personal_lists

        personal_lists(queries.list_of)
