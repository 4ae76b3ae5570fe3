"""The ledger: registers the workbook kinds that bring figures, and what the reader must know of the place."""

from django.apps import AppConfig


class ObservationsConfig(AppConfig):
    name = "wenpan.district.observations"

    def ready(self) -> None:
        from wenpan.district.intake import handlers
        from wenpan.district.observations import awaited, dates, reading
        from wenpan.district.observations.handler import FigureHandler
        from wenpan.district.ui.awaited import awaited as register
        from wenpan.district.ui.changes import changed, month_steps
        from wenpan.district.ui.dates import dated

        register(awaited.groups)
        dated(dates.dated)
        month_steps(awaited.steps)
        changed(awaited.changes)
        handlers.place_known_by(reading.place)
        for kind in ("indicator_table", "city_table"):
            handlers.register(kind, FigureHandler())
        handlers.register("long_table", FigureHandler(needs_period=False))
        handlers.register("series_table", FigureHandler(needs_period=False))
