"""A place's tables from one kind of database to the other: every row as a line that both write alike.

Beside each table goes its digest over those lines, in the order of the keys; the receiver makes it again
from what its own database then holds. Rows are written as they are, past the ORM's compilers: their journal
and its seals come along.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

from wenpan.district.ground import ciphers

BATCH = 2_000  # rows written at once
LEFT = {"idempotency.SentForm": "answers of forms, kept for a week"}


class TableDigest(NamedTuple):
    rows: int
    digest: str


def moved_models() -> list[type[models.Model]]:
    """Every table of the program. Sessions stay: everybody signs in anew."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("wenpan.") and model._meta.managed and not model._meta.proxy
        and model._meta.label not in LEFT
    ]  # fmt: skip
    return sorted(found, key=lambda model: model._meta.label)


def lines(model: type[models.Model]) -> Iterator[str]:
    """The rows by key, each as one line of JSON; values in the order of the model's columns."""
    fields = model._meta.concrete_fields
    rows = model._base_manager.order_by("pk").values_list(*[field.attname for field in fields])
    for row in rows.iterator(chunk_size=BATCH):
        told = [_written(field, value) for field, value in zip(fields, row, strict=True)]
        yield json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def digest(model: type[models.Model]) -> TableDigest:
    total, count = ciphers.here().hasher(), 0
    for line in lines(model):
        total.update(line.encode() + b"\n")
        count += 1
    return TableDigest(count, total.hexdigest())


def write(model: type[models.Model], rows: Iterator[str]) -> int:
    """Inserts the lines into this database; how many."""
    fields, quote = model._meta.concrete_fields, connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608  (own names)
    count, waiting = 0, []
    with connection.cursor() as cursor:
        for line in rows:
            told = json.loads(line)
            waiting.append([_read_back(field, value) for field, value in zip(fields, told, strict=True)])
            count += 1
            if len(waiting) == BATCH:
                cursor.executemany(sql, waiting)
                waiting = []
        if waiting:
            cursor.executemany(sql, waiting)
    return count


def continue_numbering() -> None:
    """PostgreSQL: the next row of each table gets the number after the last one that came along."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), moved_models()):
            cursor.execute(sql)


def _written(field: models.Field[Any, Any], value: Any) -> Any:  # noqa: PLR0911  (one line a kind of value)
    """The value in words that are the same whichever database it comes from."""
    if isinstance(field, models.JSONField):
        return None if value is None and field.null else {"j": _whole_numbers(value)}
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return {"f": repr(value)}
    if isinstance(value, Decimal):
        return {"d": str(value.quantize(Decimal(1).scaleb(-int(getattr(field, "decimal_places", 0) or 0))))}
    if isinstance(value, datetime):
        return {"t": value.astimezone(UTC).isoformat()}
    if isinstance(value, (date, time)):
        return {"s": value.isoformat()}
    if isinstance(value, (bytes, bytearray, memoryview)):
        return {"b": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, UUID):
        return {"u": str(value)}
    raise TypeError(f"{field}: no word for a {type(value).__name__}")


def _read_back(field: models.Field[Any, Any], told: Any) -> Any:
    if not isinstance(told, dict):
        return field.get_db_prep_save(told, connection)
    (kind, text), = told.items()  # fmt: skip
    if kind == "j":
        return connection.ops.adapt_json_value(text, None)
    read: dict[str, Any] = {
        "f": float, "d": Decimal, "t": datetime.fromisoformat, "b": base64.b64decode, "u": UUID,
        "s": time.fromisoformat if isinstance(field, models.TimeField) else date.fromisoformat,
    }  # fmt: skip
    return field.get_db_prep_save(read[kind](text), connection)


def _whole_numbers(value: Any) -> Any:
    """JSON knows one kind of number: 2.0 and 2 are told alike, keys in their order."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _whole_numbers(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [_whole_numbers(part) for part in value]
    return value
