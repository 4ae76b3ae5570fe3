"""What people type on the ledger's pages, made into values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from wenpan.district.observations.estimates import EstimateLine
from wenpan.district.observations.ledger import LedgerFilters
from wenpan.district.observations.ledger_changes import LARGEST
from wenpan.district.ui import asked


def filters_from(get: Mapping[str, str]) -> LedgerFilters:
    """Filters of the address line; what cannot be read is no filter."""
    texts = {
        key: get.get(key, "").strip()[:40]
        for key in ("indicator", "region", "since", "until", "measure", "basis")
    }
    return LedgerFilters(**texts, known_on=asked.day(get, "known_on"), batch=asked.integer(get, "batch"),
                   file=asked.integer(get, "file"), layout=asked.integer(get, "layout"))  # fmt: skip


def estimates_from(
    post: Mapping[str, str], lines: Sequence[EstimateLine]
) -> tuple[list[tuple[EstimateLine, Decimal, str]], list[str]]:
    """(line, value, note) of every filled field, and sentences about those that are no numbers."""
    given, errors = [], []
    for line in lines:
        text = _plain(post.get(f"value:{line.field}", ""))
        if not text:
            continue
        value = _decimal(text)
        if value is None:
            words = {"name": line.name, "measure": line.measure_label, "text": text[:20]}
            errors.append(_("%(name)s %(measure)s 不是数：%(text)s") % words)
        else:
            given.append((line, value, post.get(f"note:{line.field}", "").strip()))
    return given, errors


def _plain(text: str) -> str:
    """Without thousands separators of either width and without the percent sign."""
    return text.strip().replace(",", "").replace("，", "").removesuffix("%")


def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < LARGEST else None
