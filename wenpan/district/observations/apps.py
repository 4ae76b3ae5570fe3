"""The ledger: registers the workbook kinds that bring figures, and what the reader must know of the place."""

from django.apps import AppConfig


class ObservationsConfig(AppConfig):
    name = "wenpan.district.observations"

    def ready(self) -> None:
        from wenpan.district.intake import handlers
        from wenpan.district.observations import reading
        from wenpan.district.observations.handler import Figures

        handlers.place_known_by(reading.place)
        for kind in ("indicator_table", "city_table"):
            handlers.register(kind, Figures())
        handlers.register("long_table", Figures(needs_period=False))
        handlers.register("series_table", Figures(needs_period=False))
