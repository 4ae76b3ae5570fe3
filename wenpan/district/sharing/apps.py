"""What leaves the program under a person's own secret: calendars, tables, the read API."""

from __future__ import annotations

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "wenpan.district.sharing"
