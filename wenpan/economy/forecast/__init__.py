"""Forecast: from the figures known at a month to a distribution of each year-end figure.

`forecast_year_end(observations, indicators=…, as_of=…, wanted=…) -> YearEnd`. Figures of periods
after `as_of` are never read.
"""

from wenpan.economy.forecast.answer import forecast_year_end
from wenpan.economy.forecast.year_end import FanPoint, YearEnd

__all__ = ["FanPoint", "YearEnd", "forecast_year_end"]
