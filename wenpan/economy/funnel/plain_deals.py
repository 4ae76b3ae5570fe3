"""Plain files of deals (design §5): events in (`deal,stage,on`), the funnel by cohort out.

Pure: bytes in, values out. csv (also .gz), parquet and jsonl are read and written. A refusal is a
PlainFileError with file, line (the first line of a csv is its head), what was found and what is expected.
One stage told twice of a deal counts from its first day. Rates are ratios 0…1, empty where refused.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

import polars as pl

from wenpan.economy.figures.plain_files import SUFFIXES, PlainFileError
from wenpan.economy.funnel.cohorts import CohortRow
from wenpan.economy.funnel.stages import ORDER, Stage

NEEDED = ("deal", "stage", "on")
STAGES = tuple(stage for stage in Stage if stage.order <= Stage.PRODUCING.order)
FUNNEL_SCHEMA = {
    "cohort": pl.String, "stage": pl.String, "n": pl.Int64, "reached": pl.Int64, "rate": pl.Float64,
    "low": pl.Float64, "high": pl.Float64, "median_days": pl.Float64,
}  # fmt: skip


def read_deal_events(data: bytes, name: str = "events.csv") -> dict[str, dict[Stage, date]]:
    """The first day of each stage, by deal in the order of the file."""
    reached: dict[str, dict[Stage, date]] = {}
    for line, row in _rows(data, name):
        deal, stage, on = (_cell(row.get(column)) for column in NEEDED)
        if not deal:
            raise PlainFileError(f"{name}: 第{line}行的 deal 为空, 应为项目编码")
        if stage not in {s.value for s in STAGES}:
            expected = "、".join(STAGES)
            raise PlainFileError(f"{name}: 第{line}行的 stage 应为 {expected}, 实为 {stage or '(空)'!r}")
        day = _day(row.get("on"))
        if day is None:
            raise PlainFileError(f"{name}: 第{line}行的 on 应为日期(如 2022-09-30), 实为 {on or '(空)'!r}")
        known = reached.setdefault(deal, {})
        known[Stage(stage)] = min(day, known.get(Stage(stage), day))
    return reached


def before_signing(deals: Iterable[dict[Stage, date]]) -> int:
    """How many deals reached a later stage on a day before their signing: told, never mended."""
    return sum(
        any(stage.order > ORDER[Stage.SIGNED] and on < deal[Stage.SIGNED] for stage, on in deal.items())
        for deal in deals
        if Stage.SIGNED in deal
    )


def funnel_frame(rows: Iterable[CohortRow]) -> pl.DataFrame:
    """One row per cohort and stage, with the columns of `FUNNEL_SCHEMA`."""
    told = [
        (r.cohort, r.stage.value, r.n, r.reached, r.rate, r.interval.low, r.interval.high, r.median_days)
        for r in rows
    ]
    return pl.DataFrame(told, schema=FUNNEL_SCHEMA, orient="row")


def _rows(data: bytes, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    suffix = PurePath(name.removesuffix(".gz")).suffix.lower()
    if suffix not in SUFFIXES:
        raise PlainFileError(f"{name}: 后缀应为 {' '.join(SUFFIXES)}, 实为 {suffix or '(无)'}")
    try:
        raw = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        if suffix == ".parquet":
            frame = pl.read_parquet(io.BytesIO(raw))
            _require(frame.columns, name)
            yield from enumerate(frame.select(NEEDED).iter_rows(named=True), 1)
            return
        text = raw.decode("utf-8-sig")
    except (pl.exceptions.PolarsError, OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise PlainFileError(
            f"{name}: 读不出来, 应为 UTF-8 的 csv、jsonl(可 .gz)或 parquet: {str(error)[:120]}"
        ) from None
    yield from _json_lines(text, name) if suffix == ".jsonl" else _csv_lines(text, name)


def _csv_lines(text: str, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = [column.strip() for column in next(reader, [])]
        _require(head, name)
        for cells in reader:
            if not cells:  # an empty line
                continue
            if len(cells) != len(head):
                raise PlainFileError(
                    f"{name}: 第{reader.line_num}行应有{len(head)}列({','.join(head)}), 实为{len(cells)}列"
                )
            yield reader.line_num, dict(zip(head, cells, strict=True))
    except csv.Error as error:
        raise PlainFileError(f"{name}: 第{reader.line_num}行不是 csv, 应为逗号分隔的文本: {error}") from None


def _json_lines(text: str, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for line, item in enumerate(text.splitlines(), 1):
        if not item.strip():
            continue
        try:
            row = json.loads(item)
        except ValueError:
            row = None
        if not isinstance(row, dict):
            raise PlainFileError(f"{name}: 第{line}行应为一个 JSON 对象, 实为 {item[:40]!r}")
        _require(list(row), f"{name}: 第{line}行")
        yield line, row


def _require(columns: list[str], where: str) -> None:
    for column in NEEDED:
        if column not in columns:
            raise PlainFileError(f"{where}: 缺少列 {column}, 现有: {', '.join(columns) or '(无)'}")


def _cell(value: object) -> str:
    return "" if value is None else str(value).strip()


def _day(value: object) -> date | None:
    """2022-09-30, and what a parquet file holds as a day. No other writing: 2022-9 may be a month."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _cell(value)
    if len(text) != 10:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
