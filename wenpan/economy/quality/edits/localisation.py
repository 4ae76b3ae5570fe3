"""Error localisation: of a return that fails, the smallest sets of fields that cannot all be right.

Pure. After Fellegi and Holt (1976): a set is one whose fields could take values with which no hard rule
fails any more, and whose weight (the sum of its fields' reliability weights) is the least; all such sets are
told. It is a question to the unit that reported ("one of these is wrong"), never a value.

Sets of one and two fields are tried for all returns at once; what they leave open goes to `cover`, one
return at a time. A missing field is not the error; a fixed one is not suspected; a soft rule is not looked
at, for what fails it may be right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import polars as pl

from wenpan.economy.quality.edits.cover import minimal_sets
from wenpan.economy.quality.edits.edit_rules import EditRule, EditRules
from wenpan.economy.quality.edits.returns import END, RECORD
from wenpan.economy.quality.edits.suspects import SLIGHT, Suspects
from wenpan.economy.quality.edits.systems import RecordSituation, System
from wenpan.economy.quality.edits.tables import Array, WholeNumbers
from wenpan.economy.quality.edits.verdicts import Verdicts

SEPARATOR = "+"
MOST_SOLVED = 2000  # returns solved one by one; where more need it, the rules or the file are the error
TOO_MANY_RETURNS = f"需逐份求解的超过{MOST_SOLVED}份, 先核对规则与文件"


@dataclass(frozen=True)
class Localised:
    """`table`: record, fields (joined by "+"), weight; every minimal set of each failing return."""

    table: pl.DataFrame
    records: int  # returns that fail a hard rule
    by_size: dict[int, int]  # how many returns have their smallest sets of that size
    without: tuple[tuple[str, str], ...]  # record, why no set can be named
    unused: tuple[tuple[EditRule, str], ...]  # hard rules that cannot be used for this, with the reason


@dataclass
class _Found:
    """Sets found so far: the least weight of each return, and which returns each set explains."""

    least: Array
    sets: list[tuple[tuple[str, ...], float, Array]] = field(default_factory=list)

    def add(self, fields: tuple[str, ...], weight: float, at: Array) -> None:
        if len(at):
            self.sets.append((fields, weight, at))
            self.least[at] = np.minimum(self.least[at], weight)


def localise(frame: pl.DataFrame, rules: EditRules, verdicts: Verdicts) -> Localised:
    """`frame` and `verdicts` as `returns.typed` and `verdicts.judge` give them."""
    hard = [count.rule for count in verdicts.counts if count.used and count.rule.severity == "hard"]
    system = System.of(hard)
    failing = [verdicts.rows[rule.code].to_numpy() for rule in system.rules]
    rows = np.unique(np.concatenate(failing)) if failing else np.array([], dtype=np.uint32)
    looked = frame[rows] if len(rows) else frame.clear()
    numbers = WholeNumbers.of(looked, system.numbers)
    system.decimals = numbers.decimals
    weights = {name: rules.weights.get(name, 1.0) for name in system.fields if name not in rules.fixed}
    found, solved = _Found(np.full(len(rows), np.inf)), 0
    without: dict[int, str] = {}
    for situation, at in _situations(looked, system):
        suspects = Suspects(system, situation, numbers, weights, at)
        for place in _by_one_and_two(suspects, found):
            found.least[place] = np.inf  # what was found before is among what the solver finds
            solved += 1
            sets, why = (
                minimal_sets(suspects, int(place)) if solved <= MOST_SOLVED else ([], TOO_MANY_RETURNS)
            )
            for fields, weight in sets:
                found.add(fields, weight, np.array([place]))
            if not sets:
                without[int(place)] = why
    names = looked[RECORD]
    table, by_size = _told(found, names)
    return Localised(
        table,
        len(rows),
        by_size,
        tuple((names[place], why) for place, why in sorted(without.items())),
        system.unused,
    )


def _by_one_and_two(suspects: Suspects, found: _Found) -> Array:
    """Tries every set of one field, then of two; gives the returns that a larger set may explain as
    lightly."""
    weights = suspects.weights
    ordered = sorted(weights.values())
    triple = sum(ordered[:3]) if len(ordered) > 2 else np.inf
    at = suspects.failing
    for name, weight in weights.items():
        found.add((name,), weight, suspects.explained((name,), at))
    if len(ordered) > 1:
        open_ = at[found.least[at] >= sum(ordered[:2]) - SLIGHT]
        for pair in combinations(weights, 2):
            weight = weights[pair[0]] + weights[pair[1]]
            found.add(pair, weight, suspects.explained(pair, open_[found.least[open_] >= weight - SLIGHT]))
    return at[found.least[at] >= triple - SLIGHT] if np.isfinite(triple) else at[np.isinf(found.least[at])]


def _situations(looked: pl.DataFrame, system: System) -> Iterator[tuple[RecordSituation, Array]]:
    """The returns by their texts and by the rules in force."""
    silent = _silent(looked, system)
    keys = looked.select(*system.texts, *silent)
    if not keys.width:
        yield RecordSituation(()), np.arange(looked.height)
        return
    places = keys.with_row_index("__place").group_by(keys.columns, maintain_order=True).agg("__place")
    for *key, at in places.iter_rows():
        texts, flags = key[: len(system.texts)], key[len(system.texts) :]
        names = [int(series.name.removeprefix("__silent_")) for series in silent]
        yield (
            RecordSituation(tuple(texts), frozenset(n for n, flag in zip(names, flags, strict=True) if flag)),
            np.array(at, dtype=np.int64),
        )


def _silent(looked: pl.DataFrame, system: System) -> list[pl.Series]:
    """Of each rule that is not in force for every return, where it is not."""
    if END not in looked.columns:
        return []
    flags = []
    for number, rule in enumerate(system.rules):
        out = pl.Series([False]).new_from_index(0, looked.height)
        if rule.effective_from is not None:
            out = out | (looked[END] < rule.effective_from).fill_null(False)
        if rule.effective_to is not None:
            out = out | (looked[END] > rule.effective_to).fill_null(False)
        if out.any():
            flags.append(out.alias(f"__silent_{number}"))
    return flags


def _told(found: _Found, names: pl.Series) -> tuple[pl.DataFrame, dict[int, int]]:
    schema = {RECORD: pl.String, "fields": pl.String, "weight": pl.Float64}
    if not found.sets:
        return pl.DataFrame(schema=schema), {}
    at = np.concatenate([places for _, _, places in found.sets])
    lengths = [len(places) for _, _, places in found.sets]
    weight = np.repeat([one for _, one, _ in found.sets], lengths)
    order = pl.DataFrame({
        "place": at,
        "set": np.repeat(np.arange(len(lengths)), lengths),
        "weight": weight,
    }).filter(pl.Series(weight <= found.least[at] + SLIGHT)).unique(["place", "set"])  # fmt: skip
    joined = pl.Series([SEPARATOR.join(fields) for fields, _, _ in found.sets])
    sizes = pl.Series([len(fields) for fields, _, _ in found.sets])
    told = order.with_columns(
        names.gather(order["place"]).alias(RECORD), joined.gather(order["set"]).alias("fields"),
        sizes.gather(order["set"]).alias("size"),
    ).unique(["place", "fields"]).sort("place", "size", "fields")  # fmt: skip
    smallest = told.group_by("place").agg(pl.col("size").min())["size"].value_counts()
    return told.select(*schema), dict(sorted(smallest.iter_rows()))
