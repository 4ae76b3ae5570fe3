"""Forecast: from the figures known at a month to a distribution of each year-end figure.

`forecast_year_end(observations, indicators=…, as_of=…, wanted=…) -> YearEnd`. Figures of periods
after `as_of` are never read. `what_would_have_to_happen` says which pace the months left need and
how often it was reached before; `warning` keeps lights from flapping; `reconcile` makes parts and
totals agree. How it works and how well: docs/method.md.
"""

from wenpan.economy.forecast.answer import forecast_year_end
from wenpan.economy.forecast.effort import Effort, what_would_have_to_happen
from wenpan.economy.forecast.reconcile import Reconciled, reconcile
from wenpan.economy.forecast.warning import Warned, record, shown_light, steady, warned
from wenpan.economy.forecast.year_end import FanPoint, YearEnd

__all__ = [
    "Effort",
    "FanPoint",
    "Reconciled",
    "Warned",
    "YearEnd",
    "forecast_year_end",
    "reconcile",
    "record",
    "shown_light",
    "steady",
    "warned",
    "what_would_have_to_happen",
]
