from django.apps import AppConfig


class AdjustmentsConfig(AppConfig):
    name = "wenpan.district.adjustments"
    label = "adjustments"

    def ready(self) -> None:
        from wenpan.district.adjustments import awaited
        from wenpan.district.ui.awaited import awaited as awaits

        awaits(awaited.groups)
