from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "wenpan.district.ground.journal"
