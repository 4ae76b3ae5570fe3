"""Ratings of other authorities: a project's history, the newest report, and what came after each colour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from wenpan.district.projects.models import KeyProject, Rating
from wenpan.economy.judging import ratings as core

FIELDS = ("register", "code", "name", "on", "word", "light", "rated_by", "start", "finish", "cost", "unit")


@dataclass(frozen=True)
class Outcome:
    """Of the ratings with this word whose next report tells: how many planned finishes had slipped."""

    word: str
    light: str
    asked: int
    slipped: int
    share: float  # in percent, as the ends of Wilson's 95 % interval
    low: float
    high: float


@dataclass(frozen=True)
class Rated:
    """A project in the newest report. `slip`: months since the report before, None where not known."""

    rating: Rating
    slip: float | None
    key_project: KeyProject | None

    @property
    def name(self) -> str:
        return self.rating.name


def registers() -> list[str]:
    rows = Rating.objects.filter(superseded_at__isnull=True).order_by("register")
    return list(rows.values_list("register", flat=True).distinct())


def frame(register: str) -> pl.DataFrame:
    """All current ratings of a register, as `economy.judging.ratings` reads them; light, name, cost, unit."""
    rows = Rating.objects.filter(register=register, superseded_at__isnull=True).values_list(*FIELDS)
    schema = {"rating" if f == "word" else f: _TYPES.get(f, pl.String) for f in FIELDS}
    return pl.DataFrame(list(rows), schema=schema, orient="row")


_TYPES = {"on": pl.Date, "start": pl.Date, "finish": pl.Date, "cost": pl.Float64}


def outcomes(register: str) -> list[Outcome]:
    """By the register's own word, mildest colour first; ratings without a word last."""
    given = frame(register)
    lights = dict(given.select("rating", "light").unique().iter_rows())
    order = {"GREEN": 0, "YELLOW": 1, "RED": 2}
    rows = core.outcomes(core.pairs(given)).iter_rows(named=True)
    found = [
        Outcome(
            row["rating"],
            lights.get(row["rating"], ""),
            row["asked"],
            row["slipped"],
            *(100 * row[name] for name in ("share", "low", "high")),
        )
        for row in rows
    ]
    return sorted(found, key=lambda o: (order.get(o.light, 3), o.share))


def reports(register: str) -> list[date]:
    rows = Rating.objects.filter(register=register, superseded_at__isnull=True)
    return list(rows.order_by("-on").values_list("on", flat=True).distinct())


def newest(register: str, on: date) -> list[Rated]:
    """The projects of one report with their slip since the report before."""
    rows = Rating.objects.filter(register=register, superseded_at__isnull=True)
    here = list(rows.filter(on=on).select_related("submission").order_by("name"))
    past = max((day for day in reports(register) if day < on), default=None)
    before = dict(rows.filter(on=past).values_list("code", "finish")) if past else {}
    keys = {
        k.code: k
        for k in KeyProject.objects.filter(retracted=False, code__in=[r.code for r in here]).order_by("year")
    }
    return [Rated(r, _months(before.get(r.code), r.finish), keys.get(r.code)) for r in here]


def _months(before: date | None, after: date | None) -> float | None:
    return round((after - before).days / 30.4375, 1) if before and after else None


def history(code: str) -> list[Rating]:
    """What was said of a project, newest first."""
    return list(
        Rating.objects.filter(code=code, superseded_at__isnull=True)
        .select_related("submission")
        .order_by("-on", "register")
    )
