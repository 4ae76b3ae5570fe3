"""The project pool: what is in it, what is stalled, and what it will still bring this year.

Pure. Amounts are in 万元; months are written `2022-09`. Everything here speaks of physical progress
that owners reported; nothing suggests what anybody should report.
"""

from wenpan.economy.pool.assumptions import Assumptions
from wenpan.economy.pool.expect import Expectation, expect
from wenpan.economy.pool.grid import Grid, grid
from wenpan.economy.pool.stock import stock

__all__ = ["Assumptions", "Expectation", "Grid", "expect", "grid", "stock"]
