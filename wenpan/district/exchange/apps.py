"""往来: letters between offices of different places, by one signed file."""

from __future__ import annotations

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "wenpan.district.exchange"
