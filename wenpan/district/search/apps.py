"""The search box and its index, which every commit keeps."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "wenpan.district.search"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from wenpan.district.ground.databases import written
        from wenpan.district.search.keeping import keep

        written.before_commit(keep)
        post_migrate.connect(_fill, sender=self, dispatch_uid="search.fill")


def _fill(**_more: Any) -> None:
    """A place that comes to this version has texts and no index."""
    from wenpan.district.search.keeping import fill_if_empty

    fill_if_empty()
