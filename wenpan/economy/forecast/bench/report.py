"""The tables of the back-test, as text.

Pure. Every method is compared on the rows that it shares with ours, so that nobody wins by choosing
easy series.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from wenpan.economy.forecast.bench import scores
from wenpan.economy.forecast.bench.backtest import OURS
from wenpan.economy.forecast.year_end import Flags, Floats

ROW = ["row", "year", "month"]
CUT = 100.0  # points that one row counts at most; a series that starts near zero would decide a raw mean
HEAD = """\
Growth at the year's end, in percentage points. MAE, CRPS, Brier and log score: lower is better.
MAE and CRPS are means of rows cut at 100 points each; median is the median absolute error.
cover80: share inside p10-p90. Brier and log score: of P(growth >= last year's growth)."""
THRESHOLDS = (0.5, 0.35, 0.2)


def text(rows: pl.DataFrame, judged: pl.DataFrame | None) -> str:
    """All tables; `judged` (rows per target) may be None."""
    parts = [
        HEAD,
        _overview(rows),
        _pairs(rows),
        _by(rows, "year", "year"),
        _by(rows, "month", "origin month"),
        _by(rows, "indicator", "indicator"),
        _reliability(rows),
    ]
    if judged is not None and judged.height:
        parts += [_targets(judged), _warnings(judged)]
    else:
        parts.append(_warnings(_last_year_as_target(rows)))
    return "\n\n".join(part for part in parts if part)


def _measures(rows: pl.DataFrame) -> dict[str, float]:
    has = rows.filter(pl.col("last_year").is_finite())
    p, happened = has["p_last_year"].to_numpy(), (has["actual"] >= has["last_year"]).to_numpy()
    return {
        "n": float(rows.height),
        "MAE": _mean(rows["error"].clip(upper_bound=CUT)),
        "median": float(rows["error"].median() or 0.0) if rows.height else float("nan"),  # type: ignore[arg-type]
        "CRPS": _mean(rows["crps"].clip(upper_bound=CUT)),
        "cover80": _mean(rows["inside"].cast(pl.Float64)),
        "Brier": float(scores.brier(p, happened).mean()) if has.height else float("nan"),
        "log": float(scores.log_score(p, happened).mean()) if has.height else float("nan"),
    }


def _mean(column: pl.Series) -> float:
    return float(np.mean(column.to_numpy())) if len(column) else float("nan")


def _overview(rows: pl.DataFrame) -> str:
    lines = []
    for name in rows["method"].unique(maintain_order=True):
        part = rows.filter(pl.col("method") == name)
        m = _measures(part)
        rate = 1 / max(_mean(part["cpu"]), 1e-12)
        lines.append([name, *_cells(m), f"{rate:,.1f}"])
    return _table(["method", "n", "MAE", "median", "CRPS", "cover80", "Brier", "log", "series/cpu-s"], lines)


def _pairs(rows: pl.DataFrame) -> str:
    """Each other method beside ours on the same rows."""
    ours = rows.filter(pl.col("method") == OURS)
    lines = []
    for name in rows["method"].unique(maintain_order=True):
        if name == OURS:
            continue
        theirs = rows.filter(pl.col("method") == name)
        same = ours.join(theirs.select(ROW), on=ROW)
        theirs = theirs.join(same.select(ROW), on=ROW)
        a, b = _measures(same), _measures(theirs)
        lines += [[name, *_cells(b), ""], [f"  {OURS}, same rows", *_cells(a), ""]]
        change = [f"{100 * (a[k] / b[k] - 1):+.1f}%" for k in ("MAE", "median", "CRPS")]
        lines.append(
            ["  difference", "", *change, "", f"{100 * (a['Brier'] / b['Brier'] - 1):+.1f}%", "", ""]
        )
    return (
        _table(["on the same rows", "n", "MAE", "median", "CRPS", "cover80", "Brier", "log", ""], lines)
        if lines
        else ""
    )


def _by(rows: pl.DataFrame, column: str, title: str) -> str:
    ours = rows.filter(pl.col("method") == OURS)
    lines = []
    for value in ours[column].unique().sort():
        part = ours.filter(pl.col(column) == value)
        lines.append([str(value), *_cells(_measures(part))])
    return _table([f"{OURS} by {title}", "n", "MAE", "median", "CRPS", "cover80", "Brier", "log"], lines)


def _reliability(rows: pl.DataFrame) -> str:
    has = rows.filter((pl.col("method") == OURS) & pl.col("last_year").is_finite())
    if has.is_empty():
        return ""
    happened = (has["actual"] >= has["last_year"]).to_numpy()
    table = scores.reliability(has["p_last_year"].to_numpy(), happened)
    lines = [[f"{mean:.3f}", f"{share:.3f}", str(n)] for mean, share, n in table]
    return _table(["reliability: forecast", "happened", "n"], lines)


def _targets(judged: pl.DataFrame) -> str:
    lines = []
    for name in judged["method"].unique(maintain_order=True):
        part = judged.filter(pl.col("method") == name)
        p, met = part["probability"].to_numpy(), part["met"].to_numpy()
        brier, log = scores.brier(p, met).mean(), scores.log_score(p, met).mean()
        lines.append([name, str(part.height), f"{met.mean():.3f}", f"{brier:.4f}", f"{log:.4f}"])
    return _table(["P(target met)", "n", "share met", "Brier", "log"], lines)


def _last_year_as_target(rows: pl.DataFrame) -> pl.DataFrame:
    """Without targets: would the growth of the year before be reached?"""
    return rows.filter(pl.col("last_year").is_finite()).with_columns(
        probability=pl.col("p_last_year"),
        met=pl.col("actual") >= pl.col("last_year"),
        naive_alarm=pl.col("so_far") < pl.col("last_year"),
    )


def _warnings(judged: pl.DataFrame) -> str:
    """How early misses were called: by us at three thresholds, and by "so far below target = red"."""
    ours = judged.filter(pl.col("method") == OURS)
    months = ours["month"].unique().sort().to_list()
    if len(months) < 2:
        return ""
    key = [c for c in ("row", "year", "target") if c in ours.columns]
    ours = ours.sort(*key, "month")
    whole = ours.filter(pl.len().over(key) == len(months))
    met = whole["met"].to_numpy().reshape(-1, len(months))[:, 0]
    at = np.array(months, dtype=np.float64)
    p = whole["probability"].to_numpy().reshape(-1, len(months))
    naive = whole["naive_alarm"].fill_null(False).to_numpy().reshape(-1, len(months))
    rules = [("naive: so far below target", naive), *((f"P(met) < {x:g}", p < x) for x in THRESHOLDS)]
    lines = []
    same = _same_false_alarms(p, met, scores.calls(naive, met, at).false_alarms)
    for label, alarm in [*rules, (f"P(met) < {same:.2f} (as many false alarms as naive)", p < same)]:
        c = scores.calls(alarm, met, at)
        called = f"{c.called / max(c.missed, 1):.3f}"
        lines.append([label, str(c.missed), called, f"{c.months_before:.2f}", f"{c.false_alarms:.3f}"])
    return _table(["warning", "misses", "called", "months before Dec", "false alarms"], lines)


def _same_false_alarms(p: Floats, met: Flags, rate: float) -> float:
    """The threshold at which the share of met targets that were ever called is at most `rate`."""
    lowest = np.sort(p[met].min(1))
    return float(lowest[min(int(rate * len(lowest)), len(lowest) - 1)]) if len(lowest) else 0.5


def _cells(m: dict[str, float]) -> list[str]:
    shape = {
        "n": ".0f",
        "MAE": ".3f",
        "median": ".3f",
        "CRPS": ".3f",
        "cover80": ".3f",
        "Brier": ".4f",
        "log": ".4f",
    }
    return [format(m[name], spec) for name, spec in shape.items()]


def _table(head: list[str], lines: list[list[str]]) -> str:
    widths = [max(len(row[i]) for row in [head, *lines]) for i in range(len(head))]
    out = []
    for row in [head, *lines]:
        out.append(
            "  ".join(
                [row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))]
            )
        )
    out.insert(1, "  ".join("-" * w for w in widths))
    return "\n".join(line.rstrip() for line in out)
