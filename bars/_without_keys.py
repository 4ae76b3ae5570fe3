"""A plugin of pytest that breaks a promise: a form sent twice is done twice."""

from __future__ import annotations


def pytest_collection_finish() -> None:
    from wenpan.district.ground.idempotency.middleware import OneFormOneDeed

    OneFormOneDeed.process_view = lambda *_arguments: None  # type: ignore[method-assign]
