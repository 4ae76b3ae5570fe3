"""Do the light rules that ship with the program say what comes after, as far as a real register feeds them?

    python benchmarks/uk_lights.py [--shared ../shared] [--write]

The UK's major projects, 2014 to 2023. At each report the facts that the rules ask for are taken from it and
from the reports before, each rule set judges, and a year later the planned end has slipped more than 30
days or not. The chance that goes with a colour is learnt from earlier years only; the years 2016 to 2022 are
scored beside the register's own ratings, intervals by drawing projects 2,000 times.

    progress           elapsed ÷ (planned end now − start); schedule: elapsed ÷ (first planned end known −
                       start); both in percent, 0 to 100: what the present plan implies against the first.
                       There is no physical progress.
    start_overdue      months since the start that the report before planned, where it is still to come
    payment_shortfall  100·(1 − year's forecast ÷ year's budget), not below 0
    annual_plan        the year's budget, at 9 yuan a pound, only for Sanya's limit of 10 million yuan
    finish_slipped     months by which the planned end moved since the report before
    finish_overdue     months since the planned end
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from uk_projects import (
    DRAWS,
    FIRST_TEST,
    Method,
    answers,
    base_rate,
    bootstrap,
    by_group,
    pairs,
    rating,
    run,
    score_lines,
)
from uk_register import read

from wenpan import rules
from wenpan.economy.judging import ratings
from wenpan.economy.judging.conditions import value_of
from wenpan.economy.judging.lights import Light, RuleSet

HERE = Path(__file__).parent
BEGIN, END = "<!-- begin: printed by benchmarks/uk_lights.py -->", "<!-- end -->"
MONTH = 30.4375
YUAN = 9.0
# The three plain facts of uk_projects.py, each alone: yellow where it holds.
ALONE = {
    "planned end slipped since the last report": lambda f: f.get("finish_slipped", 0) > 1,
    "planned end less than two years ahead": lambda f: f["finish_overdue"] > -24,
    "year's forecast more than 10 % below its budget": lambda f: f.get("payment_shortfall", 0) > 10,
}
COLOURS = (Light.GREEN, Light.YELLOW, Light.RED, Light.UNKNOWN)


def rule_sets() -> dict[str, RuleSet]:
    data, provenance = rules.load_yaml("projects/lights")
    own = RuleSet.from_data(data, file=provenance.file)
    known = rules.light_rules()
    return {own.code: own} | {c: known[c] for c in ("yinchuan-2025", "sanya-2022", "wuhan")}


def facts(row: dict[str, Any]) -> dict[str, Any]:
    """What the rules may ask of one row; what the register does not tell is left out."""
    today, start, end, first = row["on"], row["start"], row["end"], row["first_end"]
    found: dict[str, Any] = {"finish_overdue": (today - end).days / MONTH}
    if start and end > start and first > start:
        elapsed = max((today - start).days, 0)
        found["progress"] = 100 * min(elapsed / (end - start).days, 1)
        found["schedule"] = 100 * min(elapsed / (first - start).days, 1)
    if start and row["start_before"] and start > today >= row["start_before"]:
        found["start_overdue"] = int((today - row["start_before"]).days / MONTH)
    if row["end_before"]:
        found["finish_slipped"] = (end - row["end_before"]).days / MONTH
    if row["budget"] and row["budget"] > 0:
        found["annual_plan"] = row["budget"] * 100 * YUAN
        if row["forecast"] is not None:
            found["payment_shortfall"] = max(0.0, 100 * (1 - row["forecast"] / row["budget"]))
    return found


def judged(register: pl.DataFrame) -> pl.DataFrame:
    """The pairs with a column of colours per rule set, and how often each fact was known."""
    first = (
        register.filter(pl.col("finish").is_not_null())
        .sort("on")
        .group_by("code")
        .agg(first_end=pl.col("finish").first())
    )
    frame = pairs(register).join(first, on="code", how="left", maintain_order="left")
    known = [facts(row) for row in frame.iter_rows(named=True)]
    said = {code: pl.Series([str(rs.judge(f).light) for f in known]) for code, rs in rule_sets().items()}
    said |= {
        name: pl.Series(["YELLOW" if holds(f) else "GREEN" for f in known]) for name, holds in ALONE.items()
    }
    return frame.with_columns(facts=pl.Series(known, dtype=pl.Object), **said)


def conditions(frame: pl.DataFrame) -> Iterator[str]:
    """Per rule: how often its facts were known, and how often it held."""
    yield "| rule set | rule | colour | known | held | slipped where it held (95 %) |"
    yield "|---|---|---|--:|--:|--:|"
    slips = frame["slip"].to_list()
    for code, rule_set in rule_sets().items():
        for rule in rule_set.rules:
            answers_ = [rule.holds(f, ()) for f in frame["facts"]]
            known = [a for a in answers_ if a is not None]
            hits = [s for a, s in zip(answers_, slips, strict=True) if a]
            share = "not evaluated" if not known else "—"
            if hits:
                low, high = ratings.wilson(sum(hits), len(hits))
                share = f"{sum(hits) / len(hits):.1%} ({low:.1%} … {high:.1%})"
            yield f"| {code} | {rule.code} | {rule.light} | {len(known)} | {len(hits)} | {share} |"


def colours(frame: pl.DataFrame) -> Iterator[str]:
    yield "| rule set | green | yellow | red | unknown |"
    yield "|---|--:|--:|--:|--:|"
    for code in ("light", *rule_sets(), *ALONE):
        cells = []
        for colour in COLOURS:
            wanted = "" if code == "light" and colour == Light.UNKNOWN else str(colour)
            seen = frame.filter(pl.col(code) == wanted)["slip"]
            low, high = ratings.wilson(int(seen.sum()), len(seen))
            share = f"{seen.mean():.1%} of {len(seen)} ({low:.1%} … {high:.1%})" if len(seen) else "—"
            cells.append(share)
        name = "the register's rating" if code == "light" else code
        yield f"| {name} | {' | '.join(cells)} |"


def paired_lines(said: pl.DataFrame, draws: int, names: tuple[str, ...], old: str) -> str:
    """AUC of the single facts less that of `old`, 95 % by drawing projects."""
    drawn = bootstrap(said, draws, names)[:, :, 1]
    parts = []
    for name in ALONE:
        gain = drawn[:, names.index(name)] - drawn[:, names.index(old)]
        low, middle, high = np.quantile(gain, [0.025, 0.5, 0.975])
        parts.append(f"{name}, AUC {middle:+.3f} ({low:+.3f} … {high:+.3f})")
    return "; ".join(parts) + "."


def report(path: Path, draws: int = DRAWS) -> list[str]:
    frame = judged(read(path))
    names = [*rule_sets(), *ALONE]
    methods: dict[str, Method] = {"base rate": base_rate, "rating": rating}
    methods |= {code: (lambda train, test, code=code: by_group(train, test, code)) for code in names}
    said = answers(frame, methods)
    seen = Counter(name for f in frame["facts"] for name in f if value_of(name, "months", f) is not None)
    versus = paired_lines(said, draws, tuple(methods), "project-default")
    return [
        f"{frame.height} rows with a planned end then and a year later, {frame['slip'].mean():.1%} slipped. "
        f"Known of them: {', '.join(f'{k} {v}' for k, v in seen.most_common())}.",
        "",
        "Slipped by colour, all years (95 %, Wilson):",
        "",
        *colours(frame),
        "",
        f"Out of sample, {FIRST_TEST} to 2022: {said.height} rows of {said['chain'].n_unique()} projects:",
        "",
        *score_lines(said, draws, tuple(methods)),
        "",
        f"Beside our default rules: {versus}",
        "",
        "Rule by rule, all years:",
        "",
        *conditions(frame),
    ]


if __name__ == "__main__":
    run(__doc__ or "", report, BEGIN, END)
