"""What do red, amber and green say of a project's next year, and do facts on the register say more?

    python benchmarks/uk_projects.py [--shared ../shared] [--write]

The UK's major projects, 2014 to 2023, a real register. The question: will the planned end stand more than
30 days later a year from now? Asked for 2016 to 2022, each year with what was known then: outcomes of
earlier pairs only. Four answers beside the base rate: the rating; a rule of three plain facts, set down
beforehand; a logistic regression on facts; the same with the rating. Brier score (lower is better) and
AUC within years (0.5 is a coin); intervals by drawing projects, not rows, 2,000 times.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl
from scipy.optimize import minimize
from uk_register import SCALE, faults, read

from wenpan.economy.judging import ratings

HERE = Path(__file__).parent
PANEL = "data/uk_major_projects/gmpp_panel_2014_2023.csv"
SLIP_DAYS, FIRST_TEST, DRAWS = 30, 2016, 2000
PRIOR = 10.0  # a group's frequency is drawn towards the base rate as by so many projects
BEGIN, END = "<!-- begin: printed by benchmarks/uk_projects.py -->", "<!-- end -->"
FACTS = ("elapsed", "to_end", "past_end", "slipped", "slip_unknown", "off_budget", "budget_unknown", "cost",
         "cost_unknown", "cost_growth", "duration")  # fmt: skip


def pairs(register: pl.DataFrame) -> pl.DataFrame:
    """One row per project and report that can be asked: facts of it and the report before, and `slip`."""
    paired = ratings.pairs(register, slip_days=SLIP_DAYS)
    before = paired.select(
        "code", on="next_on", end_before="finish", cost_before="cost", start_before="start"
    ).drop_nulls("on")
    frame = paired.join(before, on=["code", "on"], how="left").filter(pl.col("slip").is_not_null())
    frame = frame.with_columns(end=pl.col("finish"), chain=pl.col("code"))
    return _facts(frame).sort("year", "row")


def _facts(frame: pl.DataFrame) -> pl.DataFrame:
    years = lambda a, b: (b - a).dt.total_days() / 365.25  # noqa: E731
    today = pl.col("on")
    moved = (pl.col("end") - pl.col("end_before")).dt.total_days()
    positive = lambda c: pl.when(pl.col(c) > 0).then(pl.col(c))  # noqa: E731  (a credit has no ratio)
    off = ((pl.col("forecast") - pl.col("budget")).abs() / positive("budget")).clip(0, 1)
    growth = (positive("cost") / positive("cost_before")).log().clip(-1, 1)
    return frame.with_columns(
        left=years(today, pl.col("end")),
        duration=years(pl.col("start"), pl.col("end")).clip(0.25, 60).log().fill_null(2.0),
        elapsed=(years(pl.col("start"), today) / years(pl.col("start"), pl.col("end")).clip(0.25))
        .clip(0, 1.5).fill_null(0.5),
        slipped=(moved > SLIP_DAYS).cast(pl.Float64).fill_null(0.0),
        slip_unknown=moved.is_null().cast(pl.Float64),
        off_budget=off.fill_null(0.0),
        budget_unknown=off.is_null().cast(pl.Float64),
        cost_unknown=(pl.col("cost").is_null() | (pl.col("cost") <= 0)).cast(pl.Float64),
        cost_growth=growth.fill_null(0.0),
    ).with_columns(
        cost=pl.when(pl.col("cost") > 0).then(pl.col("cost").log10()).otherwise(2.7),
        to_end=pl.col("left").clip(0, 15).log1p(),
        past_end=(pl.col("left") < 0).cast(pl.Float64),
        points=(pl.col("slipped") > 0).cast(pl.Int32) + (pl.col("left") < 2) + (pl.col("off_budget") > 0.1),
    )  # fmt: skip


# ── the answers: each learns from `train` and gives a probability for each row of `test` ──


Method = Callable[[pl.DataFrame, pl.DataFrame], np.ndarray]


def base_rate(train: pl.DataFrame, test: pl.DataFrame) -> np.ndarray:
    return np.full(test.height, train["slip"].mean())


def by_group(train: pl.DataFrame, test: pl.DataFrame, column: str) -> np.ndarray:
    """The group's frequency so far, drawn towards the base rate; unknown groups get the base rate."""
    base = float(train["slip"].mean())  # type: ignore[arg-type]
    seen = train.group_by(column).agg(p=(pl.col("slip").sum() + PRIOR * base) / (pl.len() + PRIOR))
    known = {g: p for g, p in seen.iter_rows() if g not in (None, "")}
    return np.array([known.get(g, base) for g in test[column]])


def rating(train: pl.DataFrame, test: pl.DataFrame) -> np.ndarray:
    return by_group(train, test, "rating")


def three_facts(train: pl.DataFrame, test: pl.DataFrame) -> np.ndarray:
    """Slipped last year · less than two years to its end · forecast more than 10 % off the budget."""
    return by_group(train, test, "points")


def _matrix(frame: pl.DataFrame, rated: bool) -> np.ndarray:
    columns = [frame[c].to_numpy().astype(float) for c in FACTS]
    if rated:
        place = {name: k / 4 for k, name in enumerate(SCALE)}
        columns += [np.array([place.get(r, 0.5) for r in frame["rating"]])]
        columns += [np.array([float(r not in place) for r in frame["rating"]])]
    return np.column_stack(columns)


def logistic(
    train: pl.DataFrame, test: pl.DataFrame, *, rated: bool = False, ridge: float = 10.0
) -> np.ndarray:
    """Ridge on standardised facts; the strength is set, not searched."""
    x, y = _matrix(train, rated), train["slip"].to_numpy().astype(float)
    centre, scale = x.mean(0), np.maximum(x.std(0), 1e-6)
    x = np.column_stack([np.ones(len(x)), (x - centre) / scale])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        penalty = np.concatenate([[0.0], ridge * w[1:]])
        p = 1 / (1 + np.exp(-z))
        return float(np.logaddexp(0, z).sum() - y @ z + w @ penalty / 2), x.T @ (p - y) + penalty

    w = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x
    new = np.column_stack([np.ones(test.height), (_matrix(test, rated) - centre) / scale])
    return np.asarray(1 / (1 + np.exp(-new @ w)))


METHODS: dict[str, Method] = {
    "base rate": base_rate,
    "rating": rating,
    "three plain facts": three_facts,
    "regression on facts": logistic,
    "facts and rating": lambda train, test: logistic(train, test, rated=True),
}


def answers(frame: pl.DataFrame, methods: Mapping[str, Method] = METHODS) -> pl.DataFrame:
    """year, chain, rating, slip and a column for each method, for the years that are tested."""
    parts = []
    for year in range(FIRST_TEST, 2023):
        train, test = frame.filter(pl.col("year") < year), frame.filter(pl.col("year") == year)
        said = {name: pl.Series(method(train, test)) for name, method in methods.items()}
        parts.append(test.select("year", "chain", "rating", "slip").with_columns(**said))
    return pl.concat(parts)


# ── scores ──


def auc(years: np.ndarray, slip: np.ndarray, said: np.ndarray, weight: np.ndarray) -> float:
    """Share of (slipped, kept) pairs of one year that stand in the right order; ties count half."""
    right, count = 0.0, 0.0
    for year in np.unique(years):
        yes, no = (years == year) & slip, (years == year) & ~slip
        pairs_ = weight[yes][:, None] * weight[no][None, :]
        ahead = np.sign(said[yes][:, None] - said[no][None, :])
        right += float((pairs_ * (ahead + 1) / 2).sum())
        count += float(pairs_.sum())
    return right / count


def scores(frame: pl.DataFrame, weight: np.ndarray, names: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Brier and AUC of each method; rows count `weight` times."""
    years, slip = frame["year"].to_numpy(), frame["slip"].to_numpy()
    found = {}
    for name in names:
        said = frame[name].to_numpy()
        brier = float(np.average((said - slip) ** 2, weights=weight))
        found[name] = (brier, auc(years, slip, said, weight))
    return found


def bootstrap(frame: pl.DataFrame, draws: int, names: Sequence[str]) -> np.ndarray:
    """(draws, methods, 2) scores of redrawn projects."""
    rng = np.random.default_rng(0)
    _, project = np.unique(frame["chain"].to_numpy(), return_inverse=True)
    n = int(project.max()) + 1
    drawn = []
    for _ in range(draws):
        weight = np.bincount(rng.integers(0, n, n), minlength=n)[project].astype(float)
        drawn.append(list(scores(frame, weight, names).values()))
    return np.array(drawn)


def _range(values: np.ndarray, form: str) -> str:
    low, high = np.quantile(values, [0.025, 0.975])
    return f"{low:{form}} … {high:{form}}"


def score_lines(frame: pl.DataFrame, draws: int, names: Sequence[str] = tuple(METHODS)) -> list[str]:
    """Each answer beside the rating, which must be among `names`."""
    point, drawn = scores(frame, np.ones(frame.height), names), bootstrap(frame, draws, names)
    lines = [
        "| answer | Brier | less than the rating's (95 %) | AUC (95 %) | more than the rating's (95 %) |"
    ]
    lines.append("|---|--:|--:|--:|--:|")
    at = names.index("rating")
    for k, (name, (brier, area)) in enumerate(point.items()):
        better, above = drawn[:, at, 0] - drawn[:, k, 0], drawn[:, k, 1] - drawn[:, at, 1]
        gain = f"{point['rating'][0] - brier:+.4f} ({_range(better, '+.4f')})"
        more = f"{area - point['rating'][1]:+.3f} ({_range(above, '+.3f')})"
        own = f"{area:.3f} ({_range(drawn[:, k, 1], '.3f')})"
        cells = (name, f"{brier:.4f}", "" if k == at else gain, own, "" if k == at else more)
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def warned_lines(frame: pl.DataFrame) -> list[str]:
    """The same number of warnings from each: the quarter of each year that an answer fears most."""
    lines = [
        "| answer | slipped among the quarter it fears most | among the quarter it fears least |",
        "|---|--:|--:|",
    ]
    shuffled = frame.sample(fraction=1.0, shuffle=True, seed=0)  # ties fall as they fall
    for name in list(METHODS)[1:]:
        place = pl.col(name).rank("ordinal").over("year") / pl.len().over("year")
        ranked = shuffled.with_columns(place=place)
        worst, best = (
            ranked.filter(c)["slip"].mean() for c in (pl.col("place") > 0.75, pl.col("place") <= 0.25)
        )
        lines.append(f"| {name} | {worst:.1%} | {best:.1%} |")
    return lines


def rating_lines(frame: pl.DataFrame) -> list[str]:
    lines = ["| rating | pairs | slipped more than 30 days (95 %, Wilson) |", "|---|--:|--:|"]
    for name in (*SCALE, ""):
        chosen = frame.filter(pl.col("rating") == name)["slip"]
        lines.append(f"| {name or 'none given'} | {len(chosen)} | {chosen.mean():.1%} ({_wilson(chosen)}) |")
    return lines


def _wilson(seen: pl.Series) -> str:
    low, high = ratings.wilson(int(seen.sum()), len(seen))
    return f"{low:.1%} … {high:.1%}"


def report(path: Path, draws: int = DRAWS) -> list[str]:
    register = read(path)
    frame, followed = pairs(register), ratings.pairs(register)["next_on"].count()
    said = answers(frame)
    how = dict(register["linked"].value_counts().iter_rows())
    return [
        f"{register.height} rows of {register['code'].n_unique()} projects, {how['name']} found again by "
        f"name, {how['alike']} by a like name and the same start. "
        f"Findings: {', '.join(f'{k} {v}' for k, v in faults(path).items())}.",
        f"{followed} rows have a next report, {frame.height} both ends, {frame['slip'].mean():.1%} slipped.",
        "",
        *rating_lines(frame),
        "",
        f"Out of sample, {FIRST_TEST} to 2022: {said.height} pairs of {said['chain'].n_unique()} projects,",
        f"{said['slip'].mean():.1%} slipped.",
        "",
        *score_lines(said, draws),
        "",
        *warned_lines(said),
        "",
        f"Machine: {platform.machine()} {platform.system()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, polars {pl.__version__}, numpy {np.__version__}.",
    ]


def run(about: str, report: Callable[[Path], list[str]], begin: str, end: str) -> None:
    """Prints what `report` says of the register and, with --write, puts it between two marks of pool.md."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = Path(os.environ.get("WENPAN_SHARED", HERE.parent.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=shared)
    parser.add_argument("--write", action="store_true", help="put the result into pool.md")
    given = parser.parse_args()
    if not (given.shared / PANEL).exists():
        sys.exit(f"{PANEL} is not in the shared folder {given.shared}; nothing measured.")
    lines = report(given.shared / PANEL)
    print("\n".join(lines))
    if given.write:
        page = (HERE / "pool.md").read_text(encoding="utf-8")
        before, rest = page.split(begin)
        (HERE / "pool.md").write_text(
            f"{before}{begin}\n" + "\n".join(lines) + f"\n{end}{rest.split(end, 1)[1]}", encoding="utf-8"
        )


if __name__ == "__main__":
    run(__doc__ or "", report, BEGIN, END)
