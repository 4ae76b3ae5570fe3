"""Plain files: the observations, targets, indicators and regions of design §5 as frames, and back.

Pure: bytes in, frames out. csv (also .gz) and parquet are read; csv, parquet and jsonl are written.
Every refusal is a PlainFileError that names file, column and what was expected. Codes are text;
an empty value is "not reported", never zero.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Mapping
from pathlib import PurePath

import polars as pl

from wenpan.economy.figures.indicators import Indicator, Measure
from wenpan.economy.figures.series import month_index

_MEASURES = [measure.value for measure in Measure]
_CODES = (
    *("region", "indicator", "period", "measure", "basis", "source"),
    *("target_id", "comparison", "set_by", "schedule", "excuse"),
    *("name", "parent", "unit", "direction", "frequency", "aggregation"),
)
SUFFIXES = (".csv", ".parquet", ".jsonl")


class PlainFileError(ValueError):
    """A plain file that cannot be used; a Chinese sentence that names the file."""


def read_observations(data: bytes, name: str = "observations.csv") -> pl.DataFrame:
    """region, indicator, period, measure, basis ("natural" when empty), value (null: not reported),
    released (null: not said)."""
    frame = read_plain_table(data, name, ["region", "indicator", "period", "measure", "value"])
    frame = frame.with_columns(value=_numbers(frame, "value", name, published=True))
    _periods(frame, name)
    _within(frame, "measure", _MEASURES, name)
    basis = pl.col("basis") if "basis" in frame.columns else pl.lit(None, dtype=pl.String)
    return frame.select(
        "region", "indicator", "period", "measure",
        basis.fill_null("natural").alias("basis"), "value", _days(frame, "released", name),
    )  # fmt: skip


def read_targets(data: bytes, name: str = "targets.csv") -> pl.DataFrame:
    """target_id, region, indicator, year, measure, basis (null: the indicator's), comparison, value, set_by,
    schedule, curve ("0.1;0.2;…" in a csv), excuse."""
    frame = read_plain_table(data, name, ["region", "indicator", "year", "measure", "comparison", "value"])
    frame = frame.with_columns(
        value=_numbers(frame, "value", name), year=_numbers(frame, "year", name).cast(pl.Int32)
    )
    _within(frame, "measure", _MEASURES, name)
    _within(frame, "comparison", [">=", "<="], name)
    if "schedule" in frame.columns:
        _within(frame, "schedule", ["linear", "seasonal", "curve"], name)
    optional = {c: pl.lit(None, dtype=pl.String) for c in ("basis", "set_by", "schedule", "excuse")}
    frame = frame.with_columns(**{c: e for c, e in optional.items() if c not in frame.columns})
    if "target_id" in frame.columns and (twice := frame.filter(frame["target_id"].is_duplicated())).height:
        raise PlainFileError(f"{name}: target_id 重复: {twice['target_id'][0]}")
    number = pl.concat_str(pl.lit("T"), pl.int_range(1, pl.len() + 1).cast(pl.String))
    given = pl.col("target_id") if "target_id" in frame.columns else pl.lit(None, dtype=pl.String)
    return frame.select(
        pl.coalesce(given, number).alias("target_id"), "region", "indicator", "year", "measure", "basis",
        "comparison", "value", pl.col("set_by").fill_null(""), pl.col("schedule").fill_null("linear"),
        _curve(frame), "excuse",
    )  # fmt: skip


def read_indicators(data: bytes, name: str = "indicators.csv") -> dict[str, Indicator]:
    """Definitions by code; empty cells take the defaults of `Indicator`."""
    frame = read_plain_table(data, name, ["indicator"])
    for column, allowed in (
        ("direction", ["up", "down"]),
        ("frequency", ["monthly", "quarterly"]),
        ("aggregation", ["sum", "mean", "last"]),
    ):
        if column in frame.columns:
            _within(frame, column, allowed, name)
    if "lag_months" in frame.columns:
        frame = frame.with_columns(lag_months=_numbers(frame, "lag_months", name).cast(pl.Int32))
    return {row["indicator"]: _indicator(row) for row in frame.iter_rows(named=True)}


def _indicator(row: Mapping[str, object]) -> Indicator:
    known = ("name", "unit", "direction", "frequency", "lag_months", "aggregation")
    given = {key: row[key] for key in known if row.get(key) is not None}
    return Indicator(**{"code": row["indicator"], "name": row["indicator"], **given})  # type: ignore[arg-type]


def read_regions(data: bytes, name: str = "regions.csv") -> pl.DataFrame:
    """region, name, parent (null: a city itself)."""
    frame = read_plain_table(data, name, ["region"])
    for column in ("name", "parent"):
        if column not in frame.columns:
            frame = frame.with_columns(pl.lit(None, dtype=pl.String).alias(column))
    if frame["region"].is_duplicated().any():
        twice = frame.filter(pl.col("region").is_duplicated())["region"][0]
        raise PlainFileError(f"{name}: region 重复: {twice}")
    return frame.select("region", pl.col("name").fill_null(pl.col("region")), "parent")


def read_industries(data: bytes, name: str = "industries.csv") -> pl.DataFrame:
    """industry, value, growth; all must be there: a blank is not reported, and no weight can be made of
    it."""
    frame = read_plain_table(data, name, ["industry", "value", "growth"])
    frame = frame.with_columns(value=_numbers(frame, "value", name), growth=_numbers(frame, "growth", name))
    return frame.select("industry", "value", "growth")


def write_judged(frame: pl.DataFrame, suffix: str) -> bytes:
    """The judged rows as .csv, .parquet or .jsonl; in a csv lists are joined with "; ", missing is empty."""
    out = io.BytesIO()
    if suffix == ".csv":
        lists = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
        frame.with_columns(pl.col(name).cast(pl.List(pl.String)).list.join("; ") for name in lists).write_csv(
            out
        )
    elif suffix == ".parquet":
        frame.write_parquet(out)
    elif suffix == ".jsonl":
        frame.write_ndjson(out)
    else:
        raise PlainFileError(f"输出文件的后缀应为 {' '.join(SUFFIXES)}, 实为 {suffix or '(无)'}")
    return out.getvalue()


def read_plain_table(data: bytes, name: str, needed: list[str]) -> pl.DataFrame:
    """A csv (also .gz) or parquet with at least these columns, codes as trimmed text."""
    suffix = PurePath(name.removesuffix(".gz")).suffix.lower()
    try:
        raw = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        if suffix == ".parquet":
            frame = pl.read_parquet(io.BytesIO(raw))
        else:
            frame = pl.read_csv(raw, infer_schema=False, encoding="utf8")
    except (pl.exceptions.PolarsError, OSError, EOFError, zlib.error) as error:
        raise PlainFileError(
            f"{name}: 读不出来, 应为 UTF-8 的 csv(可 .gz)或 parquet: {str(error)[:120]}"
        ) from None
    frame = frame.rename({column: column.strip().lstrip("\ufeff") for column in frame.columns})
    for column in needed:
        if column not in frame.columns:
            raise PlainFileError(f"{name}: 缺少列 {column}, 现有: {', '.join(frame.columns)}")
    codes = [column for column in _CODES if column in frame.columns]
    text = [pl.col(c).cast(pl.String).str.strip_chars().replace("", None) for c in codes]
    frame = frame.with_columns(text)
    for column in [c for c in needed if c in codes]:
        if frame[column].null_count():
            line = frame[column].is_null().arg_max()
            raise PlainFileError(f"{name}: 第{(line or 0) + 2}行的 {column} 为空")
    return frame


def _numbers(frame: pl.DataFrame, column: str, name: str, *, published: bool = False) -> pl.Series:
    """The column as numbers. Published text may be a dash or empty (not reported); the rest is refused."""
    given = frame[column]
    if given.dtype != pl.String:
        return given.cast(pl.Float64).fill_nan(None)
    text = given.str.strip_chars().str.replace_all(",", "", literal=True).str.strip_suffix("%")
    text = text.replace(["", "-", "—", "…", "--", "——"], None) if published else text
    value = text.cast(pl.Float64, strict=False)
    wrong = (value.is_null() & text.is_not_null()) | (
        value.is_not_null() & ~value.is_finite().fill_null(value=False)
    )
    if not published:
        wrong = wrong | value.is_null()
    if wrong.any():
        line = wrong.fill_null(value=False).arg_max() or 0
        raise PlainFileError(f"{name}: 第{line + 2}行的 {column} 应为数字, 实为 {given[line]!r}")
    return value


def _periods(frame: pl.DataFrame, name: str) -> None:
    distinct = frame.select(pl.col("period").unique(maintain_order=True))
    good = pl.col("period").str.contains(r"^\d{4}-(0[1-9]|1[0-2]|Q[1-4])$")
    wrong = distinct.filter(~good | month_index().is_null())
    if wrong.height:
        raise PlainFileError(f"{name}: period 应写作 2022-09 或 2022-Q3, 实为 {wrong['period'][0]!r}")


def _within(frame: pl.DataFrame, column: str, allowed: list[str], name: str) -> None:
    wrong = frame.filter(pl.col(column).is_not_null() & ~pl.col(column).is_in(allowed))
    if wrong.height:
        raise PlainFileError(f"{name}: {column} 应为 {'、'.join(allowed)}, 实为 {wrong[column][0]!r}")


def _days(frame: pl.DataFrame, column: str, name: str) -> pl.Series:
    if column not in frame.columns:
        return pl.Series(column, [None] * frame.height, dtype=pl.Date)
    given = frame[column]
    if given.dtype != pl.String:
        return given.cast(pl.Date)
    text = given.str.strip_chars().replace("", None)
    days = text.str.to_date("%Y-%m-%d", strict=False)
    if days.null_count() > text.null_count():
        line = (days.is_null() & text.is_not_null()).arg_max() or 0
        raise PlainFileError(
            f"{name}: 第{line + 2}行的 {column} 应为日期(如 2022-10-18), 实为 {given[line]!r}"
        )
    return days


def _curve(frame: pl.DataFrame) -> pl.Series:
    if "curve" not in frame.columns:
        return pl.Series("curve", [[]] * frame.height, dtype=pl.List(pl.Float64))
    given = frame["curve"]
    if given.dtype != pl.String:
        return given.cast(pl.List(pl.Float64))
    return given.fill_null("").str.extract_all(r"[0-9.]+").cast(pl.List(pl.Float64))
