"""A plugin of pytest that breaks a promise: every page opens to everybody who is signed in."""

from __future__ import annotations


def pytest_collection_finish() -> None:
    from wenpan.district.accounts import permissions

    permissions.require = lambda *_arguments: None
