from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "wenpan.district.ground.journal"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate, pre_migrate

        from wenpan.district.ground.databases import written
        from wenpan.district.ground.journal.actions import close
        from wenpan.district.ground.journal.keeping import remember_head

        written.before_commit(close)
        written.after_commit(remember_head)
        # Migrations rebuild tables and write old rows anew: the triggers are lifted before and made after.
        pre_migrate.connect(_lift, sender=self, dispatch_uid="journal.triggers")
        post_migrate.connect(_make, sender=self, dispatch_uid="journal.triggers")


def _lift(using: str, **_more: Any) -> None:
    from django.db import connections

    from wenpan.district.ground.journal import triggers

    triggers.drop(connections[using])


def _make(using: str, **_more: Any) -> None:
    from django.db import connections

    from wenpan.district.ground.journal import triggers

    triggers.create(connections[using])
