"""The story of the fictional 宁澜市: what drives each indicator, and what befell it from 2018 to 2022.

Pure data. Growth is in percent over the same month of the year before. The national path is the
departure of a month's growth from its trend for an indicator of sensitivity 1: the closure of early
2020, the rebound of early 2021, the second wave of April and May 2022. Nothing here is a real place's
figure; magnitudes follow what districts of half a million people publish.
"""

from __future__ import annotations

from dataclasses import dataclass

FIRST_YEAR = 2018  # the base that the growth of 2019 is measured against; never published
LAST_YEAR = 2022
HISTORY_FROM = (2019, 1)

# Departure from trend by month, percentage points for an indicator of sensitivity 1.
NATIONAL: dict[int, tuple[float, ...]] = {
    2018: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    2019: (0.4, 0.4, 0.8, 0.2, 0.1, 0.3, -0.2, -0.3, 0, -0.2, 0.1, 0.3),
    2020: (-17, -19, -11, -5, -3, -1.5, -1, -0.2, 0.4, 0.8, 1.0, 1.2),
    2021: (16, 18, 11, 5.5, 4, 2.6, 1.2, -0.6, -1.0, -1.2, -1.0, -1.4),
    2022: (0.2, -0.2, -2.8, -7.6, -5.6, -2.0, -1.2, -0.4, 0.2, -2.4, -4.6, -3.8),
}

SEASONS: dict[str, tuple[float, ...]] = {  # weight of each month in a year, any scale
    "even": (7.6, 6.8, 8.2, 8.1, 8.3, 8.6, 8.3, 8.3, 8.6, 8.6, 8.9, 9.7),
    "build": (2.2, 5.6, 11.4, 8.6, 9.3, 12.6, 7.4, 8.0, 10.6, 7.4, 8.1, 8.8),
    "estate": (4.4, 5.2, 9.6, 8.9, 9.7, 11.8, 8.0, 7.9, 9.3, 8.0, 8.3, 8.9),
    "shops": (9.0, 8.2, 7.5, 7.2, 8.1, 8.3, 7.8, 7.9, 8.5, 9.2, 8.9, 9.4),
    "table": (9.4, 8.6, 7.3, 7.6, 8.3, 8.0, 8.1, 8.4, 8.3, 9.0, 8.2, 8.8),
    "tax": (12.4, 7.0, 8.6, 9.2, 9.4, 9.8, 8.5, 6.4, 7.4, 8.2, 6.2, 6.9),
    "power": (8.4, 7.1, 7.9, 7.6, 7.9, 8.3, 9.6, 9.7, 8.3, 7.8, 8.1, 9.3),
    "quarter": (7.4, 7.2, 8.3, 8.0, 8.2, 8.6, 8.2, 8.3, 8.7, 8.6, 8.8, 9.7),
    "pay": (9.6, 8.8, 8.4, 7.6, 7.6, 7.8, 8.0, 8.0, 8.3, 8.4, 8.5, 9.0),
    "flat": (1,) * 12,
}


@dataclass(frozen=True)
class Driver:
    """How one indicator behaves.

    `scale` is the home district's total of 2018 in the catalogue's unit (for a balance: at year's end);
    `trend` its usual nominal growth, %; `swing` its sensitivity to the national path; `noise` the standard
    deviation of a region's monthly growth, points; `deflator` what published growth takes off besides
    (price, or the comparable basis), % a year; `drift` the size of the yearly change of the statistical
    scope, which makes published growth differ from the ratio of published levels.
    """

    scale: float
    trend: float
    swing: float
    noise: float
    season: str = "even"
    deflator: float = 0.0
    drift: float = 0.0


DRIVERS: dict[str, Driver] = {
    "gdp": Driver(612.0, 8.2, 0.55, 0.5, "quarter", deflator=2.1, drift=0.3),
    "industry_va": Driver(238.0, 7.4, 0.80, 1.1, "even", drift=0.8),
    "industry_output": Driver(905.0, 8.0, 0.85, 1.6, "even", drift=1.2),
    "industry_electricity": Driver(181_000.0, 5.6, 0.75, 1.5, "power"),
    "electricity": Driver(318_000.0, 6.2, 0.50, 1.2, "power"),
    "fai_small": Driver(19.5, 6.5, 0.95, 3.2, "build", drift=1.0),
    "fai_large": Driver(96.0, 8.2, 0.90, 2.6, "build", drift=1.0),
    "fai_estate": Driver(58.0, 6.4, 0.80, 2.4, "estate", drift=0.4),
    "fai_industry": Driver(68.0, 9.0, 0.90, 3.0, "build", drift=1.0),
    "fai_infrastructure": Driver(44.0, 4.2, 0.80, 3.4, "build", drift=1.0),
    "fai_private": Driver(92.0, 6.0, 0.95, 2.6, "build", drift=1.0),
    "retail": Driver(262.0, 8.6, 1.05, 1.0, "shops", drift=0.7),
    "wholesale": Driver(705.0, 11.0, 1.00, 3.0, "even", drift=1.2),
    "retail_trade": Driver(118.0, 8.0, 1.10, 2.2, "shops", drift=1.0),
    "lodging": Driver(3.9, 6.5, 2.10, 3.6, "table", drift=1.0),
    "catering": Driver(6.2, 8.5, 2.00, 3.0, "table", drift=1.0),
    "services": Driver(83.0, 9.5, 0.75, 2.0, "even", drift=1.2),
    "other_services": Driver(26.0, 11.0, 0.80, 2.6, "even", drift=1.4),
    "revenue": Driver(42.6, 5.0, 0.75, 1.8, "tax", drift=0.5),
    "tax": Driver(33.4, 5.4, 0.85, 1.9, "tax", drift=0.5),
    "income": Driver(35_900.0, 7.8, 0.35, 0.4, "pay"),
    "income_urban": Driver(43_700.0, 7.2, 0.35, 0.4, "pay"),
    "income_rural": Driver(21_300.0, 8.9, 0.35, 0.4, "pay"),
    "foreign_investment": Driver(9_400.0, 7.0, 0.60, 6.0, "even"),
    "trade": Driver(86.0, 8.5, 0.80, 4.5, "even"),
    "deposits": Driver(902.0, 9.2, 0.10, 0.6),
    "loans": Driver(781.0, 12.4, 0.12, 0.6),
    "construction": Driver(152.0, 7.5, 0.80, 2.0, "build", drift=0.8),
    "estate_sales": Driver(118.0, 2.0, 1.00, 4.0, "estate"),
    "freight": Driver(301_000.0, 5.0, 0.90, 2.4, "even"),
    "postal": Driver(9_300.0, 16.0, 0.60, 2.6, "shops"),
    "energy_intensity": Driver(0.462, -2.9, -0.05, 0.4, "flat"),
}

# The other districts: code → (size against home, lead in growth over home's trend, points).
RIVALS: dict[str, tuple[float, float]] = {
    "donglan": (1.62, 0.5),
    "xilan": (1.34, 0.1),
    "yunlu": (1.18, 0.9),
    "wangjiang": (0.86, 2.4),
    "shiqiao": (1.05, -0.4),
    "qingcen": (0.61, 0.6),
    "yuanxi": (0.48, 1.1),
    "longbo": (0.42, 0.2),
    "bailu": (0.37, -0.2),
}

# Where home went its own way in 2022, mostly down: extra points of monthly growth from the named month on.
HOME_TURNS_2022: dict[str, tuple[int, float]] = {
    "fai_small": (1, -36.0),
    "fai_large": (1, -26.0),
    "fai_estate": (1, -36.0),
    "fai_industry": (1, -7.0),
    "fai_infrastructure": (1, -22.0),
    "fai_private": (1, -27.0),
    "other_services": (1, -19.0),
    "services": (2, -4.5),
    "catering": (1, -15.0),
    "lodging": (3, -6.0),
    "construction": (1, -9.0),
    "estate_sales": (1, -16.0),
    "retail": (3, -2.6),
    "gdp": (1, -0.9),
    "industry_va": (2, 4.8),
    "industry_output": (2, 5.6),
    "industry_electricity": (1, 1.6),
    "electricity": (1, 1.2),
    "trade": (3, 6.0),
    "retail_trade": (3, 1.0),
}
TURN_BEGINS, TURN_GROWS = 0.4, 0.2  # a turn begins with this part of it and grows by that part each month
# What turned in the whole city: (year, month) from which on, points. Property from August 2021, eating out
# and travel from March 2022.
CITY_TURNS: dict[str, tuple[int, int, float]] = {
    "fai_estate": (2021, 8, -11.0),
    "estate_sales": (2021, 8, -17.0),
    "catering": (2022, 3, -7.5),
    "lodging": (2022, 3, -9.0),
}

# Struck off after verification, so that the cumulative figure falls: (indicator, district, year, month).
STRUCK_OFF: dict[tuple[str, str, int, int], float] = {
    ("foreign_investment", "xilan", 2021, 8): -420.0,
    ("foreign_investment", "anhe", 2022, 10): -310.0,
}
# Tax refunds (留抵退税): share of the month's receipts paid back, by month of 2022; home's is the largest.
REFUNDS_2022: dict[int, float] = {4: 0.46, 5: 0.40, 6: 0.31, 7: 0.22}
REFUND_OF_RIVALS = 0.56  # of home's share, on average
REFUND_BASE_2021 = 0.012  # refunds of the year before, share of receipts

# Investment is the sum of its parts; its levels are not published.
PARTS_OF_FAI = ("fai_small", "fai_large", "fai_estate")
REFUNDED = ("revenue", "tax")
BALANCES = ("deposits", "loans")
PER_HEAD = ("income", "income_urban", "income_rural", "energy_intensity")
