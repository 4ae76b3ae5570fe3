"""What a bulletin (督查通报) is made from: frozen, kept with the document, and enough to make it again.

Pure. Numbers come only from the rows, replies and lights here; people may word `lead_in` and `demands`,
never a number. `bulletin.yaml` is frozen with it (`BulletinPolicy`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from wenpan.documents.papers.bulletin import rows as rows_
from wenpan.documents.papers.bulletin.rows import BulletinRow, Reply
from wenpan.economy.time.periods import Month, parse_month


@dataclass(frozen=True)
class BulletinPolicy:
    """The parsed `bulletin.yaml`. ValueError in Chinese where it cannot be used."""

    masthead: str
    number: str
    title: tuple[str, ...]
    to: str
    copies_to: str
    printed_by: str
    scope: str
    lead_in: str
    demands: tuple[str, ...]
    sources_shown: int
    named_shown: int
    names_of_lights: int
    indicators_due_day: int
    weeks_closed: bool
    version: str = ""

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> BulletinPolicy:
        try:
            found = cls(
                masthead=str(data["masthead"]),
                number=str(data["number"]),
                title=tuple(map(str, data["title"])),
                to=str(data["to"]),
                copies_to=str(data["copies_to"]),
                printed_by=str(data["printed_by"]),
                scope=str(data["scope"]),
                lead_in=str(data["lead_in"]),
                demands=tuple(map(str, data["demands"])),
                sources_shown=int(data["sources_shown"]),
                named_shown=int(data["named_shown"]),
                names_of_lights=int(data["names_of_lights"]),
                indicators_due_day=int(data["indicators_due_day"]),
                weeks_closed=bool(data["weeks_closed"]),
                version=str(data.get("version", "")),
            )
        except KeyError as missing:
            raise ValueError(f"bulletin.yaml: 缺少 {missing.args[0]}") from missing
        if "{serial" not in found.number or found.scope not in {"year", "all"} or not found.title:
            raise ValueError("bulletin.yaml: number 须含 {serial}, scope 须为 year 或 all, title 不能为空")
        return found


@dataclass(frozen=True)
class Before:
    """The month before, on the same matters' terms: printed by last month's bulletin, or counted."""

    all: int
    closed: int
    overdue: int
    counted: int
    issued: str = ""  # the number of the bulletin that printed it


@dataclass(frozen=True)
class LitSubject:
    """An indicator or project with its light; `why` in words."""

    kind: str  # indicator | project
    code: str
    name: str
    unit: str  # name
    light: str
    why: str = ""
    url: str = ""


@dataclass(frozen=True)
class Lights:
    """`as_of` None: nothing is kept. `lines`: RED and YELLOW first; `counts` as the page shows them."""

    as_of: str | None
    expected: str
    counts: Mapping[str, int]
    lines: tuple[LitSubject, ...] = ()
    required: bool = True  # nothing newer is due: then an older month is stale


@dataclass(frozen=True)
class Scored:
    """A unit's month by the scoring rule. Points as printed text; `rank` None: too few matters."""

    unit: str
    matters: int
    score: str
    rank: int | None
    why: tuple[tuple[str, str, int], ...] = ()  # rule, its words, how often: what counted most


@dataclass(frozen=True)
class Scores:
    version: str
    marks: tuple[Scored, ...] = ()
    praise: tuple[str, ...] = ()  # unit codes, best first
    blame: tuple[str, ...] = ()
    least_matters: int = 0
    upheld: int = 0  # appeals decided in the month
    refused: int = 0


@dataclass(frozen=True)
class Weeks:
    """Weekly inspections of the month (a week belongs to the month of its Friday)."""

    held: int = 0
    looks: int = 0
    looked: int = 0
    open: tuple[str, ...] = ()  # Mondays of weeks that are not closed


@dataclass(frozen=True)
class NamedSubject:
    """A unit that escalation names, for a matter; or whose head should be talked to."""

    unit: str
    matter: int
    number: str
    title: str
    talk: bool = False


@lru_cache(maxsize=16)
def _last_day(month: Month) -> date:
    """Asked of every row."""
    after = month.plus(1)
    return date(after.year, after.month, 1) - timedelta(days=1)


@dataclass(frozen=True)
class BulletinInput:
    month: Month
    place: str
    issuer: str
    dated: date
    rows: tuple[BulletinRow, ...]
    replies: tuple[Reply, ...]
    units: Mapping[str, str]  # code → short name, in the place's order
    sources: Mapping[str, str]  # key → how it is called
    indicators: Lights
    projects: Lights
    scores: Scores
    weeks: Weeks
    policy: BulletinPolicy
    before: Before | None = None
    named: tuple[NamedSubject, ...] = ()
    slips: tuple[tuple[str, str, int], ...] = ()  # colour, its name, how many were served in the month
    lead_in: str = ""
    demands: tuple[str, ...] = ()
    number: str = ""  # given when it is issued
    journal_head: str = ""
    stamp: str = ""  # what of the log it was counted from
    forecasts: Mapping[str, Any] | None = None  # of the year that is over: see `forecasts.YearForecasts`

    @property
    def last_day(self) -> date:
        return _last_day(self.month)

    def unit_name(self, code: str) -> str:
        return self.units.get(code, code) if code else "待明确单位"

    def to_json(self) -> dict[str, Any]:
        """`from_json` gives the same input back, also from a database that keeps no order of names (jsonb):
        what has an order is kept as a list."""
        plain = {
            name: asdict(value) if hasattr(value, "__dataclass_fields__") else value
            for name, value in vars(self).items()
            if name not in {"month", "dated", "rows", "replies", "named"}
        }
        return plain | {
            "month": str(self.month),
            "dated": self.dated.isoformat(),
            "units": [[code, name] for code, name in self.units.items()],
            "sources": [[key, name] for key, name in self.sources.items()],
            "rows": rows_.to_json(BulletinRow, self.rows),
            "replies": rows_.to_json(Reply, self.replies),
            "named": [asdict(named) for named in self.named],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> BulletinInput:
        """KeyError or TypeError if it is none."""
        return cls(
            **{name: data[name] for name in ("place", "issuer", "lead_in", "number")},
            units=dict(data["units"]),  # a mapping until November 2026
            sources=dict(data["sources"]),
            journal_head=data["journal_head"],
            stamp=data["stamp"],
            month=parse_month(data["month"]),
            dated=date.fromisoformat(data["dated"]),
            rows=rows_.from_json(BulletinRow, data["rows"]),
            replies=rows_.from_json(Reply, data["replies"]),
            indicators=_lights(data["indicators"]),
            projects=_lights(data["projects"]),
            scores=_scores(data["scores"]),
            weeks=Weeks(**_tuples(data["weeks"], "open")),
            policy=BulletinPolicy(**_tuples(data["policy"], "title", "demands")),
            before=Before(**data["before"]) if data["before"] else None,
            named=tuple(NamedSubject(**named) for named in data["named"]),
            slips=tuple((c, n, k) for c, n, k in data["slips"]),
            demands=tuple(data["demands"]),
            forecasts=data.get("forecasts"),
        )


def _tuples(data: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: tuple(value) if name in names else value for name, value in data.items()}


def _lights(data: Mapping[str, Any]) -> Lights:
    return Lights(**(dict(data) | {"lines": tuple(LitSubject(**line) for line in data["lines"])}))


def _scores(data: Mapping[str, Any]) -> Scores:
    marks: Sequence[Scored] = [
        Scored(**(dict(mark) | {"why": tuple((c, w, n) for c, w, n in mark["why"])}))
        for mark in data["marks"]
    ]
    return Scores(**(_tuples(data, "praise", "blame") | {"marks": tuple(marks)}))
