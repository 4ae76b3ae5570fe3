"""A plugin of pytest that breaks a promise: the database refuses nothing that the journal covers."""

from __future__ import annotations


def pytest_collection_finish() -> None:
    from wenpan.district.ground.journal import triggers

    triggers.create = lambda connection: None
