"""Do the light rules say which project stalls or falls short, on simulated pools whose end is known?

    python benchmarks/pool_lights.py [--draws 100] [--write]

Each draw simulates 1,000 projects over six years and looks at the open ones after March, June and September
of the fifth year, with the facts that the pool page gives to the rules. Asked:

    stalls   no investment in the three months after, with remainder left
    short    less than 80 % of its own even plan (planned total over planned months) until December
    late     planned finish within twelve months, and not 97 % done one month after it

Beside the rule sets: two months without value; the own pace of six months misses the planned finish; what
`expect()` expects of what is left. Lift is the share among RED (or the worst tenth of an answer without
colours) over the share among all; AUC counts ties half; ± is 95 % over draws. One core.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from typing import Any

from pool import machine  # sets the thread counts before numpy is loaded
from pool_curves import put

import numpy as np  # isort: skip
import polars as pl
from scipy.stats import rankdata

from wenpan import rules
from wenpan.economy.judging.lights import Light, RuleSet
from wenpan.economy.pool import Grid, expect, grid
from wenpan.economy.pool.grid import NEVER
from wenpan.economy.pool.simulate import simulate
from wenpan.economy.time.periods import Month

BEGIN = "<!-- begin: printed by benchmarks/pool_lights.py -->"
SEED = 40_000
YEAR = 2022  # the fifth of six
SEVERITY = {Light.RED: 2.0, Light.YELLOW: 1.0, Light.GREEN: 0.0, Light.UNKNOWN: 0.0}
ASKED = ("stalls", "short", "late")
ALTERNATIVES = ("two months without value", "own pace misses the finish", "expected of what is left")


def rule_sets() -> dict[str, RuleSet]:
    data, provenance = rules.load_yaml("projects/lights")
    own = RuleSet.from_data(data, file=provenance.file)
    known = rules.light_rules()
    return {own.code: own} | {c: known[c] for c in ("yinchuan-2025", "sanya-2022", "wuhan")}


def plan_until(pool: Grid, begin: int, end: int) -> np.ndarray:
    """Of the even plan, what falls into the months begin+1 … end (columns)."""
    months = np.maximum(pool.finish - pool.opened + 1, 1)
    share = lambda t: np.clip((pool.first + t - pool.opened + 1) / months, 0, 1)  # noqa: E731
    return np.asarray(pool.total * (share(end) - share(begin)))


def facts(pool: Grid, t: int, rows: np.ndarray) -> list[dict[str, Any]]:
    """As `district.projects.pooling.facts`: even schedule, share done, months without value."""
    whole = np.maximum(pool.finish - pool.opened + 1, 1)
    schedule = 100 * np.clip((pool.first + t - pool.opened + 1) / whole, 0, 1)
    progress = 100 * np.clip(pool.cumulative[:, t] / pool.total, 0, 1)
    zero, late = pool.months_zero(t), beyond(pool, t)
    to_finish = pool.finish - pool.first - t
    december = t + 12 - (pool.first + t) % 12 - 1
    plan = plan_until(pool, december - 12, december)
    return [
        {"progress": progress[i], "schedule": schedule[i], "stalled": int(zero[i]), "annual_plan": plan[i],
         "finish_in": int(to_finish[i]), "beyond_finish": late[i]}
        for i in rows
    ]  # fmt: skip


def beyond(pool: Grid, t: int) -> np.ndarray:
    """Months by which the own pace of six months passes the planned finish; 120 without any pace."""
    pace = np.clip(pool.flow(max(t - 6, -1), t), 0, None) / 6
    left = np.clip(pool.total - pool.cumulative[:, t], 0, None)
    need = np.divide(left, pace, out=np.full(len(left), 120.0), where=pace > 0)
    return np.minimum(need, 120) - np.maximum(pool.finish - pool.first - t, 0)


def outcomes(whole: Grid, t: int, rows: np.ndarray) -> dict[str, np.ndarray]:
    """Of each question 1.0, 0.0, or NaN where it cannot be asked."""
    month = (whole.first + t) % 12 + 1
    came = whole.flow(t, t + 3)[rows]
    plan = np.minimum(plan_until(whole, t, t + 12 - month), whole.total - whole.cumulative[:, t])[rows]
    got = whole.flow(t, t + 12 - month)[rows]
    at = whole.finish - whole.first + 1
    soon = (at > t) & (at <= t + 13) & (whole.finish < NEVER)
    done = whole.cumulative[np.arange(len(at)), np.clip(at, 0, whole.months - 1)] >= 0.97 * whole.total
    return {
        "stalls": (came <= 0).astype(float),
        "short": np.where(plan > 0.02 * whole.total[rows], got < 0.8 * plan, np.nan),
        "late": np.where(soon[rows], ~done[rows], np.nan),
    }


def auc(said: np.ndarray, true: np.ndarray) -> float:
    yes = int(true.sum())
    if not 0 < yes < len(true):
        return float("nan")
    ranks = rankdata(said)
    return float((ranks[true > 0].sum() - yes * (yes + 1) / 2) / (yes * (len(true) - yes)))


def draw(seed: int) -> Iterator[dict[str, Any]]:
    listed, returns = simulate(seed=seed, projects=1000, first=Month(YEAR - 4, 1), months=72)
    whole = grid(listed, returns, until=Month(YEAR + 1, 12))
    for month in (3, 6, 9):
        as_of = Month(YEAR, month)
        pool, t = grid(listed, returns, until=as_of), whole.column(as_of)
        rows = np.flatnonzero(
            (pool.entered <= as_of.index)
            & (pool.cumulative[:, t] < 0.97 * pool.total)
            & (pool.opened <= as_of.index)
        )
        known = facts(pool, t, rows)
        said: dict[str, np.ndarray] = {
            code: np.array([SEVERITY[rs.judge(f).light] for f in known]) for code, rs in rule_sets().items()
        }
        expected = expect(pool, as_of=as_of, seed=seed, paths=200).by_project["expected"].to_numpy()[rows]
        left = np.maximum((pool.total - pool.cumulative[:, t])[rows], 1.0)
        said["two months without value"] = (pool.months_zero(t)[rows] >= 2).astype(float)
        said["own pace misses the finish"] = beyond(pool, t)[rows]
        said["expected of what is left"] = -expected / left
        for question, true in outcomes(whole, t, rows).items():
            asked = ~np.isnan(true)
            for answer, values in said.items():
                yield {"seed": seed, "question": question, "answer": answer,
                       **score(values[asked], true[asked], answer)}  # fmt: skip


def score(said: np.ndarray, true: np.ndarray, answer: str) -> dict[str, float]:
    base = float(true.mean())
    found = {"base": base, "auc": auc(said, true), "asked": float(len(true))}
    coloured = answer not in ALTERNATIVES
    if answer == "two months without value":
        worst = said > 0
    elif coloured:
        worst = said == 2
        for name, level in (("green", 0), ("yellow", 1), ("red", 2)):
            here = said == level
            found[f"n_{name}"], found[name] = float(here.sum()), float(true[here].sum())
    else:
        worst = said >= np.quantile(said, 0.9)
    found["worst"], found["hits"] = float(worst.sum()), float(true[worst].sum())
    return found


def share(part: pl.DataFrame, hits: str, of: str) -> str:
    count = part[of].sum() if of in part.columns else 0
    return f"{part[hits].sum() / count:.0%}" if count else "—"


def lines_of(rows: pl.DataFrame) -> Iterator[str]:
    for question in ASKED:
        of_question = rows.filter(pl.col("question") == question)
        base = of_question["base"].mean()
        yield f"**{question}**: {base:.1%} of {of_question['asked'].mean():.0f} projects a look."
        yield ""
        yield "| answer | green | yellow | red or worst | share of all | lift | AUC |"
        yield "|---|--:|--:|--:|--:|--:|--:|"
        for answer, part in of_question.group_by("answer", maintain_order=True):
            per_draw = part.group_by("seed").agg(pl.col("auc").mean())["auc"].drop_nans()
            half = 1.96 * float(per_draw.std()) / np.sqrt(len(per_draw))  # type: ignore[arg-type]
            among = part["hits"].sum() / part["worst"].sum() if part["worst"].sum() else float("nan")
            cells = [
                share(part, "green", "n_green"),
                share(part, "yellow", "n_yellow"),
                f"{among:.0%}" if among == among else "—",
                f"{part['worst'].sum() / part['asked'].sum():.0%}",
                f"{among / base:.1f}" if among == among else "—",
                f"{per_draw.mean():.3f} ± {half:.3f}",
            ]
            yield f"| {answer[0]} | {' | '.join(cells)} |"
        yield ""


def report(draws: int, per_draw: Callable[[int], Iterator[dict[str, Any]]] = draw) -> list[str]:
    rows = pl.DataFrame([row for k in range(draws) for row in per_draw(SEED + k)], infer_schema_length=None)
    return [f"{draws} draws of 1,000 projects, three looks each:", "", *lines_of(rows), machine()]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--draws", type=int, default=100)
    parser.add_argument("--write", action="store_true", help="put the result into pool.md")
    given = parser.parse_args()
    lines = report(given.draws)
    print("\n".join(lines))
    if given.write:
        put(BEGIN, lines)


if __name__ == "__main__":
    main()
