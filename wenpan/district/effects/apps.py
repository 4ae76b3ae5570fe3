"""The room in which closed matters are looked at again."""

from __future__ import annotations

from django.apps import AppConfig


class EffectsConfig(AppConfig):
    name = "wenpan.district.effects"
