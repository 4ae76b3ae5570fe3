"""People, units and roles: it says what awaits the administrators."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "wenpan.district.accounts"

    def ready(self) -> None:
        from wenpan.district.accounts import awaited
        from wenpan.district.ui.awaited import awaited as register
        from wenpan.district.ui.awaited import batch_act

        register(awaited.groups)
        for act in awaited.ACTS:
            batch_act(act)
