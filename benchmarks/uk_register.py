"""The UK's Government Major Projects Portfolio, 2014 to 2023, read as a register of real projects.

Pure; amounts in million pounds, null where the register gives none ("Exempt under Section 43", "Data not
provided", blank). Faults that it holds are read where one reading is possible and counted by `faults`:
pounds signs lost to cp1252 (Ł, £), four ways to write a date, names whose case, brackets or word
"Programme" change from year to year. `link` pairs each project with itself a year later.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from datetime import date
from pathlib import Path

import polars as pl

SCALE = ("Green", "Amber/Green", "Amber", "Amber/Red", "Red")
_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_BRITISH = re.compile(r"^(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})$")
_AMOUNT = re.compile(r"^[£Ł\x9c\ufffd]?\s*(-?[\d,]+(?:\.\d+)?)\s*m?$")
_GENERIC = {"programme", "program", "project", "the", "and", "of", "for", "formerly"}
_ALIKE = 0.8  # names less alike than this are never the same project


def day(text: str | None) -> date | None:
    """2019-03-31, 31/03/2019, 31.03.19; anything else is no date."""
    found = (text or "").strip()
    if iso := _ISO.match(found):
        parts = tuple(int(g) for g in iso.groups())
    elif british := _BRITISH.match(found):
        d, m, y = (int(g) for g in british.groups())
        parts = (y if y > 99 else y + (2000 if y < 70 else 1900), m, d)
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def amount(text: str | None) -> float | None:
    """Ł1,060.97 · £25.80 · Ł9.60m · 450.37; never a number out of a sentence such as "Section 43"."""
    found = _AMOUNT.match((text or "").strip())
    return float(found[1].replace(",", "")) if found else None


def key(name: str) -> str:
    """What stays of a name when case, brackets, signs and generic words go."""
    plain = unicodedata.normalize("NFKD", re.sub(r"\([^)]*\)", " ", name)).lower().replace("&", " and ")
    words = [w for w in re.findall(r"[a-z0-9]+", plain) if w not in _GENERIC]
    return "".join(words) or plain.strip()


def as_of(year: int) -> date:
    """The day that a report speaks of: September of the year before, since 2021 March (IPA, from memory)."""
    return date(year, 3, 31) if year >= 2021 else date(year - 1, 9, 30)


def read(path: Path) -> pl.DataFrame:
    """year, project, key, department, category, rating, start, end, budget, forecast, cost (whole life).

    `rating`: the IPA's; where it is empty (2022, 2023) the project's own (SRO); null where neither is given.
    """
    raw = pl.read_csv(path, infer_schema_length=0)
    ratings = [r if r in SCALE else s for r, s in raw.select("rag", "rag_sro").iter_rows()]
    return pl.DataFrame(
        {
            "year": raw["report_year"].cast(pl.Int32),
            "project": raw["project"],
            "key": [key(name) for name in raw["project"]],
            "department": raw["department"].str.to_uppercase(),
            "category": raw["category"],
            "rating": pl.Series(ratings, dtype=pl.String),
            "start": [day(text) for text in raw["start"]],
            "end": [day(text) for text in raw["end"]],
            "budget": [amount(text) for text in raw["fy_budget_gbpm"]],
            "forecast": [amount(text) for text in raw["fy_forecast_gbpm"]],
            "cost": [amount(text) for text in raw["whole_life_cost_gbpm"]],
        }
    ).with_row_index("row")


def faults(path: Path) -> dict[str, int]:
    """How many cells or rows of the register need a reader's care."""
    raw = pl.read_csv(path, infer_schema_length=0)
    money = pl.concat([raw[c] for c in ("fy_budget_gbpm", "fy_forecast_gbpm", "whole_life_cost_gbpm")])
    every = pl.concat([raw[c] for c in raw.columns])
    dates = pl.concat([raw["start"], raw["end"]])
    spelled = raw.select(n=pl.col("project"), k=pl.Series([key(name) for name in raw["project"]]))
    return {
        "cells with a mangled pounds sign": int(every.str.contains("Ł").sum()),
        "cells exempt from publication": int(every.str.contains("(?i)exempt under").sum()),
        "amounts that are no number": sum(amount(t) is None for t in money),
        "dates that are no date": sum(day(t) is None for t in dates),
        "projects written in more than one way": spelled.group_by("k")
        .n_unique()
        .filter(pl.col("n") > 1)
        .height,
    }


def link(register: pl.DataFrame) -> pl.DataFrame:
    """row, next, how ("name" | "alike"): a project and itself in the next report.

    First by `key`; what is left by a like name with the very same start date. A project that a year
    leaves out, splits or merges is not paired.
    """
    found: list[tuple[int, int, str]] = []
    for year in sorted(set(register["year"]))[:-1]:
        now, after = (register.filter(pl.col("year") == y) for y in (year, year + 1))
        found += _by_key(now, after)
        rest = now.filter(~pl.col("row").is_in([a for a, _, _ in found]))
        others = after.filter(~pl.col("row").is_in([b for _, b, _ in found]))
        found += _alike(rest, others)
    schema = {"row": pl.UInt32, "next": pl.UInt32, "how": pl.String}
    return pl.DataFrame(found, schema=schema, orient="row")


def _by_key(now: pl.DataFrame, after: pl.DataFrame) -> list[tuple[int, int, str]]:
    alone = [f.filter(pl.col("key").is_unique()) for f in (now, after)]
    both = alone[0].select("key", "row").join(alone[1].select("key", next="row"), on="key")
    return [(a, b, "name") for a, b in both.select("row", "next").iter_rows()]


def _alike(now: pl.DataFrame, after: pl.DataFrame) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    taken: set[int] = set()
    for row, name, start in now.select("row", "key", "start").iter_rows():
        same = after.filter(pl.col("start") == start).select("row", "key").iter_rows() if start else ()
        scores = [(difflib.SequenceMatcher(None, name, k).ratio(), b) for b, k in same if b not in taken]
        best = max(scores, default=(0.0, -1))
        if best[0] >= _ALIKE:
            taken.add(best[1])
            found.append((row, best[1], "alike"))
    return found
