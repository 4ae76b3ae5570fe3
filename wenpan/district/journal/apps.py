from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "wenpan.district.journal"

    def ready(self) -> None:
        from wenpan.district.accounts import witness
        from wenpan.district.journal.actions import record

        witness.register(record)
