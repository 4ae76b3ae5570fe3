"""What the wall shows, as frozen values: three scenes and their frame. Pure.

How many reds stand on a scene decides how large they are drawn (`density`), so that all of them fit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

TURNED, MOVED, RELEASES, UNITS, STALLED, TRENDS = 6, 3, 5, 8, 5, 5  # rows of the lists beside the reds
DENSITIES = ((6, "huge"), (15, "large"), (24, "middle"), (40, "small"), (60, "tiny"))  # at most so many


@dataclass(frozen=True)
class WallRed:
    """`value`, `aim`: as printed; `trend`: oldest first; `other`: growth on another basis."""

    name: str
    unit: str
    value: str = ""
    aim: str = ""
    words: str = ""
    since: str = ""
    trend: tuple[float | None, ...] = ()
    other: str = ""


@dataclass(frozen=True)
class WallReds:
    """`left`: how many more there are than a wall can show."""

    rows: tuple[WallRed, ...]
    left: int = 0

    @classmethod
    def of(cls, rows: list[WallRed], most: int) -> WallReds:
        if len(rows) <= most:
            return cls(tuple(rows))
        return cls(tuple(rows[: most - 1]), len(rows) - most + 1)

    @property
    def cells(self) -> int:
        return len(self.rows) + (1 if self.left else 0)

    @property
    def density(self) -> str:
        return next((name for most, name in DENSITIES if self.cells <= most), DENSITIES[-1][1])

    @property
    def count(self) -> int:
        return len(self.rows) + self.left


@dataclass(frozen=True)
class WallCount:
    """A number with its word. `tone`: red | yellow | green | unknown | plain."""

    value: str
    word: str
    tone: str = "plain"


@dataclass(frozen=True)
class WallTurn:
    """A light or a place that changed since the month before."""

    name: str
    before: str
    now: str
    good: bool
    tone: str = ""  # of the light it has now; "" for a place


@dataclass(frozen=True)
class WallLine:
    """A short line of a list: what, and its number or day."""

    text: str
    detail: str = ""
    tone: str = ""


@dataclass(frozen=True)
class WallTrend:
    name: str
    value: str
    trend: tuple[float | None, ...]


@dataclass(frozen=True)
class WallRanks:
    """Places that say something: who moved, who is last, and what is withheld until when."""

    up: tuple[WallTurn, ...] = ()
    down: tuple[WallTurn, ...] = ()
    last: tuple[str, ...] = ()
    ranked: int = 0
    pending: tuple[str, ...] = ()
    pending_until: str = ""

    @property
    def roomy(self) -> bool:
        """So few have moved that the names of the others may take more lines."""
        return len(self.up) + len(self.down) <= MOVED


@dataclass(frozen=True)
class IndicatorScene:
    counts: tuple[WallCount, ...]
    reds: WallReds
    turned: tuple[WallTurn, ...]
    turned_left: int
    ranks: WallRanks
    since: str  # 与9月比


@dataclass(frozen=True)
class ProjectScene:
    counts: tuple[WallCount, ...]
    reds: WallReds
    stages: tuple[WallLine, ...]
    stalled: tuple[WallLine, ...]
    trends: tuple[WallTrend, ...]


@dataclass(frozen=True)
class SupervisionScene:
    counts: tuple[WallCount, ...]
    reds: WallReds
    units: tuple[WallLine, ...]
    requests: tuple[WallCount, ...]
    meeting: tuple[WallLine, ...]


@dataclass(frozen=True)
class Wall:
    """`releases`: what comes next, by day."""

    title: str
    as_of: str
    rules: str
    at: datetime
    indicators: IndicatorScene
    projects: ProjectScene
    supervision: SupervisionScene
    releases: tuple[WallLine, ...] = field(default=())
    next_meeting: str = ""
    day: date | None = None
