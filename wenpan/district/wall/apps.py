"""The wall of the meeting room, and screens without a person."""

from __future__ import annotations

from django.apps import AppConfig


class WallConfig(AppConfig):
    name = "wenpan.district.wall"
