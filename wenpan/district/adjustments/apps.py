from django.apps import AppConfig


class AdjustmentsConfig(AppConfig):
    name = "wenpan.district.adjustments"
    label = "adjustments"

    def ready(self) -> None:
        from wenpan.district.adjustments import awaited, work
        from wenpan.district.ui.awaited import awaited as awaits

        assert work  # registers its job
        awaits(awaited.groups)
