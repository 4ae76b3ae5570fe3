"""Edit rules on many returns, and where the error probably is.

    .venv/bin/python benchmarks/edits.py

Six relation rules on 1,000,000 returns; 50 rules on 1,000,000 returns from a csv, as `wenpan edits` does
it (a process of its own, so that its memory is known); localisation of returns with one wrong field and with
a mix, beside one mixed-integer programme a return (big-M, HiGHS); the weights of 1,000 returns beside HiGHS
and beside every set tried one by one. pointblank is compared where it is installed.
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from scipy.optimize import Bounds, LinearConstraint, milp

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.economy.quality.edits.oracle import feasible, least_weight
from wenpan.economy.quality.edits import localisation, returns, verdicts
from wenpan.economy.quality.edits.edit_rules import EditRules

SIX = [
    "ytd = building + installation + equipment + other",
    "equipment >= old + renewal",
    "other >= bought + land",
    "total = before + ytd",
    "ytd = month + last",
    "total <= 1.1 * plan",
]
ROWS = [
    ({"ytd": 1, "building": -1, "installation": -1, "equipment": -1, "other": -1}, 0.0, "="),
    ({"old": 1, "renewal": 1, "equipment": -1}, 0.0, "<="),
    ({"bought": 1, "land": 1, "other": -1}, 0.0, "<="),
    ({"total": 1, "before": -1, "ytd": -1}, 0.0, "="),
    ({"ytd": 1, "month": -1, "last": -1}, 0.0, "="),
    ({"total": 1, "plan": -1.1}, 0.0, "<="),
]


def right(count: int, seed: int = 1) -> dict[str, np.ndarray]:
    dice = np.random.default_rng(seed)
    names = ["building", "installation", "old", "renewal", "bought", "land", "before", "month"]
    data = {name: np.round(dice.gamma(2, 1000, count)) for name in names}
    data["equipment"] = data["old"] + data["renewal"] + 5
    data["other"] = data["bought"] + data["land"] + 3
    data["ytd"] = data["building"] + data["installation"] + data["equipment"] + data["other"]
    data["total"] = data["before"] + data["ytd"]
    data["last"] = data["ytd"] - data["month"]
    data["plan"] = np.round(data["total"] * 1.2)
    return data


def damaged(count: int, again: float, seed: int = 2) -> pl.DataFrame:
    """Each return with one field ×10, ×1,000, of the other sign or shifted; a share of them a second time."""
    dice, data = np.random.default_rng(seed), right(count)
    names = list(data)
    matrix = np.column_stack([data[name] for name in names])
    for share in (1.0, again):
        hit = np.flatnonzero(dice.random(count) < share)
        field, how = dice.integers(0, len(names), len(hit)), dice.integers(0, 4, len(hit))
        held = matrix[hit, field]
        shifted = held + dice.integers(1, 900, len(hit))
        matrix[hit, field] = np.choose(how, [held * 10, held * 1000, -held - 1, shifted])
    return pl.DataFrame({name: matrix[:, n] for n, name in enumerate(names)})


def relations() -> None:
    rules = EditRules.from_data({"rules": SIX})
    frame = returns.typed(pl.DataFrame(right(1_000_000)), rules).frame
    verdicts.judge(frame, rules)
    best = min(_spent(lambda: verdicts.judge(frame, rules)) for _ in range(7))
    print(
        f"six relation rules, 1,000,000 returns: {best * 1000:.1f} ms, {1 / best:.0f} M rows per CPU-second"
    )
    plain = [
        pl.col("ytd") == pl.col("building") + pl.col("installation") + pl.col("equipment") + pl.col("other"),
        pl.col("equipment") >= pl.col("old") + pl.col("renewal"),
        pl.col("other") >= pl.col("bought") + pl.col("land"),
        pl.col("total") == pl.col("before") + pl.col("ytd"),
        pl.col("ytd") == pl.col("month") + pl.col("last"),
        pl.col("total") <= 1.1 * pl.col("plan"),
    ]
    floor = min(_spent(lambda: frame.select(e.alias(str(n)) for n, e in enumerate(plain))) for _ in range(7))
    print(f"plain polars, the six expressions alone: {floor * 1000:.1f} ms; nothing on polars is faster")
    _pointblank(rules)


def _pointblank(rules: EditRules) -> None:
    """The same six rules, in pointblank's two ways of saying them: counts alone, with as much of an answer as
    ours (counts and every failing row), its own default (500 rows a rule), and with the report that it shows
    when a plan is looked at."""
    try:
        import pointblank as pb
    except ImportError:
        print("pointblank: not installed here, not compared")
        return
    for name, data in (("no return wrong", pl.DataFrame(right(1_000_000))), ("2 % wrong", _some_wrong())):
        frame = returns.typed(data, rules).frame
        ours = min(_spent(lambda: verdicts.judge(frame, rules)) for _ in range(7))
        print(f"beside pointblank {pb.__version__}, {name}: ours {ours * 1000:.1f} ms")
        for way, plan in (("expressions", _by_expressions), ("its own comparisons", _by_columns)):
            for answer, work in (
                ("counts alone", lambda: plan(pb, frame).interrogate(collect_extracts=False)),
                ("every failing row, as ours",
                 lambda: plan(pb, frame).interrogate(extract_limit=frame.height)),
                ("as it is by default", lambda: plan(pb, frame).interrogate()),
                ("by default, with its report",
                 lambda: plan(pb, frame).interrogate().get_tabular_report()),
            ):  # fmt: skip
                theirs = min(_spent(work) for _ in range(3))
                print(f"  {way}, {answer}: {theirs * 1000:.0f} ms, {theirs / ours:.1f} times ours")


def _by_expressions(pb: Any, frame: pl.DataFrame) -> Any:
    return (
        pb.Validate(frame)
        .col_vals_expr(pl.col("ytd") == pl.sum_horizontal("building", "installation", "equipment", "other"))
        .col_vals_expr(pl.col("equipment") >= pl.col("old") + pl.col("renewal"))
        .col_vals_expr(pl.col("other") >= pl.col("bought") + pl.col("land"))
        .col_vals_expr(pl.col("total") == pl.col("before") + pl.col("ytd"))
        .col_vals_expr(pl.col("ytd") == pl.col("month") + pl.col("last"))
        .col_vals_expr(pl.col("total") <= 1.1 * pl.col("plan"))
    )


def _by_columns(pb: Any, frame: pl.DataFrame) -> Any:
    def beside(value: pl.Expr) -> dict[str, Any]:
        return {"value": pb.col("beside"), "pre": lambda data: data.with_columns(value.alias("beside"))}

    return (
        pb.Validate(frame)
        .col_vals_eq("ytd", **beside(pl.sum_horizontal("building", "installation", "equipment", "other")))
        .col_vals_ge("equipment", **beside(pl.col("old") + pl.col("renewal")))
        .col_vals_ge("other", **beside(pl.col("bought") + pl.col("land")))
        .col_vals_eq("total", **beside(pl.col("before") + pl.col("ytd")))
        .col_vals_eq("ytd", **beside(pl.col("month") + pl.col("last")))
        .col_vals_le("total", **beside(1.1 * pl.col("plan")))
    )


def _some_wrong() -> pl.DataFrame:
    """Of a million right returns every fiftieth with one damaged field."""
    wrong = damaged(1_000_000, 0.0)
    held = pl.int_range(wrong.height, eager=True) % 50 == 0
    good = pl.DataFrame(right(1_000_000))
    return good.select(
        pl.when(held).then(wrong[name]).otherwise(good[name]).alias(name) for name in good.columns
    )


def fifty() -> None:
    frame = pl.DataFrame(right(1_000_000))
    dice = np.random.default_rng(3)
    hit = dice.random(frame.height) < 0.02
    frame = frame.with_columns(installation=pl.col("installation") + pl.Series(hit) * 7.0)
    rules = SIX + [f"{name} >= 0" for name in frame.columns]
    rules += [
        f"{a} <= 1000 * ytd + {n}" for n, a in enumerate([*frame.columns, *frame.columns, "plan", "old"])
    ]
    rules = rules[:50]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        frame.write_csv(home / "returns.csv")
        text = "rules:\n" + "".join(f"  R{n}: '{rule}'\n" for n, rule in enumerate(rules))
        (home / "rules.yaml").write_text(text)
        command = ["edits", "--rules", str(home / "rules.yaml"), "--returns", str(home / "returns.csv")]
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "wenpan", *command, "--out", str(home / "out.csv")],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        spent = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    memory, cpu = used.ru_maxrss / 1e6, used.ru_utime + used.ru_stime
    last = [line for line in done.stdout.splitlines() if line.startswith("硬性")]
    print(
        f"wenpan edits, {len(rules)} rules, 1,000,000 returns from csv: "
        f"{spent:.2f} s ({cpu:.2f} CPU), {memory:.2f} GB"
    )
    print(f"  {last[0] if last else done.stderr}")


def localise(count: int, again: float, name: str) -> float:
    rules = EditRules.from_data({"rules": SIX})
    frame = returns.typed(damaged(count, again), rules).frame
    found = verdicts.judge(frame, rules)
    told = localisation.localise(frame, rules, found)
    spent = min(_spent(lambda: localisation.localise(frame, rules, found)) for _ in range(3))
    rate = told.records / spent
    print(f"localisation, {name}: {told.records} failing, {rate:,.0f} per CPU-second, sizes {told.by_size}")
    return rate


def one_by_one(ours: float) -> None:
    """A mixed-integer programme per return: |x − given| ≤ M·z, least Σz."""
    frame, names = damaged(60, 0.15), list(right(1))
    spent = _spent(lambda: [_milp(dict(zip(names, row, strict=True)), names) for row in frame.iter_rows()])
    rate = frame.height / spent
    print(
        f"one MILP a return (HiGHS, big-M): {rate:.0f} per CPU-second; ours is {ours / rate:,.0f} times that"
    )


def _milp(record: dict[str, float], names: list[str], barred: Sequence[list[str]] = ()) -> list[str] | None:
    """The fields of the least set, or None. Of each barred set a field more is needed than it has."""
    size = len(names)
    big = 10 * max(abs(value) for value in record.values())
    rows, low, high = [], [], []
    for terms, constant, op in ROWS:
        rows.append([terms.get(name, 0.0) for name in names] + [0.0] * size)
        low.append(-constant if op == "=" else -np.inf)
        high.append(-constant)
    for n, name in enumerate(names):
        for sign in (1, -1):
            row = [0.0] * (2 * size)
            row[n], row[size + n] = sign, -big
            rows.append(row)
            low.append(-np.inf)
            high.append(sign * record[name])
    for fields in barred:
        rows.append([0.0] * size + [float(name not in fields) for name in names])
        low.append(1.0)
        high.append(np.inf)
    found = milp(
        [0.0] * size + [1.0] * size, constraints=LinearConstraint(rows, low, high),
        integrality=[0] * size + [1] * size,
        bounds=Bounds([-np.inf] * size + [0] * size, [np.inf] * size + [1] * size),
    )  # fmt: skip
    return (
        None if found.x is None else [name for name, z in zip(names, found.x[size:], strict=True) if z > 0.5]
    )


def exactly(count: int = 1000) -> None:
    """The least weights beside HiGHS's own on a programme a return, and beside every set tried one by one."""
    rules = EditRules.from_data({"rules": SIX})
    given = damaged(count, 0.3, seed=5)
    frame = returns.typed(given, rules).frame
    told = localisation.localise(frame, rules, verdicts.judge(frame, rules)).table
    ours = dict(told.group_by("record").agg(pl.col("weight").min()).iter_rows())
    sets = {r: set(f) for r, f in told.group_by("record").agg("fields").iter_rows()}
    equal = same = solved = first = 0
    for number, row in enumerate(given.iter_rows(named=True), start=1):
        weight = ours.get(str(number), 0.0)
        least, every = least_weight(row, ROWS, dict.fromkeys(given.columns, 1.0))
        equal += abs(weight - least) < 1e-9
        mine = {frozenset(fields.split("+")) for fields in sets.get(str(number), ())} or {frozenset()}
        same += mine == every
        by_solver, tries = _milp_checked(row)
        solved += abs(weight - by_solver) < 1e-9
        first += tries == 1
    print(
        f"HiGHS, a mixed-integer programme a return, {count} returns: {solved} least weights equal "
        f"({first} at its first answer, the others after an answer that no values fulfil was barred)"
    )
    print(
        f"every set tried one by one, {count} returns: {equal} least weights equal, "
        f"{same} with the very same sets"
    )


def _milp_checked(record: dict[str, float]) -> tuple[float, int]:
    """The least weight that HiGHS gives, and how often it was asked: a set that no values
    fulfil (the solver lets a field move a little for free) is barred, and it is asked again."""
    names, barred = list(record), []
    while True:
        chosen = _milp(record, names, barred)
        if chosen is None or feasible(record, ROWS, chosen):
            return (np.inf if chosen is None else float(len(chosen))), len(barred) + 1
        barred.append(chosen)


def _spent(work: object) -> float:
    begun = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - begun


if __name__ == "__main__":
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{machine}, polars {pl.__version__}")
    relations()
    fifty()
    rate = localise(200_000, 0.0, "one wrong field")
    one_by_one(localise(200_000, 0.15, "one, 15 % with a second"))
    exactly()
