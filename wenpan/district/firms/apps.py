"""The room of firms: ledger, contact plan, requests, policies."""

from __future__ import annotations

from django.apps import AppConfig


class FirmsConfig(AppConfig):
    name = "wenpan.district.firms"
