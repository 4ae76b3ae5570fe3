"""Returns as a frame: one row a return, columns as the edit rules name them.

Pure: bytes in, frame out. A field that a rule reads as a number and that holds something else ("x", "—",
"1,234") is missing and is told of; it is not zero. Columns of an earlier return (`before:` in the rules) are
taken from the same unit's own earlier row where the file does not bring them.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

import polars as pl

from wenpan.economy.figures.plain_files import PlainFileError
from wenpan.economy.quality.edits.edit_rules import EditRules, OtherForm
from wenpan.economy.time.periods import parse_period

RECORD = "record"
END = "__end"  # the last day of the return's period


@dataclass(frozen=True)
class UnreadableField:
    """How many fields of a column hold no number, and the first of them."""

    column: str
    count: int
    record: str
    text: str


@dataclass(frozen=True)
class Returns:
    frame: pl.DataFrame  # `record`, numbers as Float64, texts as String, END where the rules name a period
    unreadable: tuple[UnreadableField, ...] = ()


def read(
    data: bytes, name: str, rules: EditRules, others: Mapping[str, tuple[bytes, str]] | None = None
) -> Returns:
    """`others`: name of another form → its file's bytes and name. PlainFileError where a file is none, has a
    column twice, or lacks the columns that name a record."""
    frame = _table(data, name, _numbers(rules))
    for form, (content, file) in (others or {}).items():
        if form not in rules.others:
            raise PlainFileError(f"规则没有提到另一张表 {form}, 提到的有: {'、'.join(rules.others) or '无'}")
        frame = with_other(frame, _table(content, file, set()), rules.others[form], file)
    return typed(frame, rules, name)


def with_other(frame: pl.DataFrame, other: pl.DataFrame, form: OtherForm, name: str) -> pl.DataFrame:
    """The other form's columns beside each return, under the names that the rules give them. A unit that is
    there twice has none: neither row is known to be right."""
    for held, where in ((frame, "报表"), (other, name)):
        if lacking := [column for column in form.key if column not in held.columns]:
            raise PlainFileError(f"{where}: 缺少对照用的列 {'、'.join(lacking)}")
    if lacking := [column for column in form.columns.values() if column not in other.columns]:
        raise PlainFileError(f"{name}: 缺少列 {'、'.join(lacking)}")
    keys = [
        pl.col(column).cast(pl.String).str.strip_chars().alias(f"__k{n}") for n, column in enumerate(form.key)
    ]
    names = [f"__k{n}" for n in range(len(form.key))]
    taken = other.select(*keys, *(pl.col(theirs).alias(ours) for ours, theirs in form.columns.items()))
    taken = taken.unique(names, keep="none")
    found = frame.with_columns(keys).join(taken, on=names, how="left", maintain_order="left")
    return found.drop(names)


def typed(frame: pl.DataFrame, rules: EditRules, name: str = "returns") -> Returns:
    """A frame of returns made ready for the rules."""
    wanted = rules.record or ((RECORD,) if RECORD in frame.columns else ())
    if lacking := [column for column in (*rules.record, *rules.unit) if column not in frame.columns]:
        raise PlainFileError(f"{name}: 缺少列 {'、'.join(lacking)}, 现有: {'、'.join(frame.columns)[:200]}")
    if wanted:
        key = pl.concat_str([pl.col(c).cast(pl.String).fill_null("") for c in wanted], separator="|")
    else:
        key = pl.int_range(1, pl.len() + 1).cast(pl.String)
    frame = frame.with_columns(key.alias(RECORD))
    kinds = {c: kind for rule in rules.rules for c, kind in rule.kinds.items()}
    kinds |= {before.column: kinds.get(name, "number") for name, before in rules.before.items()}
    frame, unreadable = _typed(frame, kinds)
    if rules.period:
        frame = _dated(frame, rules.period, name)
        frame = _with_earlier(frame, rules)
    return Returns(frame, unreadable)


def _table(data: bytes, name: str, numbers: set[str]) -> pl.DataFrame:
    suffix = PurePath(name.removesuffix(".gz")).suffix.lower()
    try:
        raw = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        if suffix == ".parquet":
            return pl.read_parquet(io.BytesIO(raw))
        if suffix not in (".csv", ".jsonl"):
            raise PlainFileError(f"{name}: 后缀应为 .csv .jsonl .parquet, 实为 {suffix or '(无)'}")
        if suffix == ".jsonl":
            return pl.read_ndjson(io.BytesIO(raw))
        return _csv(raw, name, numbers)
    except (pl.exceptions.PolarsError, OSError, EOFError, zlib.error) as error:
        raise PlainFileError(f"{name}: 不能读取 ({' '.join(str(error).split())[:120]})") from None


def _csv(raw: bytes, name: str, numbers: set[str]) -> pl.DataFrame:
    head = raw.split(b"\n", 1)[0].decode("utf-8-sig", "replace").strip()
    separator = ";" if head.count(";") > head.count(",") else ","
    titles = pl.read_csv(io.BytesIO(raw), n_rows=0, separator=separator, infer_schema=False).columns
    if doubled := [title for title in titles if title.endswith("_duplicated_0")]:
        raise PlainFileError(f"{name}: 列名重复: {doubled[0].removesuffix('_duplicated_0')}")
    schema = {title: pl.Float64 if title in numbers else pl.String for title in titles}
    options = {"separator": separator, "null_values": ["", "NA"], "encoding": "utf8"}
    try:
        return pl.read_csv(io.BytesIO(raw), schema_overrides=schema, **options)  # type: ignore[arg-type]
    except pl.exceptions.ComputeError:  # some number is none: as text, so that it can be told where
        return pl.read_csv(io.BytesIO(raw), infer_schema=False, **options)  # type: ignore[arg-type]


def _numbers(rules: EditRules) -> set[str]:
    return {c for rule in rules.rules for c, kind in rule.kinds.items() if kind == "number"} | {
        before.column for before in rules.before.values()
    }


def _typed(frame: pl.DataFrame, kinds: dict[str, str]) -> tuple[pl.DataFrame, tuple[UnreadableField, ...]]:
    unreadable: list[UnreadableField] = []
    cast: list[pl.Expr | pl.Series] = []
    for column, kind in kinds.items():
        if column not in frame.columns:
            continue
        if kind == "text":
            cast.append(pl.col(column).cast(pl.String).str.strip_chars())
            continue
        held = frame[column]
        text = held.cast(pl.String).str.strip_chars() if held.dtype == pl.String else None
        number = (held if text is None else text).cast(pl.Float64, strict=False)
        number = number.set(number.is_infinite() | number.is_nan(), None)
        given = held.is_not_null() if text is None else held.is_not_null() & (text != "")
        if (bad := given & number.is_null()).any():
            first = bad.arg_max() or 0
            unreadable.append(
                UnreadableField(column, int(bad.sum()), frame[RECORD][first], str(held[first])[:40])
            )
        cast.append(number.alias(column))
    return frame.with_columns(cast), tuple(unreadable)


def _dated(frame: pl.DataFrame, period: str, name: str) -> pl.DataFrame:
    """With END: the last day of the month in which each return's period ends."""
    if period not in frame.columns:
        raise PlainFileError(f"{name}: 缺少列 {period}(报告期)")
    texts = frame[period].cast(pl.String)
    ends = {}
    for text in texts.unique().drop_nulls():
        try:
            month = parse_period(text.strip()).end
        except ValueError:
            raise PlainFileError(f"{name}: 列 {period} 应为报告期(如 2022-09), 实为 {text!r}") from None
        ends[text] = month.index
    index = texts.replace_strict(ends, return_dtype=pl.Int32, default=None)
    last = pl.date(pl.col("__i") // 12, pl.col("__i") % 12 + 1, 1).dt.month_end()
    return frame.with_columns(index.alias("__i")).with_columns(last.alias(END))


def _with_earlier(frame: pl.DataFrame, rules: EditRules) -> pl.DataFrame:
    """The columns of `before` that the file lacks, from the unit's own earlier return; none gives null."""
    unit = list(rules.unit or (c for c in rules.record if c != rules.period))
    if not unit:
        return frame
    month = pl.col("__i")
    back = {"month": month - 1, "year": month - 12, "december": month - month % 12 - 1}
    for name, before in rules.before.items():
        if name in frame.columns or before.column not in frame.columns:
            continue
        held = frame.select(*unit, month.alias("__at"), pl.col(before.column).alias(name))
        held = held.unique(
            [*unit, "__at"], keep="none"
        )  # two returns of one month: neither is known to be right
        frame = frame.with_columns(back[before.of].alias("__at")).join(
            held, on=[*unit, "__at"], how="left", maintain_order="left"
        )
    return frame.drop("__at", strict=False)
