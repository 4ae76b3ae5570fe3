"""核数: a paper checked against the ledger."""

from __future__ import annotations

from django.apps import AppConfig


class ProofsConfig(AppConfig):
    name = "wenpan.district.proofs"

    def ready(self) -> None:
        from wenpan.district.proofs import work

        assert work  # registers its job
